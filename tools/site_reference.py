"""The reference pages of public names: one page for the functions and one a class.

The names are those of ``write_api_page.py``. The texts are the docstrings, set by mkdocstrings.
"""

from __future__ import annotations

import re
from pathlib import Path

import write_api_page

from bayeswrap.thresholds import THRESHOLDS

ROOT = Path(__file__).parents[1]
_THRESHOLDS = """# Thresholds

Every number that changes a status, a warning, a flag or a verdict (`bayeswrap/thresholds.py`). The
last column is the decision that argues for it.

| name | value | what you read beyond it | source | decision |
|---|---|---|---|---|"""
_ENTRY = "::: {path}\n    options:\n      heading_level: {level}\n"


def pages() -> dict[str, str]:
    """Return the text of each reference page, by name."""
    texts = {"thresholds.md": thresholds()}
    for title, functions in write_api_page.SECTIONS.items():
        entries = [_entry(function, level=2) for function in functions.values()]
        texts[f"reference/{title.lower()}.md"] = "\n".join([f"# {title}\n", *entries])
    for name, cls in write_api_page.CLASSES.items():
        texts[f"reference/{page_name(name)}.md"] = f"---\ntitle: {name}\n---\n\n" + _entry(
            cls, level=1
        )
    return texts


def thresholds() -> str:
    """Return the page of all numbers on which a message depends."""
    rows = [
        f"| `{name}` | {row.value:.6g} {row.unit} | {row.beyond} | {_linked(row.source)} |"
        f" [{int(row.decision)}](decisions/{_decision(row.decision)}) |"
        for name, row in THRESHOLDS.items()
    ]
    return "\n".join([_THRESHOLDS, *rows, ""])


def _linked(source: str) -> str:
    """Return a source with links to what a DOI or an arXiv number names."""
    source = re.sub(r"doi:(\S+)", r"[doi:\1](https://doi.org/\1)", source)
    return re.sub(r"arXiv:(\d+\.\d+)", r"[arXiv:\1](https://arxiv.org/abs/\1)", source)


def _decision(number: str) -> str:
    return next((ROOT / "docs" / "decisions").glob(f"{number}-*.md")).name


def page_name(cls: str) -> str:
    """Return the name of a class's page.

    Examples
    --------
    >>> page_name("PointEstimate")
    'point-estimate'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", cls).lower()


def list_with_links(text: str) -> str:
    """Return the list of public names with a link from each name to its entry."""
    parts = re.split(r"^## (\w+)$", text, flags=re.MULTILINE)
    for i in range(1, len(parts), 2):
        title, lines = parts[i : i + 2]
        parts[i] = f"## {title}"
        parts[i + 1] = re.sub(
            r"^\* `([\w.]+)((?:\(\))?)`",
            lambda m, t=title: f"* [`{m.group(1)}{m.group(2)}`]({_address(t, m.group(1))})",
            lines,
            flags=re.MULTILINE,
        )
    return "".join(parts)


def _address(title: str, name: str) -> str:
    """Return the place of a name's entry."""
    if title in write_api_page.CLASSES:
        cls = write_api_page.CLASSES[title]
        return f"reference/{page_name(title)}.md#{_path(cls)}{name}"
    return f"reference/{title.lower()}.md#{_path(write_api_page.SECTIONS[title][name])}"


def _entry(value: object, *, level: int) -> str:
    return _ENTRY.format(path=_path(value), level=level)


def _path(value: object) -> str:
    return f"{value.__module__}.{value.__qualname__}"
