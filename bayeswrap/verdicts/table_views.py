"""Views of a long table: short vectors, the worst rows, and one row a variable."""

from __future__ import annotations

import pandas as pd

from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.estimates.results.table_rows import of_short_vectors

__all__ = [
    "by_variable",
    "first_rows",
    "rows_left",
    "worst_first",
]


def worst_first(frame: pd.DataFrame) -> pd.DataFrame:
    """Sort by the size of the gap between point and posterior, else by the prior shift."""
    for column in ("shape_gap_mean", "prior_pull"):
        if column in frame and frame[column].notna().any():
            order = frame[column].abs().sort_values(ascending=False, na_position="first")
            return frame.loc[order.index]
    return frame


def first_rows(frame: pd.DataFrame, most: int) -> pd.DataFrame:
    """Return the rows of a long table that are printed.

    Those of scalars and short vectors, which describe the population; where there are none, or too
    many, the rows of the largest gaps.
    """
    if len(frame) <= most:
        return frame
    short = of_short_vectors(frame)
    return short if 0 < len(short) <= most else worst_first(frame).head(most)


def rows_left(frame: pd.DataFrame, most: int) -> str:
    """Say which rows of a long table are printed."""
    short = of_short_vectors(frame)
    if not 0 < len(short) <= most:
        return f"{most} of {len(frame)} parameters, the largest gaps first"
    long = dict.fromkeys(
        v for n in frame.index.difference(short.index) if (v := variable_of(str(n)))
    )
    return f"{len(short)} of {len(frame)} parameters, without the elements of {', '.join(long)}"


def by_variable(frame: pd.DataFrame) -> pd.DataFrame:
    """Return one row a variable: its size and the extremes of its scalars.

    Returns
    -------
    pandas.DataFrame
        ``scalars``, ``worst`` (the scalar of the largest gap), ``largest_gap`` (posterior sds),
        ``largest_pull`` (standard errors), ``se_sd_ratio_min se_sd_ratio_max r_hat_max
        ess_bulk_min``; those that the results allow.
    """
    groups = frame.groupby([variable_of(str(n)) for n in frame.index], sort=False)
    table = pd.DataFrame({"scalars": groups.size()})
    if "shape_gap_mean" in frame:
        size = frame["shape_gap_mean"].abs()
        by = size.groupby([variable_of(str(n)) for n in frame.index], sort=False)
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
