"""Which data a transformed data variable was computed from.

Sizes do not count: they tell how much data there are, not what they are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bayeswrap.program.flow.initial_flow import sizes_of
from bayeswrap.program.syntax.patterns import SIZES
from bayeswrap.program.syntax.tree import (
    Assign,
    Branch,
    Declaration,
    Expression,
    Group,
    Loop,
    Statement,
    Tree,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = [
    "origins_of",
    "roots",
]


Names = frozenset[str]


def origins_of(tree: Tree) -> dict[str, Names]:
    """Return the data behind each variable of the data and transformed data blocks."""
    walk = _Walk()
    for d in tree.blocks["data"]:
        if isinstance(d, Declaration):
            walk.behind[d.name] = frozenset({d.name})
            walk.lengths[d.name] = walk.read(*d.dims)
    before: dict[str, Names] | None = None
    while walk.behind != before:
        # again and again, for what a loop feeds back
        before = dict(walk.behind)
        for statement in tree.blocks["transformed data"]:
            walk.note(statement, frozenset())
    sizes = sizes_of(tree)
    computed = [d.name for d in tree.blocks["transformed data"] if isinstance(d, Declaration)]
    return walk.behind | {name: walk.behind[name] - sizes for name in computed}


def roots(names: Iterable[str], origins: Mapping[str, Names]) -> Names:
    """Return the data behind some variables."""
    return frozenset[str]().union(*(origins.get(n, frozenset({n})) for n in names))


@dataclass(slots=True)
class _Walk:
    """The data behind the values, and behind the lengths, of the variables seen so far."""

    behind: dict[str, Names] = field(default_factory=dict)
    lengths: dict[str, Names] = field(default_factory=dict)

    def note(self, statement: Statement, under: Names) -> None:
        """Add what a statement computes; `under` are the data that decide how often it runs."""
        match statement:
            case Declaration(name=name, value=value, dims=dims):
                self.lengths[name] = self.read(*dims)
                made_of = self.read(*((value,) if value else ()))
                self.behind[name] = self.behind.get(name, frozenset()) | under | made_of
            case Assign(lhs=lhs, rhs=rhs):
                for name in self.behind.keys() & {e.name for e in lhs.walk()}:
                    self.behind[name] |= self.read(rhs) | under
            case Branch(condition=condition, branches=branches):
                for branch in branches:
                    self.note(branch, under | self.read(condition))
            case Loop():
                self._note_loop(statement, under)
            case Group(statements=statements):
                for inner in statements:
                    self.note(inner, under)

    def _note_loop(self, loop: Loop, under: Names) -> None:
        self.behind[loop.variable] = self.read(loop.over) if loop.over else frozenset()
        self.note(loop.body, under | self.read(*loop.bounds))

    def read(self, *expressions: Expression) -> Names:
        """Return the data behind the values of expressions."""
        return frozenset[str]().union(*(names for e in expressions for names in self._read(e)))

    def _read(self, expression: Expression) -> Iterator[Names]:
        if expression.head == "Variable":
            yield self.behind.get(expression.name, frozenset())
        elif expression.head == "FunApp" and expression.name in SIZES:
            for e in expression.walk():
                yield self.lengths.get(e.name, frozenset())
        else:
            for arg in expression.args:
                yield from self._read(arg)
