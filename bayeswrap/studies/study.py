"""`Study`: a table of results with a finding, which can be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayeswrap.markup import block, brief, sentences, table
from bayeswrap.plots.study_panels import StudyFigure, plot_study

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from bayeswrap.record import RunRecord

__all__ = [
    "Study",
]


_ROWS = 100  # of a longer table the first and the last are printed


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Study(StudyFigure):
    """A table that shows one fact of the theory.

    Attributes
    ----------
    title : str
        What was varied.
    finding : str
        What the table shows, in a sentence.
    records : tuple of RunRecord
        What the estimates were made from.

    See Also
    --------
    StudyFigure : the fields that a figure needs.
    """

    title: str
    finding: str
    records: tuple[RunRecord, ...] = ()

    def to_frame(self) -> pd.DataFrame:
        """Return a copy of the table."""
        return self.table.copy()

    def plot(self) -> Figure:
        """Draw the study.

        Returns
        -------
        matplotlib.figure.Figure
        """
        return plot_study(self)

    def __str__(self) -> str:
        table = self.table.to_string(
            index=False, float_format=lambda x: f"{x:.5g}", na_rep="-", max_rows=_ROWS
        )
        return "\n".join([self.title, table, "", self.finding, *self.notes])

    def __repr__(self) -> str:
        return brief(str(self))

    def _repr_html_(self) -> str:
        return block(self.title, table(self.table), sentences([self.finding, *self.notes]))
