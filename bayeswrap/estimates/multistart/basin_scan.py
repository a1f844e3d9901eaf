"""The climb of a search from one start: L-BFGS, cheap, and stopped where a known mode is near."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from bayeswrap.estimates.multistart.clusters import INSIDE
from bayeswrap.estimates.numerics.lbfgs import rough_ascent

if TYPE_CHECKING:
    from bayeswrap.estimates.multistart.clusters import Cluster
    from bayeswrap.estimates.numerics.functions import Function

__all__ = [
    "ScanEnd",
    "scanned",
]


_LONGEST_STRIDE = 1e3  # standard errors
_SCAN_STEPS = 100  # of L-BFGS
_SCAN_TOLERANCE = 1e-5  # ends lie well within a standard error of an ordinary mode

ScanEnd: TypeAlias = tuple[float, np.ndarray]


def scanned(function: Function, begin: np.ndarray, home: Cluster | None) -> ScanEnd:
    """Climb from a start by L-BFGS, in the coordinates of the mode where most starts end."""
    if home is None:
        end = rough_ascent(function, begin, steps=_SCAN_STEPS, rounds=1, tolerance=_SCAN_TOLERANCE)
        return function(end)[0], end
    # most starts will end in this mode: its own curvature makes their way short
    mode, inverse = home.optimum, home.inverse
    cache: dict[bytes, tuple[float, np.ndarray]] = {}

    def white(z: np.ndarray) -> tuple[float, np.ndarray]:
        key = z.tobytes()
        if key not in cache:
            value, gradient = function(mode.q + mode.root @ z)
            cache[key] = value, mode.root.T @ gradient
        return cache[key]

    away = inverse @ (begin - mode.q)
    z = rough_ascent(
        white,
        away,
        steps=_SCAN_STEPS,
        rounds=1,
        tolerance=_SCAN_TOLERANCE,
        # Newton's step, as the curvature is close to one
        stride=float(np.clip(np.linalg.norm(white(away)[1]), 1.0, _LONGEST_STRIDE)),
        arrived=lambda z: bool(z @ z < INSIDE**2),
    )
    return white(z)[0], mode.q + mode.root @ z
