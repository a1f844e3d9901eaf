"""Views of a long table: the worst first, and one row a variable."""

from __future__ import annotations

import pandas as pd

from bayeswrap.estimates.problem.layout import variable_of

__all__ = [
    "by_variable",
    "worst_first",
]


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
