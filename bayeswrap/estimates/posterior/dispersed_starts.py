"""Starting values for chains, drawn more widely than the posterior's approximation at the mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate

__all__ = [
    "dispersed_starts",
]

_WIDER = 2.0  # standard deviations of the approximation


def dispersed_starts(mode: PointEstimate, chains: int) -> list[dict[str, np.ndarray]]:
    """Return initial values for each chain, spread around a mode wider than the posterior.

    Draws of the normal approximation with twice its spread, so that R-hat detects chains that
    still depend on where they began (Gelman & Rubin 1992, doi:10.1214/ss/1177011136).

    Parameters
    ----------
    mode : PointEstimate
        On the unconstrained scale, with its problem.
    chains : int
        How many.
    """
    problem = mode.problem_for("a start near the mode")
    root = mode.optimum.root
    rng = np.random.default_rng(problem.seed)
    starts = []
    for _ in range(chains):
        q = mode.optimum.q + _WIDER * root @ rng.normal(size=root.shape[1])
        # outside the support, or where the density overflows, the mode itself is taken
        q = q if np.isfinite(problem.objective(q)[0]) else mode.optimum.q
        starts.append(problem.coordinates.arrays(q))
    return starts
