"""Escapes: a library of CommonMark gives back what went in."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bayeswrap.report.document.markdown_text import cell_text, escaped, fenced, paragraph

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
HOSTILE = [
    "y_rep[1] * 2 | __x__ ~~gone~~",
    "[a](http://x) ![b](c) [d][e] [f]: g",
    "`code` <b>x&y</b> &amp; &#42; $x^2$",
    "a \\ b \\| c",
    "- item",
    "12. item",
    "# head",
    "> quote",
    "=====",
    "Körpergröße (cm)",
    "y; DROP TABLE",
]


def shown(source):
    return html.unescape(re.sub(r"<[^>]+>", "", MARKDOWN.render(source))).strip()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_paragraph_shows_its_text(text):
    rendered = MARKDOWN.render(paragraph(text))
    assert rendered.startswith("<p>")
    assert shown(paragraph(text)) == text


@given(st.text(alphabet=r"ab1 *_`[](){}<>#+-.!|~$&;\"'=:", max_size=30))
def test_no_text_is_a_mark_of_the_language(text):
    rendered = MARKDOWN.render(f"x {escaped(text)} x")
    assert not re.search(r"<(?!/?p>)", rendered)
    assert "".join(shown(f"x {escaped(text)} x").split()) == "".join(f"x{text}x".split())


@pytest.mark.parametrize("text", [*HOSTILE, "two\nlines", "a\r\n\r\nb"])
def test_a_cell_stays_one_cell(text):
    page = f"| h | k |\n| --- | --- |\n| {cell_text(text)} | 2 |"
    rendered = MARKDOWN.render(page)
    assert rendered.count("<td>") == 2
    cell = re.search(r"<td>(.*?)</td>", rendered, re.DOTALL)[1]
    assert html.unescape(cell) == " ".join(text.split())


def test_what_stands_below_is_in_the_same_cell():
    assert cell_text("0.1", "(0.2)") == "0.1<br>(0.2)"


def test_a_fence_is_longer_than_those_in_the_code():
    lines = ["a", "```", "````stan"]
    tokens = MARKDOWN.parse(fenced(lines, "stan"))
    assert [t.type for t in tokens] == ["fence"]
    assert tokens[0].content == "\n".join(lines) + "\n"
