"""Units that the user states for data and parameters, checked against the names that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.arguments import did_you_mean
from bayeswrap.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayeswrap.data.row_names import Origin
    from bayeswrap.program.program import Program

__all__ = [
    "checked_units",
]


def checked_units(
    units: Mapping[str, str], program: Program, origins: Mapping[str, Origin]
) -> dict[str, str]:
    """Return units by data variable, by column of a matrix, and by parameter.

    Parameters
    ----------
    units : mapping of str to str
        Units by data variable, column, parameter or scalar (``beta[dose]``).
    program : Program
        What declares the variables.
    origins : mapping of str to Origin
        The columns that data variables are made of.

    Raises
    ------
    DataError
        No variable and no column that is used has that name.

    Examples
    --------
    >>> import bayeswrap as bw
    >>> program = bw.Program.from_string("data { real y; } parameters { real mu; } model {}")
    >>> checked_units({"mu": "cm"}, program, {})
    {'mu': 'cm'}
    """
    alone = {o.columns[0]: name for name, o in origins.items() if len(o.columns) == 1}
    together = {c for o in origins.values() for c in o.columns}
    known = [*program.variables, *alone, *together]
    checked = {}
    for name, unit in units.items():
        variable = name.partition("[")[0].strip()
        if variable not in program.variables and name not in known:
            hint = did_you_mean(variable, known)
            raise DataError(
                f"units= names no variable and no column that is used{hint}",
                got=repr(name),
                expected=", ".join(dict.fromkeys(known)),
                do="give units by data variable, column or parameter",
            )
        checked[alone.get(name, name)] = str(unit)
    return checked
