"""The Word document, read back by python-docx."""

from __future__ import annotations

import io

import docx
import pytest

from bayeswrap.report.document.plain_form import plain_form
from bayeswrap.report.document.render_docx import to_docx


@pytest.fixture(scope="module")
def document(hostile_report):
    return docx.Document(io.BytesIO(to_docx(hostile_report)))


def words(document, style):
    return [p.text for p in document.paragraphs if p.style.name == style]


def test_headings_have_the_styles_of_word(document, hostile_report):
    heads = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert heads == [*(s.title for s in plain_form(hostile_report).every_section), "Glossary"]
    assert words(document, "Title") == [f"{hostile_report.title}: estimates compared"]
    assert document.core_properties.title == f"{hostile_report.title}: estimates compared"


def test_tables_hold_names_as_they_are(document, hostile_report):
    first, *rest = document.tables
    names = [row.cells[0].text for row in first.rows[2:]]
    expected = [row.name for row in hostile_report.sections[0].tables[0].rows[:-1]]
    assert names == [*expected, "z\n300 elements, see the appendix"]
    assert max(len(t.rows) for t in rest) == 301


def test_each_table_and_figure_has_a_caption(document):
    captions = [p._p.xpath("string()") for p in document.paragraphs if p.style.name == "Caption"]
    tables = [c for c in captions if c.startswith("Table")]
    assert [c.split(".")[0] for c in tables] == [
        f"Table {n}" for n in range(1, len(document.tables) + 1)
    ]
    assert "Figure 1. Densities, 50 %." in captions


def test_figures_have_words_and_fit_the_text(document):
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr") == 'Density of "θ_λ" & <b>more</b>.'
    section = document.sections[0]
    assert shape.width <= section.page_width - section.left_margin - section.right_margin


def test_notes_code_and_pages(document):
    notes = words(document, "Table Note")
    assert "ᵃ on the edge" in notes
    assert "No note." in notes
    assert "3    alpha ~ normal(0, 2.5);" in words(document, "Code")
    assert " PAGE " in document.sections[0].footer.part.blob.decode()


def test_unreliable_sections_say_so(document):
    assert "Not reliable. These numbers cannot be relied on." in words(document, "Normal")
