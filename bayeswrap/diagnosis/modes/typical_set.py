"""How far below a mode the draws lie, against what a normal of its dimension would give."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import chdtri

from bayeswrap.estimates.pointwise.log_densities import positions_of
from bayeswrap.thresholds import TYPICAL_SET_TAIL

if TYPE_CHECKING:
    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.estimates.posterior.draws import Posterior
    from bayeswrap.estimates.problem.log_density import Objective

__all__ = [
    "DensityDrop",
    "drop_below",
]


_DRAWS = 200  # a median of so many is known to a tenth of the spread


@dataclass(frozen=True, slots=True, kw_only=True)
class DensityDrop:
    """The log density of the draws below that of the mode.

    Attributes
    ----------
    median : float
        Nats from the mode down to the median draw; that of the highest chain where they disagree.
    dimension : int
        Number of coordinates.
    """

    median: float
    dimension: int

    @property
    def expected(self) -> float:
        """What it would be were the posterior normal: half the median of chi-square."""
        return float(chdtri(self.dimension, 0.5) / 2)

    @property
    def threshold(self) -> float:
        """Where a normal would put one draw in a thousand."""
        return float(chdtri(self.dimension, TYPICAL_SET_TAIL.value) / 2)


def drop_below(mode: PointEstimate, posterior: Posterior) -> DensityDrop | None:
    """Compare the log density at a mode with that at the draws, on the scale of the mode.

    In d dimensions the draws of a normal lie chi-square(d)/2 nats below its mode: a gap of d/2 is
    no sign of trouble.

    Parameters
    ----------
    mode : PointEstimate
        With its problem.
    posterior : Posterior
        Of the same program and data.

    Returns
    -------
    Drop or None
        None where the mode was loaded, or no draw has a finite density.
    """
    if mode.problem is None:
        return None
    step = max(1, posterior.draws.shape[0] * posterior.draws.shape[1] // _DRAWS)
    objective = mode.problem.objective
    rows = positions_of(
        mode.problem.density.transforms, replace(posterior, draws=posterior.draws[:, ::step])
    )
    chains = [_finite(objective, chain) for chain in rows]
    # chains that disagree may have been caught on the way: only the highest of them counts
    apart = chains if posterior.diagnostics.mixing_problems else [np.concatenate(chains)]
    medians = [float(np.median(values)) for values in apart if values.size]
    if not medians:
        return None
    drop = objective(mode.optimum.q)[0] - max(medians)
    return DensityDrop(median=drop, dimension=max(1, mode.optimum.root.shape[1]))


def _finite(objective: Objective, positions: np.ndarray) -> np.ndarray:
    """Return the log densities, without those of draws that have none."""
    values = np.array([objective(q)[0] for q in positions if np.isfinite(q).all()])
    return np.asarray(values[np.isfinite(values)])
