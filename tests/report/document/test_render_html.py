"""The page: valid, escaped, self-contained; its table against a golden text."""

from __future__ import annotations

import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bayeswrap.report.build import build_report
from bayeswrap.report.document.render_html import to_html

GOLDEN = Path(__file__).parent / "golden" / "comparison_table.txt"
VOID = {"meta", "img", "br", "wbr", "link", "input", "hr"}
# where a page may lead: to a part of itself
INSIDE = "#"
EVIL = '<script>alert("x")</script> & co'


class Page(HTMLParser):
    """Reads tags, checks that they close in order, and keeps what tests ask for."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.ids, self.rows = [], [], [], []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.append((tag, attrs))
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"} and self.rows:
            self.rows[-1].append("")
        elif tag == "span" and self.rows and self.rows[-1]:
            self.rows[-1][-1] += " "

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.fixture(scope="module")
def text(full):
    return to_html(build_report(full))


@pytest.fixture(scope="module")
def page(text):
    return Page(text)


def test_the_page_is_html_with_a_language(text, page):
    assert text.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert len(page.ids) == len(set(page.ids))
    assert [len(page.all(t)) for t in ("title", "h1", "main")] == [1, 1, 1]


def test_nothing_is_loaded_from_anywhere(text, page):
    addresses = [a[k] for _, a in page.tags for k in ("src", "href", "srcset", "data") if k in a]
    assert addresses
    images = [a for a in addresses if not a.startswith(INSIDE)]
    assert all(a.startswith("data:image/svg+xml;base64,") for a in images)
    assert {a.removeprefix(INSIDE) for a in addresses if a.startswith(INSIDE)} <= {*page.ids}
    assert not re.search(r"https?://|@import|url\(|fetch\(|XMLHttp|import\(", text)
    assert page.all("script") == [{}]
    assert not page.all("link")


def test_figures_have_words_and_heads_a_scope(page):
    assert page.all("img")
    assert all(len(a["alt"]) > 20 for a in page.all("img"))
    assert all(a["scope"] in {"row", "col", "colgroup"} for a in page.all("th"))


def test_all_rows_of_a_table_are_equally_wide(text):
    table = re.search(r'<table class="comparison">.*?</table>', text, re.DOTALL)[0]
    _, heads, *body = Page(table).rows
    assert {len(row) for row in body} == {len(heads) + 1}


def test_the_verdict_is_a_word_and_a_colour(text):
    assert 'class="verdict good"' in text
    assert "The MAP is an adequate summary of the posterior</span></h2>" in text


def test_what_users_write_is_escaped(builder):
    evil = builder(labels={"mu": f"beta[{EVIL}]"}, engine=EVIL)
    evil = builder(
        source=evil.source.replace("data {", f"data {{ // {EVIL}", 1),
        labels=evil.labels,
        engine=evil.engine,
    )
    text = to_html(build_report(evil.everything()))
    assert text.count("<script") == 1
    assert "&lt;script&gt;" in text
    assert "&amp; co" in text
    Page(text)


@pytest.mark.parametrize(
    "case",
    ["no prior", "one parameter", "edge", "lost", "only missing", "still", "points only", "far"],
)
def test_any_comparison_makes_a_sound_page(shapes, case):
    page = to_html(build_report(shapes(case), pictures=False))
    Page(page)
    assert not re.search(r">\s*(nan|None|inf)\b", page)
    assert "e-27" not in page


def test_missing_estimates_come_with_reason_and_advice(shapes):
    page = to_html(build_report(shapes("only missing"), pictures=False))
    assert "it has run away" in page
    assert "add a prior" in page
    assert 'class="verdict bad"' in page


def test_the_table_is_the_golden_one(text):
    table = re.search(r'<table class="comparison">.*?</table>', text, re.DOTALL)[0]
    lines = [" | ".join(" ".join(c.split()) for c in row) for row in Page(table).rows]
    found = "\n".join(lines) + "\n"
    if os.environ.get("BAYESWRAP_REGENERATE"):
        GOLDEN.write_text(found, encoding="utf-8")
    assert found == GOLDEN.read_text(encoding="utf-8")


def test_four_parameters_stay_far_below_the_limit_of_size(shapes):
    assert len(to_html(build_report(shapes("four parameters")))) < 600_000
