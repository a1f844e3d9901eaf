"""Likelihood-ratio tests and information criteria against closed forms, and what is refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import bayeswrap as bw
from bayeswrap.errors import BayeswrapWarning, ComparisonError, EstimandError, UsageError
from bayeswrap.estimates.inference.information_criteria import free_parameters, observations

Y = [3, 4, 2, 9, 1, 7]
ONE = "data { int N; array[N] int y; } parameters { real a; } model { y ~ poisson_log(a); }"
LINE = (
    "data { int N; array[N] int y; vector[N] x; } parameters { real a; real b; }"
    "model { y ~ poisson_log(a + b * x); }"
)
EACH = "data { int N; array[N] int y; } parameters { vector[N] a; } model { y ~ poisson_log(a); }"
OVERDISPERSED = (
    "data { int N; array[N] int y; } parameters { real a; real<lower=0> phi; }"
    "model { y ~ neg_binomial_2_log(a, phi); }"
)
X = np.arange(6.0)


def test_the_saturated_model_gives_the_deviance(model):
    small, large = (model(code, N=6, y=Y).mle(seed=1) for code in (ONE, EACH))

    found = bw.likelihood_ratio_test(small, large)

    y = np.array(Y)
    deviance = 2 * float((y * np.log(y / y.mean())).sum())
    assert found.statistic == pytest.approx(deviance, rel=1e-9)
    assert found.df == 5
    assert found.p_value == pytest.approx(stats.chi2.sf(deviance, 5), rel=1e-8)
    assert found.notes == ()
    assert "5 df" in str(found)


def test_nested_programs_may_take_other_predictors(model):
    small, large = model(ONE, N=6, y=Y).mle(seed=1), model(LINE, N=6, y=Y, x=X).mle(seed=1)

    assert small.record.data_hash != large.record.data_hash
    assert bw.likelihood_ratio_test(small, large).df == 1


def test_other_outcomes_are_refused(model):
    small = model(ONE, N=6, y=Y).mle(seed=1)
    large = model(LINE, N=6, y=[*Y[:-1], 8], x=X).mle(seed=1)

    with pytest.raises(ComparisonError, match="different values of y"):
        bw.likelihood_ratio_test(small, large)


def test_outcomes_under_other_names_are_refused(model):
    small = model(ONE, N=6, y=Y).mle(seed=1)
    large = model(LINE.replace("y", "count").replace("arracount", "array"), N=6, count=Y, x=X)

    with pytest.raises(ComparisonError, match="same outcomes"):
        bw.likelihood_ratio_test(small, large.mle(seed=1))


def test_the_wrong_order_is_refused(model):
    small, large = model(ONE, N=6, y=Y).mle(seed=1), model(LINE, N=6, y=Y, x=X).mle(seed=1)

    with pytest.raises(ComparisonError, match="more free parameters"):
        bw.likelihood_ratio_test(large, small)
    with pytest.raises(ComparisonError, match="more free parameters"):
        bw.likelihood_ratio_test(small, small)


def test_a_large_program_that_fits_worse_is_not_nested(model):
    code = (
        "data { int N; array[N] int y; } parameters { real<upper=0> a; real<upper=0> b; }"
        "model { for (i in 1:N) y[i] ~ poisson_log(i > 3 ? a : b); }"
    )
    small = model(ONE, N=6, y=Y).mle(seed=1)

    with pytest.raises(ComparisonError, match="not nested"):
        bw.likelihood_ratio_test(small, model(code, N=6, y=Y).mle(seed=1))


def test_a_constraint_on_the_edge_warns(model):
    small, large = (model(code, N=6, y=Y).mle(seed=1) for code in (ONE, OVERDISPERSED))

    with pytest.warns(BayeswrapWarning, match="Self & Liang"):
        found = bw.likelihood_ratio_test(small, large)

    assert "phi" in found.notes[0]
    assert f"{found.p_value / 2:.4g}" in found.notes[0]


def test_an_ordinary_constraint_does_not_warn(model):
    small, large = model(ONE, N=6, y=Y).mle(seed=1), model(LINE, N=6, y=Y, x=X).mle(seed=1)

    # a warning is an error in these tests
    test = bw.likelihood_ratio_test(small, large)

    assert test.notes == ()
    assert test.statistic == pytest.approx(2 * (large.log_likelihood - small.log_likelihood))
    assert test.df == 1


@pytest.mark.parametrize("what", ["lrt", "aic", "bic"])
def test_a_map_is_refused(model, what):
    made = model(ONE, N=6, y=Y)
    mode = made.map(seed=1)

    with pytest.raises(EstimandError, match="maximised likelihoods"):
        {
            "lrt": lambda: bw.likelihood_ratio_test(made.mle(seed=1), mode),
            "aic": lambda: mode.aic,
            "bic": lambda: mode.bic(6),
        }[what]()


def test_saved_estimates_on_one_data_set_are_compared(model, tmp_path):
    small, large = (model(code, N=6, y=Y).mle(seed=1) for code in (ONE, EACH))
    loaded = bw.load(bw.save(small, tmp_path / "small.bw"))

    assert bw.likelihood_ratio_test(loaded, large).df == 5


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


def test_observations_are_rows_or_the_outcome_or_said(model):
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
def test_unclear_observations_must_be_said(model, declared, statement, data):
    code = f"data {{ {declared} }} parameters {{ real a; }} model {{ {statement} }}"
    mle = model(code, **data).mle(seed=1)

    with pytest.raises(EstimandError, match=r"bic\(n=...\)"):
        mle.bic()
    assert np.isfinite(mle.bic(5))
