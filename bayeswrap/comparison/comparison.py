"""`Comparison`: results of one program and data set, side by side, with a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayeswrap.plots.kinds import kinds_table, plot_kind
from bayeswrap.report.results_table import results_table
from bayeswrap.report.write import write_report
from bayeswrap.verdicts.comparison_result import ComparisonResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from bayeswrap.plots.study_panels import StudyFigure
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

    def plot(
        self,
        kind: str | Sequence[str] = "marginal",
        parameters: str | Sequence[str] | None = None,
        *,
        axes: Axes | Iterable[Axes] | None = None,
        width: float | None = None,
        study: StudyFigure | None = None,
    ) -> Figure:
        """Draw a figure of the comparison.

        Parameters
        ----------
        kind : str, optional
            What is drawn:

            * ``"forest"``: all estimates with their intervals, a row for each parameter
            * ``"marginal"``: posterior and prior density of each parameter, with the modes below
            * ``"pairs"``: pairs of parameters, with Laplace's ellipse and divergent transitions
            * ``"profile"``: the profile likelihood over the parabola that a Wald interval assumes
            * ``"prior_weight"``: the mode over the power of the prior, from the MLE on
            * ``"n_ladder"``: mode and mean as data grow, of a study
            * ``"census"``: the modes that searches from many starts reached
            * ``"trace"``: each chain over its iterations
            * ``"rank"``: ranks of each chain's draws, flat where the chains agree
            * ``"energy"``: energies of the draws and their changes
            * ``"predictive"``: the data beside their replications, by type of outcome

            Parameters in its place are drawn as ``"marginal"``.
        parameters : str or sequence of str, optional
            Labels, Stan's names or variables; outcomes for ``"predictive"``. By default the
            declared parameters, those that matter most where they are many.
        axes : Axes, or a sequence or an array of them, optional
            Where it is drawn, one axes a panel; a new figure by default.
        width : float, optional
            Of a new figure, in inches: 3.35 is a column of 85 mm.
        study : Study, optional
            What is drawn as ``"n_ladder"`` or ``"prior_weight"``: a result of `bayeswrap.studies`.

        Returns
        -------
        matplotlib.figure.Figure
            To show, or to save with ``figure.savefig``.

        Raises
        ------
        UsageError, EstimandError
            An unknown kind; too few axes; or this comparison lacks what the figure needs, with
            the way to get it.
        UnknownNameError
            A parameter that no result has.

        See Also
        --------
        plot_kinds : which kinds this comparison can draw.

        Examples
        --------
        >>> import bayeswrap as bw
        >>> entry = bw.library["beta_binomial"]
        >>> model = bw.Model(entry.program, {"n": 9, "y": 2, "a": 3, "b": 3}, engine="stanli")
        >>> comparison = bw.compare(model.mle(seed=1), model.map(seed=1))
        >>> comparison.plot("forest", width=3.35).axes[0].get_xlabel()
        'theta'
        """
        return plot_kind(self, kind, parameters, axes=axes, width=width, study=study)

    def plot_kinds(self) -> pd.DataFrame:
        """Return the kinds of `plot`, and what this comparison lacks for each.

        Returns
        -------
        pandas.DataFrame
            By kind: ``shows``; ``missing`` and ``do``, empty where it can be drawn.
        """
        return kinds_table(self)

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
