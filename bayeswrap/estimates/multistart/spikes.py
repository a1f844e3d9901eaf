"""Whether the density has a spike: a scale that can shrink around one value of the data.

A search climbs to a spike only by accident, yet where there is one no maximum is global (Kiefer
and Wolfowitz 1956, Annals of Mathematical Statistics 27:887-906, doi:10.1214/aoms/1177728066). So
it is looked for: a location is put on a data value, a scale is shrunk, and the density watched.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.program.syntax.constraints import constraint_of
from bayeswrap.thresholds import SPIKE_EVENNESS, SPIKE_SLOPE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.estimates.numerics.functions import Function

__all__ = [
    "find_spike",
]


_DEPTHS = (-12.0, -18.0, -24.0)  # log scales: above rounding, far below any spread of data
_COLUMNS_MAX = 4
_VALUES_MAX = 5  # of a column
_PAIRS_MAX = 100  # of a scale and a location


def find_spike(
    function: Function, mode: np.ndarray, kinds: Sequence[str], columns: Sequence[np.ndarray]
) -> np.ndarray | None:
    """Look for a spike near a mode.

    Parameters
    ----------
    function : callable
        Value and gradient.
    mode : (dimension,) array
        Where all other coordinates stay.
    kinds : sequence of str
        Stan's constraint behind each coordinate.
    columns : sequence of arrays
        Data columns that vary.

    Returns
    -------
    (dimension,) array or None
        A point on the way up the spike; None where no point tried is on one, which proves nothing.
    """
    scales = [i for i, kind in enumerate(kinds) if constraint_of(kind).is_log]
    places = [i for i, kind in enumerate(kinds) if constraint_of(kind).is_identity]
    values = np.concatenate([_some(c) for c in columns[:_COLUMNS_MAX]] or [np.zeros(0)])
    pairs = list(product(scales, places))[:_PAIRS_MAX]
    for (scale, place), value in product(pairs, values):
        point = mode.copy()
        point[place] = value
        if _rises_with_log_scale(function, point, scale):
            return point
    return None


def _some(column: np.ndarray) -> np.ndarray:
    """Return a few values across the range of a column, ends included."""
    ordered = np.unique(column)
    where = np.linspace(0, ordered.size - 1, min(_VALUES_MAX, ordered.size)).astype(int)
    return np.asarray(ordered[where])


def _rises_with_log_scale(function: Function, point: np.ndarray, scale: int) -> bool:
    """Return whether the value rises evenly as the scale shrinks; leave the point on its way.

    Around a value of the data it rises in proportion to the log of the scale. A rise that wears off
    is a climb out of a depth: from a place where the likelihood all but vanishes.
    """
    heights = []
    for depth in _DEPTHS:
        point[scale] = depth
        heights.append(function(point)[0])
    if not np.isfinite(heights).all():
        return False
    rises = np.diff(heights)
    least = SPIKE_SLOPE.value * (_DEPTHS[0] - _DEPTHS[1])
    return bool(rises.min() >= least and rises.max() <= SPIKE_EVENNESS.value * rises.min())
