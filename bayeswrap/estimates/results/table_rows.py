"""Rows of a table of scalars: their labels, and the choice of some by name."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import pandas as pd

from bayeswrap.arguments import did_you_mean
from bayeswrap.errors import UnknownNameError
from bayeswrap.estimates.problem.labels import stan_name, unit_of
from bayeswrap.estimates.problem.layout import variable_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "chosen",
    "labelled",
    "of_short_vectors",
    "on_screen",
    "printed",
]

_MOST = 40  # rows that fit on a screen
_SHORT = 12  # elements of a vector that have a row each
_SHOWN = 8  # names in one message


def labelled(frame: pd.DataFrame, labels: Mapping[str, str]) -> pd.DataFrame:
    """Return a table with the columns ``label`` and ``unit`` in front, where a row has one."""
    rows = [str(name) for name in frame.index]
    units = [unit_of(row, labels) for row in rows]
    if any(units):
        frame.insert(0, "unit", units)
    if any(row in labels for row in rows):
        frame.insert(0, "label", [labels.get(row, row) for row in rows])
    return frame


def printed(frame: pd.DataFrame, digits: int) -> str:
    """Return a table as text, with labels in place of Stan's names.

    Of a table that is longer than a screen, long vectors are named and not listed.
    """
    frame, left = on_screen(frame)
    if "label" in frame:
        names = pd.Index(frame["label"], name=frame.index.name)
        frame = frame.drop(columns="label").set_axis(names)
    return str(frame.to_string(float_format=lambda x: f"{x:.{digits}g}")) + left


def of_short_vectors(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of scalars and of vectors with few elements, by Stan's names."""
    variables = pd.Series([variable_of(str(n)) for n in frame.index], frame.index)
    return frame[variables.map(variables.value_counts()) <= _SHORT]


def on_screen(frame: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Return the rows that are printed, and a line about the others."""
    if len(frame) <= _MOST:
        return frame, ""
    shown = of_short_vectors(frame)
    if not 0 < len(shown) <= _MOST:
        shown = frame.head(_MOST)
    rest = frame.index.difference(shown.index)
    variables = dict.fromkeys(variable_of(str(n)) for n in rest)
    return shown, f"\n{len(rest)} more rows, of {', '.join(variables)}: to_frame() has all"


def chosen(rows: Sequence[str], names: str | Sequence[str], labels: Mapping[str, str]) -> list[str]:
    """Return the rows of scalars, of whole variables, or of patterns such as ``"theta[*"``.

    Parameters
    ----------
    rows : sequence of str
        Scalars, in Stan's spelling.
    names : str or sequence of str
        Scalars in either spelling, variables, or patterns that fit either spelling.
    labels : mapping of str to str
        Labels by Stan's name.

    Raises
    ------
    UnknownNameError
        A name that fits no row.

    Examples
    --------
    >>> chosen(["a", "b[1]", "b[2]"], ["b[dose]", "a"], {"b[2]": "b[dose]"})
    ['a', 'b[2]']
    """
    wanted = [names] if isinstance(names, str) else list(names)
    kept = set[str]()
    for name in wanted:
        fits = {row for row in rows if _fits(name, stan_name(name, labels), row, labels)}
        if not fits:
            variables = dict.fromkeys(variable_of(row) for row in rows)
            known = [*rows, *(labels[row] for row in rows if row in labels), *variables]
            raise UnknownNameError(
                f"no row is called {name!r}{did_you_mean(name, known)}",
                expected=", ".join(labels.get(row, row) for row in rows[:_SHOWN])
                + ("" if len(rows) <= _SHOWN else ", ..."),
                do="use a scalar, a variable, a label, or a pattern such as 'theta[*'",
            )
        kept |= fits
    return [row for row in rows if row in kept]


def _fits(name: str, spelling: str, row: str, labels: Mapping[str, str]) -> bool:
    if row in (name, spelling) or name == variable_of(row):
        return True
    # brackets are Stan's here: of the shell's patterns only * and ? are meant
    pattern = name.replace("[", "[[]")
    return fnmatchcase(row, pattern) or fnmatchcase(labels.get(row, row), pattern)
