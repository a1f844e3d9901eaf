"""Data held against the statements of a program: densities' supports, and sizes of what is indexed.

Everything here is sure: what is refused would fail in every run, after minutes of C++.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.data.data_places import DataPlaces
from bayeswrap.data.index_checks import require_indices
from bayeswrap.data.outcome_checks import require_supported
from bayeswrap.data.statement_walk import statements_that_run
from bayeswrap.program.syntax.evaluate import unparse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayeswrap.data.row_names import Origin
    from bayeswrap.program.program import Program

__all__ = [
    "check_statements",
]


def check_statements(
    program: Program, values: Mapping[str, object], origins: Mapping[str, Origin]
) -> None:
    """Refuse data that some statement of a program can never take.

    Parameters
    ----------
    program : Program
        The program.
    values : mapping of str to array
        Checked values of its data block.
    origins : mapping of str to Origin
        Where values stand in a table, for variables that came from one.

    Raises
    ------
    DataError
        An outcome outside the support of its density, or an index out of range.
    """
    data = {name: v for name, v in values.items() if isinstance(v, np.ndarray)}
    places = DataPlaces(program=program, origins=origins)
    sizes = {
        v.name: tuple(unparse(d) for d in v.declaration.dims) for v in program.variables.values()
    }
    for statement, known in statements_that_run(program, data):
        require_indices(statement, known, places, sizes)
        require_supported(statement, known, places, program.tree.functions)
