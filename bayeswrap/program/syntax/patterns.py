"""What an expression looks like as it is written, whatever its variables hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.program.syntax.tree import Expression

__all__ = [
    "PARTIAL_SUMS",
    "REPEATS",
    "SIZES",
    "SUFFIXES",
    "family",
    "gathering",
    "is_cumulative",
    "is_density",
    "is_element",
    "is_unit",
    "is_zero",
    "literal",
    "summands",
]


SUFFIXES = ("_lpdf", "_lpmf", "_lupdf", "_lupmf", "_lcdf", "_lccdf")
_CUMULATIVE = ("_lcdf", "_lccdf")
SIZES = frozenset({"size", "rows", "cols", "num_elements", "dims"})
PARTIAL_SUMS = frozenset({"reduce_sum", "reduce_sum_static"})
_SCALARS = frozenset({"int", "real"})
REPEATS = frozenset({"rep_vector", "rep_row_vector", "rep_matrix", "rep_array"})


def family(name: str) -> str:
    """Return a density's name without its suffix."""
    return next((name.removesuffix(s) for s in SUFFIXES if name.endswith(s)), name)


def is_cumulative(name: str) -> bool:
    """Return whether a name is of a cumulative probability, not of a density."""
    return name.endswith(_CUMULATIVE)


def is_density(expression: Expression) -> bool:
    """Return whether it calls a density or cumulative probability: ``normal_lpdf(x | 0, 1)``."""
    is_call = expression.head in {"FunApp", "CondDistApp"} and bool(expression.args)
    return is_call and expression.name.endswith(SUFFIXES)


def is_zero(expression: Expression) -> bool:
    """Return whether an expression is written as zeros: ``0``, ``rep_vector(0, N)``."""
    head, name, args = expression.head, expression.name, expression.args
    if head in {"IntNumeral", "RealNumeral"}:
        return float(name.replace("_", "")) == 0
    if head == "FunApp" and name in REPEATS:
        return is_zero(args[0])
    if head in {"Paren", "ArrayExpr", "RowVectorExpr", "PostfixOp"}:
        return all(map(is_zero, args))
    return head == "FunApp" and name.startswith("zeros_")


def literal(expression: Expression) -> str:
    """Return a literal number as it is written; empty for anything else."""
    while expression.head == "Paren":
        expression = expression.args[0]
    return expression.name if expression.head in {"IntNumeral", "RealNumeral"} else ""


def is_element(expression: Expression) -> bool:
    """Return whether an expression is an element by literal indices: ``pack[1]``."""
    indices = expression.args[1:]
    return expression.head == "Indexed" and all(
        i.head == "Single" and bool(literal(i.args[0])) for i in indices
    )


def is_unit(args: Sequence[Expression]) -> bool:
    """Return whether the arguments are fixed, and end with location 0 and scale 1."""
    return len(args) > 1 and is_zero(args[-2]) and _is_one(args[-1])


def _is_one(expression: Expression) -> bool:
    """Return whether a scale is ones: ``1``, ``rep_vector(1, N)``, an identity matrix."""
    head, name, args = expression.head, expression.name, expression.args
    if head in {"IntNumeral", "RealNumeral"}:
        return float(name.replace("_", "")) == 1
    if head == "FunApp" and (name in REPEATS or name == "diag_matrix"):
        return _is_one(args[0])
    if head == "Paren":
        return _is_one(args[0])
    return head == "FunApp" and (name.startswith("ones_") or name == "identity_matrix")


def gathering(expression: Expression) -> str:
    """Return the local whose terms are added to ``target``: ``lp`` or ``sum(lp)``."""
    if expression.head == "FunApp" and expression.name == "sum":
        expression = expression.args[0]
    return expression.name if expression.head == "Variable" else ""


def summands(expression: Expression) -> list[Expression]:
    """Return the terms of a sum, through brackets; a sum of vectors is one term."""
    inner = expression
    while inner.head == "Paren":
        inner = inner.args[0]
    if inner.head == "BinOp" and inner.name in {"Plus", "Minus"} and inner.type in _SCALARS:
        return [term for part in inner.args for term in summands(part)]
    return [expression]
