"""Tables of a Word document as XML: heads, widths, spans, and what XML cannot hold."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from bayeswrap.report.document.docx_tables import (
    caption_xml,
    clean,
    page_number_xml,
    table_panels,
    table_xml,
)
from bayeswrap.report.document.parts import Cell, Column, Row, Table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT_WIDTH = 17 / 2.54 * 1440  # twentieths of a point in 17 cm


def made(*columns, rows):
    table = Table(key="t", caption='a "b" & <c>', stub=Column("name"), columns=columns, rows=rows)
    return [ET.fromstring(table_xml(p)) for p in table_panels(table)]  # noqa: S314 - our own text


def texts(element):
    return ["".join(t.text or "" for t in c.iter(f"{W}t")) for c in element.iter(f"{W}tc")]


def test_heads_are_repeated_and_rows_are_whole():
    columns = (Column("x", group="G"), Column("y", "(s)", group="G"))
    (table,) = made(*columns, rows=(Row("<b>", (Cell("1"), Cell("2", "(3)"))),))
    rows = [*table.iter(f"{W}tr")]
    assert [row.find(f".//{W}tblHeader") is not None for row in rows] == [True, True, False]
    assert all(row.find(f".//{W}cantSplit") is not None for row in rows)
    assert [texts(row) for row in rows] == [["", "G"], ["name", "x", "y(s)"], ["<b>", "1", "2(3)"]]
    assert rows[0].find(f".//{W}gridSpan").get(f"{W}val") == "2"
    assert table.find(f".//{W}tblCaption").get(f"{W}val") == 'a "b" & <c>'


def test_no_table_is_wider_than_the_text():
    columns = tuple(Column(f"h{i}") for i in range(30))
    parts = made(*columns, rows=(Row("a" * 200, tuple(Cell("1234567") for _ in columns)),))
    assert len(parts) > 1
    for part in parts:
        width = sum(int(c.get(f"{W}w")) for c in part.iter(f"{W}gridCol"))
        assert width == int(part.find(f".//{W}tblW").get(f"{W}w")) <= TEXT_WIDTH


def test_what_is_flagged_is_bold():
    (table,) = made(Column("x"), rows=(Row("a", (Cell("1", tone="bad"),)),))
    *_, last = table.iter(f"{W}tc")
    assert last.find(f".//{W}b") is not None


def test_captions_and_pages_are_counted_by_word():
    caption = ET.fromstring(caption_xml("Table", 3, "a < b", above=True))  # noqa: S314 - our own
    assert "".join(t.text for t in caption.iter(f"{W}t")) == "Table 3. a < b"
    assert caption.find(f".//{W}fldSimple").get(f"{W}instr") == r" SEQ Table \* ARABIC "
    assert caption.find(f".//{W}keepNext") is not None
    page = ET.fromstring(page_number_xml())  # noqa: S314 - our own
    assert [f.get(f"{W}instr") for f in page.iter(f"{W}fldSimple")] == [" PAGE ", " NUMPAGES "]


def test_signs_that_xml_cannot_hold_are_marked():
    assert (
        clean("a\x00\x0b\ud800b\r\n c")
        == "a\N{REPLACEMENT CHARACTER}" * 1 + ("\N{REPLACEMENT CHARACTER}" * 2) + "b c"
    )
