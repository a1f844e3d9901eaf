"""Words that users read are those of a textbook: messages, docstrings, the report, the pages."""

from __future__ import annotations

import ast
import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from fixtures.folders import ROOT

from bayeswrap.report.build import build_report
from bayeswrap.report.document.render_html import to_html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# words to avoid, and what a textbook has instead
INSTEAD_OF = {
    r"told|tells?": "reported, states, determines",
    r"said": "stated, set",
    r"feels?|felt": "is sensitive to",
    r"for ever|forever": "keeps increasing along",
    r"(tells?|told) apart": "distinguishes",
    r"shape gap": "(mode - mean)/sd",
    r"prior pull|pulls?|pulled": "prior shift",
    r"will do": "is adequate",
    r"what (one|you) wants?": "meaningful",
    r"keeps? away from": "has no mass near",
    r"what to use": "recommendation",
    r"share above": "posterior predictive p-value",
}
BANNED = re.compile(rf"(?<![\w`\"'])(?:{'|'.join(INSTEAD_OF)})(?![\w`\"'])", re.IGNORECASE)
PACKAGE = ROOT / "bayeswrap"
MODULES = sorted(PACKAGE.rglob("*.py"))
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef)


def sentences(path: Path) -> Iterator[tuple[int, str]]:
    """Yield texts of more than one word, and the first lines of docstrings, by line."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = set()
    for node in ast.walk(tree):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node) is not None:
            constant = node.body[0].value
            docstrings.add(id(constant))
            yield constant.lineno, ast.get_docstring(node).partition("\n")[0]
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and id(node) not in docstrings and " " in text.strip():
            yield node.lineno, text


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_messages_and_docstrings_have_plain_words(path: Path) -> None:
    odd = [f"{line}: {text}" for line, text in sentences(path) if BANNED.search(text)]
    assert odd == []


@pytest.mark.parametrize("case", ["edge", "lost", "only missing", "still", "points only", "far"])
def test_a_report_has_plain_words(shapes, case: str) -> None:
    page = to_html(build_report(shapes(case), pictures=False))
    text = unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL))
    assert BANNED.findall(text) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_pages_have_plain_words(path: Path) -> None:
    prose = re.sub(r"```.*?```|`[^`]*`", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    odd = [line for line in prose.splitlines() if BANNED.search(line)]
    assert odd == []
