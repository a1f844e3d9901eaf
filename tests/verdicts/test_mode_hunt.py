"""Modes that the estimates and the draws point to, and what a second mode weighs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import quad

import bayeswrap as bw
from bayeswrap.verdicts.check import Outcome
from bayeswrap.verdicts.lineup import Lineup
from bayeswrap.verdicts.mode_hunt import from_draws, from_each_other

CAUCHY = "data { int N; vector[N] y; } parameters { real m; } model { PRIOR y ~ cauchy(m, 0.5); }"
FLAT = CAUCHY.replace("PRIOR", "")
PULLED = CAUCHY.replace("PRIOR", "m ~ normal(-6, 1);")


def model(code, y):
    data = {"N": len(y), "y": np.array(y)}
    return bw.Model(bw.Program.from_string(code, name="t"), data, engine="stanli")


def density(m, y):
    return np.exp(-np.log1p(((np.array(y) - m) / 0.5) ** 2).sum())


@pytest.mark.parametrize("y", [[-3.1, -2.9, 3.0, 3.2], [-3.0, 3.1, 2.9, 3.2, 2.7]])
def test_the_mass_of_each_mode_is_that_of_its_basin(y):
    census = model(FLAT, y).mle(starts=20, seed=1).census

    valley = min(np.linspace(-2.5, 2.5, 501), key=lambda m: density(m, y))
    left, right = (quad(density, *ends, args=(y,))[0] for ends in ((-60, valley), (valley, 60)))
    shares = dict(zip((m.values[0] > 0 for m in census.modes), census.mass_shares, strict=True))
    # tails of a Cauchy are heavier than normal: Laplace is right to a quarter here
    assert shares[True] == pytest.approx(right / (left + right), rel=0.25)


def test_a_mode_of_little_mass_is_reported_and_forbids_nothing():
    y = [-3.05, -3.0, -2.95, *(3 + 0.2 * np.linspace(-1, 1, 12))]
    fitted = model(FLAT, y)

    comparison = bw.compare(fitted.mle(starts=20, seed=1), fitted.sample(seed=1))

    [found] = [c for c in comparison.verdict.checks if c.code == "multimodal"]
    assert found.outcome is Outcome.PASSED
    assert len(comparison.censuses["MLE"].modes) == 2
    assert "beside 1 with less than 1 % of the mass" in found.evidence
    assert comparison.verdict.point_is_enough is True


def test_the_map_points_to_a_mode_of_the_likelihood_that_starts_did_not_reach():
    fitted = model(PULLED, [-6.0, -6.1, 6.0, 6.1, 5.9])
    one, mode = fitted.mle(inits={"m": 6.0}, seed=1), fitted.map(seed=1)
    census = fitted.mle(starts=20, seed=1).census
    alone = replace(census, basins=census.basins[:1])

    found = from_each_other(Lineup((one, mode)), {one.title: alone})[one.title]

    assert mode["m"] == pytest.approx(-6, abs=0.3)
    assert [m.values[0] > 0 for m in found.modes] == [True, False]
    assert [m.visits for m in found.modes] == [0, 0]


def test_draws_point_to_a_mode_and_make_it_count():
    fitted = model(FLAT, [-3.0, -3.1, 3.1, 2.9, 3.2, 2.7, 3.0])
    mle = fitted.mle(inits={"m": 3.0}, seed=1)
    census = fitted.mle(starts=20, seed=1).census
    alone = replace(census, basins=census.basins[:1])
    draws = fitted.sample(seed=1, iter_warmup=100, iter_sampling=200)
    at = draws.layout.names.index("m")
    values = draws.draws.copy()
    values[:, ::20, at] = -3.0
    lineup = Lineup((mle, replace(draws, draws=values)), has_prior=False)

    found = from_draws(lineup, {mle.title: alone})[mle.title]

    assert len(found.modes) == 2
    assert found.modes[1].values[0] == pytest.approx(-3, abs=0.3)
    assert found.modes[1].visits > 0
    assert found.modes[1].hits == 0
