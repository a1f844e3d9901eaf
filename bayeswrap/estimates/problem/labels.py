"""Labels of a program's scalars: the columns or the levels of a data frame that they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bayeswrap.data.model_data import ModelData
    from bayeswrap.program.program import Program

__all__ = [
    "parameter_labels",
]


def parameter_labels(program: Program, data: ModelData) -> dict[str, str]:
    """Return labels of vector parameters whose size is that of a matrix of columns.

    ``vector[K] beta`` takes the column names of ``matrix[N, K] X``; where two matrices share the
    size, it is open whose columns are meant, and there are no labels. ``vector[J] u`` takes the
    levels of ``array[N] int<lower=1, upper=J> g`` that was coded from text.
    """
    by_size: dict[str, list[tuple[str, ...]]] = {}
    for variable in program.variables_in("data"):
        dims = variable.declaration.dims
        if variable.name in data.labels and len(dims) == 2 and dims[1].head == "Variable":  # noqa: PLR2004 - a matrix
            by_size.setdefault(dims[1].name, []).append(data.labels[variable.name])
        if variable.name in data.levels:
            bound, levels = variable.declaration.bounds[1].name, data.levels[variable.name]
            if levels not in by_size.setdefault(bound, []):  # two indices may share one coding
                by_size[bound].append(levels)
    labels = {}
    for variable in program.variables.values():
        dims = variable.declaration.dims
        columns = by_size.get(dims[0].name, []) if len(dims) == 1 else []
        if variable.block != "data" and dims[0:1] and dims[0].name and len(columns) == 1:
            for i, column in enumerate(columns[0], start=1):
                labels[f"{variable.name}[{i}]"] = f"{variable.name}[{column}]"
    return labels
