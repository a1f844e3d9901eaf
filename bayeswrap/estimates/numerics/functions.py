"""A function to be maximised: a position in, its value and gradient out; and its rounding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from bayeswrap.engine.density import look_ahead

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scipy.optimize import OptimizeResult

__all__ = [
    "SAME_HEIGHT",
    "Function",
    "Refusing",
    "coarseness_of",
    "restricted",
    "rounding_of",
    "same_value",
]


SAME_HEIGHT = 1e-6  # relative: two searches that ended on one mode or plateau
_SUM_ROUNDING = 1e-12  # relative: a log density is a sum of some thousand rounded terms
_SAME_VALUE = 1e-9  # relative: one log density, evaluated in two ways
_REFUSED = 1e300  # what a minimiser gets where there is no density


@dataclass(frozen=True, slots=True)
class Restricted:
    """The function of some coordinates, with the others held.

    Parameters
    ----------
    function : callable
        Value and gradient of all coordinates.
    base : (dimension,) array
        Where the others stand.
    free : list of int
        Which coordinates move.
    """

    function: Function
    base: np.ndarray
    free: list[int]

    def _whole(self, part: np.ndarray) -> np.ndarray:
        whole = self.base.copy()
        whole[self.free] = part
        return whole

    def __call__(self, part: np.ndarray) -> tuple[float, np.ndarray]:
        """Return value and gradient of the coordinates that move."""
        value, gradient = self.function(self._whole(part))
        return value, gradient[self.free]

    def look_ahead(self, points: Sequence[np.ndarray]) -> None:
        """Announce the positions of later evaluations."""
        look_ahead(self.function, [self._whole(part) for part in points])

    @property
    def coarseness(self) -> float:
        """That of the whole function."""
        return coarseness_of(self.function)


def restricted(function: Function, q: np.ndarray, free: Sequence[int]) -> Function:
    """Return the function of some coordinates, with the others held."""
    return Restricted(function, q, list(free))


def coarseness_of(function: Function) -> float:
    """Return by what factor a function's gradients want longer steps for their differences.

    It is 1 for a log density, whose gradients are exact to rounding, and more for a function whose
    gradients are differences themselves.
    """
    return float(getattr(function, "coarseness", 1.0))


@dataclass(frozen=True, slots=True)
class Refusing:
    """Minus a function, for `scipy.optimize.minimize`: huge and level where there is no density.

    A line search that meets an infinite or undefined number gives up; a huge one makes it step
    back.

    Parameters
    ----------
    function : callable
        Value and gradient; not finite outside the support.
    """

    function: Function

    def __call__(self, x: np.ndarray) -> tuple[float, np.ndarray]:
        """Return minus the value and minus the gradient."""
        value, gradient = self.function(x)
        if not (np.isfinite(value) and np.isfinite(gradient).all()):
            return _REFUSED, np.zeros_like(x)
        return -value, -gradient

    def accepted(self, result: OptimizeResult) -> bool:
        """Return whether a minimiser ended at a point with a density."""
        return bool(result.fun < _REFUSED)


def rounding_of(value: float) -> float:
    """Return how far rounding may move a log density: below it a difference means nothing.

    Examples
    --------
    >>> rounding_of(-999.0)
    1e-09
    """
    return _SUM_ROUNDING * (1 + abs(value))


def same_value(first: float, second: float, relative: float = _SAME_VALUE) -> bool:
    """Return whether two log densities are one, computed in two ways.

    Parameters
    ----------
    first, second : float
        Log densities, nats.
    relative : float, optional
        Largest difference, relative to 1 + abs(first).

    Examples
    --------
    >>> same_value(-1000.0, -1000.0000001), same_value(-1000.0, -1000.0001)
    (True, False)
    """
    return bool(abs(first - second) <= relative * (1 + abs(first)))


if TYPE_CHECKING:
    Function: TypeAlias = Callable[[np.ndarray], tuple[float, np.ndarray]]
