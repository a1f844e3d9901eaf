"""Information criteria against published values, and what counts as a parameter or observation."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import bayeswrap as bw
from bayeswrap.errors import EstimandError, UsageError
from bayeswrap.estimates.inference.information_criteria import (
    free_parameters,
    observations,
    outcome_variables,
    require_mle,
)

Y = [3, 4, 2, 9, 1, 7]
ONE = "data { int N; array[N] int y; } parameters { real a; } model { y ~ poisson_log(a); }"


def test_dobson_aic(model):
    code = (
        "data { int N; matrix[N, 5] X; array[N] int y; } parameters { vector[5] b; }"
        "model { y ~ poisson_log(X * b); }"
    )
    y = [18, 17, 15, 20, 10, 20, 25, 13, 12]
    design = np.column_stack(
        [np.ones(9), *(np.tile(np.eye(3)[k], 3) for k in (1, 2)), *np.eye(3)[1:].repeat(3, axis=1)]
    )
    mle = model(code, N=9, X=design, y=y).mle(seed=1)

    assert mle.log_likelihood == pytest.approx(-23.380659, abs=1e-6)
    assert mle.aic == pytest.approx(56.7613, abs=1e-4)
    assert mle.bic() == pytest.approx(5 * np.log(9) - 2 * mle.log_likelihood, rel=1e-12)


@pytest.mark.parametrize(
    ("declared", "data", "statement", "free"),
    [
        ("simplex[3] t;", [5, 3, 2], "y ~ multinomial(t);", 2),
        ("simplex[3] t;", [5, 5, 0], "y ~ multinomial(t);", 2),
        ("real a; real b;", [5, 3, 2], "b ~ normal(0, 1); y ~ poisson_log(a);", 1),
        ("vector<lower=0>[3] t;", [5, 3, 0], "y ~ poisson(t);", 3),
        ("ordered[3] t;", [2, 4, 9], "y ~ poisson_log(t);", 3),
    ],
)
def test_free_parameters(model, declared, data, statement, free):
    code = f"data {{ array[3] int y; }} parameters {{ {declared} }} model {{ {statement} }}"

    assert free_parameters(model(code, y=data).mle(seed=1)) == free


def test_a_unit_vector_has_one_less(model):
    code = (
        "data { array[4] vector[3] y; } parameters { unit_vector[3] m; real<lower=0> k; }"
        "model { for (i in 1:4) y[i] ~ normal(k * m, 1); }"
    )
    y = [[1, 2, 2], [1.5, 2, 1], [0.5, 1.5, 2], [1, 3, 2.5]]

    assert free_parameters(model(code, y=y).mle(seed=1)) == 3


def test_observations_are_rows_or_the_outcome_or_an_argument(model):
    mle = model(ONE, N=6, y=Y).mle(seed=1)
    frame = pd.DataFrame({"count": Y})
    program = bw.Program.from_string(ONE, name="one")

    assert observations(mle) == 6
    assert observations(bw.Model(program, frame, y="count", engine="stanli").mle(seed=1)) == 6
    assert mle.bic(100) - mle.bic() == pytest.approx(np.log(100 / 6))
    with pytest.raises(UsageError, match="number of observations"):
        mle.bic(0)


@pytest.mark.parametrize(
    ("declared", "statement", "data"),
    [
        ("int y;", "y ~ binomial_logit(10, a);", {"y": 3}),
        (
            "vector[3] y; vector[2] z;",
            "y ~ normal(a, 1); z ~ normal(a, 2);",
            {"y": [1.0, 2, 3], "z": [1.0, 2]},
        ),
    ],
)
def test_the_user_passes_the_number_of_unclear_observations(model, declared, statement, data):
    code = f"data {{ {declared} }} parameters {{ real a; }} model {{ {statement} }}"
    mle = model(code, **data).mle(seed=1)

    with pytest.raises(EstimandError, match=r"bic\(n=...\)"):
        mle.bic()
    assert np.isfinite(mle.bic(5))


@pytest.mark.parametrize("criterion", [lambda mode: mode.aic, lambda mode: mode.bic(6)])
def test_a_map_is_refused(model, criterion):
    mode = model(ONE, N=6, y=Y).map(seed=1)

    with pytest.raises(EstimandError, match="maximised likelihoods"):
        criterion(mode)


def test_a_point_that_is_no_maximum_is_refused(model):
    code = "data { array[2] int y; } parameters { real a; } model { y ~ bernoulli_logit(a); }"
    point = model(code, y=[1, 1]).mle(seed=1, require_converged=False)

    with pytest.raises(EstimandError, match="verified maximum"):
        require_mle(point, "AIC")


def test_outcomes_are_data_left_of_the_statement_or_first_in_its_density(model):
    code = (
        "data { int n; int y; real z; real x; } parameters { real a; }"
        "model { y ~ binomial_logit(n, a); target += normal_lpdf(z | a * x, 1); }"
    )

    mle = model(code, n=10, y=3, z=0.5, x=2.0).mle(seed=1)

    assert outcome_variables(mle) == {"y", "z"}
