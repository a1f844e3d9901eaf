"""What is raised where a search found no verified maximum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.errors import ConvergenceError

if TYPE_CHECKING:
    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate

__all__ = [
    "require_estimate",
]

_NAMED = 5  # coordinates, at most


def require_estimate(estimate: PointEstimate) -> None:
    """Raise unless the search ended on a verified maximum.

    Raises
    ------
    ConvergenceError
        With the estimate attached, and the direction without a maximum named.
    """
    if estimate.status.is_estimate:
        return
    error = ConvergenceError(
        f"no {estimate.estimator} of program {estimate.record.program_name!r}: "
        f"{estimate.status.sentence}",
        where=_direction(estimate),
        got=None if estimate.limit is None else estimate.limit.sentence,
        do=estimate.status.advice
        + "; require_converged=False returns the point reached"
        + (", and its .limit the model there" if estimate.limit else ""),
    )
    error.estimate = estimate
    raise error


def _direction(estimate: PointEstimate) -> str | None:
    """Name the coordinates along which there is no maximum."""
    parts = estimate.optimum.moving(estimate.coordinates)
    if not parts:
        return None
    largest = sorted(parts.items(), key=lambda part: -abs(part[1]))[:_NAMED]
    named = [f"{part:+.2g} {name}" for name, part in largest]
    return "along " + ", ".join(named) + " (unconstrained scale)"
