"""Far out along a line: the maximum of everything else there, and how wide it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg import null_space

from bayeswrap.estimates.numerics.derivatives import (
    OTHER_STEP,
    diagonal_scale,
    hessian_along,
    whiten,
)
from bayeswrap.estimates.numerics.functions import rounding_of
from bayeswrap.estimates.numerics.lbfgs import rough_ascent
from bayeswrap.estimates.numerics.newton import newton_ascent

if TYPE_CHECKING:
    from bayeswrap.estimates.numerics.functions import Function

__all__ = [
    "ConditionalMaximum",
    "Ray",
    "ray_of",
]


_NUDGE = 1e-3  # of a unit: the distance over which the drift of the others is taken
_VERIFIED = 1e-3  # standard errors: an error of a millionth of a nat
_CLOSE = 0.1  # standard errors: the next step is a hundredth of it
_NEARBY_STEPS = 8
_WHITE = 0.2  # whitened eigenvalues within this of -1: half a logarithm is then good to 0.1
_LEVEL = 1e-6  # nats: no fall


@dataclass(frozen=True, slots=True)
class ConditionalMaximum:
    """The inner maximum at one distance.

    Attributes
    ----------
    w : (k,) array
        The other coordinates, relative to the centre.
    height : float
        The log density there, nats.
    volume : float
        Log of the Gaussian integral around it, nats: infinite where the density is level along
        some direction, nan where there is no maximum.
    """

    w: np.ndarray
    height: float
    volume: float
    root: np.ndarray | None = None
    """T there, with T'HT close to -I; None where there is no maximum."""

    @property
    def marginal(self) -> float:
        """Log of the integral over the others, by Laplace's method, up to a constant."""
        return self.height + self.volume


@dataclass(slots=True)
class Ray:
    """A line through a centre, and the directions across it.

    Attributes
    ----------
    function : callable
        Value and gradient.
    centre, direction : (dimension,) array
        A point of the line, and the step of length 1 along it.
    across : (dimension, k) array
        An orthonormal basis of the rest.
    root : (k, k) array
        T with T'HT close to -I at the centre.
    drift : (k,) array
        How the inner maximum moves with the distance, at the centre.
    """

    function: Function
    centre: np.ndarray
    direction: np.ndarray
    across: np.ndarray
    root: np.ndarray = field(default_factory=lambda: np.zeros((0, 0)))
    drift: np.ndarray = field(default_factory=lambda: np.zeros(0))

    def at(self, t: float) -> Function:
        """Return the function of the other coordinates at a distance."""
        base = self.centre + t * self.direction

        def inner(w: np.ndarray) -> tuple[float, np.ndarray]:
            value, gradient = self.function(base + self.across @ w)
            return value, self.across.T @ gradient

        return inner

    def rough(self, t: float) -> tuple[ConditionalMaximum, float]:
        """Return the inner maximum by a cheap climb, and the slope left, in units of the centre."""
        inner = self.at(t)
        start = max((np.zeros(self.drift.size), t * self.drift), key=lambda w: inner(w)[0])

        def whitened(z: np.ndarray) -> tuple[float, np.ndarray]:
            value, gradient = inner(start + self.root @ z)
            return value, self.root.T @ gradient

        if not np.isfinite(inner(start)[0]):
            return ConditionalMaximum(start, -np.inf, np.nan), np.inf
        z = rough_ascent(
            whitened, np.zeros(start.size), steps=200, rounds=1, tolerance=1e-12, stride=1.0
        )
        height, slope = whitened(z)
        left = float(np.abs(slope).max(initial=0.0))
        return ConditionalMaximum(start + self.root @ z, height, np.nan), left

    def exact(
        self, t: float, starts: list[np.ndarray], root: np.ndarray | None
    ) -> ConditionalMaximum:
        """Return the inner maximum by Newton's method from the best of some starts."""
        inner = self.at(t)
        start = max(starts, key=lambda w: inner(w)[0])
        height = inner(start)[0]
        if not np.isfinite(height) or not start.size:
            return ConditionalMaximum(start, height, 0.0 if not start.size else np.nan)
        near = None if root is None else _from_nearby(inner, start, root)
        return near or _from_afar(inner, start)


