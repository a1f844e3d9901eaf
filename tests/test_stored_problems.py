"""The way back from a file to the density of a result."""

from __future__ import annotations

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.stored_problems import ProblemRestorer, problem_parts

COIN = """
data { int<lower=0> n; int<lower=0, upper=n> y; }
parameters { real<lower=0, upper=1> p; }
model { p ~ beta(2, 2); y ~ binomial(n, p); }
"""


@pytest.fixture(scope="module")
def model():
    program = bw.Program.from_string(COIN, name="coin")
    return bw.Model(program, {"n": 10, "y": 7}, engine="stanli")


def test_a_problem_comes_back_from_its_parts(model):
    mode = model.map()

    again = ProblemRestorer().restore(problem_parts(mode.problem), mode.record)

    assert (again.estimator, again.scale, again.weights) == (
        mode.problem.estimator,
        mode.problem.scale,
        mode.problem.weights,
    )
    q = np.array([0.3])
    assert again.objective(q)[0] == mode.problem.objective(q)[0]


def test_results_of_one_model_share_their_density(model):
    mle, mode, restorer = model.mle(), model.map(), ProblemRestorer()

    first, second = (restorer.restore(problem_parts(r.problem), r.record) for r in (mle, mode))

    assert first.density is second.density
