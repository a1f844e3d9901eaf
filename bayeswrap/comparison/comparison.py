"""`Comparison`: results of one program and data set, side by side, with a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayeswrap.plots.comparison_panels import plot_comparison
from bayeswrap.report.results_table import results_table
from bayeswrap.report.write import write_report
from bayeswrap.verdicts.comparison_result import ComparisonResult

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from matplotlib.figure import Figure

    from bayeswrap.report.results_table import TableFormat, TableStyle, TableText

__all__ = [
    "Comparison",
]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Comparison(ComparisonResult):
    """Results side by side, with the verbs `plot`, `table` and `report`.

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

    def table(
        self,
        format: TableFormat | None = None,  # noqa: A002 - the field's word
        *,
        style: TableStyle = "spread",
        estimates: str | Sequence[str] = "all",
        parameters: str | Sequence[str] | None = None,
        labels: Mapping[str, str] | None = None,
        digits: int = 2,
        ci_prob: float | None = None,
        exponentiate: bool = False,
        statistics: str | Sequence[str] = "all",
        caption: str = "",
        notes: str | Sequence[str] = (),
        add_rows: Mapping[str, Sequence[str]] | None = None,
        latex_label: str = "",
        path: str | Path | None = None,
    ) -> TableText | Path:
        """Return the one table that goes into a paper: estimates over their uncertainty.

        Parameters
        ----------
        format : str, optional
            ``"text"`` (the default), ``"md"``, ``"latex"`` (booktabs), ``"html"``, ``"csv"`` or
            ``"docx"``; by the ending of `path` where it is not given.
        estimates : str or sequence of str, optional
            The columns: ``"all"``, MLE, MAP and posterior as far as they exist;
            ``"recommended"``, for each parameter what the verdict recommends; or some of
            ``"mle"``, ``"map"``, ``"posterior"``, ``"laplace"`` and ``"pathfinder"``.
        style, parameters, labels, digits, ci_prob, exponentiate, statistics : optional
        caption, notes, add_rows, latex_label, path : optional
            As for `results_table`, which sets several models side by side.

        Returns
        -------
        TableText or Path
            The table as text, which a notebook shows as a table; or the file.

        Raises
        ------
        UsageError
            An unknown format, style or kind of estimate, or a format that needs a path.
        UnknownNameError
            A parameter or a label that does not exist.
        """
        return results_table(
            self,
            format,
            style=style,
            estimates=estimates,
            parameters=parameters,
            labels=labels,
            digits=digits,
            ci_prob=ci_prob,
            exponentiate=exponentiate,
            statistics=statistics,
            caption=caption,
            notes=notes,
            add_rows=add_rows,
            latex_label=latex_label,
            path=path,
        )

    def report(self, path: str | Path, format: str | None = None) -> Path:  # noqa: A002 - the field's word
        """Write the report as a page, a text or numbers, by the ending of the path.

        Parameters
        ----------
        path : str or Path
            Where to; written whole or not at all. ``.html`` is one file that needs no network.
            ``.md`` is GitHub's Markdown and ``.tex`` an article for pdflatex, with their figures in
            a folder beside them: those of ``r.md`` in ``r_files``. ``.docx`` is a Word document and
            ``.txt`` plain text without figures. ``.json`` holds all numbers to the last digit.
        format : str, optional
            ``"html"``, ``"md"``, ``"tex"``, ``"docx"``, ``"txt"`` or ``"json"``; by the path's
            suffix where it is not given.

        Returns
        -------
        Path
            The file.

        Raises
        ------
        UsageError
            An unknown format, or a folder that does not exist.
        """
        return write_report(self, path, format)
