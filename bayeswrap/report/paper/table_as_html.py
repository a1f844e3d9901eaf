"""The table of a paper in HTML: a piece to paste, or a page of its own."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bayeswrap.report.paper.paper_table import Entry, Line, PaperTable

__all__ = [
    "as_html",
    "as_html_page",
]


_TABLE = "border-collapse: collapse; border-top: 2px solid"
_CELL = "padding: 0.1em 0.6em"
_LABEL = f"text-align: left; vertical-align: top; font-weight: normal; {_CELL}"
_LAST = "border-bottom: 2px solid"
_RAISED = '<sup style="line-height: 0">'
_NOTE = "text-align: left; font-size: smaller; padding: 0.15em 0.6em"
_RULE = ' style="border-top: 1px solid"'


def as_html(table: PaperTable) -> str:
    """Return a table with its notes as a piece of HTML that brings its own rules."""
    side = "center" if table.centred else "right"
    cell = f"text-align: {side}; {_CELL}"
    lines = [f'<table style="{_TABLE}">']
    if table.caption:
        lines.append(f"<caption>{escape(table.caption)}</caption>")
    lines += ["<thead>", *_spans(table), _heads(table, cell), "</thead>"]
    rows = [_row(line, depth, cell) for line, depth in zip(table.lines, table.depths, strict=True)]
    count = len(table.body)
    for group in (rows[:count], rows[count:]):
        if group:
            lines += [f"<tbody{_RULE}>", *group, "</tbody>"]
    lines += _notes(table)
    return "\n".join([*lines, "</table>"]) + "\n"


def as_html_page(table: PaperTable) -> str:
    """Return a table as a page that a browser opens."""
    title = escape(table.caption or "Table of estimates")
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n"
        "<style>:root { color-scheme: light dark } "
        "body { font-family: system-ui, sans-serif; margin: 1.5em; overflow-x: auto }</style>\n"
        f"</head>\n<body>\n<main>\n{as_html(table)}</main>\n</body>\n</html>\n"
    )


def _spans(table: PaperTable) -> list[str]:
    if not table.spans:
        return []
    cells = "".join(
        f'<th scope="colgroup" colspan="{width}" style="border-bottom: 1px solid; {_CELL}">'
        f"{escape(text)}</th>"
        for text, width in table.spans
    )
    return [f"<tr><td></td>{cells}</tr>"]


def _heads(table: PaperTable, cell: str) -> str:
    heads = "".join(f'<th scope="col" style="{cell}">{escape(h)}</th>' for h in table.heads[1:])
    return f"<tr><td></td>{heads}</tr>"


def _row(line: Line, depth: int, cell: str) -> str:
    """Return a row, with a label that reaches down over the rows that go on with it."""
    rows = f' rowspan="{depth}"' if depth > 1 else ""
    label = f'<th scope="row"{rows} style="{_LABEL}">{_entry(line.label)}</th>' if depth else ""
    cells = "".join(f'<td style="{cell}">{_entry(entry)}</td>' for entry in line.entries)
    return f"<tr>{label}{cells}</tr>"


def _entry(entry: Entry) -> str:
    marks = f"{_RAISED}{','.join(entry.marks)}</sup>" if entry.marks else ""
    return escape(entry.text) + marks


def _notes(table: PaperTable) -> list[str]:
    """Return the notes as rows below the rule."""
    if not table.remarks:
        return []
    start = f'<tr><td colspan="{len(table.heads)}" style="{_NOTE}">'
    rows = [
        start + (f"{_RAISED}{mark}</sup> " if mark else "") + f"{escape(text)}</td></tr>"
        for mark, text in table.remarks
    ]
    return ['<tfoot style="border-top: 2px solid">', *rows, "</tfoot>"]
