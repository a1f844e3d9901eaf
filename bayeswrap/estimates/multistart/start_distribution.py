"""Where many starts lie: half of them uniform, half of them on the scales of the data.

Uniform(-2, 2) on the unconstrained scale, Stan's own habit, misses modes whose place the data set
(a peak at 451, an intercept of -2500). So every second start takes its coordinates from values,
differences, standard deviations and their ratios in the data.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.errors import DataError
from bayeswrap.estimates.numerics.lbfgs import conditional_ascent, rough_ascent
from bayeswrap.program.syntax.constraints import constraint_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bayeswrap.estimates.numerics.functions import Function
    from bayeswrap.estimates.optimization.reduced_problem import ReducedProblem

__all__ = [
    "StartDistribution",
    "columns_of",
    "start_distribution_of",
    "unreached",
]


_RADIUS = 2.0  # units of the unconstrained scale: Stan's own
_SHRINK_AFTER = 5  # refused points
_SHARE_SCALED = 0.8  # of the coordinates of a data-scaled start; the rest is uniform
_SHARE_PLACES = 0.3  # of an unbounded parameter's draws: a value of the data, not a size
_SHARE_NEGATIVE = 0.4  # of an unbounded parameter's draws that are sizes
_CANDIDATES = 8  # points of which a selective start is the best
_TRIAL_STEPS = 5  # of L-BFGS
_SHARE_FREE = 0.6  # of the coordinates, in these steps
_POINTS_MAX = 100  # that may be refused before a start is given up
_PROOFS = 50  # points at which a slope must be zero
_FEW = 3  # values: less is no column to take scales from


def columns_of(data: Mapping[str, object]) -> list[np.ndarray]:
    """Return the data columns that vary: vectors, and the columns of matrices and arrays."""
    columns: list[np.ndarray] = []
    for value in data.values():
        array = np.asarray(value)
        if array.ndim == 0 or array.dtype.kind not in "iuf" or array.size < _FEW:
            continue
        table = array.reshape(-1, array.shape[-1]).T if array.ndim > 1 else array[np.newaxis]
        if table.shape[1] < _FEW:  # a few long rows
            table = array.reshape(1, -1)
        columns += [column.astype(np.float64) for column in table if np.ptp(column) > 0]
    return columns


@dataclass(frozen=True, slots=True, kw_only=True)
class StartDistribution:
    """A way to draw starts.

    Parameters
    ----------
    kinds : tuple of str
        Stan's constraint behind each coordinate.
    columns : tuple of arrays
        Data columns that vary; none makes all starts uniform.
    function : callable
        The function to climb.
    place : callable
        Puts the user's initial values into a drawn position.
    """

    kinds: tuple[str, ...]
    columns: tuple[np.ndarray, ...]
    function: Function
    place: Callable[[np.ndarray], np.ndarray]

    def start(self, rng: np.random.Generator, i: int, *, selective: bool) -> np.ndarray | None:
        """Draw the start of number `i`.

        Parameters
        ----------
        rng : numpy.random.Generator
            Its own stream, so that a start does not depend on those before it.
        i : int
            Even numbers are uniform, odd ones scaled by the data.
        selective : bool
            Whether half of the starts are the best of some candidates after a few steps each.

        Returns
        -------
        (dimension,) array or None
            None where no point tried has a finite density.
        """
        several = selective and i % 4 > 1
        drawn = [self._point(rng, i) for _ in range(_CANDIDATES if several else 1)]
        points = [p for p in drawn if p is not None]
        if several:
            points = [self._with_some_held(rng, p) for p in points]
        if len(points) < 2:  # noqa: PLR2004 - nothing to choose from
            return points[0] if points else None
        return max(points, key=lambda q: self.function(q)[0])

    def _with_some_held(self, rng: np.random.Generator, q: np.ndarray) -> np.ndarray:
        """Climb a few steps with some coordinates held at random.

        Where the held ones are those that bend the function, the others fall into place: a mode
        that no free climb from there would reach is kept in sight.
        """
        free = np.flatnonzero(rng.random(q.size) < _SHARE_FREE)
        if free.size in {0, q.size}:
            return rough_ascent(self.function, q, steps=_TRIAL_STEPS, rounds=1)
        return conditional_ascent(self.function, q, free.tolist(), steps=3 * _TRIAL_STEPS)

    def _point(self, rng: np.random.Generator, i: int) -> np.ndarray | None:
        for attempt in range(_POINTS_MAX):
            scaled = bool(i % 2 and self.columns)
            # where the density refuses wide points, points nearer to the origin get their turn
            radius = _RADIUS / (1 + attempt // _SHRINK_AFTER)
            q = rng.uniform(-radius, radius, len(self.kinds))
            if scaled:
                q = self._scaled(rng, q)
            try:
                q = self.place(q)
            except DataError:  # a bound that depends on another parameter may refuse a point
                continue
            if np.isfinite(self.function(q)[0]):
                return self._fitted(q)
        return None

    def _fitted(self, q: np.ndarray) -> np.ndarray:
        """Give scales the values that suit the rest of the start."""
        scales = [i for i, kind in enumerate(self.kinds) if constraint_of(kind).is_log]
        if not scales or len(scales) == len(self.kinds):
            return q
        return conditional_ascent(self.function, q, scales, steps=20, tolerance=1e-3)

    def _scaled(self, rng: np.random.Generator, q: np.ndarray) -> np.ndarray:
        for i, kind in enumerate(self.kinds):
            if rng.random() > _SHARE_SCALED:
                continue
            constraint = constraint_of(kind)
            if constraint.is_identity:
                q[i] = self._location(rng)
            elif constraint.exp_sign:
                q[i] = np.log(_size(rng, self.columns))
        return q

    def _location(self, rng: np.random.Generator) -> float:
        if rng.random() < _SHARE_PLACES:
            return float(rng.choice(self.columns[rng.integers(len(self.columns))]))
        negative = rng.random() < _SHARE_NEGATIVE
        return _size(rng, self.columns) * (-1 if negative else 1)


def start_distribution_of(reduced: ReducedProblem) -> StartDistribution:
    """Return the way to draw starts of a problem."""
    kinds = [
        "" if is_set else kind for kind, is_set in zip(reduced.kinds, reduced.is_set, strict=True)
    ]
    return StartDistribution(
        kinds=tuple(kinds),
        columns=tuple(columns_of(reduced.problem.data.values)),
        function=reduced.function,
        place=reduced.place,
    )


def unreached(reduced: ReducedProblem, suspects: np.ndarray) -> np.ndarray:
    """Return which coordinates have a slope of zero on the scales of the data as well.

    The slope of a narrow peak is exactly zero for all who stand too far away; that does not make
    its place a parameter that nothing determines.

    Parameters
    ----------
    reduced : ReducedProblem
        All coordinates free that the user does not hold.
    suspects : (dimension,) array of bool
        Coordinates whose slope was zero near the origin.
    """
    flat = suspects.copy()
    distribution = start_distribution_of(reduced)
    for i in range(_PROOFS if distribution.columns else 0):
        point = distribution.start(np.random.default_rng((0, i)), 2 * i + 1, selective=False)
        if point is not None:
            slope = reduced.function(point)[1]
            flat[reduced.free] &= slope == 0
    return flat


def _size(rng: np.random.Generator, columns: Sequence[np.ndarray]) -> float:
    """Return a positive number on the scale of the data, of a ratio of them, or of an inverse."""
    kind = rng.integers(4)
    if kind == 0:
        return 1 / _spread(rng, columns)
    if kind == 1:
        return _spread(rng, columns) / _spread(rng, columns)
    return _spread(rng, columns)


def _spread(rng: np.random.Generator, columns: Sequence[np.ndarray]) -> float:
    column = columns[int(rng.integers(len(columns)))]
    one, other = rng.choice(column, 2)
    sizes = (float(column.std()), float(np.ptp(column)), abs(one - other), abs(one))
    size = sizes[rng.integers(len(sizes))]
    return size if size > 0 else sizes[0]
