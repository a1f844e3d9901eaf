"""An optimum on the unconstrained scale: position, value, kind and curvature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    from bayeswrap.estimates.results.status import Status

__all__ = [
    "Optimum",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimum:
    """A point with its verified status and curvature.

    Attributes
    ----------
    q : (dimension,) array
        Unconstrained position.
    value : float
        Objective there, nats.
    status : Status
        What kind of point it is.
    root : (dimension, k) array
        T with covariance T T'; rows of zeros for coordinates without curvature.
    decrement : float
        Newton decrement, in standard errors.
    condition : float
        Condition number of the information matrix scaled to a unit diagonal.
    hessian_error : float
        Bound on the relative error of the Hessian: difference between two step sizes.
    excluded : tuple of int
        Coordinates without curvature (on an edge or a kink).
    direction : (dimension,) array
        The direction along which there is no maximum, where that is the status.
    """

    q: np.ndarray
    value: float
    status: Status
    root: np.ndarray
    decrement: float
    condition: float
    hessian_error: float = 0.0
    excluded: tuple[int, ...] = ()
    direction: np.ndarray | None = None
