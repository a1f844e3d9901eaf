"""The fall of a profile far out, on closed forms."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.diagnosis.propriety.centre import Centre
from bayeswrap.diagnosis.propriety.evaluation_budget import EvaluationBudget
from bayeswrap.diagnosis.propriety.open_intervals import _fall


def levelling(q):
    """Falls by 1.5 towards +infinity of the first coordinate, without end towards -infinity."""
    a, b = q
    rise = 1 / (1 + np.exp(-a))
    value = -1.5 * rise - np.log1p(np.exp(-a)) - b**2 / 2
    return float(value), np.array([-1.5 * rise * (1 - rise) + 1 - rise, -b])


def fall(sign):
    q = np.zeros(2)
    centre = Centre(
        EvaluationBudget(levelling, 20_000), q, np.ones(2), ("a", "b"), ("Identity", "Identity")
    )
    return _fall(centre, centre.line(0), sign, 0.0)


def test_a_profile_that_levels_off_has_a_finite_fall():
    assert fall(1) == pytest.approx(1.5, abs=1e-3)


def test_a_profile_that_keeps_falling_has_none():
    assert fall(-1) == np.inf


def test_a_budget_that_is_spent_decides_nothing():
    centre = Centre(
        EvaluationBudget(levelling, 1), np.zeros(2), np.ones(2), ("a", "b"), ("Identity",) * 2
    )

    assert _fall(centre, centre.line(0), 1, 0.0) == np.inf
