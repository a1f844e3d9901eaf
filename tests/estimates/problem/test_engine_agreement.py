"""The in-process density and the compiled program are one function, or an error."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from bayeswrap.errors import EngineDisagreementError
from bayeswrap.estimates.problem.engine_agreement import require_agreement


@pytest.fixture
def asked(bernoulli):
    estimate = bernoulli.mle(seed=1)
    return estimate.problem, estimate


def compiled(error=0.0, constant=0.0):
    def log_density(_, points, *, jacobian):
        assert not jacobian
        theta = np.array([p["theta"] for p in points])
        value = 2 * np.log(theta) + 8 * np.log1p(-theta) + constant
        return value * (1 + error * np.arange(len(points)))

    return SimpleNamespace(log_density=log_density)


@pytest.mark.parametrize("constant", [0.0, 17.0])
def test_constants_may_differ(asked, constant):
    problem, estimate = asked

    executable, asked_for = compiled(constant=constant), []

    def counted(data, points, *, jacobian):
        asked_for.append(len(points))
        return executable.log_density(data, points, jacobian=jacobian)

    require_agreement(
        replace(problem, executable=SimpleNamespace(log_density=counted)), estimate.optimum.q
    )

    assert asked_for == [3]


def test_a_difference_is_an_error(asked):
    problem, estimate = asked

    with pytest.raises(EngineDisagreementError, match="different numbers"):
        require_agreement(replace(problem, executable=compiled(error=1e-6)), estimate.optimum.q)


def test_without_a_compiled_program_there_is_nothing_to_compare(asked):
    problem, estimate = asked

    # touching the density would raise
    assert require_agreement(replace(problem, density=None), estimate.optimum.q) is None
