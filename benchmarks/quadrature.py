"""Marginal distributions of a posterior of one to three parameters, summed over a grid.

Nothing here uses bayeswrap: it is what the verdicts of bayeswrap are held against.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Protocol

import numpy as np
from scipy import optimize

if TYPE_CHECKING:
    from collections.abc import Callable

_POINTS = {
    1: 20001,
    2: 241,
    3: 81,
}  # an axis, by dimension; odd, so that every second one is a grid
_COARSE = {1: 401, 2: 41, 3: 31}
_LOST = 18.0  # nats below the highest point at which the grid ends
_FLOOR = 0.05  # of the densest place: how close points are where there is no mass
_WIDENINGS = 60


class Marginal(Protocol):
    """The distribution of one scalar."""

    def cdf(self, x: float) -> float:
        """Return the mass at most at x."""

    def ppf(self, p: float) -> float:
        """Return a quantile."""

    def mean(self) -> float:
        """Return the mean."""

    def std(self) -> float:
        """Return the standard deviation."""


@dataclass(frozen=True, eq=False)
class GridMarginal:
    """Weighted values, taken as mass spread evenly between neighbours."""

    values: np.ndarray
    middles: np.ndarray
    mean_value: float
    sd: float

    @classmethod
    def of(cls, values: np.ndarray, weights: np.ndarray) -> GridMarginal:
        """Sort the values and sum the weights of equal ones."""
        order = np.argsort(values)
        values, weights = values[order], weights[order]
        scale = max(abs(values[0]), abs(values[-1]), 1e-300)
        first = np.concatenate([[True], np.diff(values) > 1e-12 * scale])
        sums = np.add.reduceat(weights, np.flatnonzero(first))
        mean = float(weights @ values)
        sd = float(np.sqrt(weights @ (values - mean) ** 2))
        return cls(values[first], np.cumsum(sums) - sums / 2, mean, sd)

    def cdf(self, x: float) -> float:
        """Return the mass at most at x."""
        return float(np.interp(x, self.values, self.middles, left=0.0, right=1.0))

    def ppf(self, p: float) -> float:
        """Return a quantile."""
        return float(np.interp(p, self.middles, self.values))

    def mean(self) -> float:
        """Return the mean."""
        return self.mean_value

    def std(self) -> float:
        """Return the standard deviation."""
        return self.sd


@dataclass(frozen=True, eq=False)
class MixedMarginal:
    """A scalar that is known given the grid's parameters, such as the effect of a group."""

    conditional: Callable[[float], np.ndarray]
    weights: np.ndarray
    means: np.ndarray
    variances: np.ndarray

    def cdf(self, x: float) -> float:
        """Return the mass at most at x."""
        return float(self.weights @ self.conditional(x))

    def ppf(self, p: float) -> float:
        """Return a quantile."""
        low, high = self.mean() - 12 * self.std(), self.mean() + 12 * self.std()
        return float(optimize.brentq(lambda x: self.cdf(x) - p, low, high, rtol=1e-6))

    def mean(self) -> float:
        """Return the mean."""
        return float(self.weights @ self.means)

    def std(self) -> float:
        """Return the standard deviation."""
        spread = self.weights @ (self.variances + self.means**2)
        return float(np.sqrt(spread - self.mean() ** 2))


@dataclass(frozen=True, eq=False)
class Grid:
    """A posterior on a grid: points, their weights, and the normal approximation at the mode."""

    points: np.ndarray
    weights: np.ndarray
    shape: tuple[int, ...]
    mode: np.ndarray
    covariance: np.ndarray

    @property
    def half(self) -> tuple[np.ndarray, np.ndarray]:
        """Every second point of each axis, with weights."""
        chosen = tuple(slice(None, None, 2) for _ in self.shape)
        points = self.points.reshape(*self.shape, -1)[chosen].reshape(-1, len(self.shape))
        weights = self.weights.reshape(self.shape)[chosen].ravel()
        return points, weights / weights.sum()

    def marginal(self, values: np.ndarray) -> GridMarginal:
        """Return the distribution of a function of the parameters, given at the points."""
        held = self.weights > 0
        return GridMarginal.of(values[held], self.weights[held])


def grid_of(
    log_density: Callable[[np.ndarray], np.ndarray], start: np.ndarray, points: int | None = None
) -> Grid:
    """Sum a log density of few parameters over a grid around its mode.

    Parameters
    ----------
    log_density : callable
        (m, d) points to (m,) values.
    start : (d,) or (k, d) array
        Where the search for the mode begins, and places that the grid is not to miss.
    points : int, optional
        An axis.
    """
    starts = np.atleast_2d(start)
    mode, covariance = _mode(log_density, starts)
    root = np.linalg.cholesky(covariance)
    places = np.linalg.solve(root, (starts - mode).T).T
    box = np.stack([np.minimum(places.min(0), 0) - 6, np.maximum(places.max(0), 0) + 6], axis=1)
    box = _fitted_box(log_density, mode, root, box)
    axes = _axes(log_density, mode, root, box, points or _POINTS[mode.size])
    places = _mesh(axes) @ root.T + mode
    heights = _in_pieces(log_density, places)
    volumes = _mesh([np.gradient(a) for a in axes]).prod(axis=1)
    weights = np.exp(heights - heights.max()) * volumes
    weights /= weights.sum()
    return Grid(places, weights, tuple(a.size for a in axes), mode, covariance)


