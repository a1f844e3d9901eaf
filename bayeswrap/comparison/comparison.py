"""`Comparison`: results of one program and data set, side by side, with a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayeswrap.plots.comparison_panels import plot_comparison
from bayeswrap.report.results_table import results_table
from bayeswrap.report.write import write_report
from bayeswrap.verdicts.comparison_result import ComparisonResult

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.figure import Figure

    from bayeswrap.report.results_table import TableFormat

__all__ = [
    "Comparison",
]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Comparison(ComparisonResult):
    """Results side by side, with the verbs `plot` and `report`.

    See Also
    --------
    ComparisonResult : the fields and the tables.
    """

    def plot(self, names: Sequence[str] | None = None) -> Figure:
        """Draw posterior, prior, MLE and MAP with their intervals, a panel for each parameter.

        Parameters
        ----------
        names : sequence of str, optional
            Scalars in Stan's spelling; all declared parameters by default.

        Returns
        -------
        matplotlib.figure.Figure
        """
        return plot_comparison(self, names)

    def paper_table(
        self,
        format: TableFormat = "text",  # noqa: A002 - the field's word
        names: str | Sequence[str] | None = None,
    ) -> str:
        """Return the one table that goes into a paper: estimates over their spreads.

        Parameters
        ----------
        format : str, optional
            ``"text"``, ``"md"``, ``"latex"`` (booktabs), ``"html"`` or ``"csv"``.
        names : str or sequence of str, optional
            Scalars in Stan's spelling or by label; all declared parameters by default.

        Returns
        -------
        str

        Raises
        ------
        UsageError
            An unknown format.
        """
        return results_table(self, format, names)

    def report(self, path: str | Path, format: str | None = None) -> Path:  # noqa: A002 - the field's word
        """Write the report as a page, a text or numbers, by the ending of the path.

        Parameters
        ----------
        path : str or Path
            Where to; written whole or not at all. ``.html`` is one file that needs no network.
            ``.md`` is GitHub's Markdown and ``.tex`` an article for pdflatex, with their figures in
            a folder beside them: those of ``r.md`` in ``r_files``. ``.json`` holds all numbers to
            the last digit.
        format : str, optional
            ``"html"``, ``"md"``, ``"tex"`` or ``"json"``; by the path's suffix where it is not
            given.

        Returns
        -------
        Path
            The file.

        Raises
        ------
        UsageError
            An unknown format.
        """
        return write_report(self, path, format)
