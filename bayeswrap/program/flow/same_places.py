"""Which containers are computed element by element from a parameter: ``sd = exp(log_sd)``.

An element of such a container holds the element of the parameter at the same place, and no other:
it is *aligned* with the parameter.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bayeswrap.program.flow.parameter_cells import variable_of
from bayeswrap.program.flow.values import UNSET, Flow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayeswrap.program.flow.parameter_cells import Cells, Range
    from bayeswrap.program.syntax.tree import Assign, Expression

__all__ = [
    "aligned_part",
    "keeps_places",
    "same_places",
]


_ELEMENTWISE = frozenset(
    {"exp", "log", "sqrt", "square", "inv", "inv_sqrt", "inv_square", "inv_logit", "logit", "abs"}
    | {"Phi", "Phi_approx", "log1p", "expm1", "tanh", "log1p_exp", "log_inv_logit", "cbrt"}
    | {"Plus", "Minus", "EltTimes", "EltDivide", "Pow", "EltPow", "pow", "PMinus", "PPlus"}
)
_CONVERSIONS = frozenset({"to_vector", "to_row_vector", "to_array_1d"})
_SCALED = frozenset({"Times", "Divide"})
_LISTS = frozenset({"vector", "row_vector", "array real"})
_SCALARS = frozenset({"int", "real"})


def keeps_places(expression: Expression) -> bool:
    """Return whether an operator or function computes each element from those at its place."""
    name, types = expression.name, [a.type for a in expression.args]
    if name in _SCALED:
        return any(t in _SCALARS for t in types)
    return name in _ELEMENTWISE or (name in _CONVERSIONS and types[0] in _LISTS)


def aligned_part(
    base: Flow, indices: tuple[Expression, ...], cells: Cells, loops: Mapping[str, Range]
) -> Flow:
    """Return the flow of some elements of a container: those of a parameter at their places.

    Parameters
    ----------
    base : Flow
        The flow of the container.
    indices : tuple of Expression
        Which elements.
    cells : Cells
        How the parameters are cut.
    loops : mapping of str to Range
        The counters of the loops around.
    """
    if not base.aligned:
        return replace(base, aligned=frozenset())
    places = {name: cells.at(name, indices, loops) for name in base.aligned}
    kept = frozenset(p for p in base.parameters if p in places.get(variable_of(p), base.parameters))
    if base.parameters and not kept and not base.data:
        return UNSET
    return replace(base, parameters=kept, linear=base.linear & kept, aligned=frozenset())


def same_places(statement: Assign, cells: Cells) -> frozenset[str]:
    """Return the parameters that ``x[j] = f(s[j])`` reads at the place that it writes."""
    written = statement.lhs.args[1:]
    if statement.lhs.head != "Indexed" or statement.lhs.args[0].head != "Variable":
        return frozenset()
    parts = list(statement.rhs.walk())
    read = [e for e in parts if e.head == "Indexed" and e.args[1:] == written]
    names = [e.args[0].name for e in read if e.args[0].name in cells.dimensions]
    uses = [e.name for e in parts if e.head == "Variable"]
    return frozenset(name for name in names if uses.count(name) == names.count(name))
