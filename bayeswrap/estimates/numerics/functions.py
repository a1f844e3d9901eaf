"""A function to be maximised: a position in, its value and gradient out."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np

__all__ = [
    "Function",
    "restricted",
]


def restricted(function: Function, q: np.ndarray, free: Sequence[int]) -> Function:
    """Return the function of some coordinates, with the others held."""
    chosen = list(free)

    def inner(part: np.ndarray) -> tuple[float, np.ndarray]:
        whole = q.copy()
        whole[chosen] = part
        value, gradient = function(whole)
        return value, gradient[chosen]

    return inner


if TYPE_CHECKING:
    Function: TypeAlias = Callable[[np.ndarray], tuple[float, np.ndarray]]
