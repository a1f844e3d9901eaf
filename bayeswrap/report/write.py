"""`write_report`: a report to a file, whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.progress import task
from bayeswrap.report.build import build_report
from bayeswrap.report.document.files import check_target, figure_folder, whole_files
from bayeswrap.report.document.render_docx import to_docx
from bayeswrap.report.document.render_html import to_html
from bayeswrap.report.document.render_json import to_json
from bayeswrap.report.document.render_latex import to_latex
from bayeswrap.report.document.render_markdown import to_markdown
from bayeswrap.report.document.render_text import to_text

if TYPE_CHECKING:
    from pathlib import Path

    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "write_report",
]

_WITH_FIGURES = {"md": to_markdown, "tex": to_latex}


def write_report(
    comparison: ComparisonResult,
    path: str | Path,
    format: str | None = None,  # noqa: A002 - the field's word
) -> Path:
    """Write the report of a comparison.

    Parameters
    ----------
    comparison : ComparisonResult
        What `compare` or `analyze` returned.
    path : str or Path
        The file; one that exists is replaced, and only by a whole new one.
    format : str, optional
        ``"html"``, ``"md"``, ``"tex"``, ``"docx"``, ``"txt"`` or ``"json"``; by the path's suffix
        where it is not given. The figures of Markdown (PNG) and LaTeX (PDF) are files in a folder
        beside it.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    UsageError
        An unknown format or suffix, a folder that does not exist, or a path that is a folder.
    """
    target, file_format = check_target(path, format)
    with task(f"making {target.name}"):
        page, figures = _rendered(comparison, file_format, figure_folder(target))
    whole_files(target, page, figures)
    return target


def _rendered(
    comparison: ComparisonResult, file_format: str, folder: str
) -> tuple[bytes, dict[str, bytes]]:
    """Return the page, and its figures by path."""
    if file_format == "json":
        return to_json(build_report(comparison, pictures=False)).encode(), {}
    report = build_report(comparison, facts=False)
    if file_format in _WITH_FIGURES:
        text, figures = _WITH_FIGURES[file_format](report, folder)
        return text.encode(), figures
    if file_format == "docx":
        return to_docx(report), {}
    return (to_text if file_format == "txt" else to_html)(report).encode(), {}
