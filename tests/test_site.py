"""The documentation site is whole: pages have a place, links an end, and nothing is fetched."""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from fixtures.folders import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SOURCE_TAGS = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}


@pytest.fixture(scope="module")
def tools():
    sys.path.insert(0, str(ROOT / "tools"))
    import build_site  # noqa: PLC0415 - scripts, found through the path above
    import site_pages  # noqa: PLC0415 - the same

    yield build_site, site_pages
    sys.path.remove(str(ROOT / "tools"))


@pytest.fixture(scope="module")
def site(tools, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "site"
    assert tools[0].build(folder) == 0, "run make docs: a warning is an error"
    return folder


class _Addresses(HTMLParser):
    """What a page fetches by itself, what it links to, and the anchors that it has."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.links: list[str] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.anchors |= {values[name] for name in ("id", "name") if name in values}
        if tag in SOURCE_TAGS and values.get(SOURCE_TAGS[tag]):
            self.fetched.append(values[SOURCE_TAGS[tag]])
        if tag == "a" and "href" in values:
            self.links.append(values["href"])


@pytest.fixture(scope="module")
def addresses(site: Path) -> dict[Path, _Addresses]:
    pages = {}
    for path in site.rglob("*.html"):
        pages[path] = _Addresses()
        pages[path].feed(path.read_text(encoding="utf-8"))
    return pages


def test_a_page_fetches_nothing_from_another_host(addresses) -> None:
    fetched = {address for page in addresses.values() for address in page.fetched}
    assert {a for a in fetched if re.match(r"(https?:)?//", a)} == set()


def test_style_sheets_fetch_nothing_from_another_host(site: Path) -> None:
    sheets = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.css"))
    assert re.findall(r"url\(['\"]?(?:https?:)?//[^)]*\)|@import[^;]*//[^;]*;", sheets) == []


def test_every_link_has_an_end(addresses) -> None:
    dead = []
    for path, page in addresses.items():
        if path.name == "404.html":
            continue  # it is shown at any address: its links are absolute
        for link in page.links:
            if re.match(r"[a-z]+:", link):
                continue
            target, _, anchor = unquote(link).partition("#")
            file = (path.parent / target).resolve() if target else path
            there = file in addresses and (not anchor or anchor in addresses[file].anchors)
            if not (there or (file.is_file() and file.suffix != ".html")):
                dead.append(f"{path.name}: {link}")
    assert dead == []


def test_every_page_of_the_docs_is_on_the_site(addresses, site: Path) -> None:
    built = {str(path.relative_to(site).with_suffix("")) for path in addresses}
    written = {
        str(path.relative_to(ROOT / "docs").with_suffix(""))
        for path in (ROOT / "docs").rglob("*.md")
    }
    assert written - built == set()


def test_a_page_stands_where_the_longest_pattern_has_it(tools) -> None:
    navigation = tools[1].navigation(
        ["changelog.md", "how-to/add-a-check.md", "how-to/pass-data.md", "novel.md", "x/y/z.md"]
    )
    assert navigation == [
        {"Concepts": ["novel.md"]},
        {"How to": ["how-to/pass-data.md"]},
        {"Reference": ["changelog.md"]},
        {"Project": [{"Change it": ["how-to/add-a-check.md"]}]},
    ]


def test_links_lead_to_the_new_places_of_pages(tools, tmp_path: Path) -> None:
    page = tmp_path / "folder"
    text = tools[1].page_text(ROOT / "README.md", "index.md", page)
    assert "](docs/" not in text
    assert (page / "files").exists() == ("](files/" in text)


def test_links_in_code_stay(tools, tmp_path: Path) -> None:
    path = ROOT / "docs" / "verdict.md"
    text = tools[1].page_text(path, "verdict.md", tmp_path)
    assert "```python\n>>>" not in text
    assert text.count("```pycon") == path.read_text(encoding="utf-8").count("```python\n>>>")


def test_pictures_are_small_and_used() -> None:
    pictures = {
        path.name: path.stat().st_size for path in (ROOT / "docs" / "pictures").glob("*.png")
    }
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    text = "".join(path.read_text(encoding="utf-8") for path in pages)
    assert [name for name in pictures if f"pictures/{name})" not in text] == []
    assert [name for name, size in pictures.items() if not 2_000 < size < 200_000] == []
