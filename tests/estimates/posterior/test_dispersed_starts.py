"""Starts of chains, spread more widely than the posterior near its mode."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np

from bayeswrap.estimates.posterior.dispersed_starts import dispersed_starts

ROOT = np.array([[0.5, 0.0], [1.0, 2.0]])  # covariance R R'
CENTRE = np.array([3.0, -1.0])


@dataclass
class Mode:
    """A mode of a plain function of two coordinates."""

    problem: SimpleNamespace

    @property
    def optimum(self):
        return SimpleNamespace(q=CENTRE, root=ROOT)

    def problem_for(self, what):
        assert what
        return self.problem


def mode(density, seed=1):
    coordinates = SimpleNamespace(arrays=lambda q: {"q": q})
    problem = SimpleNamespace(
        seed=seed, objective=lambda q: (density(q), None), coordinates=coordinates
    )
    return Mode(problem)


def positions(starts):
    return np.array([start["q"] for start in starts])


def test_starts_have_twice_the_spread_of_the_approximation():
    starts = positions(dispersed_starts(mode(lambda _: 0.0), 20_000))

    # a standard deviation of 20,000 draws is known to 0.5 %, their mean to 0.02
    np.testing.assert_allclose(np.cov(starts.T), 4 * ROOT @ ROOT.T, rtol=0.05)
    np.testing.assert_allclose(starts.mean(axis=0), CENTRE, atol=0.15)


def test_each_chain_has_its_own_start_and_the_seed_repeats_them():
    first, again, other = (
        positions(dispersed_starts(mode(lambda _: 0.0, seed), 4)) for seed in (1, 1, 2)
    )

    np.testing.assert_array_equal(first, again)
    assert len(np.unique(first, axis=0)) == 4
    assert (first != other).any()


def test_outside_the_support_a_chain_starts_at_the_mode():
    starts = positions(dispersed_starts(mode(lambda _: -np.inf), 3))

    np.testing.assert_array_equal(starts, [CENTRE] * 3)
