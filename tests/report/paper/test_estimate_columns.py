"""Numbers of one kind of estimate, and what they are called."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from bayeswrap.estimates.problem.estimand import Scale
from bayeswrap.estimates.results.status import Status
from bayeswrap.report.paper.estimate_columns import estimate_column


def test_a_maximum_has_its_standard_error_and_wald_interval(made):
    column = estimate_column(made.mle({"a": 1.25, "b": -2.0}, 0.5), ["b", "a", "no"], 0.9)

    assert list(column.numbers) == ["b", "a"]
    number = column.numbers["a"]
    z = norm.ppf(0.95)
    assert (number.value, number.spread) == (1.25, 0.5)
    assert (number.lower, number.upper) == pytest.approx((1.25 - z / 2, 1.25 + z / 2))
    assert (column.head, column.spread) == ("MLE", "standard error")
    assert column.interval == "90 % Wald confidence interval"


def test_draws_have_moments_and_quantiles(made):
    draws = made.posterior({"a": 3.0}, 0.5)
    number = estimate_column(draws, ["a"], 0.8).numbers["a"]

    flat = draws.draws[:, :, 0].ravel()
    expected = (3.0, 0.5, *np.quantile(flat, [0.1, 0.9, 0.5]))
    assert (number.value, number.spread, number.lower, number.upper, number.median) == (
        pytest.approx(expected)
    )


def test_a_mode_says_its_scale(builder):
    column = estimate_column(builder().point(Scale.UNCONSTRAINED), ["mu"], 0.95)

    assert column.what == "mode of the posterior on the unconstrained scale"
    assert column.spread == "standard deviation by the curvature at the mode (Laplace)"


def test_what_is_no_estimate_has_no_numbers(builder):
    column = estimate_column(builder().point(status=Status.AT_INFINITY), ["mu"], 0.95)

    assert column.numbers == {}
    assert "no finite maximum" in column.absence


def test_a_spread_that_no_distribution_on_the_range_has_is_withheld(made):
    supports = np.array([[-1.0, 1.0], [-np.inf, np.inf], [0.0, np.inf]])
    point = made.mle({"rho": -0.8, "b": 1.0, "s": 9.0}, {"rho": 1.1, "b": 9.0, "s": 3.0})
    object.__setattr__(point, "supports", supports)
    column = estimate_column(point, ["rho", "b", "s"], 0.95)

    assert np.isnan(column.numbers["rho"].spread)
    assert np.isnan(column.numbers["rho"].lower)
    assert "half the range" in column.remarks["rho"]
    assert [column.numbers[n].spread for n in ("b", "s")] == [9.0, 3.0]


def test_the_laplace_approximation_is_called_what_it_is(builder):
    column = estimate_column(builder().laplace(), ["mu"], 0.95)

    assert column.head == "Laplace approximation"
    assert column.numbers["mu"].value == pytest.approx(-0.52, abs=0.02)
    assert not column.shows_draws
