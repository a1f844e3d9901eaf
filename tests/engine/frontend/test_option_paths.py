"""Rows of the option table and readers of settings use the same constants."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bayeswrap.engine.installation.toolchain import FRONTEND

if TYPE_CHECKING:
    from pathlib import Path

PATHS = FRONTEND / "options" / "paths.hpp"
TABLE = [*FRONTEND.glob("options/rows_*.cpp"), FRONTEND / "options" / "option_table.cpp"]
SOURCES = sorted(path for path in FRONTEND.rglob("*.?pp") if path != PATHS)
_DEFINITION = re.compile(
    r"^namespace (?P<open>\w+) \{|^\}  // namespace (?P<close>\w+)$"
    r'|char (?P<name>k\w+)\[\] =\s+"(?P<path>[^"]+)"',
    re.MULTILINE,
)


def constants() -> dict[str, str]:
    """Return the path of each constant, under its name as it is used."""
    names, group = {}, ""
    for match in _DEFINITION.finditer(PATHS.read_text()):
        if match["open"]:
            group = f"{match['open']}::"
        elif match["close"]:
            group = ""
        else:
            names[f"paths::{group}{match['name']}"] = match["path"]
    return names


def test_every_path_is_a_row() -> None:
    rows = {
        c for file in TABLE for c in re.findall(r"\{(paths::[\w:]+),\s+Kind::", file.read_text())
    }
    assert rows == constants().keys()


def test_no_two_constants_are_one_path() -> None:
    paths = list(constants().values())
    assert len(paths) == len(set(paths))
    assert len(paths) > 50


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(FRONTEND)))
def test_paths_are_written_in_one_file(source: Path) -> None:
    nested = {path for path in constants().values() if "." in path}
    literals = set(re.findall(r'"([\w.]+)"', source.read_text()))
    assert not literals & nested
