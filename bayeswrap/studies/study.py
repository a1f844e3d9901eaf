"""`Study`: what a study found, with what a figure of it needs. Imports `record`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.figure import Figure

    from bayeswrap.record import RunRecord

__all__ = [
    "Study",
]


_ROWS = 100  # of a longer table the first and the last are printed


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Study:
    """A table that shows one fact of the theory.

    Attributes
    ----------
    title : str
        What was varied.
    finding : str
        What the table shows, in a sentence.
    table : pandas.DataFrame
        One row a point, long: all parameters below each other.
    x, x_label : str
        Column of the horizontal axis, and its name in words.
    y : mapping of str to str
        Columns that are drawn against it, with their names in words.
    y_label : str
        Name of the vertical axis.
    x_scale : {"linear", "log", "symlog", "category"}
        ``"symlog"`` is logarithmic with room for zero.
    errors : mapping of str to str
        By column of `y`: the column with its standard error.
    references : mapping of str to str
        Columns with levels to hold the others against, with their names in words.
    joined : bool
        Whether a line joins the points of `y`.
    panels : str or None
        Column whose values have a panel each.
    labels : mapping of str to str
        The data frame's own names for parameters.
    records : tuple of RunRecord
        What the estimates were made from.
    notes : tuple of str
        What a reader must know of single rows.
    """

    title: str
    finding: str
    table: pd.DataFrame
    x: str
    x_label: str
    y: Mapping[str, str]
    y_label: str
    x_scale: Literal["linear", "log", "symlog", "category"] = "linear"
    errors: Mapping[str, str] = field(default_factory=dict)
    references: Mapping[str, str] = field(default_factory=dict)
    joined: bool = True
    panels: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    records: tuple[RunRecord, ...] = ()
    notes: tuple[str, ...] = ()

    def to_frame(self) -> pd.DataFrame:
        """Return a copy of the table."""
        return self.table.copy()

    def plot(self) -> Figure:
        """Draw the study.

        Returns
        -------
        matplotlib.figure.Figure
        """
        from bayeswrap.plots.study_panels import plot_study  # noqa: PLC0415 - a verb users expect here

        return plot_study(self)

    def __str__(self) -> str:
        table = self.table.to_string(
            index=False, float_format=lambda x: f"{x:.5g}", na_rep="-", max_rows=_ROWS
        )
        return "\n".join([self.title, table, "", self.finding, *self.notes])

    __repr__ = __str__
