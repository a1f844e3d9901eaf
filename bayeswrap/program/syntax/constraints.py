"""Stan's constraints: which of them leave a bounded, a positive or an unbounded support."""

from __future__ import annotations

__all__ = [
    "SCALES",
    "UNBOUNDED",
    "_COMPACT",
]


_COMPACT = frozenset(
    {"LowerUpper", "Simplex", "UnitVector", "Correlation", "CholeskyCorr"}
    | {"StochasticRow", "StochasticColumn"}
)

SCALES = frozenset(
    {"Lower", "LowerUpper", "CholeskyCorr", "CholeskyCov", "Correlation", "Covariance"}
    | {"Simplex", "PositiveOrdered"}
)

UNBOUNDED = frozenset({"Identity", "SumToZero", "Offset", "Multiplier", "OffsetMultiplier"})
