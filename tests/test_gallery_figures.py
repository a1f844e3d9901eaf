"""Pages of the gallery and of the concepts have a figure that their own code draws."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pytest
from fixtures.folders import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PICTURE = re.compile(r"!\[(?P<words>[^\]]*)\]\((?P<path>[^)]*)\)")


@pytest.fixture
def build_gallery_figures(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(ROOT / "tools")
    import build_gallery_figures  # noqa: PLC0415 - a script, found through the path above

    yield build_gallery_figures
    del sys.modules["build_gallery_figures"]


def test_every_page_shows_its_picture_with_words(build_gallery_figures) -> None:
    pages = build_gallery_figures.pages()
    assert len(pages) >= len(build_gallery_figures.FOLDERS)
    for page in pages:
        shown = PICTURE.findall(page.read_text(encoding="utf-8"))
        assert [path for _, path in shown] == [f"pictures/{page.stem}.png"], page
        assert all(words for words, _ in shown), page


def test_every_picture_is_small_and_belongs_to_a_page(build_gallery_figures) -> None:
    expected = {build_gallery_figures.picture_of(page) for page in build_gallery_figures.pages()}
    folders = {picture.parent for picture in expected}
    assert {file for folder in folders for file in folder.iterdir()} == expected
    for picture in expected:
        assert picture.stat().st_size < build_gallery_figures.LARGEST, picture


def test_the_tool_draws_a_page(
    build_gallery_figures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "concepts" / "map-and-scales.md"
    page.parent.mkdir()
    page.write_bytes((build_gallery_figures.DOCS / "concepts" / page.name).read_bytes())
    monkeypatch.setattr(build_gallery_figures, "DOCS", tmp_path)

    build_gallery_figures.main(["map-and-scales"])

    assert build_gallery_figures.picture_of(page).read_bytes().startswith(b"\x89PNG")
