"""Gaps: outcomes and sentences from numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.special import ndtr

from bayeswrap.thresholds import CONFLICT_TAIL, LARGE_GAP, LARGE_RATIO
from bayeswrap.verdicts.check import Outcome
from bayeswrap.verdicts.checks.gap_checks import PriorTails, ShapeGaps, tail_mass


def gaps(gap, ratio, error=0.0, *, mixed=True):
    names = list("abc")[: len(gap)]
    return ShapeGaps(
        gap=pd.Series(gap, index=names, dtype=float),
        gap_error=pd.Series(error, index=names, dtype=float),
        ratio=pd.Series(ratio, index=names, dtype=float),
        ratio_error=pd.Series(error, index=names, dtype=float),
        mixed=mixed,
    )


@pytest.mark.parametrize(
    ("gap", "ratio", "error", "outcome"),
    [
        (LARGE_GAP.value - 0.01, 1.0, 0.0, Outcome.PASSED),
        (LARGE_GAP.value + 0.01, 1.0, 0.0, Outcome.FAILED),
        (LARGE_GAP.value + 0.01, 1.0, 0.02, Outcome.NOT_DETERMINED),
        (0.0, LARGE_RATIO.value * 1.01, 0.0, Outcome.FAILED),
        (0.0, 0.99 / LARGE_RATIO.value, 0.0, Outcome.FAILED),
        (0.0, LARGE_RATIO.value * 1.01, 0.02, Outcome.NOT_DETERMINED),
        (0.0, np.nan, 0.0, Outcome.FAILED),
    ],
)
def test_gap_and_ratio_count_beyond_two_errors(gap, ratio, error, outcome):
    assert gaps([gap], [ratio], error).outcome is outcome


def test_chains_that_disagree_decide_nothing():
    measured = gaps([5.0], [1.0], mixed=False)

    assert measured.outcome is Outcome.NOT_DETERMINED
    assert measured.parameters == ("a",)


def test_the_sentence_has_the_largest_gap_and_the_range_of_the_ratio():
    measured = gaps([0.1, 0.9, 0.4], [0.8, 1.0, 1.1])

    assert measured.parameters == ("b", "c")
    assert measured.wording() == (
        "the largest gap between mode and posterior mean is 0.90 posterior sd, at b; the ratio of "
        "spread to posterior sd lies between 0.80 and 1.10"
    )


def test_a_scalar_without_mode_has_no_gap():
    assert gaps([np.nan], [np.nan]).wording() == "there is no mode to compare with the posterior"


def test_the_limit_of_the_prior_tail_is_shared_among_the_parameters():
    measured = PriorTails(mass={"a": 0.006, "b": 0.004, "c": 0.9, "d": 0.001})

    assert measured.limit == CONFLICT_TAIL.value / 4
    assert measured.parameters == ("d",)
    assert measured.outcome is Outcome.FAILED
    assert measured.wording().startswith("the prior of d, convolved")
    assert PriorTails(mass={"a": 0.006}).outcome is Outcome.FAILED
    assert PriorTails(mass={"a": 0.02}).outcome is Outcome.PASSED


def test_the_tail_of_a_point_mass_is_that_of_the_error():
    assert tail_mass(np.zeros(9), 2.0, 1.0) == pytest.approx(2 * ndtr(-2.0))
    assert tail_mass(np.array([0.0, np.nan]), 0.0, 1.0) == pytest.approx(1.0)
    # an estimate without an error is compared as it is
    assert tail_mass(np.array([-1.0, 0.0, 1.0, 2.0]), 0.0, 0.0) == pytest.approx(0.75)


@pytest.mark.parametrize("worst", [2.0, 0.0])
def test_a_scalar_that_straddles_a_threshold_is_told_beside_one_that_fails(worst):
    measured = gaps([worst, LARGE_GAP.value + 0.01, 0.0], [1.0, 1.0, 1.0], 0.02)

    # where nothing fails, what is undecided is what the check is about
    assert measured.parameters == (("a",) if worst else ("b",))
    assert measured.open_beside == (("b",) if worst else ())
