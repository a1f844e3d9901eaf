"""Evaluate the sizes and bounds of declarations from data. Imports only `syntax`."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bayeswrap.program.syntax import Expression

__all__ = ["NotEvaluable", "evaluate", "unparse"]


class NotEvaluable(Exception):  # noqa: N818 - a signal between two functions, not an error
    """An expression holds something that is not known before Stan runs."""


_BINARY: dict[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "Plus": operator.add,
    "Minus": operator.sub,
    "Times": operator.mul,
    "EltTimes": operator.mul,
    "EltDivide": operator.truediv,
    "Pow": operator.pow,
    "IntDivide": operator.floordiv,
}
_FUNCTIONS: dict[str, Callable[..., object]] = {
    "min": np.min,
    "max": np.max,
    "sum": np.sum,
    "abs": np.abs,
    "fabs": np.abs,
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "square": np.square,
    "size": lambda a: np.shape(a)[0],
    "num_elements": np.size,
    "rows": lambda a: np.shape(a)[0],
    "cols": lambda a: np.shape(a)[1],
    "negative_infinity": lambda: -np.inf,
    "positive_infinity": lambda: np.inf,
}
_SIGNS = {
    "Plus": "+",
    "Minus": "-",
    "Times": "*",
    "Divide": "/",
    "EltTimes": ".*",
    "EltDivide": "./",
    "IntDivide": "%/%",
    "Pow": "^",
    "PMinus": "-",
    "PPlus": "+",
}


def evaluate(expression: Expression, values: Mapping[str, np.ndarray]) -> np.ndarray:
    """Return the value of an expression of data.

    Parameters
    ----------
    expression : Expression
        A size or a bound.
    values : mapping of str to array
        The data known so far.

    Raises
    ------
    NotEvaluable
        It needs something that is not in `values`, or a function that only Stan has.
    """
    head, name = expression.head, expression.name
    if head == "IntNumeral":
        return np.asarray(int(name.replace("_", "")))
    if head == "RealNumeral":
        return np.asarray(float(name.replace("_", "")))
    if head == "Variable" and name in values:
        return np.asarray(values[name])
    if head in {"Variable", "IfThenElse"}:
        raise NotEvaluable(name)
    args = [evaluate(a, values) for a in expression.args]
    return np.asarray(_apply(head, name, args))


def _apply(head: str, name: str, args: list[np.ndarray]) -> object:
    if head == "Paren":
        return args[0]
    if head == "PrefixOp" and name in {"PMinus", "PPlus"}:
        return -args[0] if name == "PMinus" else args[0]
    if head == "BinOp" and name in _BINARY:
        return _BINARY[name](*args)
    if head == "BinOp" and name == "Divide":
        whole = all(np.issubdtype(a.dtype, np.integer) for a in args)
        return operator.floordiv(*args) if whole else operator.truediv(*args)
    if head == "FunApp" and name in _FUNCTIONS:
        return _FUNCTIONS[name](*args)
    if head == "Single":
        return args[0]
    if head == "Indexed" and all(np.ndim(i) == 0 for i in args[1:]):
        return args[0][tuple(int(i) - 1 for i in args[1:])]
    raise NotEvaluable(name or head)


def unparse(expression: Expression) -> str:
    """Write an expression as Stan text, for messages."""
    head, name = expression.head, expression.name
    args = [unparse(a) for a in expression.args]
    if head in {"Variable", "IntNumeral", "RealNumeral"}:
        return name
    if head == "BinOp":
        return f"{args[0]} {_SIGNS.get(name, name)} {args[1]}"
    if head == "PrefixOp":
        return f"{_SIGNS.get(name, name)}{args[0]}"
    if head == "Paren":
        return f"({args[0]})"
    if head == "Indexed":
        return f"{args[0]}[{', '.join(args[1:])}]"
    if head == "FunApp":
        return f"{name}({', '.join(args)})"
    return ", ".join(args)
