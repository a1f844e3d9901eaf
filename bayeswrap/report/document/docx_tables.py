"""Tables, captions and page numbers as the XML of a Word document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from bayeswrap.report.document.table_layout import panels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayeswrap.report.document.parts import Row, Table
    from bayeswrap.report.document.table_layout import Panel

__all__ = [
    "caption_xml",
    "clean",
    "page_number_xml",
    "table_panels",
    "table_xml",
]


_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_ROOM = 98  # characters of a line at 8 points, 17 cm wide
_CHARACTER = 96  # width of one in twentieths of a point; a digit of Arial has 89
_SPARE = 60  # for capitals and bold heads, in twentieths of a point
_MARGIN = 60  # beside the text of a cell, in twentieths of a point
_RULE = '<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    r"""Return text in one line, with a mark for what XML cannot hold.

    Examples
    --------
    >>> clean("a\nb\x00") == "a b\N{REPLACEMENT CHARACTER}"
    True
    """
    return re.sub(r"\s*[\t\r\n]+\s*", " ", _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text))


def table_panels(table: Table) -> tuple[Panel, ...]:
    """Return the table, or several with the same rows where its columns are too wide for a page."""
    return panels(table, _ROOM)


def table_xml(panel: Panel) -> str:
    """Return a table whose head is repeated on each page and whose rows are not split."""
    widths = [w * _CHARACTER + _SPARE + 2 * _MARGIN for w in panel.widths]
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    rules = _RULE.format(side="top", size=8) + _RULE.format(side="bottom", size=8)
    margins = "".join(f'<w:{s} w:w="{_MARGIN}" w:type="dxa"/>' for s in ("left", "right"))
    properties = (
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{rules}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        f"<w:tblCaption w:val={quoteattr(clean(panel.table.caption))}/>"
    )
    rows = "".join([*_heads(panel, widths), *(_row(r, panel, widths) for r in panel.table.rows)])
    head = f"<w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    return f"<w:tbl {_NAMESPACE}>{head}{rows}</w:tbl>"


def _heads(panel: Panel, widths: list[int]) -> Iterator[str]:
    table = panel.table
    if any(c.group for c in table.columns):
        cells, first = [_cell([""], widths[0], head=True)], 1
        for group, span in table.groups:
            width = sum(widths[first : first + span])
            cells.append(
                _cell([group], width, side="center", span=span, head=True, rule=bool(group))
            )
            first += span
        yield _line(cells, head=True)
    columns = (table.stub, *table.columns)
    sides = ["left", *("left" if c.words else "right" for c in table.columns)]
    yield _line(
        [
            _cell([c.head, c.below], w, side=side, head=True, rule=True)
            for c, w, side in zip(columns, widths, sides, strict=True)
        ],
        head=True,
    )


def _row(row: Row, panel: Panel, widths: list[int]) -> str:
    cells = [_cell([row.name, row.below], widths[0])]
    for cell, column, width in zip(row.cells, panel.table.columns, widths[1:], strict=True):
        side = "left" if column.words else "right"
        cells.append(_cell([cell.text, cell.below], width, side=side, bold=cell.tone == "bad"))
    return _line(cells)


def _line(cells: list[str], *, head: bool = False) -> str:
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(
    lines: list[str],
    width: int,
    *,
    side: str = "left",
    span: int = 1,
    head: bool = False,
    rule: bool = False,
    bold: bool = False,
) -> str:
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    properties += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    if rule:
        properties += f"<w:tcBorders>{_RULE.format(side='bottom', size=4)}</w:tcBorders>"
    properties += '<w:vAlign w:val="bottom"/>' if head else ""
    keep = "<w:keepNext/>" if head else ""
    style = f'<w:pStyle w:val="TableText"/>{keep}<w:jc w:val="{side}"/>'
    text = _run([line for line in lines if line], bold=bold or head)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:pPr>{style}</w:pPr>{text}</w:p></w:tc>"


def _run(lines: list[str], *, bold: bool = False) -> str:
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    texts = (f'<w:t xml:space="preserve">{escape(clean(line))}</w:t>' for line in lines)
    return f"<w:r>{weight}{'<w:br/>'.join(texts)}</w:r>" if lines else ""


def caption_xml(kind: str, number: int, text: str, *, above: bool) -> str:
    """Return a caption with a number that Word counts itself; one above stays with its table."""
    keep = "<w:keepNext/>" if above else ""
    count = _run([str(number)], bold=True)
    field = f'<w:fldSimple w:instr=" SEQ {kind} \\* ARABIC ">{count}</w:fldSimple>'
    return (
        f'<w:p {_NAMESPACE}><w:pPr><w:pStyle w:val="Caption"/>{keep}</w:pPr>'
        f"{_run([f'{kind} '], bold=True)}{field}{_run(['. '], bold=True)}{_run([text])}</w:p>"
    )


def page_number_xml() -> str:
    """Return a paragraph with the number of the page and of all pages."""
    fields = [
        f'<w:fldSimple w:instr=" {field} ">{_run(["1"])}</w:fldSimple>'
        for field in ("PAGE", "NUMPAGES")
    ]
    middle = _run([" of "])
    return f'<w:p {_NAMESPACE}><w:pPr><w:jc w:val="center"/></w:pPr>{middle.join(fields)}</w:p>'
