"""Whether the in-process density and the compiled program are one function."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.errors import EngineDisagreementError
from bayeswrap.estimates.problem.checked_rows import Findings, some_rows_of

if TYPE_CHECKING:
    from bayeswrap.estimates.problem.problem import Problem

__all__ = [
    "require_agreement",
]


_TOLERANCE = 1e-8  # relative to the log density: both engines sum in double precision
_POINTS = 3
_RADIUS = 0.1  # standard deviation of the steps between points, unconstrained scale
_AGREED = Findings()


def require_agreement(problem: Problem, q: np.ndarray) -> None:
    """Compare differences of the two log densities at points around `q`, a position.

    Differences, because the two may drop different constants; without Jacobian, because that is
    where both mean the same for every transform.

    Raises
    ------
    EngineDisagreementError
        They differ by more than 1e-8 of their size.
    """
    if problem.executable is None or problem.density.executable is not None:
        return  # there is one engine alone
    engine = str(getattr(problem.executable, "path", ""))
    if engine and _AGREED.holds(problem.program, problem.density, engine):
        return
    if (_compared(_on_some_rows(problem, q), q) or _compared(problem, q)) and engine:
        _AGREED.add(problem.program, problem.density, engine)


def _on_some_rows(problem: Problem, q: np.ndarray) -> Problem | None:
    sample = some_rows_of(problem.program, problem.density)
    if sample is None or sample.transforms.dimension != q.size:
        return None
    return replace(problem, density=sample, data=sample.data)


def _compared(problem: Problem | None, q: np.ndarray) -> bool:
    """Compare, and return whether the density is finite where it was compared."""
    if problem is None or problem.executable is None:
        return False
    objective = problem.density.objective(problem.weights, jacobian=False)
    rng = np.random.default_rng(0)
    positions = [q + _RADIUS * rng.normal(size=q.size)]
    while len(positions) < _POINTS:
        positions.append(positions[0] + _RADIUS * rng.normal(size=q.size))
    in_process = np.array([objective(position)[0] for position in positions])
    if not np.isfinite(in_process).all():
        return False  # the neighbourhood leaves the support: nothing to compare there
    points = [problem.coordinates.arrays(position) for position in positions]
    compiled = problem.executable.log_density(problem.stan_data, points, jacobian=False)
    gap = np.abs(np.diff(in_process) - np.diff(compiled)).max()
    if gap > _TOLERANCE * max(1.0, np.abs(in_process).max()):
        raise EngineDisagreementError(
            "the in-process density and the compiled program give different numbers",
            where=problem.program.name,
            got=f"log density differences {np.diff(in_process)} in process, "
            f"{np.diff(compiled)} compiled",
            do="do not use these estimates; please report the program",
        )
    return True
