"""Wald intervals on a link: inside the support, around the estimate, wider with coverage."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import bayeswrap as bw
from bayeswrap.errors import UsageError
from bayeswrap.estimates.inference.wald_intervals import near_an_end, wald_interval

UNIT = st.floats(0.001, 0.999)
SUPPORTS = st.sampled_from([(-np.inf, np.inf), (0.0, np.inf), (-np.inf, 3.0), (-1.0, 2.0)])


def placed(support, share):
    low, high = support
    if np.isfinite(low) and np.isfinite(high):
        return low + share * (high - low)
    if np.isfinite(low):
        return low + share / (1 - share)
    if np.isfinite(high):
        return high - share / (1 - share)
    return stats.norm.ppf(share)


@given(support=SUPPORTS, share=UNIT, error=st.floats(1e-6, 1e3), prob=st.floats(0.1, 0.98))
def test_inside_around_and_widening(support, share, error, prob):
    value = placed(support, share)
    arguments = np.array([value]), np.array([error]), np.array([support])

    low, high = (end[0] for end in wald_interval(*arguments, prob))
    lower, higher = (end[0] for end in wald_interval(*arguments, prob + 0.01))

    rounding = 1e-12 * max(1.0, abs(value))
    assert support[0] <= low <= value + rounding
    assert value - rounding <= high <= support[1]
    assert lower <= low + rounding
    assert higher >= high - rounding


def test_a_correlation_has_fishers_z():
    r, error = 0.6, 0.1
    low, high = wald_interval(np.array([r]), np.array([error]), np.array([[-1.0, 1.0]]), 0.95)

    z, step = np.arctanh(r), stats.norm.ppf(0.975) * error / (1 - r**2)
    assert (low[0], high[0]) == (
        pytest.approx(np.tanh(z - step)),
        pytest.approx(np.tanh(z + step)),
    )


def test_huge_errors_reach_the_ends_without_leaving_them():
    low, high = wald_interval(
        np.array([0.5, 2.0]), np.array([1e9, 1e9]), np.array([[0.0, 1.0], [0.0, np.inf]]), 0.95
    )

    np.testing.assert_array_equal(low, [0, 0])
    np.testing.assert_array_equal(high, [1, np.inf])


def test_no_error_no_interval_and_no_spread_no_width():
    low, high = wald_interval(
        np.array([1.0, 1.0]), np.array([np.nan, 0.0]), np.array([[0.0, np.inf], [0.0, 1.0]]), 0.95
    )

    assert np.isnan([low[0], high[0]]).all()
    assert low[1] == high[1] == 1


def test_where_the_interval_of_an_estimate_is_formed() -> None:
    # one success in ten: published ends of both intervals
    program = bw.Program.from_string(
        "data { int y; } parameters { real<lower=0, upper=1> p; } model { y ~ binomial(10, p); }",
        name="one_in_ten",
    )
    mle = bw.Model(program, {"y": 1}, engine="stanli").mle(seed=1)
    link, declared = mle.to_frame(), mle.to_frame(ci_scale="declared")
    assert tuple(link.loc["p", ["ci_lower", "ci_upper"]].round(5)) == (0.01388, 0.46724)
    assert tuple(declared.loc["p", ["ci_lower", "ci_upper"]].round(4)) == (-0.0859, 0.2859)
    with pytest.raises(UsageError, match="ci_scale"):
        mle.to_frame(ci_scale="probit")


def test_next_to_an_end_there_is_no_interval():
    values = np.array([0.04, 0.2, 0.96, 5.0, 1.0])
    errors = np.array([0.2, 0.2, 0.2, np.nan, 0.0])
    supports = np.array([[0, np.inf], [0, np.inf], [-1, 1], [0, np.inf], [-1, 1]])

    # a constant has no error, and no interval that could fail
    assert near_an_end(values, errors, supports).tolist() == [True, False, True, False, False]


def test_a_scale_that_the_data_hardly_tell_from_0_has_a_note_in_place_of_an_interval():
    program = bw.Program.from_string(
        "data { int J; vector[J] y; vector[J] s; } parameters { real mu; real<lower=0> tau; }"
        "model { y ~ normal(mu, sqrt(square(tau) + square(s))); }",
        name="near_zero",
    )
    y = np.array([-1.2, -1.0, -0.3, 0.2, 0.9, 1.42])
    mle = bw.Model(program, {"J": 6, "y": y.tolist(), "s": [0.94] * 6}, engine="stanli").mle()
    tau = np.sqrt(y.var() - 0.94**2)

    assert float(mle["tau"]) == pytest.approx(tau, rel=1e-4)
    row = mle.to_frame().loc["tau"]
    assert np.isfinite(row["se"])
    assert np.isnan(row["ci_lower"])
    assert "within 0.5 standard errors" in row["note"]
    # the profile has one: from 0 on
    assert mle.profile("tau").lower == 0
