"""HTML, read back."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from bayeswrap.report.paper.paper_table import Entry, Line, PaperTable
from bayeswrap.report.paper.table_as_html import as_html, as_html_page

HOSTILE = "<script>alert('x')</script> & \"y\""


class Cells(HTMLParser):
    """Rows of cells with their texts and attributes, and every tag."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[tuple[str, dict[str, str | None], str]]] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append((tag, dict(attrs), ""))

    def handle_data(self, data):
        if self.rows and self.rows[-1] and data.strip():
            tag, attrs, text = self.rows[-1][-1]
            self.rows[-1][-1] = (tag, attrs, text + data)


@pytest.fixture
def table():
    return PaperTable(
        caption=HOSTILE,
        spans=((HOSTILE, 1),),
        heads=("", "MLE"),
        body=(
            Line(Entry(HOSTILE, ("a",)), (Entry("−1.25"),)),  # noqa: RUF001 - as shown
            Line(Entry(), (Entry("(0.50)"),)),
        ),
        statistics=(Line(Entry("observations"), (Entry("30"),)),),
        footnotes=(("a", HOSTILE),),
        notes=("A sentence.",),
    )


def test_cells_are_read_back(table):
    parser = Cells()
    parser.feed(as_html(table))

    assert "script" not in parser.tags
    texts = [[text for _, _, text in row] for row in parser.rows]
    assert texts == [
        ["", HOSTILE],
        ["", "MLE"],
        [HOSTILE + "a", "−1.25"],  # noqa: RUF001 - as shown
        ["(0.50)"],
        ["observations", "30"],
        ["a " + HOSTILE],
        ["A sentence."],
    ]


def test_labels_are_heads_that_reach_over_their_lines(table):
    parser = Cells()
    parser.feed(as_html(table))

    tag, attrs, _ = parser.rows[2][0]
    assert (tag, attrs["scope"], attrs["rowspan"]) == ("th", "row", "2")
    assert parser.rows[1][1][1]["scope"] == "col"


def test_a_page_says_its_encoding_and_title(table):
    page = as_html_page(table)

    assert page.startswith("<!DOCTYPE html>")
    assert '<meta charset="utf-8">' in page
    assert page.count("<table") == page.count("</table>") == 1
