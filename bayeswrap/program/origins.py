"""Which data a transformed data variable was computed from.

Sizes do not count: they tell how much data there are, not what they are. Imports `start` and
`syntax`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.program.start import sizes_of
from bayeswrap.program.syntax import (
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
    from collections.abc import Iterable, Mapping

__all__ = ["origins_of", "roots"]

Names = frozenset[str]


def origins_of(tree: Tree) -> dict[str, Names]:
    """Return the data behind each variable of the data and transformed data blocks."""
    found = {d.name: frozenset({d.name}) for d in tree.blocks["data"] if isinstance(d, Declaration)}
    before: dict[str, Names] = {}
    while found != before:
        # again and again, for what a loop feeds back
        before = dict(found)
        for statement in tree.blocks["transformed data"]:
            _note(statement, found, frozenset())
    sizes = sizes_of(tree)
    computed = [d.name for d in tree.blocks["transformed data"] if isinstance(d, Declaration)]
    return found | {name: found[name] - sizes for name in computed}


def roots(names: Iterable[str], origins: Mapping[str, Names]) -> Names:
    """Return the data behind some variables."""
    return frozenset[str]().union(*(origins.get(n, frozenset({n})) for n in names))


def _note(statement: Statement, found: dict[str, Names], under: Names) -> None:
    """Add what a statement computes; `under` are the data that decide whether it runs."""
    match statement:
        case Declaration(name=name, value=value, dims=dims):
            made_of = [_read(e, found) for e in (*dims, *((value,) if value else ()))]
            found[name] = found.get(name, under).union(under, *made_of)
        case Assign(lhs=lhs, rhs=rhs):
            for name in found.keys() & {e.name for e in lhs.walk()}:
                found[name] |= _read(rhs, found) | under
        case Branch(condition=condition, branches=branches):
            for branch in branches:
                _note(branch, found, under | _read(condition, found))
        case Loop(variable=variable, bounds=bounds, over=over, body=body):
            found[variable] = _read(over, found) if over else frozenset()
            _note(body, found, under.union(*(_read(b, found) for b in bounds)))
        case Group(statements=statements):
            for inner in statements:
                _note(inner, found, under)


def _read(expression: Expression, found: Mapping[str, Names]) -> Names:
    names = (e.name for e in expression.walk() if e.head == "Variable")
    return frozenset[str]().union(*(found.get(n, frozenset()) for n in names))
