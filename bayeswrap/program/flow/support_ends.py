"""Where a density's support ends, and by which expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bayeswrap.program.syntax.tree import Expression

__all__ = [
    "SMOOTH",
    "edge_arguments",
    "shifted_parts",
]


# arguments that are an end of the support
_ENDS = {"uniform": (0, 1), "pareto": (0,), "pareto_type_2": (0,)}
# support from 0 on, where the density need not vanish with its first two derivatives
_FROM_ZERO = frozenset(
    {"exponential", "gamma", "weibull", "chi_square", "rayleigh", "loglogistic", "pareto"}
    | {"pareto_type_2"}
)
_TWO_ENDS = frozenset({"uniform", "beta", "beta_proportion"})
# these vanish at the end of their support faster than any power: a shift is a regular parameter
SMOOTH = frozenset(
    {"wiener", "wiener_full", "lognormal", "inv_gamma", "inv_chi_square"}
    | {"scaled_inv_chi_square", "frechet"}
)
_FACTORS = frozenset({"Times", "EltTimes", "Divide", "EltDivide"})


def edge_arguments(family: str, arguments: Sequence[Expression]) -> list[Expression]:
    """Return the arguments of a density that are ends of its support."""
    return [arguments[i] for i in _ENDS.get(family, ()) if i < len(arguments)]


def shifted_parts(family: str, outcome: Expression) -> Iterator[Expression]:
    """Yield the parts of an outcome that move the support if they hold data and parameters."""
    if family in _TWO_ENDS:
        yield outcome
    elif family in _FROM_ZERO:
        yield from _factors(outcome)


def _factors(expression: Expression) -> Iterator[Expression]:
    """Yield the factors of a product: a factor moves no end at 0."""
    product = expression.head == "BinOp" and expression.name in _FACTORS
    if expression.head == "Paren" or product:
        for part in expression.args:
            yield from _factors(part)
    else:
        yield expression
