"""Which data a transformed data variable was computed from.

Sizes and loop bounds do not count: they tell how much data there are, not what they are. Imports
`expressions`, `start` and `syntax`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.program.expressions import SIZES
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
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["origins_of", "roots"]

Names = frozenset[str]


def origins_of(tree: Tree) -> dict[str, Names]:
    """Return the data behind each variable of the data and transformed data blocks."""
    found = {d.name: frozenset({d.name}) for d in tree.blocks["data"] if isinstance(d, Declaration)}
    for block in (tree.blocks["transformed data"],) * 2:
        # twice, for what a loop feeds back
        for statement in block:
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
        case Declaration(name=name, value=value):
            found[name] = found.get(name, frozenset()) | (_read(value, found) if value else under)
        case Assign(lhs=lhs, rhs=rhs):
            for name in found.keys() & {e.name for e in lhs.walk()}:
                found[name] |= _read(rhs, found) | under
        case Branch(condition=condition, branches=branches):
            for branch in branches:
                _note(branch, found, under | _read(condition, found))
        case Loop(variable=variable, over=over, body=body):
            found[variable] = _read(over, found) if over else frozenset()
            _note(body, found, under)
        case Group(statements=statements):
            for inner in statements:
                _note(inner, found, under)


def _read(expression: Expression, found: Mapping[str, Names]) -> Names:
    return frozenset[str]().union(*(found.get(n, frozenset()) for n in _values(expression)))


def _values(expression: Expression) -> Iterator[str]:
    """Yield the variables whose values an expression uses."""
    if expression.head == "Variable":
        yield expression.name
    elif not (expression.head == "FunApp" and expression.name in SIZES):
        for arg in expression.args:
            yield from _values(arg)
