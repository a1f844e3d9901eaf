"""A function of many coordinates of which few meet: its Hessian costs a few gradients, not all.

A hierarchical program of a thousand effects has a Hessian of a few colours. Each product that is
made of it is held against a difference of the gradient along a direction of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.numerics.derivatives import central_difference
from bayeswrap.estimates.numerics.functions import coarseness_of
from bayeswrap.estimates.numerics.hessian_pattern import find_pattern

if TYPE_CHECKING:
    from scipy import sparse

    from bayeswrap.estimates.numerics.functions import Function
    from bayeswrap.estimates.numerics.hessian_pattern import Pattern

__all__ = [
    "SparseCurvature",
]


_COORDINATES_MIN = 100  # with fewer all columns are differenced
_COLOURS_SHARE = 0.2  # of the columns: with more nothing is saved
_SHIFT = 0.1  # units of the unconstrained scale: off a place where entries vanish by chance
_GAP_MAX = 1e-5  # of a product, in whitened coordinates
_SCALE_MAX = 10.0  # times the position, or 1


@dataclass(slots=True)
class SparseCurvature:
    """A function that knows which of its coordinates meet.

    Parameters
    ----------
    function : callable
        Value and gradient.
    """

    function: Function
    _pattern: Pattern | None = field(init=False, default=None)
    _is_dense: bool = field(init=False, default=False)

    def __call__(self, q: np.ndarray) -> tuple[float, np.ndarray]:
        """Return value and gradient."""
        return self.function(q)

    @property
    def coarseness(self) -> float:
        """That of the function."""
        return coarseness_of(self.function)

    def curvature_along(self, q: np.ndarray, root: np.ndarray, h: float) -> np.ndarray | None:
        """Return T'HT by differences of a few gradients; None where that is not to be had.

        Parameters
        ----------
        q : (n,) array
            Position.
        root : (n, k) array
            T; columns about one standard error long.
        h : float
            Step in units of those columns.
        """
        if q.size < _COORDINATES_MIN or self._is_dense:
            return None
        for again in (False, True):
            pattern = self._known(q, again=again)
            if pattern is None:
                return None
            product = root.T @ (self._hessian(pattern, q, root, h) @ root)
            if self._is_right(q, root, product, h):
                return np.asarray((product + product.T) / 2)
        return None

    def _known(self, q: np.ndarray, *, again: bool) -> Pattern | None:
        if self._pattern is None or again:
            rng = np.random.default_rng(0)
            for shift in (_SHIFT, 0.0):
                at = q + shift * rng.normal(size=q.size)
                if np.isfinite(self.function(at)[1]).all():
                    self._pattern = find_pattern(
                        lambda u: self.function(u)[1], at, known=self._pattern
                    )
                    break
            else:
                return None
            self._is_dense = len(self._pattern.colours) > _COLOURS_SHARE * q.size
        return None if self._is_dense else self._pattern

    def _hessian(
        self, pattern: Pattern, q: np.ndarray, root: np.ndarray, h: float
    ) -> sparse.csc_matrix:
        # along a coordinate a standard error given the others is no longer than one without them
        scale = np.minimum(np.linalg.norm(root, axis=1), _SCALE_MAX * np.maximum(1.0, np.abs(q)))
        for _ in range(2):
            products = [self._times(q, np.where(c, scale, 0.0), h) for c in pattern.colours]
            entries = np.column_stack(products).ravel()[pattern.source]
            entries = entries / scale[pattern.scaled_by]
            hessian = pattern.matrix(np.nan_to_num(entries))
            diagonal = np.abs(hessian.diagonal())
            nearer = np.minimum(scale, 1 / np.sqrt(np.maximum(diagonal, 1e-300)))
            if (scale <= 10 * nearer).all():
                break
            scale = nearer
        return hessian

    def _is_right(self, q: np.ndarray, root: np.ndarray, product: np.ndarray, h: float) -> bool:
        z = np.random.default_rng(1).normal(size=root.shape[1])
        unit = z / np.linalg.norm(z)
        found = root.T @ self._times(q, root @ unit, h)
        gap = np.abs(found - product @ unit).max(initial=0.0)
        return bool(gap <= _GAP_MAX * max(1.0, float(np.abs(found).max(initial=0.0))))

    def _times(self, q: np.ndarray, direction: np.ndarray, h: float) -> np.ndarray:
        return central_difference(lambda at: self.function(at)[1], q, direction, h)
