"""A marginal search whose pattern changes on the way, and one whose seconds are spent."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from bayeswrap import progress
from bayeswrap.budget import Budget, checkpoint
from bayeswrap.errors import OutOfTimeError
from bayeswrap.estimates.marginal_likelihood.laplace_marginal import Laplace
from bayeswrap.estimates.marginal_likelihood.marginal_search import search_marginal
from bayeswrap.estimates.problem.support import support_edges
from bayeswrap.estimates.results.status import Status
from bayeswrap.program.syntax.constraints import CONSTRAINTS

Y = np.array([5.0, 6.0, 4.0, 7.0])


def precision_at(psi):
    """Return that of four effects of which neighbours meet once psi is above 1."""
    link = 0.4 * max(0.0, psi - 1.0) ** 2 / (1 + (psi - 1.0) ** 2)
    return np.eye(4) + link * (np.diag(np.ones(3), 1) + np.diag(np.ones(3), -1))


def joint(q):
    """y ~ normal(u, 1), u with mean psi and a precision that branches on psi."""
    psi, u = q[0], q[1:]
    a = precision_at(psi)
    z = u - psi
    value = -0.5 * ((Y - u) ** 2).sum() - 0.5 * z @ a @ z + 0.5 * np.linalg.slogdet(a)[1]
    outer = np.zeros((4, 4))
    if psi > 1:
        rate = 0.8 * (psi - 1) / (1 + (psi - 1) ** 2) ** 2
        outer = rate * (np.diag(np.ones(3), 1) + np.diag(np.ones(3), -1))
    by_psi = (a @ z).sum() - 0.5 * z @ outer @ z + 0.5 * np.trace(np.linalg.solve(a, outer))
    return float(value), np.concatenate([[by_psi], Y - u - a @ z])


def exact(psi):
    """Return the log density of y, with all but its constant."""
    a = precision_at(psi)
    covariance = np.eye(4) + np.linalg.inv(a)
    z = Y - psi
    return -0.5 * z @ np.linalg.solve(covariance, z) - 0.5 * np.linalg.slogdet(covariance)[1]


def problem():
    coordinates = SimpleNamespace(
        constraints=[CONSTRAINTS["Identity"]] * 5,
        variables=["psi", *["u"] * 4],
        edges=support_edges(["Identity"] * 5),
    )
    return SimpleNamespace(
        coordinates=coordinates, inits={}, program=SimpleNamespace(name="branching")
    )


def found(function=joint, *, show_progress=False):
    latent = np.arange(5) > 0
    laplace = Laplace(function, np.zeros(5), latent, ~latent)
    assert laplace.pattern.is_diagonal  # at the start nothing meets
    return search_marginal(problem(), laplace, None, show_progress=show_progress), laplace


def test_effects_that_meet_at_the_estimate_alone_are_integrated_out():
    end, laplace = found()

    grid = np.linspace(4.5, 7, 25001)
    heights = [exact(psi) for psi in grid]
    assert end.optimum.status is Status.CONVERGED
    assert end.optimum.q[0] == pytest.approx(grid[np.argmax(heights)], abs=2e-4)
    assert end.optimum.value - 2 * np.log(2 * np.pi) == pytest.approx(max(heights), abs=1e-8)
    assert not laplace.pattern.is_diagonal
    assert end.warnings == ()


def test_spent_seconds_leave_the_highest_point():
    count = [0]

    def slow(q):
        count[0] += 1
        if count[0] > 400:
            checkpoint()
        return joint(q)

    with Budget.of(0.0).in_force():
        end, _ = found(slow)

    assert end.optimum.status is Status.NOT_CONVERGED
    assert exact(end.optimum.q[0]) > exact(0.0)
    assert end.inner is not None
    assert "seconds were spent" in end.warnings[0]


def test_spent_seconds_without_a_point_are_an_error():
    def slow(q):
        checkpoint()
        return joint(q)

    latent = np.arange(5) > 0
    laplace = Laplace(slow, np.zeros(5), latent, ~latent)
    with Budget.of(0.0).in_force(), pytest.raises(OutOfTimeError):
        search_marginal(problem(), laplace, None, show_progress=False)


def test_each_point_is_a_step_of_the_progress_that_is_shown(monkeypatch):
    seen = []
    monkeypatch.setattr(progress._line, "enter", seen.append)
    monkeypatch.setattr(progress._line, "leave", lambda _: None)

    found(show_progress=True)

    assert str(seen[0]).startswith(f"integrating effects out {seen[0].done} points, log density")
