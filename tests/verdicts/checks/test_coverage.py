"""The posterior mass that an interval holds, against distributions whose masses are known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from bayeswrap.thresholds import LARGE_GAP
from bayeswrap.verdicts.checks.coverage import Coverage

MANY = 1e6  # effective draws: no Monte Carlo error to speak of


def of_masses(*, below=0.025, above=0.025, centre=0.5, width=1.0, ess=MANY, width_error=0.0):
    def one(value):
        return pd.Series([value], index=["a"], dtype=float)

    return Coverage(
        below=one(below),
        above=one(above),
        centre=one(centre),
        width=one(width),
        width_error=one(width_error),
        ess_tail=one(ess),
        ess_bulk=one(ess),
    )


def of_log_normal(posterior, mean, relative_sd):
    """A mode on the log scale with a delta-method sd, beside a posterior of closed form."""
    lower, upper = mean * np.exp(np.array([-1.96, 1.96]) * relative_sd)
    width = np.diff(posterior.ppf([0.025, 0.975]))[0]
    return of_masses(
        below=posterior.cdf(lower),
        above=posterior.sf(upper),
        centre=posterior.cdf(mean),
        width=(upper - lower) / width,
    )


@pytest.mark.parametrize(
    ("shape", "large"), [(0.3, True), (0.5, True), (1.0, True), (2.0, True), (8.0, False)]
)
def test_a_gamma_has_the_mean_and_sd_of_its_log_mode_and_other_intervals(shape, large):
    # the log-scale mode of gamma(a, 1) is a, its curvature a: mean and sd agree exactly
    measured = of_log_normal(stats.gamma(shape), shape, shape**-0.5)

    assert measured.large["a"] == large
    assert not measured.undecided["a"]


@pytest.mark.parametrize(
    ("masses", "large"),
    [
        ({"below": 0.074}, False),
        ({"below": 0.076}, True),
        ({"above": 0.076}, True),
        ({"below": 0.049, "above": 0.049}, False),
        ({"below": 0.051, "above": 0.051}, True),
        ({"below": 0.0, "above": 0.0}, False),
        ({"centre": stats.norm.cdf(LARGE_GAP.value - 0.01)}, False),
        ({"centre": stats.norm.cdf(-LARGE_GAP.value - 0.01)}, True),
        ({"centre": 0.0}, True),
        ({"width": 1.24}, False),
        ({"width": 1.26}, True),
        ({"width": 0.1}, False),
    ],
)
def test_an_error_above_five_points_counts(masses, large):
    assert of_masses(**masses).large["a"] == large


@pytest.mark.parametrize(
    ("masses", "ess", "undecided"),
    [
        ({"below": 0.07}, 1000, True),
        ({"below": 0.08}, 1000, True),
        ({"below": 0.12}, 1000, False),
        ({"below": 0.03}, 1000, False),
        ({"width": 1.2, "width_error": 0.03}, MANY, True),
        ({"centre": 0.60}, 400, True),
        ({}, 400, False),
    ],
)
def test_within_two_monte_carlo_errors_nothing_is_decided(masses, ess, undecided):
    assert of_masses(**masses, ess=ess).undecided["a"] == undecided


def test_an_interval_that_is_close_is_within_half_of_it():
    assert not of_masses(below=0.045).is_rough.any()
    assert of_masses(below=0.055).is_rough.all()


def test_a_scalar_without_interval_is_left_to_the_other_checks():
    measured = of_masses(below=np.nan, above=np.nan, centre=np.nan, width=np.nan)

    assert not measured.large["a"]
    assert not measured.undecided["a"]
    assert measured.worst == ""


def test_the_clause_has_the_masses():
    measured = of_masses(below=0.2, above=0.001, centre=0.683, width=3.1)

    assert measured.worst == "a"
    assert measured.clause("a", "rate") == (
        "the 95 % interval of rate has 79.9 % of the posterior inside, 20.0 % below and 0.1 % "
        "above; 68.3 % is below the estimate"
    )


def test_the_clause_of_a_wide_interval_has_its_width():
    assert of_masses(width=1.5).clause("a") == (
        "the 95 % interval of a is 1.5 times as wide as that of the posterior; the limit is 1.25"
    )


def test_a_table_without_a_point_has_no_coverage():
    assert Coverage.of(pd.DataFrame({"posterior_sd": [1.0]})) is None
