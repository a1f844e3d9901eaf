"""The prior statements of a program, and the table of priors that users read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from bayeswrap.regression.default_priors import prior_slots
from bayeswrap.regression.given_priors import given_priors

if TYPE_CHECKING:
    from bayeswrap.regression.default_priors import PriorSlot
    from bayeswrap.regression.given_priors import GivenPrior
    from bayeswrap.regression.regression import Regression

__all__ = [
    "PriorSection",
    "prior_section",
]

_WHOLE = -1
_YOURS = "yours"


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorSection:
    """The priors of a regression.

    Attributes
    ----------
    lines : tuple of str
        Statements of the model block.
    data : mapping of str to array
        Data variables that the defaults read, in the order of their declarations.
    declarations : tuple of (str, str)
        Declarations of these variables, and what they are.
    table : DataFrame
        One row a prior: ``prior`` in Stan's words with numbers, and ``how`` it was chosen.
    """

    lines: tuple[str, ...]
    data: dict[str, np.ndarray]
    declarations: tuple[tuple[str, str], ...]
    table: pd.DataFrame


def prior_section(regression: Regression) -> PriorSection:
    """Return the priors of a regression: those that the user gave, and defaults.

    Raises
    ------
    UnknownNameError, UsageError
        A given prior is none of this regression (see `given_priors`).
    """
    slots = prior_slots(regression)
    given = given_priors(slots, regression.priors)
    lines: list[str] = []
    data: dict[str, np.ndarray] = {}
    rows: list[tuple[str, str, str]] = []
    for slot in slots:
        elements = _elements(slot, given)
        lines += _statements(slot, elements)
        if None in elements:
            data |= {name: np.asarray(value) for name, value in slot.data.items()}
        rows += _rows(slot, elements)
    sizes = _sizes(regression)
    declarations = tuple(
        (_declaration(name, sizes), "of a default prior" if np.ndim(value) else "")
        for name, value in data.items()
    )
    index = pd.Index([row[0] for row in rows], name="parameter")
    table = pd.DataFrame({"prior": [r[1] for r in rows], "how": [r[2] for r in rows]}, index=index)
    return PriorSection(lines=tuple(lines), data=data, declarations=declarations, table=table)


def _elements(slot: PriorSlot, given: dict[tuple[str, int], GivenPrior]) -> list[GivenPrior | None]:
    """Return the given prior of each element, None for the default."""
    whole = given.get((slot.variable, _WHOLE))
    return [given.get((slot.variable, i), whole) for i in range(max(len(slot.labels), 1))]


def _statements(slot: PriorSlot, elements: list[GivenPrior | None]) -> list[str]:
    whole = slot.whole or slot.variable
    if all(prior is None for prior in elements):
        return [f"{slot.centred or whole} ~ {slot.density};"]
    first = elements[0]
    alike = first is not None and all(p == first for p in elements)
    if alike and first is not None and not (first.truncated and slot.labels):
        return _given(slot.centred if first.is_centred and slot.centred else whole, first)
    lines = []
    for i, prior in enumerate(elements, start=1):
        element = f"{slot.variable}[{i}]"
        if prior is None:
            lines.append(f"{element} ~ {_element_of(slot, i)};")
        else:
            lines += _given(element, prior)
    return lines


def _given(target: str, prior: GivenPrior) -> list[str]:
    if not prior.text:
        return []
    return [f"{target} ~ {prior.text}{' T[0, ]' if prior.truncated else ''};"]


def _element_of(slot: PriorSlot, i: int) -> str:
    """Return the default of one element: its own number of each data vector."""
    density = slot.density
    for name, value in slot.data.items():
        wide = f"to_vector(rep_matrix({name}, C - 1))"
        density = density.replace(wide, name)
        density = density.replace(name, f"{name}[{i}]" if np.ndim(value) else name)
    return density


def _rows(slot: PriorSlot, elements: list[GivenPrior | None]) -> list[tuple[str, str, str]]:
    rows = []
    for i, prior in enumerate(elements):
        label = slot.labels[i] if slot.labels else slot.variable
        if prior is None:
            rows.append((label, slot.shown[i if slot.labels else 0], f"default: {slot.how}"))
        elif not prior.text:
            rows.append((label, "flat", _YOURS))
        else:
            where = ": of the predictor where all columns are at their means"
            rows.append((label, prior.text, _YOURS + (where if prior.is_centred else "")))
    return rows


def _sizes(regression: Regression) -> dict[str, str]:
    """Return the size of the data vectors of default priors, by the end of their names."""
    sizes = {names.beta: names.columns for names in regression.names.values() if names.beta}
    for names in regression.names.values():
        sizes |= {group.sd: group.coefficients for group in names.groups}
    return sizes


def _declaration(name: str, sizes: dict[str, str]) -> str:
    parameter = name.split("_", 2)[2]
    bound = "" if name.startswith("prior_location") else "<lower=0>"
    if parameter in sizes:
        return f"vector{bound}[{sizes[parameter]}] {name};"
    return f"real{bound} {name};"
