"""Indices held against the sizes of what they index, before Stan runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.data.data_places import element_of, value_text
from bayeswrap.errors import DataError
from bayeswrap.program.syntax.evaluate import NotEvaluable, unparse
from bayeswrap.program.syntax.tree import (
    Assign,
    Call,
    Declaration,
    Expression,
    Statement,
    Target,
    Tilde,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bayeswrap.data.data_places import DataPlaces
    from bayeswrap.data.loop_values import LoopValues

__all__ = [
    "require_indices",
]

_NOT_ALWAYS = frozenset({"And", "Or"})  # their right side may not run


def require_indices(
    statement: Statement,
    known: LoopValues,
    places: DataPlaces,
    sizes: Mapping[str, tuple[str, ...]],
) -> None:
    """Refuse an index of data, of a loop or of the program's text that is out of range.

    Parameters
    ----------
    statement : Statement
        A statement that surely runs.
    known : LoopValues
        The values there.
    places : DataPlaces
        Where values come from, for the message.
    sizes : mapping of str to tuple of str
        The declared sizes of variables, as they are written.

    Raises
    ------
    DataError
        An index is below 1 or beyond the size; element, row, line and size are named.
    """
    for indexed in _indexed(statement):
        base = indexed.args[0]
        shape = known.shapes.get(base.name) if base.head == "Variable" else None
        if not shape:
            continue
        for axis, (index, size) in enumerate(zip(indexed.args[1:], shape, strict=False)):
            if index.head == "Single" and size is not None:
                written = sizes.get(base.name, ())
                limit = written[axis] if axis < len(written) else str(size)
                _require_inside(_Index(indexed, index.args[0], size, limit), known, places)


@dataclass(frozen=True, slots=True)
class _Index:
    """An index of one dimension, with the size of that dimension as number and as text."""

    indexed: Expression
    index: Expression
    size: int
    limit: str


def _require_inside(at_size: _Index, known: LoopValues, places: DataPlaces) -> None:
    indexed, index = at_size.indexed, at_size.index
    size, limit = at_size.size, at_size.limit
    try:
        numbers = known.value(index).array
    except NotEvaluable:
        return
    bad = (numbers < 1) | (numbers > size)
    if not bad.any():
        return
    at = tuple(int(i) for i in np.argwhere(bad)[0])
    number, element = int(numbers[at]), element_of(index, at, known)
    subject = str(element) if element else unparse(index)
    got = value_text(index, number, element, known)
    most = f"{size}" if limit == str(size) else f"{limit} = {size}"
    raise DataError(
        f"index {got} is out of range: {indexed.args[0].name} has size {most}",
        where=places.where(unparse(indexed), element),
        expected=f"1 to {most}",
        got=got,
        do=_remedy(subject, limit, number, is_data=element is not None),
    )


def _remedy(subject: str, limit: str, number: int, *, is_data: bool) -> str:
    if is_data and number == 0:
        return "add 1 if these codes start at 0 (Stan's start at 1), or correct the data"
    if is_data:
        return f"correct {subject}, or the size {limit}"
    return f"correct the index {subject} in the program, or the size {limit}"


def _indexed(statement: Statement) -> Iterator[Expression]:
    """Yield the indexed expressions that a statement surely evaluates."""
    for expression in _expressions(statement):
        yield from _always(expression)


def _always(expression: Expression) -> Iterator[Expression]:
    if expression.head == "TernaryIf":
        yield from _always(expression.args[0])
        return
    if expression.head == "Indexed":
        yield expression
    args = expression.args
    if expression.head == "BinOp" and expression.name in _NOT_ALWAYS:
        args = args[:1]
    for part in args:
        yield from _always(part)


def _expressions(statement: Statement) -> tuple[Expression, ...]:
    match statement:
        case Declaration(dims=dims, value=value):
            return (*dims, *((value,) if value else ()))
        case Assign(lhs=lhs, rhs=rhs):
            return (lhs, rhs)
        case Tilde(outcome=outcome, args=args, truncation=truncation):
            return (outcome, *args, *truncation)
        case Target(expression=expression):
            return (expression,)
        case _:
            return statement.args if isinstance(statement, Call) else ()
