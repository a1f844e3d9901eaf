"""What a program says of its parameters: labels from the data frame, and flat priors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.program import Role

if TYPE_CHECKING:
    from bayeswrap.data import ModelData
    from bayeswrap.program import Program

__all__ = ["improper_parameters", "parameter_labels", "unbounded_parameters"]

_COMPACT = frozenset(
    {"LowerUpper", "Simplex", "UnitVector", "Correlation", "CholeskyCorr"}
    | {"StochasticRow", "StochasticColumn"}
)


def parameter_labels(program: Program, data: ModelData) -> dict[str, str]:
    """Return labels of vector parameters whose size is that of a matrix of columns.

    ``vector[K] beta`` takes the column names of ``matrix[N, K] X``; where two matrices share the
    size, no one can tell whose columns are meant, and there are no labels.
    """
    by_size: dict[str, list[tuple[str, ...]]] = {}
    for variable in program.variables_in("data"):
        dims = variable.declaration.dims
        if variable.name in data.labels and len(dims) == 2 and dims[1].head == "Variable":  # noqa: PLR2004 - a matrix
            by_size.setdefault(dims[1].name, []).append(data.labels[variable.name])
    labels = {}
    for variable in program.variables.values():
        dims = variable.declaration.dims
        columns = by_size.get(dims[0].name, []) if len(dims) == 1 else []
        if variable.block != "data" and len(columns) == 1:
            for i, column in enumerate(columns[0], start=1):
                labels[f"{variable.name}[{i}]"] = f"{variable.name}[{column}]"
    return labels


def improper_parameters(program: Program) -> list[str]:
    """Return the parameters without a prior of their own whose support is not compact."""
    told: set[str] = set()
    for statement in program.statements:
        if statement.role in {Role.PRIOR, Role.POPULATION}:
            told |= statement.outcome
    unbounded = unbounded_parameters(program)
    own = program.variables_in("parameters")
    return [v.name for v in own if v.name in unbounded and v.name not in told]


def unbounded_parameters(program: Program) -> set[str]:
    """Return the parameters whose support is not compact: a flat prior on them is improper."""
    own = program.variables_in("parameters")
    return {v.name for v in own if v.declaration.transform not in _COMPACT}
