"""Where something stands in a program: file, line and column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayeswrap.program.syntax.tokens import LINE_END

if TYPE_CHECKING:
    from bayeswrap.engine.line_map import LineMap

__all__ = [
    "Location",
    "location_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where a statement stands, as stanc counts, and its text on one line."""

    line: int
    column: int
    """From 1, in bytes: stanc counts a letter with an accent as two."""
    text: str
    file: str = ""
    """Where nothing is included, empty."""
    whole_line: int = 0
    """The line in the whole text, with included files in place."""


def location_of(
    source: str, start: int, end: int | None = None, lines: LineMap | None = None
) -> Location:
    """Return where a unit of the text stands, in the user's own files."""
    ends = list(LINE_END.finditer(source, 0, start))
    line_start, whole_line = (ends[-1].end() if ends else 0), len(ends) + 1
    file, line = lines.at(whole_line) if lines else ("", whole_line)
    return Location(
        line=line,
        column=len(source[line_start:start].encode()) + 1,
        text=" ".join(source[start:end].split()),
        file=file,
        whole_line=whole_line,
    )
