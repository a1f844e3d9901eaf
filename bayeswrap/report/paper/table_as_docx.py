"""The table of a paper in a Word file, through python-docx."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from bayeswrap.report.paper.paper_table import Entry, Line, PaperTable

__all__ = [
    "write_docx",
]


_RULES = {"thick": 12, "thin": 4}  # eighths of a point
_BODY_SIZE, _NOTE_SIZE = 10, 9  # points


def write_docx(table: PaperTable, path: Path) -> None:
    """Write a document with the table, its caption above and its notes below."""
    import docx  # noqa: PLC0415 - a tenth of a second that only some users need

    document = docx.Document()
    if table.caption:
        document.add_paragraph(
            table.caption, style="Caption"
        ).paragraph_format.keep_with_next = True
    _fill(document, table)
    for mark, text in table.remarks:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = _points(2)
        if mark:
            _run(paragraph, mark, _NOTE_SIZE, raised=True)
        _run(paragraph, f" {text}" if mark else text, _NOTE_SIZE)
    document.save(str(path))


def _points(count: float) -> Any:  # noqa: ANN401 - a length of python-docx
    from docx.shared import Pt  # noqa: PLC0415 - as above

    return Pt(count)


def _fill(document: Any, table: PaperTable) -> None:  # noqa: ANN401 - a document of python-docx
    heads = 2 if table.spans else 1
    grid = document.add_table(rows=heads + len(table.lines), cols=len(table.heads))
    grid.alignment = 1  # centred on the page
    rows = [row.cells for row in grid.rows]
    if table.spans:
        _span_row(rows[0], table)
    for cell, head in zip(rows[heads - 1], table.heads, strict=True):
        _write(cell, head, centred=True)
    for cells, line in zip(rows[heads:], table.lines, strict=True):
        _line(cells, line, centred=table.centred)
    for i, depth in enumerate(table.depths):
        if depth > 1:  # a long label breaks beside its numbers, not between them
            rows[heads + i][0].merge(rows[heads + i + depth - 1][0])
    for row in grid.rows[:heads]:
        _repeat(row)
    _rule(rows[0], "top", "thick")
    _rule(rows[heads - 1], "bottom", "thin")
    if table.statistics:
        _rule(rows[heads + len(table.body)], "top", "thin")
    _rule(rows[-1], "bottom", "thick")


def _span_row(cells: Any, table: PaperTable) -> None:  # noqa: ANN401 - cells of python-docx
    start = 1
    for text, width in table.spans:
        merged = cells[start].merge(cells[start + width - 1])
        _write(merged, text, centred=True)
        _rule([merged], "bottom", "thin")
        start += width


def _line(cells: Any, line: Line, *, centred: bool) -> None:  # noqa: ANN401 - as above
    if line.label.text:
        _entry(cells[0], line.label, side=0)
    for cell, entry in zip(cells[1:], line.entries, strict=True):
        _entry(cell, entry, side=1 if centred else 2)


def _write(cell: Any, text: str, *, centred: bool) -> None:  # noqa: ANN401 - as above
    paragraph = _paragraph(cell, 1 if centred else 0)
    _run(paragraph, text, _BODY_SIZE)


def _entry(cell: Any, entry: Entry, side: int) -> None:  # noqa: ANN401 - as above
    paragraph = _paragraph(cell, side)
    _run(paragraph, entry.text, _BODY_SIZE)
    if entry.marks:
        _run(paragraph, ",".join(entry.marks), _BODY_SIZE, raised=True)


def _paragraph(cell: Any, side: int) -> Any:  # noqa: ANN401 - as above
    """Return the paragraph of a cell, close to its neighbours and kept with them on one page."""
    paragraph = cell.paragraphs[0]
    paragraph.alignment = side
    paragraph.paragraph_format.space_after = _points(0)
    paragraph.paragraph_format.keep_with_next = True
    return paragraph


def _run(paragraph: Any, text: str, size: int, *, raised: bool = False) -> None:  # noqa: ANN401 - as above
    run = paragraph.add_run(text)
    run.font.size = _points(size)
    run.font.superscript = raised or None


def _repeat(row: Any) -> None:  # noqa: ANN401 - as above
    """Repeat a head where the table goes on on the next page."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - as above

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - no public way to it


def _rule(cells: Any, edge: str, weight: str) -> None:  # noqa: ANN401 - as above
    """Draw one edge of some cells."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - as above
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above

    for cell in cells:
        properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - no public way to it
        borders = properties.find(qn("w:tcBorders"))
        if borders is None:
            borders = OxmlElement("w:tcBorders")
            properties.append(borders)
        line = OxmlElement(f"w:{edge}")
        line.set(qn("w:val"), "single")
        line.set(qn("w:sz"), str(_RULES[weight]))
        line.set(qn("w:color"), "auto")
        borders.append(line)
