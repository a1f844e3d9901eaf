"""The Laplace approximation of a marginal log density, as a function of value and gradient.

With f(psi, u) the joint log density, u(psi) its maximum over the n effects u, and A = -f_uu there,

    log integral = f(psi, u(psi)) + n/2 log 2 pi - 1/2 log det A,
    its gradient = f_psi - 1/2 d log det A / d psi    along (psi, u(psi)),

where du/dpsi = A^-1 f_u,psi and d log det A = tr(A^-1 dA) = -sum_j s_j d(c_j' f_uu c_j) for signs
s_j and directions c_j with sum_j s_j c_j c_j' = A^-1. These second differences of the gradient hold
the derivatives by all hyperparameters at once.

References
----------
Tierney and Kadane 1986, doi:10.1080/01621459.1986.10478240.
Kristensen et al. 2016, doi:10.18637/jss.v070.i05 (the gradient).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.marginal_likelihood.precision import Precision, factorise
from bayeswrap.estimates.numerics.derivatives import (
    central_difference,
    directional_second_difference,
)
from bayeswrap.estimates.numerics.functions import rounding_of
from bayeswrap.estimates.numerics.hessian_pattern import (
    find_pattern,
    full_pattern,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from bayeswrap.estimates.numerics.functions import Function
    from bayeswrap.estimates.numerics.hessian_pattern import Pattern

__all__ = [
    "Inner",
    "Laplace",
]


_STEPS_MAX = 80
_TIGHT_DECREMENT = 1e-11  # conditional standard deviations
_SETTLED_DECREMENT = 1e-6  # conditional standard deviations: accepted where steps have stalled
_FLOOR_DECREMENT = 1e-8  # conditional standard deviations: below it a stall is rounding
_HALVINGS_MAX = 30
_ARMIJO = 1e-4  # share of the gain that the slope promises
_NOISE = 10.0  # times the rounding of a log density: the joint one is a sum over all groups
_FIRST_DIFFERENCE = 1e-2  # conditional standard deviations
_SECOND_DIFFERENCE = 2e-2  # conditional standard deviations
_QUADRATIC_PROOFS = 3  # random directions
_BEND_MAX = 1e-6  # of a gradient in whitened coordinates
_PATTERN_GAP_MAX = 1e-3  # conditional standard deviations
_FULL_MAX = 400  # effects that may all be taken to meet
_PATTERN_SPREAD = 4.0  # conditional standard deviations
_CHORD = 0.1  # a kept factor that gains less than a digit a step is made again
_GENERIC_RADII = (0.5, 0.1, 1e-2, 1e-3)  # units of the unconstrained scale
_RIDGES = (0.0, 1e-3, 1e-2, 0.1, 1.0, 10.0, 1e3)  # shares of the diagonal
_FIRST_SCALE = 1e-2  # units of the unconstrained scale
_SCALE_RANGE = (1e-12, 1e6)  # units of the unconstrained scale
_RESCALINGS_MAX = 4
_RESCALED = 3.0  # factor by which a scale may be off: differences are then as good as they get


@dataclass(frozen=True, slots=True)
class Inner:
    """The conditional mode of the effects, with the joint density there.

    Attributes
    ----------
    q : (dimension,) array
        The whole position.
    value : float
        Joint log density, nats.
    gradient : (dimension,) array
        Of the joint log density.
    precision : Precision
        Minus the Hessian of the effects, factored.
    """

    q: np.ndarray
    value: float
    gradient: np.ndarray
    precision: Precision


@dataclass(slots=True)
class Laplace:
    """Marginal log density of some coordinates, the latent ones integrated out.

    The last inner mode and its factor are kept, as the next point asked for is mostly near.

    Parameters
    ----------
    joint : callable
        Value and gradient of the joint log density over all coordinates.
    start : (dimension,) array
        A position with finite density; coordinates that are neither free nor latent stay there.
    latent : (dimension,) array of bool
        Coordinates that are integrated out.
    free : (dimension,) array of bool
        Coordinates that the marginal is a function of.
    steps : int
        Most Newton steps to a conditional mode.

    Attributes
    ----------
    quadratic : bool
        Whether the joint log density is known to be quadratic in the effects: its second
        derivatives are then exact from half the gradients, with steps of any length.
    """

    joint: Function
    start: np.ndarray
    latent: np.ndarray
    free: np.ndarray
    steps: int = _STEPS_MAX
    quadratic: bool = field(init=False, default=False)
    pattern: Pattern = field(init=False)
    _factor: Callable[[np.ndarray], Precision | None] = field(init=False, repr=False)
    _u: np.ndarray = field(init=False, repr=False)
    _scale: np.ndarray = field(init=False, repr=False)
    _kept: Precision | None = field(init=False, repr=False, default=None)

    def __post_init__(self) -> None:
        self._u = self.start[self.latent].copy()
        self._scale = np.full(self._u.size, _FIRST_SCALE)
        generic = self._generic()
        self._take(find_pattern(lambda u: self.slope(self._at(generic, u)), generic[self.latent]))

    def _take(self, pattern: Pattern) -> None:
        self.pattern, self._factor, self._kept = pattern, factorise(pattern), None

    def slope(self, q: np.ndarray) -> np.ndarray:
        """Return the gradient of the joint log density by the effects."""
        return np.asarray(self.joint(q)[1][self.latent])

    def _generic(self) -> np.ndarray:
        """Return a point at which no second derivative vanishes by chance, as for a slope of 0."""
        rng = np.random.default_rng(0)
        for radius in _GENERIC_RADII:
            shift = radius * rng.normal(size=self.start.size)
            q = self.start + np.where(self.free | self.latent, shift, 0.0)
            if np.isfinite(self.slope(q)).all():
                return q
        return self.start

    def _at(self, q: np.ndarray, u: np.ndarray) -> np.ndarray:
        whole = q.copy()
        whole[self.latent] = u
        return whole

    def __call__(self, psi: np.ndarray) -> tuple[float, np.ndarray]:
        """Return the approximate marginal log density (nats) and its gradient."""
        inner = self.settle(psi)
        if inner is None:
            return -np.inf, np.full(psi.size, np.nan)
        return self.value_at(inner), self._gradient(inner)

    def value(self, psi: np.ndarray) -> float:
        """Return the approximate marginal log density alone."""
        inner = self.settle(psi)
        return -np.inf if inner is None else self.value_at(inner)

    def value_at(self, inner: Inner) -> float:
        """Return the approximation at an inner mode."""
        n = self._u.size
        slope = inner.gradient[self.latent]
        # the mode is as near as floating point numbers allow; the step that is left adds
        # f_u' A^-1 f_u / 2
        value = inner.value + slope @ inner.precision.solve(slope) / 2
        # f + n/2 log 2 pi - 1/2 log det A
        return float(value + n / 2 * np.log(2 * np.pi) - inner.precision.log_determinant / 2)

    def settle(self, psi: np.ndarray) -> Inner | None:
        """Find the conditional mode of the effects; None where there is none."""
        with np.errstate(over="ignore", invalid="ignore"):  # far out all of it is refused
            return self._settle(psi)

    def _settle(self, psi: np.ndarray) -> Inner | None:
        q = self.start.copy()
        q[self.free] = psi
        kept = self._kept, self._scale
        for u in (self._u, self.start[self.latent]):
            inner = self._climb(self._at(q, u))
            if inner is not None:
                self._u, self._kept = inner.q[self.latent], inner.precision
                return inner
            self._kept, self._scale = None, kept[1]
        self._kept = kept[0]
        return None

    def has_pattern(self, inner: Inner) -> bool:
        """Return whether the precision is that of the joint density along a random direction."""
        rng = np.random.default_rng(1)
        u = self._scale * rng.normal(size=self._u.size)
        direction = self._at(np.zeros_like(inner.q), u)
        product = -self.along(inner.q, direction, _FIRST_DIFFERENCE)[self.latent]
        gap = (inner.precision.solve(product) - u) / self._scale
        return bool(np.abs(gap).max(initial=0.0) < _PATTERN_GAP_MAX)

    def take_pattern_at(self, inner: Inner) -> bool:
        """Add the pairs of effects that meet here, where some do that did not at the start.

        Branches of a program, and terms that were too small to be seen, change the pattern from
        place to place. Where nothing is found a few hundred effects are all taken to meet.

        Returns
        -------
        bool
            Whether the pattern has changed.
        """
        if self.has_pattern(inner):
            return False
        before = self.pattern.rows.size
        u = inner.q[self.latent]
        rng = np.random.default_rng(2)
        for unit in (np.ones(u.size), _PATTERN_SPREAD * self._scale):
            pattern = find_pattern(
                lambda at: self.slope(self._at(inner.q, at)),
                u + self._scale * rng.normal(size=u.size),
                unit=unit,
                known=self.pattern,
            )
            if pattern.rows.size > self.pattern.rows.size:
                self._take(pattern)
        if self.pattern.rows.size == before < u.size**2 and u.size <= _FULL_MAX:
            self._take(full_pattern(u.size))
        return self.pattern.rows.size > before

    def is_quadratic(self, inner: Inner) -> bool:
        """Return whether the joint log density is quadratic in the effects, so that all is exact.

        Twice the step must then change the gradient twice as much.
        """
        rng = np.random.default_rng(0)
        for _ in range(_QUADRATIC_PROOFS):
            step = self._at(np.zeros_like(inner.q), self._scale * rng.normal(size=self._u.size))
            near, far = (self.joint(inner.q + k * step)[1] - inner.gradient for k in (1, 2))
            bent = (far - 2 * near)[self.latent] * self._scale
            if not np.abs(bent).max(initial=0.0) < _BEND_MAX:
                return False
        return True

    def _climb(self, q: np.ndarray) -> Inner | None:
        """Climb by Newton steps, with a factor kept as long as it serves."""
        value, gradient = self.joint(q)
        if not np.isfinite(value):
            return None
        precision, fresh, before, stalled = self._kept, False, np.inf, 0
        made = False
        for _ in range(self.steps):
            if precision is None:
                precision, fresh, made = self._curvature(q), True, True
                if precision is None:
                    return None
            # Newton's step A^-1 f_u, and its length lambda = (f_u' A^-1 f_u)^1/2
            slope = gradient[self.latent]
            step = precision.solve(slope)
            decrement = float(np.sqrt(max(slope @ step, 0.0)))
            stalled = stalled + 1 if decrement > _CHORD * before else 0
            settled = stalled > 1 and fresh and decrement < _SETTLED_DECREMENT
            settled |= stalled > 0 and decrement < _FLOOR_DECREMENT
            if settled or decrement < _TIGHT_DECREMENT:
                return self._settled(q, value, gradient, precision)
            if not fresh and decrement > _CHORD * before:
                # a factor of this very climb that gains no digit lacks digits itself
                precision, fresh = (self._refined(q, precision), True) if made else (None, False)
                continue
            after = self._step(q, value, step, decrement)
            if after is None:
                if fresh:
                    return None
                precision = None
                continue
            q, value, gradient, whole = after
            before, fresh = decrement, False
            if not whole:
                precision = None
        return None

    def _step(
        self, q: np.ndarray, value: float, step: np.ndarray, decrement: float
    ) -> tuple[np.ndarray, float, np.ndarray, bool] | None:
        """Take a step, halved until the value does not fall beyond its noise."""
        share = 1.0
        noise = _NOISE * rounding_of(value)
        for _ in range(_HALVINGS_MAX):
            new = self._at(q, q[self.latent] + share * step)
            reached, gradient = self.joint(new)
            enough = _ARMIJO * share * decrement**2
            if np.isfinite(reached) and reached >= value + min(enough, decrement) - noise:
                return new, reached, gradient, share == 1.0
            share /= 2
        return None

    def _settled(
        self, q: np.ndarray, value: float, gradient: np.ndarray, near: Precision
    ) -> Inner | None:
        precision = self._refined(q, near)
        return None if precision is None else Inner(q, value, gradient, precision)

    def _refined(self, q: np.ndarray, near: Precision) -> Precision | None:
        def along(direction: np.ndarray) -> np.ndarray:
            whole = self._at(np.zeros_like(q), direction)
            return np.asarray(-self.along(q, whole, _FIRST_DIFFERENCE)[self.latent])

        precision = near.refined(lambda: self._entries(q), along)
        if precision is not None:
            self._scale = np.sqrt(precision.variances())
        return precision

    def _curvature(self, q: np.ndarray) -> Precision | None:
        """Factor minus the Hessian, raised where it is not positive definite."""
        entries = self._entries(q)
        on_diagonal = self.pattern.rows == self.pattern.columns
        diagonal = np.abs(entries[on_diagonal])
        raised = np.maximum(diagonal, 1e-8 * diagonal.max(initial=1e-8))
        for share in _RIDGES:
            more = entries.copy()
            more[on_diagonal] += share * raised
            precision = self._factor(more)
            if precision is not None:
                return precision
        return None

    def _entries(self, q: np.ndarray) -> np.ndarray:
        """Return minus the Hessian of the effects, at the places of the pattern."""
        for _ in range(_RESCALINGS_MAX):
            before = self._scale
            entries = self._differenced(q)
            diagonal = np.abs(entries[self.pattern.rows == self.pattern.columns])
            at = self.pattern.rows[self.pattern.rows == self.pattern.columns]
            scale = before.copy()
            usable = np.isfinite(diagonal) & (diagonal > 0)
            scale[at[usable]] = 1 / np.sqrt(diagonal[usable])
            scale[at[~np.isfinite(diagonal)]] /= 100
            self._scale = np.clip(scale, *_SCALE_RANGE)
            ratio = self._scale / before
            if ratio.max(initial=1.0) < _RESCALED and ratio.min(initial=1.0) > 1 / _RESCALED:
                break
        return entries

    def _differenced(self, q: np.ndarray) -> np.ndarray:
        h, products = _FIRST_DIFFERENCE, []
        for colour in self.pattern.colours:
            direction = self._at(np.zeros_like(q), np.where(colour, self._scale, 0.0))
            products.append(-self.along(q, direction, h)[self.latent])
        table = np.column_stack(products) if products else np.zeros((0, 0))
        return np.asarray(table.ravel()[self.pattern.source] / self._scale[self.pattern.scaled_by])

    def along(self, q: np.ndarray, direction: np.ndarray, h: float) -> np.ndarray:
        """Return the Hessian times a direction, by fourth-order differences of the gradient."""
        if self.quadratic:
            ahead, behind = (self._joint_gradient(q + s * direction) for s in (1, -1))
            return np.asarray((ahead - behind) / 2)
        return central_difference(self._joint_gradient, q, direction, h)

    def _joint_gradient(self, q: np.ndarray) -> np.ndarray:
        return self.joint(q)[1]

    def _gradient(self, inner: Inner) -> np.ndarray:
        # t = tr(A^-1 dA/dq) = -sum_j s_j d^2 grad f / dc_j^2, at fixed u
        trace = np.zeros(inner.q.size)
        for sign, column in inner.precision.trace_directions():
            direction = self._at(np.zeros(inner.q.size), column)
            trace -= sign * self._bend(inner, direction)
        # u moves with psi: d log det A / d psi = t_psi + f_psi,u A^-1 t_u; next to t_u stands twice
        # the step to the mode that floating point numbers did not allow
        adjoint = inner.precision.solve(trace[self.latent] - 2 * inner.gradient[self.latent])
        total = trace + self.mixed(inner.q, adjoint)
        return np.asarray((inner.gradient - total / 2)[self.free])

    def _bend(self, inner: Inner, direction: np.ndarray) -> np.ndarray:
        """Return the second derivative of the joint gradient along a direction of the effects."""
        if self.quadratic:
            ahead, behind = (self._joint_gradient(inner.q + s * direction) for s in (1, -1))
            return np.asarray((ahead - inner.gradient) + (behind - inner.gradient))
        return directional_second_difference(
            self._joint_gradient, inner.q, direction, inner.gradient, _SECOND_DIFFERENCE
        )

    def mixed(self, q: np.ndarray, direction: np.ndarray) -> np.ndarray:
        """Return the Hessian times a direction of the effects."""
        length = float(np.abs(direction / self._scale).max(initial=0.0))
        if length == 0.0:
            return np.zeros(q.size)
        unit = self._at(np.zeros_like(q), direction / length)
        return self.along(q, unit, _FIRST_DIFFERENCE) * length
