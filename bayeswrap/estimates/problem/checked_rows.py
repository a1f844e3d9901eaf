"""Which rows a comparison of programs needs, and for which other data its outcome holds.

A comparison of two programs that should be one function asks about their texts: any data that run
the same statements serve. Where data settle all conditions of a program, one path runs through it.
Some rows of long data then take that path as all rows do, and so do other data of the same program
whose loops run as often, counted up to nine. Where a branch is left that single rows may take,
every row is used, and every data set compared anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.data.row_sample import some_rows
from bayeswrap.errors import DataError
from bayeswrap.estimates.problem.log_density import ALL_OFF, ModelDensity
from bayeswrap.program.flow.constant_folding import all_settled

if TYPE_CHECKING:
    from bayeswrap.program.program import Program

__all__ = [
    "Findings",
    "some_rows_of",
]


_ROWS = 200  # of long data
_OFTEN = 9  # turns of a loop, and more
_REMEMBERED = 256  # programs


@dataclass(slots=True)
class Findings:
    """The programs that passed a comparison in this process, the oldest first."""

    _passed: dict[tuple[object, ...], None] = field(default_factory=dict)

    def holds(self, program: Program, density: ModelDensity, engine: str = "") -> bool:
        """Return whether the comparison was passed on data that run the same statements."""
        return _key(program, density, engine) in self._passed

    def add(self, program: Program, density: ModelDensity, engine: str = "") -> None:
        """Remember that the comparison was passed."""
        key = _key(program, density, engine)
        if key is not None:
            self._passed[key] = None
        while len(self._passed) > _REMEMBERED:
            self._passed.pop(next(iter(self._passed)))


def _key(program: Program, density: ModelDensity, engine: str) -> tuple[object, ...] | None:
    """Return what decides the outcome of a comparison; None where every row may count."""
    if not _has_one_path(program):
        return None
    declared = program.variables_in("data")
    counts = tuple(_size(density.data.values[v.name]) for v in declared)
    roles = tuple(sorted(program.user_roles.items()))
    return (engine, program.source, roles, program.known, density.source, counts)


def _has_one_path(program: Program) -> bool:
    """Return whether the data settle all conditions: the same statements run for all rows."""
    return "?" not in program.source and all_settled(program.tree, program.known)


def _size(value: object) -> tuple[int, int]:
    """Return how often loops over a variable, or up to its largest value, run, at most 9."""
    array = np.asarray(value)
    if array.dtype == object or not np.issubdtype(array.dtype, np.integer) or not array.size:
        return min(array.size, _OFTEN), 0
    return min(array.size, _OFTEN), int(np.clip(array.max(), 0, _OFTEN))


def some_rows_of(program: Program, density: ModelDensity) -> ModelDensity | None:
    """Return the density on some rows of its data; None where they say less than all of them.

    Parameters
    ----------
    program : Program
        The user's program.
    density : ModelDensity
        The weighted one, with its data.
    """
    if not _has_one_path(program):
        return None
    data = some_rows(density.data, program.variables_in("data"), _ROWS)
    if data is None or program.with_data(data.values).known != program.known:
        return None
    sample = ModelDensity(source=density.source, data=data, name=density.name)
    try:
        sample.of(ALL_OFF)
    except DataError:
        return None  # the rows say something of one another
    return sample
