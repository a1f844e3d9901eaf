"""Parts of a parameter container that literal indices and slices name.

``sigma[1]``, ``sigma[2:3]`` and ``x[1, ]`` name parts of a container, and a part may have a role of
its own. A container is cut into *cells*, which carry names of their own: ``sigma[2]`` is one
element, and ``sigma[:]`` is all of it that no literal index names. A container that is used whole
is one cell with its own name. An index that is not known selects every cell, so that what is said
about a value is never less than what it is made of.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bayeswrap.program.syntax.evaluate import unparse
from bayeswrap.program.syntax.patterns import literal
from bayeswrap.program.syntax.tree import Declaration, Expression, Loop

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = [
    "LONGEST",
    "NO_CELLS",
    "REST",
    "Cells",
    "Range",
    "indices_of",
    "range_of_loop",
    "ranges_of",
    "variable_of",
    "variables_of",
]


REST = ":"
# a range that ends later than this is not counted out
LONGEST = 16


@dataclass(frozen=True, slots=True)
class Range:
    """The indices from `low` to `high`; None where an end is not known."""

    low: int = 1
    high: int | None = None

    def covers(self, cell: str, cells: Sequence[str]) -> bool:
        """Return whether one of the cells of a dimension may lie in this range.

        Parameters
        ----------
        cell : str
            An index, or ``:`` for all that are not named.
        cells : sequence of str
            All cells of the dimension.
        """
        if cell != REST:
            return self.low <= int(cell) and (self.high is None or int(cell) <= self.high)
        if self.high is None or self.high > LONGEST:
            return True
        return any(str(i) not in cells for i in range(self.low, self.high + 1))


Ranges = tuple[Range, ...]
_EVERYWHERE = Range()


def variable_of(cell: str) -> str:
    """Return the variable that a cell is part of.

    Examples
    --------
    >>> variable_of("sigma[2]"), variable_of("tau")
    ('sigma', 'tau')
    """
    return cell.partition("[")[0]


def variables_of(cells: Iterable[str]) -> frozenset[str]:
    """Return the variables that cells are part of."""
    return frozenset(map(variable_of, cells))


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of the parameters of a program."""

    declared: Mapping[str, Declaration] = field(default_factory=dict)
    dimensions: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    """By container that is cut: the cells of each dimension."""

    def of(self, name: str) -> frozenset[str]:
        """Return all cells of a variable."""
        return self.within(name, ())

    def all(self) -> frozenset[str]:
        """Return all cells of all parameters."""
        return frozenset[str]().union(*map(self.of, self.declared))

    def within(self, name: str, ranges: Sequence[Sequence[Range]]) -> frozenset[str]:
        """Return the cells of a variable that indices may select.

        Parameters
        ----------
        name : str
            The variable.
        ranges : sequence of sequences of Range
            One sequence a dimension: the index lies in one of them. Dimensions that are left out
            are selected whole.
        """
        if name not in self.dimensions:
            return frozenset({name})
        both = itertools.zip_longest(self.dimensions[name], ranges[: len(self.dimensions[name])])
        kept = [_kept(cells, own or (_EVERYWHERE,)) for cells, own in both]
        return frozenset(f"{name}[{', '.join(cell)}]" for cell in itertools.product(*kept))

    def selected(self, expression: Expression, loops: Mapping[str, Range]) -> frozenset[str] | None:
        """Return the cells that an indexed parameter selects; None for any other expression."""
        name, indices = indices_of(expression)
        if name not in self.dimensions:
            return None
        return self.at(name, indices, loops)

    def at(
        self, name: str, indices: Sequence[Expression], loops: Mapping[str, Range]
    ) -> frozenset[str]:
        """Return the cells of a variable at some indices."""
        return self.within(name, [ranges_of(i, loops) for i in indices])

    def shape(self, cell: str) -> tuple[str, ...]:
        """Return the sizes of a cell as they are written; empty for a single number."""
        sizes = self.sizes(cell)
        places = cell.partition("[")[2].rstrip("]").split(", ") if "[" in cell else []
        return tuple(
            size
            for size, place in itertools.zip_longest(sizes, places, fillvalue=REST)
            if place == REST
        )

    def sizes(self, cell: str) -> tuple[str, ...]:
        """Return the sizes of the variable of a cell as they are written."""
        return tuple(unparse(d) for d in self.declared[variable_of(cell)].dims)

    def is_container(self, cell: str) -> bool:
        """Return whether the variable of a cell has a size."""
        return bool(self.declared[variable_of(cell)].dims)


NO_CELLS = Cells()


def _kept(cells: Sequence[str], own: Sequence[Range]) -> list[str]:
    return [cell for cell in cells if any(r.covers(cell, cells) for r in own)]


def indices_of(expression: Expression) -> tuple[str, tuple[Expression, ...]]:
    """Return the variable and the indices of ``x[i][j]`` and ``row(x, i)``; else no name."""
    if expression.head == "Indexed":
        name, before = indices_of(expression.args[0])
        if all(i.head == "Single" and i.args[0].type != "array int" for i in before):
            return name, (*before, *expression.args[1:])
    if expression.head == "Variable":
        return expression.name, ()
    if expression.head == "FunApp" and expression.name in {"row", "col"}:
        container, at = expression.args
        index = Expression("Single", args=(at,))
        whole = (Expression("All"),) if expression.name == "col" else ()
        if container.head == "Variable" and container.type == "matrix":
            return container.name, (*whole, index)
    return "", ()


def ranges_of(index: Expression, loops: Mapping[str, Range]) -> list[Range]:
    """Return ranges that hold all that an index can be."""
    if index.head == "Single" and index.args[0].head == "ArrayExpr":
        return [_range(i, loops) for i in index.args[0].args]
    ends = [_range(i, loops) for i in index.args]
    match index.head:
        case "Single":
            return ends
        case "Between":
            return [Range(ends[0].low, ends[1].high)]
        case "Upfrom":
            return [Range(ends[0].low)]
        case "Downfrom":
            return [Range(1, ends[0].high)]
        case _:
            return [_EVERYWHERE]


def _range(expression: Expression, loops: Mapping[str, Range]) -> Range:
    """Return a range that holds all that an integer can be."""
    if expression.head == "Paren":
        return _range(expression.args[0], loops)
    if number := literal(expression):
        return Range(int(number.replace("_", "")), int(number.replace("_", "")))
    if expression.head == "Variable":
        return loops.get(expression.name, _EVERYWHERE)
    if expression.head == "BinOp" and expression.name in {"Plus", "Minus"}:
        return _shifted(expression, loops)
    return _EVERYWHERE


def _shifted(expression: Expression, loops: Mapping[str, Range]) -> Range:
    """Return the range of a counter of a loop plus or minus a number."""
    first, second = expression.args
    if expression.name == "Plus" and literal(first):
        first, second = second, first
    if not literal(second) or not (first.head == "Variable" and first.name in loops):
        return _EVERYWHERE
    base, by = loops[first.name], int(literal(second).replace("_", ""))
    by = -by if expression.name == "Minus" else by
    return Range(max(base.low + by, 1), None if base.high is None else base.high + by)


def range_of_loop(loop: Loop, loops: Mapping[str, Range]) -> Range:
    """Return the range of the counter of a loop."""
    match [_range(b, loops) for b in loop.bounds]:
        case [first, last]:
            return Range(first.low, last.high)
        case _:
            return _EVERYWHERE
