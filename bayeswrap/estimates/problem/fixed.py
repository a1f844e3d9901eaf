"""Parameters that the user fixes: which coordinates that holds, and where."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from bayeswrap.errors import DataError, EstimandError
from bayeswrap.estimates.problem.labels import stan_name
from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.estimates.problem.lookup import unknown_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayeswrap.estimates.problem.coordinates import Coordinates
    from bayeswrap.estimates.problem.layout import Layout
    from bayeswrap.program.program import Program
    from bayeswrap.program.syntax.tree import Declaration

__all__ = [
    "fixed_coordinates",
    "fixed_scalars",
]


_EDGE = 60.0  # unconstrained: a value on the edge of its support is put here, exp(-60) from it


def fixed_scalars(
    coordinates: Coordinates,
    fixed: Mapping[str, Any],
    labels: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, float]:
    """Return the fixed scalars of names that the user may have given by variable.

    Parameters
    ----------
    coordinates : Coordinates
        Of the program on its data.
    fixed : mapping
        Values by scalar, in Stan's spelling (``"beta[2]"``) or by its label, or by variable.
    labels : mapping of str to str, optional
        Labels by Stan's name.

    Returns
    -------
    dict of str to float
        Declared scalars and their values.

    Raises
    ------
    UnknownNameError
        No parameter, or no element, has that name.
    DataError
        An array does not have the variable's shape.
    EstimandError
        The scalar cannot be held alone.
    """
    program, layout = coordinates.program, coordinates.layout
    scalars: dict[str, float] = {}
    for name, value in fixed.items():
        text = stan_name(name, labels)
        if text in layout.variables:
            scalars |= _whole_variable(layout, text, value)
        elif text in layout.names:
            _require_alone(program, text)
            scalars[text] = _number(text, value)
        else:
            where = f"to hold in program {program.name!r}"
            raise unknown_name(name, layout.names, labels, what="parameter", where=where)
    _require_constant_bounds(program, layout, set(scalars))
    return scalars


def _whole_variable(layout: Layout, name: str, value: object) -> dict[str, float]:
    rows, shape = layout.indices(name), layout.shape(name)
    array = np.asarray(value, dtype=np.float64)
    if shape and rows.size and array.shape != shape and array.ndim:
        raise DataError(
            f"fixed={{{name!r}: ...}} has another shape than the parameter",
            got=str(array.shape),
            expected=str(shape),
            do="pass one value for each element, or a single number for all",
        )
    spread = np.broadcast_to(array, shape or (1,)).ravel(order="F")
    return {layout.names[i]: _number(name, v) for i, v in zip(rows, spread, strict=True)}


def _number(name: str, value: object) -> float:
    array = np.asarray(value, dtype=np.float64)
    if array.ndim or not np.isfinite(array):
        raise DataError(
            f"{name} cannot be held at this value",
            got=repr(value),
            expected="a finite number",
            do="pass a number, or the variable's name with an array",
        )
    return float(array)


def _require_alone(program: Program, name: str) -> None:
    declaration = program.variables[variable_of(name)].declaration
    if "[" in name and not declaration.constraint.elementwise:
        variable = variable_of(name)
        raise EstimandError(
            f"{name} cannot be held alone: the elements of {variable!r} are bound to each other",
            where=f"parameter {variable!r} is constrained as a whole ({declaration.transform})",
            do=f"hold the whole variable, fixed={{{variable!r}: [...]}}, or declare it otherwise",
        )


def _require_constant_bounds(program: Program, layout: Layout, fixed: set[str]) -> None:
    """Refuse to fix a scalar whose transform depends on a parameter that is free."""
    free = {variable_of(n) for n in layout.names if n not in fixed}
    for variable in {variable_of(n) for n in fixed}:
        moving = _parameters_in(program.variables[variable].declaration) & free
        if moving:
            others = ", ".join(sorted(moving))
            raise EstimandError(
                f"{variable} cannot be held: its declaration depends on {others}",
                do=f"hold {others} as well, or declare constant bounds",
            )


def _parameters_in(declaration: Declaration) -> set[str]:
    return {e.name for b in declaration.bounds for e in b.walk() if e.head == "Variable"}


def fixed_coordinates(coordinates: Coordinates, fixed: Mapping[str, float]) -> dict[int, float]:
    """Return the unconstrained coordinates that fixed scalars determine, and their values.

    Parameters
    ----------
    coordinates : Coordinates
        Of the program on its data.
    fixed : mapping of str to float
        Scalars as `fixed_scalars` returns them.

    Raises
    ------
    DataError
        A value lies outside the declared support.
    """
    if not fixed:
        return {}
    layout, density = coordinates.layout, coordinates.density
    values = density.constrain(coordinates.origin)
    for name, value in fixed.items():
        values[layout.names.index(name)] = value
    q = density.unconstrain(layout.split(values))
    whole = {variable_of(n) for n in fixed} - {
        v for v in layout.variables if any(layout.names[i] not in fixed for i in layout.indices(v))
    }
    indices = (
        i
        for i, (name, variable) in enumerate(
            zip(coordinates.names, coordinates.variables, strict=True)
        )
        if name in fixed or variable in whole
    )
    # a value on an edge lies at infinity
    return {i: float(np.clip(q[i], -_EDGE, _EDGE) if np.isinf(q[i]) else q[i]) for i in indices}
