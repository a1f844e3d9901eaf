"""`results_table`: estimates of one or several models as the one table of a paper."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from bayeswrap.arguments import one_of
from bayeswrap.errors import UsageError
from bayeswrap.report.document.files import require_place, whole_file
from bayeswrap.report.paper.model_columns import TableChoice, TableSource
from bayeswrap.report.paper.table_as_docx import write_docx
from bayeswrap.report.paper.table_as_html import as_html, as_html_page
from bayeswrap.report.paper.table_as_latex import as_latex
from bayeswrap.report.paper.table_as_text import as_csv, as_markdown, as_text
from bayeswrap.report.paper.table_builder import paper_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bayeswrap.report.paper.paper_table import PaperTable

__all__ = [
    "Chosen",
    "TableFormat",
    "TableStyle",
    "TableText",
    "results_table",
]

TableFormat: TypeAlias = Literal["text", "md", "latex", "html", "csv", "docx"]
TableStyle: TypeAlias = Literal["spread", "interval", "both", "plusminus", "columns"]
Chosen: TypeAlias = "str | Sequence[str]"

_WRITERS: dict[str, Callable[[PaperTable], str]] = {
    "text": as_text,
    "md": as_markdown,
    "latex": as_latex,
    "html": as_html,
    "csv": as_csv,
}
_SUFFIXES = {
    ".txt": "text",
    ".md": "md",
    ".tex": "latex",
    ".html": "html",
    ".htm": "html",
    ".csv": "csv",
    ".docx": "docx",
}
_DOCX = "docx"


class TableText(str):
    """The text of a table, which a terminal shows as it is and a notebook as a table.

    Attributes
    ----------
    html : str
        The same table in HTML.
    """

    __slots__ = ("html",)

    html: str

    def __new__(cls, text: str, html: str) -> TableText:  # noqa: PYI034 - final in effect
        """Keep the HTML beside the text."""
        new = super().__new__(cls, text)
        new.html = html
        return new

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return self.html


def results_table(
    models: TableSource | Mapping[str, TableSource] | Sequence[TableSource],
    format: TableFormat | None = None,  # noqa: A002 - the field's word
    *,
    style: TableStyle = "spread",
    estimates: Chosen = "recommended",
    parameters: str | Sequence[str] | None = None,
    labels: Mapping[str, str] | None = None,
    digits: int = 2,
    ci_prob: float | None = None,
    exponentiate: bool = False,
    statistics: Chosen = "all",
    caption: str = "",
    notes: str | Sequence[str] = (),
    add_rows: Mapping[str, Sequence[str]] | None = None,
    latex_label: str = "",
    path: str | Path | None = None,
) -> TableText | Path:
    r"""Return the table of a paper: estimates over their uncertainty, a column each model.

    Rows are aligned by label, in the order in which the models have them first.

    Parameters
    ----------
    models : result, mapping of str to result, or sequence of results
        Comparisons, point estimates or draws, by the names of the models; a sequence is
        numbered. One result alone has no head over its columns.
    format : str, optional
        ``"text"`` (the default), ``"md"`` (a pipe table), ``"latex"`` (booktabs), ``"html"``,
        ``"csv"`` or ``"docx"``; by the ending of `path` where it is not given.
    style : str, optional
        Below the estimate: ``"spread"`` in round brackets, ``"interval"`` in square brackets, or
        ``"both"``. Beside it: ``"plusminus"``, or ``"columns"``, one each for estimate, spread and
        the ends of the interval.
    estimates : str or sequence of str, optional
        Of comparisons: ``"recommended"``, for each parameter what the verdict recommends;
        ``"all"``, side by side; or some of ``"mle"``, ``"map"``, ``"posterior"``, ``"laplace"``
        and ``"pathfinder"``.
    parameters : str or sequence of str, optional
        Rows, in this order: scalars, variables, labels, or patterns such as ``"beta[*"``. By
        default all declared parameters but effects of groups, which are counted, and vectors of
        more than a dozen elements.
    labels : mapping of str to str, optional
        What rows are called, by the label in the data frame or Stan's name.
    digits : int, optional
        Significant digits of the smallest spread of a row, to which the row is rounded.
    ci_prob : float, optional
        Coverage of the intervals; that of a comparison, or 0.95, by default.
    exponentiate : bool, optional
        Whether coefficients with a logit or log link are shown as odds ratios or rate ratios.
    statistics : str or sequence of str, optional
        What stands below the rule: some of ``"n"``, ``"groups"``, ``"log_likelihood"``,
        ``"aic"``, ``"loo"``, ``"r_hat"`` and ``"ess"``; all that exist by default.
    caption : str, optional
        Title of the table.
    notes : str or sequence of str, optional
        Your own sentences, below those that the table has by itself.
    add_rows : mapping of str to sequence of str, optional
        Your own rows below the rule, such as ``{"Controls": ["no", "yes"]}``: a text for each
        column of estimates.
    latex_label : str, optional
        What LaTeX's ``\ref`` calls the table.
    path : str or Path, optional
        A file to write, whole or not at all.

    Returns
    -------
    TableText or Path
        The table as text, or the file. Notes say what the numbers are, what does not exist and
        why; letters mark what stands against a number.

    Raises
    ------
    UsageError
        An unknown format, style or kind of estimate, two rows with one label, no result, or a
        format that needs a path.
    UnknownNameError
        A parameter or a label that no model has.

    Examples
    --------
    >>> import bayeswrap as bw
    >>> code = "data { int n; int y; } parameters { real a; } model { y ~ binomial_logit(n, a); }"
    >>> model = bw.Model(bw.Program.from_string(code), {"n": 20, "y": 5}, engine="stanli")
    >>> table = bw.results_table({"Model 1": model.mle()}, statistics=("log_likelihood",))
    >>> print("\n".join(table.splitlines()[1:6]))
                    Model 1
    -----------------------
    a                −1.10
                    (0.52)
    -----------------------
    """  # noqa: RUF002 - the signs that are shown
    choice = TableChoice(
        style=style,
        estimates=estimates,
        parameters=parameters,
        labels=labels or {},
        digits=digits,
        ci_prob=ci_prob,
        exponentiate=exponentiate,
        statistics=statistics,
        caption=caption,
        notes=notes,
        add_rows=add_rows or {},
        latex_label=latex_label,
    )
    file_format = _format(format, path)
    target = None if path is None else Path(path).expanduser()
    if target is not None:
        require_place(target, "table")
    table = paper_table(_by_name(models), choice)
    if target is None:
        return TableText(_WRITERS[file_format](table), as_html(table))
    _write(table, file_format, target)
    return target


def _by_name(
    models: TableSource | Mapping[str, TableSource] | Sequence[TableSource],
) -> dict[str, TableSource]:
    """Return models by name, a sequence numbered as (1), (2)."""
    if isinstance(models, Mapping):
        named = {str(name): model for name, model in models.items()}
    elif isinstance(models, (list, tuple)):
        named = {f"({i})": model for i, model in enumerate(models, start=1)}
    else:
        named = {"": models}  # type: ignore[dict-item]  # whatever it is, it is checked later
    if not named:
        raise UsageError("a table of no models", do="pass at least one result")
    return named


def _format(file_format: str | None, path: str | Path | None) -> str:
    if file_format is not None:
        one_of(file_format, (*_WRITERS, _DOCX), "format")
        if file_format == _DOCX and path is None:
            raise UsageError("a Word file needs a path", do='pass path="table.docx"')
        return file_format
    if path is None:
        return "text"
    suffix = Path(path).suffix.lower()
    if suffix not in _SUFFIXES:
        raise UsageError(
            "the path does not determine the table's format",
            where=str(path),
            got=f"suffix {suffix!r}" if suffix else "no suffix",
            expected="one of " + ", ".join(_SUFFIXES),
            do="give the path such a suffix, or pass format=",
        )
    return _SUFFIXES[suffix]


def _write(table: PaperTable, file_format: str, target: Path) -> None:
    with whole_file(target) as beside:
        if file_format == _DOCX:
            write_docx(table, beside)
        else:
            writer = as_html_page if file_format == "html" else _WRITERS[file_format]
            beside.write_text(writer(table), encoding="utf-8", newline="\n")
