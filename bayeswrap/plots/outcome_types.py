"""What kind of number an outcome is: by the density of its statement, else by its values."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.data.density_supports import DENSITIES
from bayeswrap.program.roles.role import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.program.program import Program

__all__ = [
    "OutcomeType",
    "density_of",
    "type_of_outcome",
]


_CALL = re.compile(r"~\s*(\w+)\s*\(|(\w+?)_lu?p[dm]f\s*\(")
_WHOLE = frozenset({"bit", "count", "index"})
_BITS = frozenset({0.0, 1.0})


class OutcomeType(StrEnum):
    """The types of outcomes, each with its own predictive check."""

    CONTINUOUS = "continuous"
    COUNT = "count"
    BINARY = "binary"
    ORDERED = "ordered"
    CATEGORICAL = "categorical"


def density_of(outcome: str, program: Program) -> str:
    """Return the density that a likelihood statement gives an outcome, empty where unclear.

    Parameters
    ----------
    outcome : str
        A data variable.
    program : Program
        With the roles of its statements.
    """
    found = {
        a or b
        for statement in program.of_role(Role.LIKELIHOOD)
        if outcome in statement.data
        for a, b in _CALL.findall(statement.text)
    }
    return found.pop() if len(found) == 1 else ""


def type_of_outcome(density: str, values: Sequence[np.ndarray]) -> OutcomeType:
    """Return the type of an outcome.

    Parameters
    ----------
    density : str
        Stan's name of its density; empty where it is not known.
    values : sequence of array
        Data and replications.

    Examples
    --------
    >>> import numpy as np
    >>> str(type_of_outcome("ordered_logistic", [np.array([1, 2, 3])]))
    'ordered'
    >>> str(type_of_outcome("", [np.array([0.0, 1.0])]))
    'binary'
    """
    if density.startswith("ordered_"):
        return OutcomeType.ORDERED
    if density.startswith("categorical"):
        return OutcomeType.CATEGORICAL
    rule = DENSITIES.get(density)
    if rule is not None and rule.outcome not in _WHOLE:
        return OutcomeType.CONTINUOUS
    if not all(bool((v == np.round(v)).all()) for v in values):
        return OutcomeType.CONTINUOUS
    present = {float(x) for v in values for x in np.unique(v)}
    if present <= _BITS:
        return OutcomeType.BINARY
    is_count = rule is not None or min(present) >= 0
    return OutcomeType.COUNT if is_count else OutcomeType.CONTINUOUS
