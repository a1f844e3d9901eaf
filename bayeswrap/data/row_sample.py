"""Some rows of large data, as data of their own for the same program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.data.model_data import ModelData
    from bayeswrap.program.syntax.tree import Declaration, Variable

__all__ = [
    "some_rows",
]


def some_rows(data: ModelData, needed: Sequence[Variable], rows: int) -> ModelData | None:
    """Return data with fewer rows along each long dimension.

    A row goes with its number: every variable whose declared size is ``N`` keeps the same rows.

    Parameters
    ----------
    data : ModelData
        Data that fit a program.
    needed : sequence of Variable
        The variables of its data block.
    rows : int
        How many rows are left of a longer dimension; they are evenly spread.

    Returns
    -------
    ModelData or None
        None where the data have no more rows, or where a size is no plain name.
    """
    declared = [v.declaration for v in needed]
    long = _long_sizes(data, declared, rows)
    if not long or any(_is_computed(d, long) for d in declared):
        return None
    values: dict[str, Any] = {}
    for d in declared:
        value = data.values[d.name]
        for axis, size in enumerate(d.dims):
            if size.name in long:
                value = np.take(value, long[size.name], axis=axis)
        values[d.name] = np.asarray(long[d.name].size) if d.name in long else value
    return data.with_values(values)


def _long_sizes(
    data: ModelData, declared: Sequence[Declaration], rows: int
) -> dict[str, np.ndarray]:
    """Return the sizes that are too long, with the positions that are kept."""
    sizes = {dim.name for d in declared for dim in d.dims if dim.head == "Variable"}
    # the numbers of the rows that are left would be too large
    sizes -= {part.name for d in declared for bound in d.bounds for part in bound.walk()}
    counts = {d.name: int(data.values[d.name]) for d in declared if d.name in sizes and not d.dims}
    return {
        name: np.linspace(0, n - 1, rows).round().astype(int)
        for name, n in counts.items()
        if n > rows
    }


def _is_computed(declared: Declaration, long: dict[str, np.ndarray]) -> bool:
    """Return whether a size is made of a long one, such as ``N - 1``, or stands in a tuple."""
    if declared.base == "tuple":
        return True
    return any(
        part.name in long for dim in declared.dims if dim.head != "Variable" for part in dim.walk()
    )
