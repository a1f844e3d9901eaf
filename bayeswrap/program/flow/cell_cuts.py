"""Where a program cuts its parameters into cells: at literal indices and the ends of slices."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from bayeswrap.program.flow.parameter_cells import (
    LONGEST,
    REST,
    Cells,
    Range,
    indices_of,
    range_of_loop,
    ranges_of,
)
from bayeswrap.program.flow.same_places import keeps_places
from bayeswrap.program.syntax.patterns import literal
from bayeswrap.program.syntax.statement_parts import expressions_of
from bayeswrap.program.syntax.tree import Assign, Branch, Declaration, Expression, Group, Loop, flat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bayeswrap.program.syntax.tree import Statement, Tree

__all__ = [
    "cells_of",
]


# a container with more cells than this is left whole
_MOST_CELLS = 64
_BLOCKS = ("transformed parameters", "model")
# by container: the indices that are named, one set a dimension
_Cuts = dict[str, tuple[set[int], ...]]


def cells_of(tree: Tree) -> Cells:
    """Return the cells into which a program cuts its parameters.

    Parameters
    ----------
    tree : Tree
        The program.
    """
    declared = {d.name: d for d in tree.blocks["parameters"] if isinstance(d, Declaration)}
    cuts = _cuts(tree, declared)
    dimensions = {name: _dimensions(d, cuts[name]) for name, d in declared.items()}
    return Cells(declared, {name: own for name, own in dimensions.items() if own})


def _cuts(tree: Tree, declared: Mapping[str, Declaration]) -> _Cuts:
    """Return where the containers of a program are cut, parameters and others."""
    statements = [s for block in _BLOCKS for s in flat(tree.blocks[block])]
    computed = {s.name: s for s in statements if isinstance(s, Declaration)}
    ranks = {name: len(d.dims) for name, d in (computed | dict(declared)).items()}
    cuts: _Cuts = {name: tuple(set() for _ in range(rank)) for name, rank in ranks.items()}
    for block in _BLOCKS:
        for expression, loops in _expressions(tree.blocks[block], {}):
            name, indices = indices_of(expression)
            for cut, index in zip(cuts.get(name, ()), indices, strict=False):
                cut |= {i for r in ranges_of(index, loops) for i in _ends(r)}
    # what is computed element by element from a container cuts it too; the last come first
    for name, source in reversed(list(_copies(statements))):
        if ranks.get(source) == ranks.get(name):
            pairs = zip(cuts.get(source, ()), cuts.get(name, ()), strict=True)
            cuts[source] = tuple(own | other for own, other in pairs)
    return cuts


def _copies(statements: Sequence[Statement]) -> Iterator[tuple[str, str]]:
    """Yield variables, each with one whose elements stand at the same places."""
    for statement in statements:
        match statement:
            case Declaration(name=name, value=Expression() as value):
                yield from ((name, source) for source in _whole(value))
            case Assign(name=name, lhs=Expression(head="Indexed", args=args), rhs=rhs):
                for e in rhs.walk():
                    if e.head == "Indexed" and e.args[1:] == args[1:]:
                        yield name, e.args[0].name
            case Assign(name=name, rhs=rhs):
                yield from ((name, source) for source in _whole(rhs))


def _whole(expression: Expression) -> Iterator[str]:
    """Yield the variables that an expression takes element by element."""
    if expression.head == "Variable":
        yield expression.name
    elif expression.head in {"Paren", "TernaryIf"} or keeps_places(expression):
        for part in expression.args:
            yield from _whole(part)


def _dimensions(declaration: Declaration, cuts: Sequence[set[int]]) -> tuple[tuple[str, ...], ...]:
    """Return the cells of each dimension; none where nothing is cut, or there would be too many."""
    own = tuple(_cells(d, cut) for d, cut in zip(declaration.dims, cuts, strict=True))
    is_cut = any(cells != (REST,) for cells in own) and declaration.base != "tuple"
    return own if is_cut and math.prod(map(len, own)) <= _MOST_CELLS else ()


def _cells(size: Expression, cut: set[int]) -> tuple[str, ...]:
    number = literal(size)
    if cut and number and int(number) <= LONGEST:
        return tuple(str(i) for i in range(1, int(number) + 1))
    return (*map(str, sorted(cut)), REST)


def _ends(r: Range) -> Iterable[int]:
    """Return the indices that a range sets apart from others."""
    if r.high is None:
        return range(1, r.low) if r.low <= LONGEST else ()
    return range(r.low, r.high + 1) if r.high <= LONGEST else ()


def _expressions(
    statements: Iterable[Statement], loops: dict[str, Range]
) -> Iterator[tuple[Expression, dict[str, Range]]]:
    """Yield every expression inside statements, with the ranges of the counters around it."""
    for statement in statements:
        for expression in expressions_of(statement):
            yield from ((e, loops) for e in expression.walk())
        match statement:
            case Loop(variable=variable, body=body):
                inner = loops | {variable: range_of_loop(statement, loops)}
                yield from _expressions((body,), inner)
            case Group(statements=inside) | Branch(branches=inside):
                yield from _expressions(inside, loops)