def _axes(
    log_density: Callable[[np.ndarray], np.ndarray],
    mode: np.ndarray,
    root: np.ndarray,
    box: np.ndarray,
    size: int,
) -> list[np.ndarray]:
    """Place points by the cube root of the coarse marginal: tails are long and thin."""
    coarse = [np.linspace(low, high, _COARSE[mode.size]) for low, high in box]
    heights = _in_pieces(log_density, _mesh(coarse) @ root.T + mode)
    mass = np.exp(heights - heights.max()).reshape([a.size for a in coarse])
    axes = []
    for k, axis in enumerate(coarse):
        marginal = mass.sum(axis=tuple(i for i in range(mass.ndim) if i != k))
        share = (marginal / marginal.max()) ** (1 / 3) + _FLOOR
        between = np.cumsum(np.concatenate([[0], (share[1:] + share[:-1]) / 2]))
        axes.append(np.interp(np.linspace(0, between[-1], size), between, axis))
    return axes


def _mesh(axes: list[np.ndarray]) -> np.ndarray:
    return np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, len(axes))


def _in_pieces(function: Callable[[np.ndarray], np.ndarray], points: np.ndarray) -> np.ndarray:
    pieces = np.array_split(points, max(1, len(points) // 20000))
    with np.errstate(all="ignore"):
        values = np.concatenate([function(piece) for piece in pieces])
    return np.where(np.isnan(values), -np.inf, values)


def _mode(
    log_density: Callable[[np.ndarray], np.ndarray], starts: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    def loss(q: np.ndarray) -> float:
        value = -float(_in_pieces(log_density, q[None])[0])
        return value if np.isfinite(value) else 1e300

    shifts = [np.array(s) for s in product((-1.5, 1.5), repeat=starts.shape[1])]
    begins = [*starts, *(starts[0] + s for s in shifts)]
    ends = [optimize.minimize(loss, q, method="Nelder-Mead") for q in begins]
    best = min(ends, key=lambda end: end.fun)
    options = {"xatol": 1e-7, "fatol": 1e-10, "maxiter": 4000}
    mode = optimize.minimize(loss, best.x, method="Nelder-Mead", options=options).x
    return mode, _covariance(loss, mode)


def _covariance(loss: Callable[[np.ndarray], float], mode: np.ndarray) -> np.ndarray:
    d, step = mode.size, 1e-3
    hessian, unit = np.empty((d, d)), step * np.eye(d)
    for i, j in product(range(d), repeat=2):
        signs = [(s * t, mode + s * unit[i] + t * unit[j]) for s, t in product((1, -1), repeat=2)]
        hessian[i, j] = sum(sign * loss(q) for sign, q in signs) / (4 * step**2)
    values, vectors = np.linalg.eigh((hessian + hessian.T) / 2)
    values = np.where(values > 1e-3, values, 1.0)  # noqa: PLR2004 - a box of any shape will do
    return (vectors / values) @ vectors.T


def _fitted_box(
    log_density: Callable[[np.ndarray], np.ndarray],
    mode: np.ndarray,
    root: np.ndarray,
    box: np.ndarray,
) -> np.ndarray:
    """Widen a box, and narrow it, until its faces are as far below the mode as the grid ends."""
    for _ in range(_WIDENINGS):
        axes = [np.linspace(low, high, _COARSE[mode.size]) for low, high in box]
        heights = _in_pieces(log_density, _mesh(axes) @ root.T + mode)
        inside = (heights > heights.max() - _LOST).reshape([a.size for a in axes])
        box, done = _fitted(axes, inside)
        if done:
            break
    return box


def _fitted(axes: list[np.ndarray], inside: np.ndarray) -> tuple[np.ndarray, bool]:
    box, done = [], True
    for k, axis in enumerate(axes):
        others = tuple(i for i in range(inside.ndim) if i != k)
        held = np.flatnonzero(inside.any(axis=others))
        low, high, width = held[0], held[-1], axis[-1] - axis[0]
        touches = low == 0, high == axis.size - 1
        done = done and not any(touches)
        lower = axis[0] - width / 2 if touches[0] else axis[low - 1]
        upper = axis[-1] + width / 2 if touches[1] else axis[high + 1]
        box.append((lower, upper))
    return np.array(box), done
