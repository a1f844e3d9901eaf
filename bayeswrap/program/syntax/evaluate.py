"""Evaluate the sizes and bounds of declarations from data."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bayeswrap.program.syntax.tree import Expression

__all__ = [
    "ELEMENTWISE",
    "NotEvaluable",
    "binary_function",
    "evaluate",
    "unparse",
]


class NotEvaluable(Exception):  # noqa: N818 - a signal between two functions, not an error
    """An expression holds something that is not known before Stan runs."""


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
# functions that Stan applies to each element of a container
ELEMENTWISE: dict[str, Callable[..., object]] = {
    "abs": np.abs,
    "fabs": np.abs,
    "exp": np.exp,
    "log": np.log,
    "log1p": np.log1p,
    "log10": np.log10,
    "log2": np.log2,
    "logit": lambda p: np.log(p / (1 - np.asarray(p))),
    "sqrt": np.sqrt,
    "square": np.square,
    "inv": np.reciprocal,
    "is_inf": np.isinf,
    "is_nan": np.isnan,
}
_SIGNS = {
    "Plus": "+",
    "Minus": "-",
    "Times": "*",
    "Divide": "/",
    "EltTimes": ".*",
    "EltDivide": "./",
    "IntDivide": "%/%",
    "LDivide": "\\",
    "Modulo": "%",
    "Pow": "^",
    "EltPow": ".^",
    "Less": "<",
    "Leq": "<=",
    "Greater": ">",
    "Geq": ">=",
    "Equals": "==",
    "NEquals": "!=",
    "And": "&&",
    "Or": "||",
    "PNot": "!",
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
    if head == "Variable":
        raise NotEvaluable(name)
    args = [evaluate(a, values) for a in expression.args]
    try:
        with np.errstate(all="ignore"):
            return np.asarray(_apply(head, name, args))
    except (IndexError, TypeError, ValueError) as error:
        # the values do not have the shapes that the expression wants: their own check tells
        raise NotEvaluable(name or head) from error


def _apply(head: str, name: str, args: list[np.ndarray]) -> object:
    if head in {"Paren", "Single"}:
        return args[0]
    if head == "PrefixOp" and name in {"PMinus", "PPlus"}:
        return -args[0] if name == "PMinus" else args[0]
    if head == "PrefixOp" and name == "PNot":
        return np.logical_not(args[0])
    if head == "BinOp" and (function := _BINARY.get(name)):
        return function(*args)
    if head == "FunApp" and (function := _FUNCTIONS.get(name)):
        return function(*args)
    if head == "Indexed":
        return _element(*args)
    raise NotEvaluable(name or head)


def _divide(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Divide as Stan does: integers towards zero."""
    if not all(np.issubdtype(x.dtype, np.integer) for x in (a, b)):
        return np.asarray(a / b)
    if not np.all(b):
        raise NotEvaluable("division by zero")
    return np.asarray(np.sign(a) * np.sign(b) * (np.abs(a) // np.abs(b)))


_BINARY: dict[str, Callable[..., object]] = {
    "Plus": operator.add,
    "Minus": operator.sub,
    "Times": operator.mul,
    "EltTimes": operator.mul,
    "EltDivide": operator.truediv,
    "Pow": operator.pow,
    "Divide": _divide,
    "IntDivide": _divide,
    "Less": operator.lt,
    "Leq": operator.le,
    "Greater": operator.gt,
    "Geq": operator.ge,
    "Equals": operator.eq,
    "NEquals": operator.ne,
    "And": np.logical_and,
    "Or": np.logical_or,
}


def binary_function(name: str) -> Callable[..., object] | None:
    """Return the function of an operator by stanc's name; None where it is not elementwise.

    Examples
    --------
    >>> binary_function("Plus")(2, 3)
    5
    """
    return _BINARY.get(name)


def _element(array: np.ndarray, *indices: np.ndarray) -> object:
    """Return one element by Stan's index from 1."""
    inside = len(indices) <= array.ndim and all(
        i.ndim == 0 and 1 <= i <= size for i, size in zip(indices, array.shape, strict=False)
    )
    if not inside:
        raise NotEvaluable("index")
    return array[tuple(int(i) - 1 for i in indices)]


_WRITTEN: dict[str, Callable[[list[str]], str]] = {
    "All": lambda _: ":",
    "Between": ":".join,
    "Upfrom": lambda args: f"{args[0]}:",
    "Downfrom": lambda args: f":{args[0]}",
    "ArrayExpr": lambda args: f"{{{', '.join(args)}}}",
    "RowVectorExpr": lambda args: f"[{', '.join(args)}]",
}


def unparse(expression: Expression) -> str:
    """Write an expression as Stan text, for messages."""
    head, name = expression.head, expression.name
    args = [unparse(a) for a in expression.args]
    match head:
        case "Variable" | "IntNumeral" | "RealNumeral":
            text = name
        case "BinOp":
            text = f"{args[0]} {_SIGNS.get(name, name)} {args[1]}"
        case "PrefixOp":
            text = f"{_SIGNS.get(name, name)}{args[0]}"
        case "Paren":
            text = f"({args[0]})"
        case "Indexed":
            text = f"{args[0]}[{', '.join(args[1:])}]"
        case "FunApp" | "CondDistApp":
            bar = f"{args.pop(0)} | " if head == "CondDistApp" else ""
            text = f"{name}({bar}{', '.join(args)})"
        case "TernaryIf":
            text = f"{args[0]} ? {args[1]} : {args[2]}"
        case _ if head in _WRITTEN:
            text = _WRITTEN[head](args)
        case _:
            text = ", ".join(args)
    return text