def _from_nearby(inner: Function, w: np.ndarray, root: np.ndarray) -> ConditionalMaximum | None:
    """Take plain Newton steps with the last root: on a smooth way a few are enough."""
    value, gradient = inner(w)
    for _ in range(_NEARBY_STEPS):
        root = whiten(inner, w, root)
        slope = root.T @ gradient
        step_end = w + root @ slope
        new_value, gradient = inner(step_end)
        if not new_value >= value - rounding_of(value):
            return None
        w, value = step_end, new_value
        if np.linalg.norm(slope) < _CLOSE and np.linalg.norm(root.T @ gradient) < _VERIFIED:
            volume = _volume(inner, w, root)
            return ConditionalMaximum(w, value, volume, root) if np.isfinite(volume) else None
    return None


def _from_afar(inner: Function, start: np.ndarray) -> ConditionalMaximum:
    ascent = newton_ascent(inner, start)
    root = whiten(inner, ascent.q, ascent.root)
    volume = _volume(inner, ascent.q, root)
    reliable = ascent.decrement < _VERIFIED or volume == np.inf
    clean = reliable and np.isfinite(volume)
    return ConditionalMaximum(
        ascent.q, ascent.value, volume if reliable else np.nan, root if clean else None
    )


def _volume(inner: Function, w: np.ndarray, root: np.ndarray) -> float:
    """Return half the log determinant of the covariance around a maximum."""
    eigenvalues, vectors = np.linalg.eigh(hessian_along(inner, w, root, h=OTHER_STEP))
    odd = np.abs(eigenvalues + 1) > _WHITE
    if odd.any():
        columns = root @ vectors[:, odd]
        level = _is_level(inner, w, columns / np.linalg.norm(columns, axis=0))
        return np.inf if level else np.nan
    return float(np.linalg.slogdet(root)[1] - np.log(-eigenvalues).sum() / 2)


def _is_level(inner: Function, w: np.ndarray, directions: np.ndarray) -> bool:
    """Return whether the value neither falls nor rises along one of some directions, far out."""
    height, far = inner(w)[0], 10 * max(1.0, float(np.abs(w).max()))
    slack = _LEVEL * (1 + abs(height))
    ends = [[inner(w + s * far * column)[0] for s in (-1, 1)] for column in directions.T]
    return any(max(abs(v - height) for v in pair) < slack for pair in ends)


def ray_of(function: Function, centre: np.ndarray, direction: np.ndarray, unit: float) -> Ray:
    """Return a ray with the scale of the others at its centre.

    Parameters
    ----------
    function : callable
        Value and gradient.
    centre, direction : (dimension,) array
        A point of the line, and where it leads.
    unit : float
        A typical distance along it.
    """
    direction = direction / np.linalg.norm(direction)
    ray = Ray(function, centre, direction, _basis_across(direction))
    inner, zero = ray.at(0.0), np.zeros(centre.size - 1)
    best = _inner_centre(inner, zero)
    if best is not None and best.root is not None:
        ray.centre = centre + ray.across @ best.w
        ray.root = best.root
    else:
        ray.root = np.eye(zero.size)
    slopes = [ray.at(s * _NUDGE * unit)(zero)[1] for s in (0.0, 1.0)]
    drift = ray.root @ (ray.root.T @ (slopes[1] - slopes[0])) / (_NUDGE * unit)
    ray.drift = np.nan_to_num(drift, posinf=0.0, neginf=0.0)
    return ray


def _inner_centre(inner: Function, zero: np.ndarray) -> ConditionalMaximum | None:
    value, gradient = inner(zero)
    if not zero.size or not np.isfinite(value):
        return None
    root = np.diag(diagonal_scale(inner, zero, gradient))
    return _from_nearby(inner, zero, root) or _from_afar(inner, zero)


def _basis_across(direction: np.ndarray) -> np.ndarray:
    """Return the rest of the coordinates where the line is one of them: no digit is lost then."""
    along = np.flatnonzero(direction)
    if along.size == 1:
        return np.delete(np.eye(direction.size), along[0], axis=1)
    return np.asarray(null_space(direction[np.newaxis]))
