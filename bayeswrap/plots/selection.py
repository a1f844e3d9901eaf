"""Which parameters are drawn, in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.errors import UnknownNameError
from bayeswrap.estimates.problem.layout import variable_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd


__all__ = [
    "MOST_PANELS",
    "scalars_named",
    "worst_first",
]


MOST_PANELS = 24


def scalars_named(names: Sequence[str], available: Sequence[str]) -> list[str]:
    """Return the scalars that a user names, by scalar or by variable.

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
    for name in names:
        of_name = [name] if name in available else [n for n in available if variable_of(n) == name]
        if not of_name:
            raise UnknownNameError(
                f"no parameter {name!r} to draw",
                expected="one of " + ", ".join(dict.fromkeys(variable_of(n) for n in available)),
                do="name scalars as Stan does, beta[1], or whole variables, beta",
            )
        scalars += of_name
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
