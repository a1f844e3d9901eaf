"""Quadrature over effects that do not meet, from gradients alone.

Given the hyperparameters such effects are independent, f = f_0 + sum_j f_j(u_j), and one gradient
at a position of all effects tells the slope of every f_j at once. Slopes at Legendre nodes on
either side of the conditional mode are integrated to f_j itself, and exp f_j over the same nodes,
out to where it has all but vanished; centre and scale are those of the mode (Liu & Pierce 1994,
doi:10.1093/biomet/81.3.624).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.polynomial import legendre

from bayeswrap.errors import UsageError

if TYPE_CHECKING:
    from bayeswrap.estimates.marginal_likelihood.laplace_marginal import Inner, Laplace

__all__ = [
    "FEWEST_NODES",
    "Quadrature",
]


FEWEST_NODES = 8
_DROP_MIN = 32.0  # nats below the mode at which an integral may be cut: exp(-32) is 1e-14
_DROP_AIM = 45.0  # nats
_DROP_MAX = 80.0  # nats: farther out the nodes are wasted
_FIRST_STEP = 0.5  # conditional standard deviations
_STEP_GROWTH = 1.25
_STEPS_MAX = 60
_NEGLIGIBLE = 1e-17  # conditional standard deviations: the weight of a node in a gradient


@dataclass(frozen=True, slots=True)
class _Side:
    """The log density of every group at its nodes on one side of the mode.

    Attributes
    ----------
    positions : (nodes, dimension) array
        Where the joint density was evaluated.
    width : (n,) array
        Half the signed length of each group's range.
    rise : (nodes, n) array
        Log density relative to the mode.
    """

    positions: np.ndarray
    width: np.ndarray
    rise: np.ndarray

    def is_cut_well(self) -> bool:
        """Return whether the ranges end neither too high nor needlessly far out."""
        last = -self.rise[-1]
        return bool(((last > _DROP_MIN) & (last < _DROP_MAX)).all())


@dataclass(slots=True)
class Quadrature:
    """Marginal log density by quadrature in each group.

    Parameters
    ----------
    laplace : Laplace
        Finds the conditional modes and their scale.
    nodes : int
        Legendre nodes on either side of each conditional mode.

    Raises
    ------
    UsageError
        Fewer nodes than are of use, or effects that are not independent given the rest.
    """

    laplace: Laplace
    nodes: int
    _at: np.ndarray = field(init=False, repr=False)
    _weights: np.ndarray = field(init=False, repr=False)
    _running: np.ndarray = field(init=False, repr=False)
    _ends: dict[int, np.ndarray] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        if self.nodes < FEWEST_NODES:
            raise UsageError(
                "too few nodes for a quadrature",
                where="quadrature=",
                got=str(self.nodes),
                expected=f"at least {FEWEST_NODES}; 24 give about ten digits",
                do="pass more nodes, or leave quadrature= out for the Laplace approximation",
            )
        if not self.laplace.pattern.is_diagonal:
            raise UsageError(
                "quadrature needs effects that are independent given the other parameters",
                where="quadrature=",
                got="effects that meet in one statement (several in a group, or crossed groups)",
                do="leave quadrature= out for the Laplace approximation, or use sample()",
            )
        self._at, self._weights = legendre.leggauss(self.nodes)
        self._running = running_integral(self._at, self._weights)

    def __call__(self, psi: np.ndarray) -> tuple[float, np.ndarray]:
        """Return the marginal log density (nats) and its gradient."""
        inner = self.laplace.settle(psi)
        sides = None if inner is None else self._sides(inner)
        if inner is None or sides is None:
            return -np.inf, np.full(psi.size, np.nan)
        # integral of exp f_j over one side of its mode, by Gauss-Legendre
        masses = [self._weights @ np.exp(s.rise) * np.abs(s.width) for s in sides]
        integrals = np.sum(masses, axis=0)
        return float(inner.value + np.log(integrals).sum()), self._gradient(inner, sides, integrals)

    def _sides(self, inner: Inner) -> list[_Side] | None:
        """Return the densities of all groups, out to where each has all but vanished."""
        scale, sides = np.sqrt(inner.precision.variances()), []
        for sign in (-1, 1):
            side = self._side(inner, scale, sign) if sign in self._ends else None
            if side is None or not side.is_cut_well():
                self._ends[sign] = self._distances(inner, scale, sign)
                side = self._side(inner, scale, sign)
            if side is None:
                return None
            sides.append(side)
        return sides

    def _side(self, inner: Inner, scale: np.ndarray, sign: int) -> _Side | None:
        width = sign * self._ends[sign] * scale / 2
        positions = np.repeat(inner.q[np.newaxis], self.nodes, axis=0)
        positions[:, self.laplace.latent] += np.outer(1 + self._at, width)
        slopes = np.array([self.laplace.slope(q) for q in positions])
        if not np.isfinite(slopes).all():
            return None
        return _Side(positions, width, self._running @ slopes * width)

    def _distances(self, inner: Inner, scale: np.ndarray, sign: int) -> np.ndarray:
        """Return, in conditional deviations, how far each group goes before it vanishes."""
        reached, drop = np.zeros(scale.size), np.zeros(scale.size)
        steepness, moving = np.zeros(scale.size), np.ones(scale.size, dtype=bool)
        length = _FIRST_STEP
        for _ in range(_STEPS_MAX):
            ahead = np.where(moving, length, reached)
            q = inner.q.copy()
            q[self.laplace.latent] += sign * ahead * scale
            slope = -sign * self.laplace.slope(q) * scale
            if not np.isfinite(slope).all():
                break
            fallen = drop + (ahead - reached) * (slope + steepness) / 2
            share = np.clip((_DROP_AIM - drop) / np.maximum(fallen - drop, 1e-300), 0.0, 1.0)
            over = moving & (fallen >= _DROP_AIM)
            reached = np.where(over, reached + share * (ahead - reached), ahead)
            drop, steepness, moving = fallen, slope, moving & ~over
            if not moving.any():
                break
            length *= _STEP_GROWTH
        return np.maximum(reached, _FIRST_STEP)

    def _gradient(self, inner: Inner, sides: list[_Side], integrals: np.ndarray) -> np.ndarray:
        # f_j(x) is an integral of slopes, so its derivative is one of mixed derivatives: at each
        # node one Hessian times a direction of the effects holds those of all groups
        total = inner.gradient.copy()
        for side in sides:
            density = self._weights[:, np.newaxis] * np.exp(side.rise) * np.abs(side.width)
            directions = self._running.T @ (density / integrals) * side.width
            size = np.abs(directions / side.width).max(axis=1)
            for k in np.flatnonzero(size > _NEGLIGIBLE):
                total += self.laplace.mixed(side.positions[k], directions[k])
        return np.asarray(total[self.laplace.free])


def running_integral(nodes: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the matrix from values at Legendre nodes to integrals from the lower end."""
    n = nodes.size
    order = np.arange(n)
    values = legendre.legvander(nodes, n)
    coefficients = (order[:, np.newaxis] + 0.5) * (values[:, :n] * weights[:, np.newaxis]).T
    before = np.column_stack([-np.ones(n), values[:, : n - 1]])
    return np.asarray((values[:, 1:] - before) / (2 * order + 1) @ coefficients)
