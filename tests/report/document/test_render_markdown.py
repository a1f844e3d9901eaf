"""The page of Markdown, read back by a library: headings, tables, figures, program."""

from __future__ import annotations

import html
import re

import pytest
from markdown_it import MarkdownIt

from bayeswrap.report.build import build_report
from bayeswrap.report.document.plain_form import APPENDIX, plain_form
from bayeswrap.report.document.render_markdown import to_markdown

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def parsed(report):
    text, figures = to_markdown(report, "r_files")
    return MARKDOWN.parse(text), text, figures


@pytest.fixture(scope="module")
def page(hostile_report):
    return parsed(hostile_report)


def shown(source):
    return html.unescape(re.sub(r"<[^>]+>", "", MARKDOWN.renderInline(source)))


def headings(tokens):
    return [shown(tokens[i + 1].content) for i, t in enumerate(tokens) if t.type == "heading_open"]


def test_headings_are_those_of_the_page(page, hostile_report):
    titles = [s.title for s in plain_form(hostile_report).every_section]
    assert headings(page[0]) == [f"{hostile_report.title}: estimates compared", *titles, "Glossary"]


def test_tables_are_tables_with_all_their_rows(page, hostile_report):
    tokens, *_ = page
    tables = [t for s in plain_form(hostile_report).every_section for t in s.tables]
    statements, rows = 2, sum(len(t.rows) for t in tables)
    heads = len(tables) + 1
    assert sum(t.type == "table_open" for t in tokens) == heads
    assert sum(t.type == "tr_open" for t in tokens) == rows + statements + heads


def test_names_are_shown_as_they_are(page, hostile_report):
    tokens, *_ = page
    cells = [shown(t.content) for t in tokens if t.type == "inline"]
    for row in hostile_report.sections[0].tables[0].rows[:-1]:
        assert row.name in cells


def test_figures_have_words_and_files(page):
    tokens, _, figures = page
    images = [c for t in tokens for c in t.children or () if c.type == "image"]
    assert [i.attrs["src"] for i in images] == [*figures] == ["r_files/figure-1.png"]
    assert figures["r_files/figure-1.png"].startswith(b"\x89PNG")
    words = MARKDOWN.renderer.renderInlineAsText(images[0].children, MARKDOWN.options, {})
    assert words == 'Density of "θ_λ" & <b>more</b>.'


def test_the_program_is_a_block_of_code(page):
    (block,) = [t for t in page[0] if t.type == "fence"]
    assert "3    alpha ~ normal(0, 2.5);\n" in block.content
    assert "`x` \\ {~}\n" in block.content


def test_the_contents_lead_to_headings(page):
    links = re.findall(r"^- \[.*\]\(#(.+)\)$", page[1], re.MULTILINE)
    assert links[:2] == ["agreement", "checks-1-failed"]
    assert links[-2:] == ["appendix-elements-of-long-vectors", "glossary"]


def test_nothing_that_users_write_is_markup(page):
    tokens, *_ = page
    inside = {c.content for t in tokens for c in t.children or () if c.type == "html_inline"}
    assert inside == {"<br>"}
    assert not [t for t in tokens if t.type == "html_block"]


def test_long_vectors_are_in_the_appendix(page):
    heads = headings(page[0])
    assert heads[heads.index(APPENDIX) + 1 :] == ["z: 300 elements", "Glossary"]


@pytest.mark.parametrize("case", ["no prior", "edge", "lost", "only missing", "still", "far"])
def test_any_comparison_makes_whole_tables(shapes, case):
    tokens, text, _ = parsed(build_report(shapes(case), pictures=False, facts=False))
    assert not any("| ---" in t.content for t in tokens if t.type == "inline")
    assert not re.search(r"\b(nan|None|inf)\b", text)
