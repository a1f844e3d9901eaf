"""The statements that surely run with the data at hand, each with the values known there.

A branch that the data do not decide is passed over, and so is a loop whose passes they do not
decide, or that may be left early: what is found here holds in every run of the program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.data.loop_values import LoopValues, Value
from bayeswrap.program.syntax.evaluate import NotEvaluable
from bayeswrap.program.syntax.tokens import code_tokens
from bayeswrap.program.syntax.tree import (
    Assign,
    Branch,
    Declaration,
    Group,
    Loop,
    Statement,
    flat,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bayeswrap.program.program import Program
    from bayeswrap.program.syntax.tree import Expression

__all__ = [
    "statements_that_run",
]

_BLOCKS = ("transformed data", "transformed parameters", "model")
_LEAVES = frozenset({"break", "continue"})


def statements_that_run(
    program: Program, data: Mapping[str, np.ndarray]
) -> Iterator[tuple[Statement, LoopValues]]:
    """Yield the statements that surely run, with the values of data there.

    Parameters
    ----------
    program : Program
        The program.
    data : mapping of str to array
        Values of the data block.

    Examples
    --------
    >>> import bayeswrap as bw
    >>> code = "data { int N; } model { for (n in 1:N) target += n; }"
    >>> program = bw.Program.from_string(code)
    >>> [(type(s).__name__, known.count) for s, known in
    ...  statements_that_run(program, {"N": np.array(3)})]
    [('Target', 3)]
    """
    tree = program.tree
    known = LoopValues(shared=dict(data))
    for block in ("data", "parameters"):
        for statement in tree.blocks[block]:
            if isinstance(statement, Declaration):
                known = known.with_shape(statement.name, statement.dims)
    leaves = any(t.text in _LEAVES for t in code_tokens(program.source))
    for block in _BLOCKS:
        walk = _Walk(known, enter_loops=not leaves)
        yield from walk.all(tree.blocks[block])
        known = walk.known


class _Walk:
    """One pass over statements; `known` is what is known after those that were walked."""

    def __init__(self, known: LoopValues, *, enter_loops: bool) -> None:
        self.known, self.enter_loops = known, enter_loops

    def all(self, statements: Iterable[Statement]) -> Iterator[tuple[Statement, LoopValues]]:
        """Walk statements one after the other."""
        for statement in statements:
            yield from self.one(statement)

    def one(self, statement: Statement) -> Iterator[tuple[Statement, LoopValues]]:
        """Walk one statement and what stands inside it."""
        match statement:
            case Group(statements=inside):
                yield from self.all(inside)
            case Loop():
                yield from self._loop(statement)
            case Branch():
                yield from self._branch(statement)
            case Declaration(name=name, value=value):
                yield statement, self.known
                known = self.known.without([name])
                known = known.with_shape(name, statement.dims)
                self.known = self._with_value(known, name, value)
            case Assign(name=name):
                yield statement, self.known
                whole = statement.rhs if statement.lhs.head == "Variable" else None
                known = self.known.without(_written(statement))
                self.known = self._with_value(known, name, whole)
            case _:
                yield statement, self.known

    def _with_value(
        self, after: LoopValues, name: str, expression: Expression | None
    ) -> LoopValues:
        """Return what is known after a variable was set to an expression, if to one of data."""
        if expression is None:
            return after
        try:
            return after.with_value(name, self.known.value(expression), expression)
        except NotEvaluable:
            return after

    def _branch(self, branch: Branch) -> Iterator[tuple[Statement, LoopValues]]:
        before = self.known
        try:
            condition = before.value(branch.condition)
        except NotEvaluable:
            self.known = before.without(_written(branch))
            return
        holds = np.broadcast_to(condition.array.astype(bool), (before.count,))
        for i, body in enumerate(branch.branches):
            chosen = np.flatnonzero(holds == (i == 0))
            if chosen.size:
                self.known = before if chosen.size == before.count else before.take(chosen)
                yield from self.one(body)
        if holds.all() or (not holds.any() and len(branch.branches) > 1):
            return  # one alternative ran in every pass: what it set stays
        self.known = before.without(_written(branch))

    def _loop(self, loop: Loop) -> Iterator[tuple[Statement, LoopValues]]:
        before = self.known
        clean = before.without(_written(loop))
        self.known = clean
        if not self.enter_loops or (loop.over is None and not loop.variable):
            return
        try:
            inside = _inside(clean, loop)
        except NotEvaluable:
            return
        if inside.count:
            self.known = inside
            yield from self.one(loop.body)
        self.known = clean


def _inside(known: LoopValues, loop: Loop) -> LoopValues:
    """Return what is known in the passes of a loop."""
    if loop.over is None:
        first, last = (known.value(b) for b in loop.bounds)
        return known.loop(loop.variable, first, last)
    over = known.value(loop.over)
    if over.by_pass or over.array.ndim != 1 or known.count > 1:
        raise NotEvaluable(loop.variable)
    positions = known.take(np.zeros(len(over.array), dtype=int))
    return positions.with_value(loop.variable, Value(over.array, by_pass=True))


def _written(statement: Statement) -> set[str]:
    """Return the variables that a statement sets or declares."""
    names = set[str]()
    for inside in flat([statement]):
        if isinstance(inside, (Assign, Declaration)):
            names.add(inside.name)
        if isinstance(inside, Assign) and inside.lhs.head == "TupleExpr":
            names |= {e.name for e in inside.lhs.walk() if e.head == "Variable"}
    return names
