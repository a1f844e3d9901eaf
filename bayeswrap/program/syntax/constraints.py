"""Stan's constraints of parameters, one row each: what the rest of the package asks of them.

A constraint that Stan adds is one more row of `CONSTRAINTS`. Until it has one, nothing is assumed
of it (see `constraint_of`). The transforms are those of the Stan Reference Manual, chapter
"Constraint Transforms".
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = [
    "CONSTRAINTS",
    "Constraint",
    "VectorRule",
    "constraint_of",
]

_TOLERANCE = 1e-8  # Stan's own CONSTRAINT_TOLERANCE


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorRule:
    """What a constraint requires of a vector as a whole.

    Attributes
    ----------
    violation, requirement : str
        What is wrong with a vector that violates it, and what it must be.
    is_violated : callable
        Tells of each vector along the last axis whether it violates the rule.
    """

    violation: str
    requirement: str
    is_violated: Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """One of Stan's constraints, with its transform from the unconstrained scale.

    Attributes
    ----------
    name : str
        As stanc names it in a syntax tree.
    ends : (float, float)
        Ends of the support of each scalar, where the constraint itself sets them.
    bounds : tuple of str
        The ends that the declaration sets by expressions, in the order that it gives them.
    diagonal_is_positive : bool
        Whether the diagonal of the matrix is bounded by 0 from below, and the rest is not.
    elementwise : bool
        Whether each coordinate makes one scalar by itself, monotonically.
    affine : bool
        Whether the scalars are an affine function of the coordinates, and so unbounded.
    compact : bool
        Whether the support is bounded on all sides: a flat prior on it is proper.
    exp_sign : int
        1 where a scalar is a bound plus ``exp(q)``, q its coordinate; -1 where it is a bound minus
        ``exp(q)``; 0 for all other transforms.
    is_scale : bool
        Whether such a parameter may set the scale of others.
    vector_rule : VectorRule or None
        What it requires of data, where Stan's own message would not say which vector is wrong.
    """

    name: str
    ends: tuple[float, float] = (-math.inf, math.inf)
    bounds: tuple[str, ...] = ()
    diagonal_is_positive: bool = False
    elementwise: bool = False
    affine: bool = False
    compact: bool = False
    exp_sign: int = 0
    is_scale: bool = False
    vector_rule: VectorRule | None = None

    @property
    def edge_below(self) -> bool:
        """Whether the coordinate at -inf is a finite edge of the support.

        That is so of an upper bound as well: x = upper - exp(q).
        """
        return self.compact or self.exp_sign != 0

    @property
    def edge_above(self) -> bool:
        """Whether the coordinate at +inf is a finite edge of the support."""
        return self.compact

    @property
    def edge_of_one(self) -> bool:
        """Whether one coordinate reaches the edge by itself (not so in a simplex)."""
        return self.exp_sign != 0 or (self.elementwise and self.compact)

    @property
    def unbounded(self) -> bool:
        """Whether the scalars have no bounds but, perhaps, one another."""
        return self.affine or self.is_ordered

    @property
    def is_ordered(self) -> bool:
        """Whether the vector is ordered and otherwise free: x[k] = x[k-1] + exp(q[k])."""
        return self.name == "Ordered"

    @property
    def is_order(self) -> bool:
        """Whether the vector is ordered, positive or not: its other coordinates are log gaps."""
        return self.name in {"Ordered", "PositiveOrdered"}

    @property
    def is_identity(self) -> bool:
        """Whether the scalar is its coordinate."""
        return self.name == "Identity"

    @property
    def is_log(self) -> bool:
        """Whether the coordinate is the logarithm of the scalar's distance to a lower bound."""
        return self.elementwise and self.exp_sign > 0


def _not_one(totals: np.ndarray) -> np.ndarray:
    return np.asarray(np.abs(totals - 1) > _TOLERANCE)


def _not_increasing(vectors: np.ndarray) -> np.ndarray:
    return np.asarray((np.diff(vectors, axis=-1) <= 0).any(axis=-1))


def _some_negative(vectors: np.ndarray) -> np.ndarray:
    return np.asarray((vectors < 0).any(axis=-1))


_ORDERED = VectorRule(
    violation="not in order",
    requirement="strictly increasing values",
    is_violated=_not_increasing,
)
_POSITIVE_ORDERED = VectorRule(
    violation="not positive and in order",
    requirement="strictly increasing values, none below 0",
    is_violated=lambda vectors: _not_increasing(vectors) | _some_negative(vectors),
)
_SIMPLEX = VectorRule(
    violation="not a simplex",
    requirement="values >= 0 that sum to 1 (within 1e-8)",
    is_violated=lambda vectors: _not_one(vectors.sum(axis=-1)) | _some_negative(vectors),
)
_UNIT_VECTOR = VectorRule(
    violation="not a unit vector",
    requirement="values whose squares sum to 1 (within 1e-8)",
    is_violated=lambda vectors: _not_one(np.square(vectors).sum(axis=-1)),
)
_SUM_TO_ZERO = VectorRule(
    violation="does not sum to zero",
    requirement="values that sum to 0 (within 1e-8)",
    is_violated=lambda vectors: np.abs(vectors.sum(axis=-1)) > _TOLERANCE,
)

_ROWS = (
    Constraint(name="Identity", elementwise=True, affine=True),
    Constraint(name="Offset", elementwise=True, affine=True),
    Constraint(name="Multiplier", elementwise=True, affine=True),
    Constraint(name="OffsetMultiplier", elementwise=True, affine=True),
    Constraint(name="Lower", bounds=("lower",), elementwise=True, exp_sign=1, is_scale=True),
    Constraint(name="Upper", bounds=("upper",), elementwise=True, exp_sign=-1),
    Constraint(
        name="LowerUpper", bounds=("lower", "upper"), elementwise=True, compact=True, is_scale=True
    ),
    Constraint(name="Ordered", vector_rule=_ORDERED),
    Constraint(
        name="PositiveOrdered",
        ends=(0.0, math.inf),
        exp_sign=1,
        is_scale=True,
        vector_rule=_POSITIVE_ORDERED,
    ),
    Constraint(name="Simplex", ends=(0.0, 1.0), compact=True, is_scale=True, vector_rule=_SIMPLEX),
    Constraint(name="StochasticRow", ends=(0.0, 1.0), compact=True),
    Constraint(name="StochasticColumn", ends=(0.0, 1.0), compact=True),
    Constraint(name="SumToZero", affine=True, vector_rule=_SUM_TO_ZERO),
    Constraint(name="UnitVector", ends=(-1.0, 1.0), compact=True, vector_rule=_UNIT_VECTOR),
    Constraint(name="Correlation", ends=(-1.0, 1.0), compact=True, is_scale=True),
    Constraint(
        name="CholeskyCorr",
        ends=(-1.0, 1.0),
        diagonal_is_positive=True,
        compact=True,
        is_scale=True,
    ),
    Constraint(name="Covariance", diagonal_is_positive=True, is_scale=True),
    Constraint(name="CholeskyCov", diagonal_is_positive=True, is_scale=True),
)

CONSTRAINTS: Mapping[str, Constraint] = {row.name: row for row in _ROWS}


def constraint_of(name: str) -> Constraint:
    """Return the row of a constraint; one that promises nothing where Stan is newer than the table.

    Examples
    --------
    >>> constraint_of("Simplex").compact, constraint_of("TupleTransformation").elementwise
    (True, False)
    """
    return CONSTRAINTS.get(name) or Constraint(name=name)
