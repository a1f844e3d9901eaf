"""Quadrature over effects that do not meet, from gradients alone.

Given the hyperparameters such effects are independent, f = f_0 + sum_j f_j(u_j), and one gradient
at a position of all effects tells the slope of every f_j at once. Slopes at Legendre nodes are
integrated to differences of f_j, and exp f_j over the same nodes, between ends at which it has all
but vanished; centre and scale are those of the conditional mode (Liu & Pierce 1994,
doi:10.1093/biomet/81.3.624). Imports `laplace`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.polynomial import legendre

from bayeswrap.errors import UsageError

if TYPE_CHECKING:
    from bayeswrap.estimates.marginal.laplace import Inner, Laplace

__all__ = ["FEWEST_NODES", "Quadrature"]

FEWEST_NODES = 16
_LOW, _WANTED, _LOWEST = 34.0, 45.0, 70.0  # nats below the peak at which an integral is cut
_ROUNDS = 12
_NEGLIGIBLE = 1e-17  # of the largest weight that a node has in a gradient


@dataclass(frozen=True, slots=True)
class _Slices:
    """The log density of every group at its nodes.

    Attributes
    ----------
    positions, gradients : (nodes, dimension) array
        Where the joint density was evaluated, and its gradients.
    value : float
        Joint log density at the middle node.
    width : (n,) array
        Half the length of each group's range.
    rise : (nodes, n) array
        Log density relative to the middle node.
    """

    positions: np.ndarray
    gradients: np.ndarray
    value: float
    width: np.ndarray
    rise: np.ndarray

    def log_integrals(self, weights: np.ndarray) -> np.ndarray:
        top = self.rise.max(axis=0)
        return np.asarray(top + np.log(weights @ np.exp(self.rise - top) * self.width))


@dataclass(slots=True)
class Quadrature:
    """Marginal log density by quadrature in each group.

    Parameters
    ----------
    laplace : Laplace
        Finds the conditional modes and their scale.
    nodes : int
        Legendre nodes in each group.

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
    _ends: np.ndarray = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if self.nodes < FEWEST_NODES:
            raise UsageError(
                "too few nodes for a quadrature",
                where="quadrature=",
                got=str(self.nodes),
                expected=f"at least {FEWEST_NODES}; 32 give about eight digits",
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
        self._running = _running_integral(self._at, self._weights)
        self._ends = np.full((2, self.laplace.pattern.size), 8.0)

    def __call__(self, psi: np.ndarray) -> tuple[float, np.ndarray]:
        """Return the marginal log density (nats) and its gradient."""
        slices = self._slices(self.laplace.settle(psi))
        if slices is None:
            return -np.inf, np.full(psi.size, np.nan)
        logs = slices.log_integrals(self._weights)
        return float(slices.value + logs.sum()), self._gradient(slices, logs)

    def value(self, psi: np.ndarray) -> float:
        """Return the marginal log density alone."""
        slices = self._slices(self.laplace.settle(psi))
        if slices is None:
            return -np.inf
        return float(slices.value + slices.log_integrals(self._weights).sum())

    def _slices(self, inner: Inner | None) -> _Slices | None:
        """Return the densities of all groups, between ends at which each is low enough."""
        if inner is None:
            return None
        found, scale = None, np.sqrt(inner.precision.variances())
        for _ in range(_ROUNDS):
            found = self._evaluated(inner, scale)
            if found is None:
                self._ends /= 2
                continue
            drop = found.rise.max(axis=0) - found.rise[[0, -1]]
            wrong = (drop < _LOW) | (drop > _LOWEST)
            if not wrong.any():
                break
            factor = np.clip(np.sqrt(_WANTED / np.maximum(drop, 1.0)), 0.5, 2.0)
            self._ends = np.where(wrong, self._ends * factor, self._ends)
        return found

    def _evaluated(self, inner: Inner, scale: np.ndarray) -> _Slices | None:
        below, above = self._ends
        half = (below + above) / 2
        x = (above - below) / 2 + np.outer(self._at, half)
        positions = np.repeat(inner.q[np.newaxis], self.nodes, axis=0)
        positions[:, self.laplace.latent] += scale * x
        evaluated = [self.laplace.joint(q) for q in positions]
        gradients = np.array([g for _, g in evaluated])
        if not np.isfinite(gradients).all():
            return None
        width = half * scale
        rise = self._running @ gradients[:, self.laplace.latent] * width
        return _Slices(positions, gradients, evaluated[self.nodes // 2][0], width, rise)

    def _gradient(self, slices: _Slices, logs: np.ndarray) -> np.ndarray:
        # d f_j(x_m) is an integral of mixed derivatives, weighted by the conditional density at
        # x_m: at each node one Hessian times a direction of the effects holds all of them
        density = self._weights[:, np.newaxis] * np.exp(slices.rise - logs) * slices.width
        directions = self._running.T @ density * slices.width
        total = slices.gradients[self.nodes // 2].copy()
        size = np.abs(directions / slices.width).max(axis=1)
        for k in np.flatnonzero(size > _NEGLIGIBLE * size.max(initial=0.0)):
            total += self.laplace.mixed(slices.positions[k], directions[k])
        return np.asarray(total[self.laplace.free])


def _running_integral(nodes: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the matrix from values at Legendre nodes to integrals from the middle node."""
    n = nodes.size
    order = np.arange(n)
    values = legendre.legvander(nodes, n)
    coefficients = (order[:, np.newaxis] + 0.5) * (values[:, :n] * weights[:, np.newaxis]).T
    before = np.column_stack([-np.ones(n), values[:, : n - 1]])
    integrals = (values[:, 1:] - before) / (2 * order + 1)
    matrix = integrals @ coefficients
    return np.asarray(matrix - matrix[n // 2])
