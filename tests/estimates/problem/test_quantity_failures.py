"""What can be computed where a generated quantity fails, and the words for what cannot."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.errors import EngineError
from bayeswrap.estimates.problem.quantity_failures import (
    QuantityFailure,
    draw_warnings,
    point_warnings,
)

CODE = """parameters { real a; real<lower=0> s; }
transformed parameters { real b = a + s; }
model { a ~ normal(0, 1); s ~ exponential(1); }
generated quantities {
  real before = 2 * a;
  int count;
  count = poisson_rng(exp(a));
  real after = 3 * b;
  real of_count = count + b;
  corr_matrix[2] C = [[1, a / 100], [a / 100, 1]];
}
"""
SOUND, EDGE = np.array([0.5, 0.0]), np.array([50.0, 0.0])
OUTSIDE = np.array([200.0, 0.0])  # exp(200) is no rate of a Poisson; 2 is no correlation


@pytest.fixture
def density(model):
    return model(CODE).density


def values_at(density, q, seed=1):
    transforms = density.transforms
    values = transforms.constrain(q, derived=True, seed=seed)
    return dict(zip(transforms.names(derived=True), values, strict=True))


def test_the_rest_stands_where_one_fails(density):
    values = values_at(density, EDGE)

    assert (values["a"], values["s"], values["b"]) == (50, 1, 51)
    assert (values["before"], values["after"], values["C[2,1]"]) == (100, 153, 0.5)
    assert np.isnan([values["count"], values["of_count"]]).all()


def test_parameters_alone(density):
    np.testing.assert_array_equal(density.transforms.constrain(OUTSIDE), [200, 1])


def test_nothing_changes_where_all_can_be_computed(density):
    values = values_at(density, SOUND)

    assert density.quantities.failures(SOUND) == ()
    assert values["of_count"] == values["count"] + 1.5
    assert values["C[1,2]"] == 0.005


def test_a_failure_has_its_line_and_reason(density):
    count, of_count, matrix = density.quantities.failures(OUTSIDE)

    assert (count.variable, count.line) == ("count", 7)
    assert count.statement == "count = poisson_rng(exp(a));"
    assert count.reason.startswith("poisson_rng: Rate parameter is 7.2")
    assert (of_count.variable, of_count.line) == ("of_count", 7)
    assert (matrix.variable, matrix.line) == ("C", 10)
    assert "not positive definite" in matrix.reason


def test_random_numbers_follow_the_seed(density):
    first, again, other = (
        [values_at(density, np.array([5.0, s]), seed)["count"] for s in (0.0, 0.1)]
        for seed in (1, 1, 2)
    )

    assert first == again != other


def test_a_transformed_parameter_that_fails_is_an_error(model):
    code = CODE.replace("real b = a + s;", "real b = a + s; if (a > 10) reject(a);")

    with pytest.raises(EngineError, match="derived quantities"):
        model(code).density.transforms.constrain(EDGE, derived=True)


@pytest.fixture
def failure():
    return QuantityFailure("u", 7, "u = poisson_rng(\n  x);", "too large")


def test_a_warning_at_an_estimate(model, failure):
    (warning,) = point_warnings(model(CODE).program, [failure])

    assert warning.startswith("generated quantity u is missing at the estimate; line 7, ")
    assert warning.endswith("`u = poisson_rng( x);`: too large")


def test_what_one_statement_loses_is_one_warning(model, failure):
    other = QuantityFailure("v", 7, failure.statement, "too large")
    apart = QuantityFailure("w", 9, "real w = " + "x + " * 30 + "1;", "not a number")

    shared, alone = draw_warnings(
        model(CODE).program, [(failure, other), (), (failure, other, apart)], 8
    )

    assert shared.startswith("generated quantities u, v are missing at 2 of 8 draws; line 7, ")
    assert alone.startswith(
        "generated quantity w is missing at 1 of 8 draws; line 9, `real w = x +"
    )
    assert alone.endswith(" ...`: not a number")
