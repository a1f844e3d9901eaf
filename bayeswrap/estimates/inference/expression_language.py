"""A small language for functions of parameters: numpy's names, Stan's 1-based indices.

The text is parsed to Python's own syntax tree and only a short list of nodes is evaluated; nothing
is executed.
"""

from __future__ import annotations

import ast
import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import special

from bayeswrap.arguments import did_you_mean
from bayeswrap.errors import UnknownNameError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = [
    "Expression",
]


def _absolute(x: np.ndarray) -> np.ndarray:
    # the modulus of a complex number has lost the derivative that its imaginary part carries
    return np.where(np.real(x) < 0, -x, x)


def _larger(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.where(np.real(x) >= np.real(y), x, y)


def _smaller(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.where(np.real(x) <= np.real(y), x, y)


def _elements(x: np.ndarray) -> np.ndarray:
    """Put all elements on the first axis; the last is that of the draws."""
    return x.reshape(-1, x.shape[-1]) if x.ndim > 1 else x[np.newaxis]


def _extreme(pick: Callable[..., Any]) -> Callable[[np.ndarray], np.ndarray]:
    def reduced(x: np.ndarray) -> np.ndarray:
        rows = _elements(x)
        return np.asarray(rows[pick(np.real(rows), axis=0), np.arange(rows.shape[1])])

    return reduced


def _by_real_parts(compare: Callable[..., Any]) -> Callable[..., Any]:
    return lambda x, y: compare(np.real(x), np.real(y))


_FUNCTIONS: dict[str, tuple[int, Callable[..., Any]]] = {
    **{
        name: (1, getattr(np, name))
        for name in (
            *("exp", "expm1", "log", "log1p", "log2", "log10", "sqrt", "square"),
            *("sin", "cos", "tan", "arcsin", "arccos", "arctan"),
            *("sinh", "cosh", "tanh", "arcsinh", "arccosh", "arctanh"),
        )
    },
    "abs": (1, _absolute),
    "expit": (1, lambda x: 1 / (1 + np.exp(-x))),
    "inv_logit": (1, lambda x: 1 / (1 + np.exp(-x))),
    "logit": (1, lambda x: np.log(x) - np.log(1 - x)),
    "Phi": (1, special.ndtr),
    "power": (2, operator.pow),
    "maximum": (2, _larger),
    "minimum": (2, _smaller),
    "sum": (1, lambda x: _elements(x).sum(axis=0)),
    "mean": (1, lambda x: _elements(x).mean(axis=0)),
    "prod": (1, lambda x: _elements(x).prod(axis=0)),
    "max": (1, _extreme(np.argmax)),
    "min": (1, _extreme(np.argmin)),
    "dot": (2, lambda x, y: _elements(x * y).sum(axis=0)),
}
_CONSTANTS = {"pi": np.pi}
_OPERATORS: dict[type[ast.AST], Callable[..., Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    **{
        kind: _by_real_parts(compare)
        for kind, compare in (
            *((ast.Lt, operator.lt), (ast.LtE, operator.le)),
            *((ast.Gt, operator.gt), (ast.GtE, operator.ge)),
        )
    },
}
_INSTEAD: dict[type[ast.AST], str] = {
    ast.BitXor: "a power is written **, as in Python",
    ast.MatMult: "write dot(a, b) or sum(a * b)",
    ast.Attribute: "functions are named without a module: exp(x), not np.exp(x)",
}


@dataclass(frozen=True, slots=True)
class Expression:
    """A function of a result's variables, given as text.

    Attributes
    ----------
    text : str
        As the user wrote it.
    tree : ast.expr
        Its syntax tree, checked.
    names : frozenset of str
        Variables that it uses.

    Examples
    --------
    >>> import numpy as np
    >>> odds = Expression.parse("exp(beta[2])", ["alpha", "beta"])
    >>> odds({"alpha": np.zeros(1), "beta": np.array([[1.0], [0.0]])})
    array([1.])
    """

    text: str
    tree: ast.expr
    names: frozenset[str]

    @classmethod
    def parse(cls, text: str, variables: list[str]) -> Expression:
        """Read an expression and check every part of it.

        Parameters
        ----------
        text : str
            Numbers, variables with 1-based indices, ``+ - * / **``, comparisons ``< <= > >=``, and
            functions by numpy's names.
        variables : list of str
            Names that may be used.

        Raises
        ------
        UsageError
            The text is not such an expression.
        UnknownNameError
            It names a variable or a function that does not exist.
        """
        try:
            tree = ast.parse(text.strip(), mode="eval").body
        except (SyntaxError, ValueError) as error:
            raise _not_understood(text, f"it does not parse: {error}") from error
        names: set[str] = set()
        _check(tree, text, variables, names)
        return cls(text, tree, frozenset(names))

    def __call__(self, values: Mapping[str, np.ndarray]) -> np.ndarray:
        """Evaluate at many points at once.

        Parameters
        ----------
        values : mapping of str to (*shape, n) array
            Each variable, with the n points on the last axis; may be complex.

        Returns
        -------
        (*shape, n) array
            The result at each point.

        Raises
        ------
        UsageError
            An index lies outside its variable, or shapes do not fit.
        """
        with np.errstate(all="ignore"):
            try:
                return np.asarray(_evaluated(self.tree, values))
            except (IndexError, ValueError) as error:
                raise _not_understood(self.text, str(error)) from error


def _not_understood(text: str, why: str) -> UsageError:
    return UsageError(
        "this expression is not understood",
        where=text,
        got=why,
        expected="numbers, variables as beta[2] (1-based), + - * / **, and functions such as exp",
        do="correct it, or pass a Python function of a dict of arrays",
    )


def _check(node: ast.AST, text: str, variables: list[str], names: set[str]) -> None:
    """Walk the tree and refuse whatever is not on the list."""
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return
        case ast.Name(id=name):
            _check_name(name, variables, names, constants=True)
        case ast.Subscript(value=ast.Name(id=name), slice=index):
            _check_name(name, variables, names, constants=False)
            _check_index(index, text)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
            _check_call(name, len(args), text)
        case ast.BinOp(op=op) | ast.UnaryOp(op=op) | ast.Compare(ops=[op]) if (
            type(op) in _OPERATORS
        ):
            pass
        case _:
            raise _not_understood(text, _why_not(node))
    for operand in _operands(node):
        _check(operand, text, variables, names)


def _operands(node: ast.AST) -> list[ast.expr]:
    match node:
        case ast.BinOp(left=left, right=right) | ast.Compare(left=left, comparators=[right]):
            return [left, right]
        case ast.UnaryOp(operand=operand):
            return [operand]
        case ast.Call(args=args):
            return args
    return []


def _why_not(node: ast.AST) -> str:
    at = node.op if isinstance(node, ast.BinOp) else node
    at = node.func if isinstance(node, ast.Call) else at
    return _INSTEAD.get(type(at), f"{ast.unparse(node)!r} is not allowed")


def _check_name(name: str, variables: list[str], names: set[str], *, constants: bool) -> None:
    if name in variables:
        names.add(name)
    elif not (constants and name in _CONSTANTS):
        raise UnknownNameError(
            f"no variable {name!r} in this result{did_you_mean(name, variables)}",
            expected="one of " + ", ".join(variables),
            do="use the variable's name, with 1-based indices for its parts",
        )


def _check_call(name: str, count: int, text: str) -> None:
    if name not in _FUNCTIONS:
        raise UnknownNameError(
            f"no function {name!r} in expressions{did_you_mean(name, _FUNCTIONS)}",
            expected="one of " + ", ".join(sorted(_FUNCTIONS)),
            do="use one of these, or pass a Python function",
        )
    if count != _FUNCTIONS[name][0]:
        raise _not_understood(text, f"{name} takes {_FUNCTIONS[name][0]} argument(s), not {count}")


def _check_index(index: ast.AST, text: str) -> None:
    parts = index.elts if isinstance(index, ast.Tuple) else [index]
    for part in parts:
        match part:
            case ast.Constant(value=int(value)) if not isinstance(value, bool) and value >= 1:
                continue
            case ast.Slice(lower=low, upper=high, step=None):
                for end in (low, high):
                    if end is not None:
                        _check_index(end, text)
            case _:
                raise _not_understood(
                    text,
                    f"index {ast.unparse(part)!r}: indices are whole numbers from 1, as in Stan",
                )


def _evaluated(node: ast.AST, values: Mapping[str, np.ndarray]) -> Any:  # noqa: ANN401 - arrays or numbers
    parts = [_evaluated(operand, values) for operand in _operands(node)]
    match node:
        case ast.Constant(value=int() | float() as value):
            return float(value)
        case ast.Name(id=name):
            return values[name] if name in values else _CONSTANTS[name]
        case ast.Subscript(value=ast.Name(id=name), slice=index):
            return _part(values[name], name, index)
        case ast.Call(func=ast.Name(id=name)):
            return _FUNCTIONS[name][1](*(np.asarray(part) for part in parts))
        case ast.BinOp(op=op) | ast.UnaryOp(op=op) | ast.Compare(ops=[op]):
            return _OPERATORS[type(op)](*parts)
    raise AssertionError(ast.dump(node))  # _check has refused everything else


def _part(array: np.ndarray, name: str, index: ast.AST) -> np.ndarray:
    parts = index.elts if isinstance(index, ast.Tuple) else [index]
    shape = array.shape[:-1]
    if len(parts) > len(shape):
        raise IndexError(f"{name} has {len(shape)} dimension(s), not {len(parts)}")
    return np.asarray(
        array[tuple(_place(part, size, name) for part, size in zip(parts, shape, strict=False))]
    )


def _place(part: ast.AST, size: int, name: str) -> int | slice:
    """Return where a 1-based index points; Stan's ranges include their upper end."""
    ends = (part.lower, part.upper) if isinstance(part, ast.Slice) else (part, part)
    low, high = (
        e.value if isinstance(e, ast.Constant) and isinstance(e.value, int) else None for e in ends
    )
    if max(low or 0, high or 0) > size:
        raise IndexError(f"index {max(low or 0, high or 0)} of {name}, which has {size} there")
    first = 0 if low is None else low - 1
    return slice(first, high) if isinstance(part, ast.Slice) else first
