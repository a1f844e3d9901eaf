"""The in-process density and the compiled program must be one function: compared once a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.errors import EngineDisagreementError

if TYPE_CHECKING:
    from bayeswrap.estimates.problem.problem import Problem

__all__ = [
    "require_agreement",
]


_RELATIVE = 1e-8
_POINTS = 3


def require_agreement(problem: Problem, q: np.ndarray) -> None:
    """Compare differences of the two log densities at points around `q`, a position.

    Differences, because the two may drop different constants; without Jacobian, because that is
    where both mean the same for every transform.

    Raises
    ------
    EngineDisagreementError
        They differ by more than 1e-8 of their size.
    """
    if problem.executable is None:
        return
    transforms = problem.density.transforms
    objective = problem.density.objective(problem.parts, jacobian=False)
    rng = np.random.default_rng(0)
    positions = [q + 0.1 * rng.normal(size=transforms.dimension)]
    while len(positions) < _POINTS:
        positions.append(positions[0] + 0.1 * rng.normal(size=transforms.dimension))
    here = np.array([objective(position)[0] for position in positions])
    if not np.isfinite(here).all():
        return  # the neighbourhood leaves the support: nothing to compare there
    points = [problem.coordinates.arrays(position) for position in positions]
    there = problem.executable.log_density(problem.stan_data, points, jacobian=False)
    gap = np.abs(np.diff(here) - np.diff(there)).max()
    if gap > _RELATIVE * max(1.0, np.abs(here).max()):
        raise EngineDisagreementError(
            "the in-process density and the compiled program give different numbers",
            where=problem.program.name,
            got=f"log density differences {np.diff(here)} in process, {np.diff(there)} compiled",
            do="do not use these estimates; please report the program",
        )
