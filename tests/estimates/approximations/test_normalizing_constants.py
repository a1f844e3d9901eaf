"""Constants that log densities at draws lack: for a normal posterior they are known."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from bayeswrap.estimates.approximations.normalizing_constants import (
    dropped_constants,
    laplace_offset,
)
from bayeswrap.estimates.problem.estimand import Estimator, Scale

# the marginal density of y is normal(0, sqrt(2^2 + 1))
NORMAL = "data { real y; } parameters { real mu; } model { mu ~ normal(0, 2); y ~ normal(mu, 1); }"
DRAWS = np.array([[0.3], [0.8], [-0.2], [1.1]])


@pytest.fixture
def problem(model):
    return model(NORMAL, y=1.0).bound.problem(Estimator.MAP, Scale.UNCONSTRAINED, seed=1)


def full_log_density(mu):
    return stats.norm.logpdf(mu, 0, 2) + stats.norm.logpdf(1.0, mu, 1)


def test_a_constant_that_was_dropped_is_returned(problem):
    stated = full_log_density(DRAWS[:, 0]) - 1.7

    missing = dropped_constants(problem, problem.coordinates.layout, DRAWS, stated)

    assert missing == pytest.approx(1.7, rel=1e-12)


def test_another_function_has_no_constant(problem):
    stated = full_log_density(DRAWS[:, 0]) + DRAWS[:, 0]

    assert np.isnan(dropped_constants(problem, problem.coordinates.layout, DRAWS, stated))


def test_points_without_density_have_no_constant(problem):
    stated = np.full(len(DRAWS), -np.inf)

    assert np.isnan(dropped_constants(problem, problem.coordinates.layout, DRAWS, stated))


def test_the_offset_of_a_normal_posterior_gives_its_evidence(problem):
    # posterior: precision 1/4 + 1, mean 1 / (1/4 + 1)
    sd, mean = (1 / 4 + 1) ** -0.5, 1 / (1 / 4 + 1)
    z = (DRAWS[:, 0] - mean) / sd
    densities = np.column_stack([full_log_density(DRAWS[:, 0]) - 0.4, -(z**2) / 2])

    offset = laplace_offset(
        problem,
        np.array([[sd]]),
        problem.coordinates.layout,
        DRAWS[np.newaxis],
        densities[np.newaxis],
    )

    log_ratios = densities[:, 0] - densities[:, 1] + offset
    np.testing.assert_allclose(log_ratios, stats.norm.logpdf(1.0, 0, np.sqrt(5)), rtol=1e-9)


def test_a_direction_without_curvature_has_no_offset(problem):
    layout = problem.coordinates.layout
    densities = np.zeros((1, len(DRAWS), 2))

    assert np.isnan(laplace_offset(problem, np.zeros((1, 0)), layout, DRAWS[None], densities))
