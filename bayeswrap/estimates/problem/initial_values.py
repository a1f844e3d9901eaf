"""Initial values by variable, from those that users give for variables and single scalars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from bayeswrap.errors import EstimandError
from bayeswrap.estimates.problem.labels import stan_name
from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.estimates.problem.lookup import unknown_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bayeswrap.estimates.problem.coordinates import Coordinates
    from bayeswrap.program.program import Program

__all__ = [
    "initial_values",
]


def initial_values(
    program: Program,
    inits: Mapping[str, Any],
    labels: Mapping[str, str],
    coordinates: Callable[[], Coordinates],
) -> dict[str, np.ndarray]:
    """Return initial values by variable.

    Elements of a variable that are not given beside some that are start at the centre of the
    unconstrained scale.

    Parameters
    ----------
    program : Program
        What declares the parameters.
    inits : mapping
        Values by variable, or by scalar in Stan's spelling or by its label.
    labels : mapping of str to str
        Labels by Stan's name.
    coordinates : callable
        Gives the unconstrained coordinates; asked only where single scalars are given.

    Raises
    ------
    UnknownNameError
        No parameter, or no element of one, has that name.
    EstimandError
        The elements of that parameter are bound to each other.
    """
    variables = [v.name for v in program.variables_in("parameters")]
    whole = {name: np.asarray(value) for name, value in inits.items() if name in variables}
    single = {n: (stan_name(n, labels), v) for n, v in inits.items() if n not in whole}
    where = f"in program {program.name!r}"
    for name in single:
        if "[" not in name:
            raise unknown_name(name, variables, labels, what="parameter", where=where)
    if not single:
        return whole
    layout, centre = coordinates().layout, coordinates().constrain(coordinates().origin)
    for name, (scalar, value) in single.items():
        if scalar not in layout.names:
            raise unknown_name(name, layout.names, labels, what="parameter", where=where)
        variable = variable_of(scalar)
        declaration = program.variables[variable].declaration
        if not declaration.constraint.elementwise:
            raise EstimandError(
                f"{name} has no initial value of its own: the elements of {variable!r} are bound "
                f"to each other ({declaration.transform})",
                where="inits=",
                do=f"give the whole variable, inits={{{variable!r}: [...]}}",
            )
        at = tuple(int(i) - 1 for i in scalar.partition("[")[2][:-1].split(","))
        array = whole.get(variable, layout.take(centre, variable)).astype(float)
        array[at] = value
        whole[variable] = array
    return whole
