"""The parts of the log density at a mode, and the problem that a mode solves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.errors import EstimandError

if TYPE_CHECKING:
    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.estimates.problem.problem import Request

__all__ = [
    "LogParts",
    "request_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogParts:
    """Log likelihood, log prior and log population at a point: nats, all constants included."""

    likelihood: float
    prior: float
    population: float

    @property
    def joint(self) -> float:
        """Their sum."""
        return self.likelihood + self.prior + self.population


_SAME = 1e-6  # relative: one density, evaluated twice


def request_of(estimate: PointEstimate, what: str) -> Request:
    """Return the way back to the density, or raise `EstimandError` for a loaded estimate."""
    if estimate.request is None:
        raise EstimandError(
            f"{what} needs the program and the data, and a saved estimate holds no data",
            where=estimate.record.program_name,
            do="make the estimate again with Model",
        )
    q, density = estimate.optimum.q, estimate.request.density.transforms
    if q.size != density.dimension or not np.isclose(
        estimate.request.objective(q)[0], estimate.optimum.value, rtol=_SAME, equal_nan=True
    ):
        raise EstimandError(
            f"{what} follows the density of the whole program, and this estimate maximises another",
            got=estimate.title,
            do="ask it of an estimate without marginal=",
        )
    return estimate.request
