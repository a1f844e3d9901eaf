"""From a position to an estimate: values, spread by the delta method, log parts, record."""

from __future__ import annotations

import time

import numpy as np
import pytest
from scipy import stats

from bayeswrap.estimates.point_estimates.estimate_at_optimum import (
    VerifiedMode,
    estimate_at_optimum,
)
from bayeswrap.estimates.problem.estimand import Estimator, Scale
from bayeswrap.estimates.results.optimum import Optimum
from bayeswrap.estimates.results.status import Status

# y ~ Poisson(r), r ~ gamma(3, 1): on the scale of log r the mode is log((3 + 5) / 2)
RATE = (
    "data { int y; } parameters { real<lower=0> r; } transformed parameters { real s = sqrt(r); }"
    "model { r ~ gamma(3, 1); y ~ poisson(r); }"
)
MODE = 4.0
SD = 8**-0.5  # of log r


@pytest.fixture
def problem(model):
    return model(RATE, y=5).bound.problem(Estimator.MAP, Scale.UNCONSTRAINED, seed=7)


@pytest.fixture
def mode():
    optimum = Optimum(
        q=np.array([np.log(MODE)]),
        value=0.0,
        status=Status.CONVERGED,
        root=np.array([[SD]]),
        decrement=0.0,
        condition=1.0,
    )
    return VerifiedMode(
        optimum=optimum,
        flat=np.zeros(1, dtype=bool),
        started=time.perf_counter(),
        in_process=True,
        starts=20,
        warnings=("first",),
        n_parameters=1,
        options={"adopted": True},
    )


def test_values_and_spread_on_the_declared_scale(problem, mode):
    estimate = estimate_at_optimum(problem, mode)

    assert estimate["r"] == pytest.approx(4, rel=1e-14)
    assert estimate["s"] == pytest.approx(2, rel=1e-14)
    # dr / d log r = r, ds / d log r = s / 2
    np.testing.assert_allclose(estimate.spread, [4 * SD, SD], rtol=1e-8)


def test_log_parts_have_all_constants_and_no_jacobian(problem, mode):
    estimate = estimate_at_optimum(problem, mode)

    assert estimate.log_likelihood == pytest.approx(stats.poisson.logpmf(5, 4), rel=1e-12)
    assert estimate.log_prior == pytest.approx(stats.gamma.logpdf(4, 3), rel=1e-12)


def test_the_maker_is_told_all_that_the_estimate_holds(problem, mode):
    estimate = estimate_at_optimum(problem, mode)

    assert estimate.warnings == ("first",)
    assert estimate.n_parameters == 1
    assert estimate.record.engine.endswith("; searched in process by stanli")
    options = estimate.record.options
    assert (options["starts"], options["adopted"], options["inits"]) == (20, True, None)


def test_a_position_to_start_from_is_recorded_as_initial_values(model, mode):
    problem = model(RATE, y=5).bound.problem(seed=7, start=np.array([0.3]))

    assert estimate_at_optimum(problem, mode).record.options["inits"] == "r"
    assert problem.initial_values["r"] == pytest.approx(np.exp(0.3))
