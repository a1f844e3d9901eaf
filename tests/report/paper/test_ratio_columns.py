"""Exponentials of coefficients."""

from __future__ import annotations

import math

import pytest

from bayeswrap.errors import UsageError
from bayeswrap.report.paper.estimate_columns import Number, estimate_column
from bayeswrap.report.paper.ratio_columns import (
    exponential,
    ratio_columns,
    ratio_names,
    require_ratios,
)


def test_spread_by_the_delta_method_and_ends_transformed():
    number = exponential(Number(math.log(2), 0.5, -1.0, 1.5))

    assert (number.value, number.spread) == pytest.approx((2.0, 1.0))
    assert (number.lower, number.upper) == pytest.approx((math.exp(-1), math.exp(1.5)))


def test_of_draws_the_median_is_the_centre():
    number = exponential(Number(3.0, 1.0, 0.0, 9.0, math.log(5)))

    assert (number.value, number.spread) == pytest.approx((5.0, 5.0))


def test_what_leaves_double_precision_is_infinite():
    assert exponential(Number(0.0, 1.0, -2000.0, 2000.0)).upper == math.inf
    assert math.isnan(exponential(Number(0.0)).spread)


def test_only_coefficients_are_transformed(grouped_mle):
    names = ["beta[1]", "alpha", "sd_g[1]"]
    ratios = ratio_names(grouped_mle.program, names)
    before = estimate_column(grouped_mle, names, 0.95)
    (after,) = ratio_columns([before], ratios)

    assert ratios == {"beta[1]": "odds ratio"}
    assert after.numbers["beta[1]"].value == pytest.approx(
        math.exp(before.numbers["beta[1]"].value)
    )
    assert after.numbers["alpha"] == before.numbers["alpha"]


def test_without_a_coefficient_there_is_no_ratio():
    with pytest.raises(UsageError, match="exponentiate"):
        require_ratios([{}, {}])
