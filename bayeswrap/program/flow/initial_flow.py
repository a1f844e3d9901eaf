"""What each variable is made of before the first statement runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.program.flow.values import NOTHING, UNSET, Flow
from bayeswrap.program.syntax.patterns import is_zero
from bayeswrap.program.syntax.tree import Assign, Declaration, Expression, Statement, Tree, flat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bayeswrap.program.flow.parameter_cells import Cells

__all__ = [
    "containers_of",
    "sizes_in",
    "sizes_of",
    "starting_flows",
    "unbounded_parameters",
]


def starting_flows(tree: Tree, absent: frozenset[str], cells: Cells) -> dict[str, Flow]:
    """Return the flow of each variable of the data and parameters blocks.

    Parameters
    ----------
    tree : Tree
        The program.
    absent : frozenset of str
        Cells of parameters taken as 0, or of length 0.
    cells : Cells
        How the parameters are cut.
    """
    environment: dict[str, Flow] = {}
    constant, sizes = _zero_constants(tree), sizes_of(tree)
    for block in ("data", "transformed data"):
        for d in _declared(tree.blocks[block]):
            name = frozenset({d.name})
            rows = name if d.dims or d.base == "tuple" else frozenset[str]()
            added = frozenset[str]() if d.name in sizes else name
            flow = Flow(data=name, added=added, rows=rows)
            environment[d.name] = NOTHING if d.name in constant else flow
    for d in _declared(tree.blocks["parameters"]):
        present = cells.of(d.name) - absent
        aligned = frozenset({d.name} & cells.dimensions.keys())
        whole = Flow(parameters=present, linear=present, aligned=aligned)
        environment[d.name] = whole if present else UNSET
    return environment


def sizes_of(tree: Tree) -> frozenset[str]:
    """Return the variables that are sizes of data: they count the data."""
    declared = (*tree.blocks["data"], *tree.blocks["transformed data"])
    named = [d for d in declared if isinstance(d, Declaration)]
    scalars = {d.name for d in named if not d.dims}
    return frozenset(e.name for d in named for dim in d.dims for e in dim.walk()) & scalars


def sizes_in(tree: Tree) -> frozenset[str]:
    """Return the variables that are sizes of data or parameters."""
    blocks = ("data", "transformed data", "parameters")
    declared = [d for block in blocks for d in _declared(tree.blocks[block])]
    parts = (e for d in declared for dim in d.dims for e in dim.walk())
    return frozenset(e.name for e in parts if e.head == "Variable")


def containers_of(tree: Tree) -> frozenset[str]:
    """Return the data that are no single numbers."""
    declared = (*_declared(tree.blocks["data"]), *_declared(tree.blocks["transformed data"]))
    return frozenset(d.name for d in declared if d.dims or d.base == "tuple")


def unbounded_parameters(tree: Tree, cells: Cells) -> frozenset[str]:
    """Return the cells of the parameters that may take any real value."""
    parameters = _declared(tree.blocks["parameters"])
    return frozenset[str]().union(*(cells.of(d.name) for d in parameters if d.constraint.affine))


def _declared(statements: Iterable[Statement]) -> Iterator[Declaration]:
    return (s for s in statements if isinstance(s, Declaration))


def _zero_constants(tree: Tree) -> frozenset[str]:
    """Return the transformed data that hold nothing but zeros: no observation is in them."""
    values: dict[str, list[Expression]] = {}
    for statement in flat(tree.blocks["transformed data"]):
        match statement:
            case Declaration(name=name, value=Expression() as value):
                values.setdefault(name, []).append(value)
            case Assign(lhs=lhs, rhs=rhs):
                for e in lhs.walk():
                    if e.head == "Variable":
                        values.setdefault(e.name, []).append(rhs)
    return frozenset(name for name, group in values.items() if all(map(is_zero, group)))
