"""A search without a verified maximum raises, with the estimate and the direction."""

from __future__ import annotations

import pytest

from bayeswrap.errors import ConvergenceError
from bayeswrap.estimates.point_estimates.convergence import require_estimate

SEPARATED = (
    "data { int N; vector[N] x; array[N] int y; } parameters { real a; real b; }"
    "model { a ~ normal(0, 1); y ~ bernoulli_logit(a + b * x); }"
)


@pytest.fixture
def separated(model):
    return model(SEPARATED, N=4, x=[-2.0, -1.0, 1.0, 2.0], y=[0, 0, 1, 1])


def test_the_error_carries_the_estimate_and_names_the_direction(separated):
    estimate = separated.map(require_converged=False, seed=1)

    with pytest.raises(ConvergenceError, match="no MAP of program 'test'") as caught:
        require_estimate(estimate)

    assert caught.value.estimate is estimate
    assert caught.value.where.startswith("along +1 b")
    assert "a" not in caught.value.where.removesuffix("(unconstrained scale)").split()[2:]
    assert "require_converged=False" in caught.value.do


def test_a_verified_maximum_passes(bernoulli):
    assert require_estimate(bernoulli.mle(seed=1)) is None
