"""The pages of the site: where each comes from, how links between them read, and their order.

Most pages are files of ``docs``. Some stand elsewhere in the project, because that is where people
look for them (``README.md``), and some are made of others (the list of decisions). All of them are
laid out in one folder, from which the site is built.
"""

from __future__ import annotations

import os
import re
import shutil
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

import site_reference

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"

# pages that stand outside of docs, and their place in the site
ELSEWHERE = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "bayeswrap/engine/frontend/README.md": "front-end.md",
}
# files that have a page made of them
SHOWN = {"bayeswrap/thresholds.py": "thresholds.md"}
# title of a tab, and its pages in order: names, patterns, or a folder within the tab; a page stands
# where the longest pattern that fits has it
ORDER: dict[str, list[str | tuple[str, list[str]]]] = {
    "Home": ["index.md"],
    "Start": ["start.md", "how-to/read-the-report.md", "limits.md"],
    "Concepts": [
        "concepts/index.md",
        "concepts/mle.md",
        "concepts/marginal-mle.md",
        "concepts/map-and-scales.md",
        "concepts/roles.md",
        "concepts/verdict.md",
        "concepts/*.md",
        "theory.md",
        "roles.md",
        "estimates.md",
        "search.md",
        "verdict.md",
        "formulas.md",
        "models.md",
        "studies.md",
        "*.md",
        "glossary.md",
    ],
    "How to": ["how-to/*.md"],
    "Gallery": ["gallery/index.md", "gallery/wells.md", "gallery/kidiq.md", "gallery/*.md"],
    "Coming from": ["coming-from/index.md", "coming-from/*.md"],
    "Reference": [
        "flags.md",
        "errors.md",
        "thresholds.md",
        "command-line.md",
        "api.md",
        ("Functions", ["reference/functions.md", "reference/studies.md"]),
        ("Classes", ["reference/*.md"]),
        "changelog.md",
    ],
    "Project": [
        "architecture.md",
        "contributing.md",
        "front-end.md",
        ("Change it", ["how-to/add-*.md", "how-to/update-*.md"]),
        ("Decisions", ["decisions/index.md", "decisions/*.md"]),
    ],
}
_LINK = re.compile(r"(!?\[[^\]]*\]\()([^)\s#]+)(#[^)\s]*)?(\))")
_TITLE = re.compile(r"^# +(.+?)\s*$", re.MULTILINE)
_WITHOUT_SIDEBAR = "---\nhide: [navigation]\n---\n\n"
_FENCE = re.compile(r"(^```.*?^```)", re.MULTILINE | re.DOTALL)
_SESSION = re.compile(r"^```python\n(?=>>>)", re.MULTILINE)


def lay_out(folder: Path) -> list[str]:
    """Write all pages and pictures into an empty folder; return the pages by name."""
    shutil.rmtree(folder, ignore_errors=True)
    for path, name in sources().items():
        write(folder / name, page_text(path, name, folder))
    write(folder / "index.md", _WITHOUT_SIDEBAR + (folder / "index.md").read_text(encoding="utf-8"))
    made = {"decisions/index.md": list_of_decisions()} | site_reference.pages()
    for name, text in made.items():
        write(folder / name, text)
    list_of_names = (folder / "api.md").read_text(encoding="utf-8")
    write(folder / "api.md", site_reference.list_with_links(list_of_names))
    for path in DOCS.rglob("*"):
        if path.is_file() and path.suffix != ".md":
            copy(path, folder / path.relative_to(DOCS))
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*.md"))


def sources() -> dict[Path, str]:
    """Return the file of each page that is written by hand, and its place in the site."""
    inside = {path: str(path.relative_to(DOCS)) for path in sorted(DOCS.rglob("*.md"))}
    return inside | {ROOT / path: name for path, name in ELSEWHERE.items()}


def page_text(path: Path, name: str, folder: Path) -> str:
    """Return a page with its links as they read in the site; what they reach is copied there."""
    parts = _FENCE.split(path.read_text(encoding="utf-8"))
    for i in range(0, len(parts), 2):
        parts[i] = _LINK.sub(lambda m: _moved(m, path, name, folder), parts[i])
    return _SESSION.sub("```pycon\n", "".join(parts))


def _moved(link: re.Match[str], path: Path, name: str, folder: Path) -> str:
    start, target, anchor, end = link.groups()
    if ":" in target:
        return link.group()
    place = place_of((path.parent / target).resolve(), folder)
    if place is None:
        return link.group()  # the build names it: there is no such file
    way = os.path.relpath(place, PurePosixPath(name).parent)
    return f"{start}{way}{anchor or ''}{end}"


def place_of(path: Path, folder: Path) -> str | None:
    """Return where a file of the project stands in the site; what is no page is copied."""
    if not path.exists() or not path.is_relative_to(ROOT):
        return None
    within = str(path.relative_to(ROOT))
    if within in ELSEWHERE | SHOWN:
        return (ELSEWHERE | SHOWN)[within]
    if path.is_relative_to(DOCS):
        place = str(path.relative_to(DOCS))
        return f"{place}/index.md" if path.is_dir() else place
    if path.is_dir():
        return None
    copy(path, folder / "files" / within)
    return f"files/{within}"


def list_of_decisions() -> str:
    """Return the page that lists all decisions."""
    rows = [
        f"* [{title(path.read_text(encoding='utf-8'))}]({path.name})"
        for path in sorted((DOCS / "decisions").glob("0*.md"))
    ]
    head = "# Decisions\n\nWhy things are as they are, where another choice was possible."
    return "\n".join([head, "", *rows, ""])


def title(text: str) -> str:
    """Return the title of a page.

    Examples
    --------
    >>> title("# The verdict: what it means")
    'The verdict: what it means'
    """
    found = _TITLE.search(text)
    return found.group(1) if found else "(without a title)"


def navigation(names: list[str]) -> list[dict[str, object]]:
    """Return the order of pages as tabs and their pages, without what does not exist yet.

    Examples
    --------
    >>> navigation(["how-to/add-a-check.md", "index.md", "how-to/pass-data.md"])[:2]
    [{'Home': 'index.md'}, {'How to': ['how-to/pass-data.md']}]
    """
    entries = [e for wanted in ORDER.values() for entry in wanted for e in _within(entry)]
    places: dict[str, list[str]] = {}
    for name in names:
        fitting = [entry for entry in entries if _fits(name, entry)]
        if fitting:  # the builder names the pages without a place
            places.setdefault(max(fitting, key=len), []).append(name)
    tabs = {tab: _pages(wanted, places) for tab, wanted in ORDER.items()}
    return [{tab: p[0] if p == ["index.md"] else p} for tab, p in tabs.items() if p]


def _within(entry: str | tuple[str, list[str]]) -> list[str]:
    return [entry] if isinstance(entry, str) else entry[1]


def _fits(name: str, pattern: str) -> bool:
    return fnmatch(name, pattern) and name.count("/") == pattern.count("/")


def _pages(
    wanted: list[str | tuple[str, list[str]]], places: dict[str, list[str]]
) -> list[str | dict[str, list[str]]]:
    pages: list[str | dict[str, list[str]]] = []
    for entry in wanted:
        found = [name for pattern in _within(entry) for name in places.get(pattern, [])]
        if found:
            pages += found if isinstance(entry, str) else [{entry[0]: found}]
    return pages


def write(path: Path, text: str) -> None:
    """Write a file, and its folder where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def copy(path: Path, to: Path) -> None:
    """Copy a file, and make its folder where there is none."""
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, to)
