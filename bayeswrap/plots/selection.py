"""Which parameters are drawn, in which order."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from bayeswrap.estimates.problem.labels import stan_name
from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.estimates.problem.lookup import unknown_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd


__all__ = [
    "MOST_PANELS",
    "scalars_named",
    "worst_first",
]


MOST_PANELS = 24


def scalars_named(
    names: str | Sequence[str],
    available: Sequence[str],
    labels: Mapping[str, str] = MappingProxyType({}),
) -> list[str]:
    """Return the scalars that a user names, by scalar, label or variable.

    Raises
    ------
    UnknownNameError
        A name that is neither.

    Examples
    --------
    >>> scalars_named(["beta"], ["alpha", "beta[1]", "beta[2]"])
    ['beta[1]', 'beta[2]']
    """
    scalars: list[str] = []
    for name in [names] if isinstance(names, str) else names:
        scalar = stan_name(name, labels)
        of_variable = [n for n in available if variable_of(n) == name]
        if scalar not in available and not of_variable:
            raise unknown_name(name, available, labels, what="parameter", where="to draw")
        scalars += [scalar] if scalar in available else of_variable
    return scalars


def worst_first(badness: pd.Series) -> tuple[list[str], str]:
    """Return at most `MOST_PANELS` names, and a note where some are left out.

    Parameters
    ----------
    badness : pandas.Series
        By scalar; the largest matter most, and NaN more than any number.
    """
    if len(badness) <= MOST_PANELS:
        return [str(n) for n in badness.index], ""
    order = badness.sort_values(ascending=False, na_position="first", kind="stable").index
    note = f"The figure shows {MOST_PANELS} of {len(badness)} parameters, the most notable first."
    return [str(n) for n in order[:MOST_PANELS]], note
