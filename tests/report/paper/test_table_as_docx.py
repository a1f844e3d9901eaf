"""Word files, read back by python-docx."""

from __future__ import annotations

import docx
import pytest
from docx.oxml.ns import qn

from bayeswrap.report.paper.paper_table import Entry, Line, PaperTable
from bayeswrap.report.paper.table_as_docx import write_docx


@pytest.fixture
def document(tmp_path):
    table = PaperTable(
        caption="Wells & <co>",
        spans=(("Model 1", 2),),
        heads=("", "MLE", "MAP"),
        body=(
            Line(Entry("β <x>", ("a",)), (Entry("−1.25", ("b",)), Entry("2.0"))),  # noqa: RUF001 - as shown
            Line(Entry(), (Entry("(0.50)"), Entry("(0.1)"))),
        ),
        statistics=(Line(Entry("observations"), (Entry("30"), Entry("30"))),),
        footnotes=(("a", "on the edge"),),
        notes=("A sentence.",),
    )
    write_docx(table, tmp_path / "t.docx")
    return docx.Document(str(tmp_path / "t.docx"))


def test_cells_are_read_back(document):
    (table,) = document.tables

    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["", "Model 1", "Model 1"],
        ["", "MLE", "MAP"],
        ["β <x>a", "−1.25b", "2.0"],  # noqa: RUF001 - as shown
        ["β <x>a", "(0.50)", "(0.1)"],
        ["observations", "30", "30"],
    ]


def test_caption_and_notes_stand_around_it(document):
    texts = [p.text for p in document.paragraphs]

    assert texts == ["Wells & <co>", "a on the edge", "A sentence."]
    assert document.paragraphs[0].style.name == "Caption"


def test_letters_are_raised_and_heads_repeated(document):
    rows = document.tables[0].rows
    runs = rows[2].cells[1].paragraphs[0].runs

    assert [run.font.superscript for run in runs] == [None, True]
    assert [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in rows] == [
        *(True, True),
        *(False, False, False),
    ]
