"""Values of data expressions at a statement, for all passes of the loops around it at once.

A program indexes data in loops, ``for (n in 1:N) y[n] ~ gamma(a, b)``. Here the loop's variable is
one array with a number for each pass, and so is every value made of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.program.syntax.evaluate import (
    ELEMENTWISE,
    NotEvaluable,
    binary_function,
    evaluate,
)
from bayeswrap.program.syntax.tree import Expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = [
    "PASSES_MAX",
    "LoopValues",
    "Value",
]

PASSES_MAX = 5_000_000  # passes of nested loops whose values are held at once
_PRODUCTS = frozenset({"Times", "Divide", "Pow"})  # of containers they are none of elements
_PREFIXES = {"PMinus": np.negative, "PPlus": np.positive, "PNot": np.logical_not}


@dataclass(frozen=True, slots=True)
class Value:
    """An array; with `by_pass`, its first axis runs over the passes."""

    array: np.ndarray
    by_pass: bool = False

    @property
    def own_rank(self) -> int:
        """Number of dimensions in one pass."""
        return self.array.ndim - self.by_pass


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopValues:
    """What is known of data at a statement.

    Attributes
    ----------
    shared : mapping of str to array
        Variables with one value in all passes.
    passes : mapping of str to array
        Variables with a value for each pass, on the first axis.
    count : int
        Number of passes; 1 outside loops.
    shapes : mapping of str to tuple
        Declared sizes of variables, data or not; None for a size that is not known.
    definitions : mapping of str to Expression
        What variables that are no data were set to, whole.
    """

    shared: Mapping[str, np.ndarray]
    passes: Mapping[str, np.ndarray] = field(default_factory=dict)
    count: int = 1
    shapes: Mapping[str, tuple[int | None, ...]] = field(default_factory=dict)
    definitions: Mapping[str, Expression] = field(default_factory=dict)

    def without(self, names: Iterable[str]) -> LoopValues:
        """Return the same without the values of some variables."""
        gone = set(names)
        if not gone & {*self.shared, *self.passes}:
            return self
        return replace(
            self,
            shared={n: v for n, v in self.shared.items() if n not in gone},
            passes={n: v for n, v in self.passes.items() if n not in gone},
            definitions={n: e for n, e in self.definitions.items() if n not in gone},
        )

    def with_value(
        self, name: str, value: Value, definition: Expression | None = None
    ) -> LoopValues:
        """Return the same with the value of one more variable."""
        clean = self.without([name])
        if definition is not None:
            clean = replace(clean, definitions={**clean.definitions, name: definition})
        if value.by_pass:
            return replace(clean, passes={**clean.passes, name: value.array})
        return replace(clean, shared={**clean.shared, name: value.array})

    def with_shape(self, name: str, sizes: Sequence[Expression]) -> LoopValues:
        """Return the same with the declared sizes of one more variable."""
        return replace(self, shapes={**self.shapes, name: tuple(self._size(s) for s in sizes)})

    def _size(self, expression: Expression) -> int | None:
        try:
            size = self.value(expression)
        except NotEvaluable:
            return None
        return None if size.by_pass or size.array.ndim else int(size.array)

    def take(self, chosen: np.ndarray) -> LoopValues:
        """Return the values of some of the passes, chosen by position."""
        passes = {name: array[chosen] for name, array in self.passes.items()}
        return replace(self, passes=passes, count=len(chosen))

    def loop(self, variable: str, first: Value, last: Value) -> LoopValues:
        """Return the values in the passes of a loop inside these passes.

        Raises
        ------
        NotEvaluable
            There are too many passes.
        """
        begin = np.broadcast_to(first.array, self.count).astype(np.int64)
        lengths = np.clip(np.broadcast_to(last.array, self.count) - begin + 1, 0, None)
        total = int(lengths.sum())
        if total > PASSES_MAX:
            raise NotEvaluable(variable)
        outer = np.repeat(np.arange(self.count), lengths)
        within = np.arange(total) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return self.take(outer).with_value(variable, Value(begin[outer] + within, by_pass=True))

    def value(self, expression: Expression) -> Value:
        """Return the value of an expression of data.

        Raises
        ------
        NotEvaluable
            It needs what is not known here, or an index is out of range.
        """
        if expression.head == "Indexed":
            base = self.value(expression.args[0])
            return _indexed(base, [self._index(i) for i in expression.args[1:]])
        if expression.head == "Variable" and expression.name in self.passes:
            return Value(self.passes[expression.name], by_pass=True)
        if expression.head in {"Variable", "IntNumeral", "RealNumeral"}:
            return Value(evaluate(expression, self.shared))
        args = [self.value(a) for a in expression.args]
        if expression.head in {"Paren", "Single"}:
            return args[0]
        if expression.head in {"ArrayExpr", "RowVectorExpr"} and not any(a.by_pass for a in args):
            return Value(np.array([a.array for a in args]))
        return _computed(expression, args)

    def _index(self, index: Expression) -> tuple[str, list[Value]]:
        return index.head, [self.value(a) for a in index.args]


def _computed(expression: Expression, args: Sequence[Value]) -> Value:
    """Return the value of an operator or a function."""
    head, name = expression.head, expression.name
    function = None
    if head == "BinOp" and not (name in _PRODUCTS and all(a.own_rank for a in args)):
        function = binary_function(name)
    elif head == "PrefixOp":
        function = _PREFIXES.get(name)
    elif head == "FunApp":
        function = ELEMENTWISE.get(name)
    try:
        if function is not None and args:
            arrays, by_pass = _aligned(args)
            with np.errstate(all="ignore"):
                return Value(np.asarray(function(*arrays)), by_pass)
        if head == "FunApp" and not any(a.by_pass for a in args):
            return Value(_whole(name, [a.array for a in args]))
    except (ValueError, TypeError, IndexError) as error:  # shapes that Stan would refuse
        raise NotEvaluable(name) from error
    raise NotEvaluable(name or head)


def _whole(name: str, arrays: Sequence[np.ndarray]) -> np.ndarray:
    """Return the value of a function of whole containers."""
    if name == "to_vector" and len(arrays) == 1:
        return arrays[0].ravel(order="F")
    if name == "to_array_1d" and len(arrays) == 1:
        return arrays[0].ravel()
    values = {str(i): array for i, array in enumerate(arrays)}
    call = Expression("FunApp", name, tuple(Expression("Variable", n) for n in values))
    return evaluate(call, values)


def _aligned(args: Sequence[Value]) -> tuple[list[np.ndarray], bool]:
    """Return arrays that broadcast pass by pass; scalars go with everything."""
    by_pass = any(a.by_pass for a in args)
    ranks = {a.own_rank for a in args} - {0}
    if len(ranks) > 1:
        raise NotEvaluable("shapes")
    rank = max(ranks, default=0)
    arrays = [
        a.array.reshape(a.array.shape + (1,) * (rank - a.own_rank)) if a.by_pass else a.array
        for a in args
    ]
    return arrays, by_pass


def _indexed(base: Value, indices: Sequence[tuple[str, list[Value]]]) -> Value:
    """Return elements by Stan's indices from 1."""
    if len(indices) > base.own_rank:
        raise NotEvaluable("index")
    by_pass = base.by_pass or any(v.by_pass for _, parts in indices for v in parts)
    if by_pass and any(head != "Single" or parts[0].own_rank for head, parts in indices):
        raise NotEvaluable("slices that differ by pass")
    sizes = base.array.shape[base.by_pass :]
    positions = [_positions(index, size) for index, size in zip(indices, sizes, strict=False)]
    if by_pass:
        lead = (np.arange(len(base.array)),) if base.by_pass else ()
        return Value(base.array[(*lead, *positions)], by_pass=True)
    array, axis = base.array, 0
    for position in positions:
        array = np.take(array, position, axis=axis)
        axis += position.ndim
    return Value(array)


def _positions(index: tuple[str, list[Value]], size: int) -> np.ndarray:
    """Return positions from 0 along one dimension."""
    head, parts = index
    numbers = [np.asarray(p.array, dtype=np.int64) for p in parts]
    if head == "Single":
        positions = numbers[0] - 1
    else:
        first = numbers[0] if head in {"Between", "Upfrom"} else 1
        last = numbers[-1] if head in {"Between", "Downfrom"} else size
        positions = np.arange(int(first) - 1, int(last))
    if positions.size and (positions.min() < 0 or positions.max() >= size):
        raise NotEvaluable("index")
    return positions
