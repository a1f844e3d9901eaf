"""Centres and lines: spreads of a normal, and how far each kind of coordinate is followed."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.diagnosis.propriety.centre import Centre, _centre, line_along
from bayeswrap.diagnosis.propriety.evaluation_budget import EvaluationBudget

SDS = np.array([0.5, 3.0])


def normal(q):
    return float(-((q / SDS) ** 2).sum() / 2), -q / SDS**2


def unbounded(q):
    return float(q.sum()), np.ones(2)


def centre_at(position, kinds=("Identity", "Lower")):
    counted = EvaluationBudget(normal, 100)
    return Centre(counted, np.asarray(position, dtype=float), SDS, ("mu", "sigma"), kinds)


def test_the_spread_of_a_normal_is_its_standard_deviation():
    position, spread = _centre(
        EvaluationBudget(normal, 2000), np.array([1.0, 1.0]), ("Identity",) * 2, climbs=True
    )

    assert position == pytest.approx([0, 0], abs=0.1)
    assert spread == pytest.approx(SDS, rel=1e-3)


def test_a_log_scale_that_ran_to_an_edge_is_taken_back():
    position, spread = _centre(
        EvaluationBudget(unbounded, 2000),
        np.array([-40.0, 7.0]),
        ("Lower", "Identity"),
        climbs=False,
    )

    assert position.tolist() == [-3.0, 7.0]
    assert spread.tolist() == [3.0, 7.0]


def test_a_line_is_followed_for_thirty_standard_errors_or_fifteen_log_units():
    mu, sigma = (centre_at([0, 0]).line(i) for i in range(2))

    assert (mu.far, mu.on_log_scale, mu.ends) == (15.0, False, ("-infinity", "infinity"))
    assert (sigma.far, sigma.on_log_scale, sigma.ends) == (
        15.0,
        True,
        ("its lower bound", "infinity"),
    )
    assert mu.unit == pytest.approx(SDS[0])


def test_a_flat_direction_has_a_line_as_long_as_its_place():
    line = line_along(centre_at([0.0, -20.0]), np.array([1.0, 1.0]))

    assert line.far == 600.0
    assert line.name == "a flat direction"
