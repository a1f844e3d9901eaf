"""The mode over the power of the prior, and the model of a problem."""

from __future__ import annotations

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.model.mode_scalars import estimates_of
from bayeswrap.model.prior_path import model_of, path_table, prior_path, with_prior_weight


@pytest.fixture(scope="module")
def coin():
    program = bw.library["beta_binomial"].program
    return bw.Model(program, {"n": 10, "y": 7, "a": 3, "b": 3}, engine="stanli")


def test_the_model_of_a_problem_has_its_program_and_data(coin):
    mode = coin.map(seed=1)
    again = model_of(mode.problem).map(seed=1)
    name = mode.layout.names[0]
    assert again[name] == pytest.approx(float(mode[name]), abs=1e-9)


def test_steps_begin_at_the_mle_and_follow_the_prior(coin):
    mle = coin.mle(seed=1)
    steps = list(prior_path(coin, mle, [0.0, 1.0, 4.0]))
    assert steps[0][1] is mle
    table = path_table(steps, estimates_of(mle, mle.layout.parameters))
    np.testing.assert_allclose(table["estimate"], [7 / 10, 9 / 14, 15 / 26], atol=1e-6)
    np.testing.assert_allclose(table["pull"].iloc[0], 0.0)


def test_a_power_of_the_prior_leaves_the_other_powers(coin):
    half = with_prior_weight(coin.weighted(likelihood=0.5), 2.0)
    assert (half.weights.prior, half.weights.likelihood) == (2.0, 0.5)
