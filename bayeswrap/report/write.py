"""`write_report`: a report to a file, whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.report.build import build_report
from bayeswrap.report.document.files import check_target, whole_file
from bayeswrap.report.document.render_html import to_html
from bayeswrap.report.document.render_json import to_json

if TYPE_CHECKING:
    from pathlib import Path

    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "write_report",
]


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
        ``"html"`` or ``"json"``; by the path's suffix where it is not given.

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
    if file_format == "json":
        text = to_json(build_report(comparison, pictures=False))
    else:
        text = to_html(build_report(comparison, facts=False))
    with whole_file(target) as beside:
        beside.write_text(text, encoding="utf-8", newline="\n")
    return target
