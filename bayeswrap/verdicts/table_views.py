"""Views of a long table: by name, the worst first, and one row a variable."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import pandas as pd

from bayeswrap.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "by_variable",
    "chosen",
    "worst_first",
]


def chosen(frame: pd.DataFrame, names: str | Sequence[str]) -> pd.DataFrame:
    """Return the rows of scalars, of whole variables, or of patterns such as ``"theta[*"``.

    Raises
    ------
    UnknownNameError
        A name that fits no row.
    """
    wanted = [names] if isinstance(names, str) else list(names)
    rows = [str(n) for n in frame.index]
    labels = frame["label"].astype(str).tolist() if "label" in frame else rows
    fits = [
        {row for row, label in zip(rows, labels, strict=True) if _fits(name, row, label)}
        for name in wanted
    ]
    for name, fits_of_name in zip(wanted, fits, strict=True):
        if not fits_of_name:
            raise UnknownNameError(
                f"no row is called {name!r}",
                expected=", ".join(rows[:8]) + ("" if len(rows) <= 8 else ", ..."),  # noqa: PLR2004 - a line of them
                do="use a scalar, a variable, a label, or a pattern such as 'theta[*'",
            )
    return frame.loc[[row in set().union(*fits) for row in rows]]


def _fits(name: str, row: str, label: str) -> bool:
    if name in (row, label, _variable(row)):
        return True
    # brackets are Stan's here: of the shell's patterns only * and ? are meant
    pattern = name.replace("[", "[[]")
    return fnmatchcase(row, pattern) or fnmatchcase(label, pattern)


def _variable(row: str) -> str:
    return row.partition("[")[0].partition(".")[0]


def worst_first(frame: pd.DataFrame) -> pd.DataFrame:
    """Sort by the size of the gap between point and posterior, else by the prior shift."""
    for column in ("shape_gap_mean", "prior_pull"):
        if column in frame and frame[column].notna().any():
            order = frame[column].abs().sort_values(ascending=False, na_position="first")
            return frame.loc[order.index]
    return frame


def by_variable(frame: pd.DataFrame) -> pd.DataFrame:
    """Return one row a variable: its size and the extremes of its scalars.

    Returns
    -------
    pandas.DataFrame
        ``scalars``, ``worst`` (the scalar of the largest gap), ``largest_gap`` (posterior sds),
        ``largest_pull`` (standard errors), ``se_sd_ratio_min se_sd_ratio_max r_hat_max
        ess_bulk_min``; those that the results allow.
    """
    groups = frame.groupby([_variable(str(n)) for n in frame.index], sort=False)
    table = pd.DataFrame({"scalars": groups.size()})
    if "shape_gap_mean" in frame:
        size = frame["shape_gap_mean"].abs()
        by = size.groupby([_variable(str(n)) for n in frame.index], sort=False)
        table["worst"] = [str(g.idxmax() if g.notna().any() else g.index[0]) for _, g in by]
        table["largest_gap"] = by.max()
    if "prior_pull" in frame:
        table["largest_pull"] = groups["prior_pull"].agg(lambda s: s.abs().max())
    for column, how in (
        ("se_sd_ratio", "min"),
        ("se_sd_ratio", "max"),
        ("r_hat", "max"),
        ("ess_bulk", "min"),
    ):
        if column in frame:
            table[f"{column}_{how}"] = groups[column].agg(how)
    return table.rename_axis("variable")
