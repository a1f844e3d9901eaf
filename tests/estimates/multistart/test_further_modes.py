"""Modes that positions lead to: known ones are counted, others are added."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.estimates.multistart.further_modes import farthest, with_further_modes

TWO = """
parameters { real x; real y; }
model { target += log_mix(0.8, normal_lpdf(x | 0, 1), normal_lpdf(x | 20, 0.5)); y ~ normal(x, 1); }
"""
MIXTURE = """
data { int N; vector[N] y; }
parameters { vector[2] mu; }
model {
  mu ~ normal(0, 10);
  for (n in 1:N) target += log_mix(0.5, normal_lpdf(y[n] | mu[1], 1), normal_lpdf(y[n] | mu[2], 1));
}
"""


def estimate(code, data=None, **options):
    program = bw.Program.from_string(code, name="t")
    return bw.Model(program, data, engine="stanli").map(starts=20, seed=1, **options)


@pytest.fixture
def alone():
    """The best mode of two, with a census that knows no other."""
    found = estimate(TWO)
    return found, replace(found.census, basins=found.census.basins[:1])


def test_a_mode_that_no_start_reached_is_added_with_its_mass(alone):
    best, census = alone
    positions = [np.array([20.5, 19.0]), np.array([0.5, 0.0]), np.array([19.5, 21.0])]

    found = with_further_modes(best.problem, best.optimum, census, positions, are_draws=True)

    assert [m.visits for m in found.modes] == [1, 2]
    assert found.modes[1].hits == 0
    assert found.modes[1].values == pytest.approx([20, 20], abs=1e-6)
    assert found.mass_shares == pytest.approx((0.8, 0.2), abs=1e-6)


def test_places_that_are_no_draws_are_not_counted(alone):
    best, census = alone

    found = with_further_modes(
        best.problem, best.optimum, census, [np.array([20.0, 20.0])], are_draws=False
    )

    assert [m.visits for m in found.modes] == [0, 0]


def test_another_labelling_is_no_further_mode():
    y = np.array([-2.1, -1.9, -2.4, -1.6, 1.8, 2.2, 2.5, 1.7])
    best = estimate(MIXTURE, {"N": 8, "y": y})
    other = best.optimum.q[::-1].copy()

    found = with_further_modes(best.problem, best.optimum, best.census, [other], are_draws=True)

    assert len(found.modes) == 1
    assert found.modes[0].visits == 1


def test_a_place_outside_leads_nowhere(alone):
    best, census = alone
    found = with_further_modes(
        best.problem, best.optimum, census, [np.array([np.nan, 0.0])], are_draws=True
    )

    assert [m.visits for m in found.modes] == [0]


def test_the_farthest_are_so_in_standard_errors(alone):
    best, _ = alone
    positions = np.array([[0.0, 0.0], [3.0, 3.0], [np.nan, 0.0], [2.0, -2.0]])

    # x and y - x have one standard deviation each: (2, -2) is 4.5 away, (3, 3) is 3
    assert farthest(positions, best.optimum, 2) == [
        pytest.approx(positions[3]),
        pytest.approx(positions[1]),
    ]
