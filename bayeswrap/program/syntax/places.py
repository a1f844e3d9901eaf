"""Where something stands in a program: file, line and column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayeswrap.program.syntax.tokens import LINE_END, code_tokens

if TYPE_CHECKING:
    from bayeswrap.engine.line_map import LineMap

__all__ = [
    "Location",
    "first_place",
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


def first_place(source: str, text: str, lines: LineMap | None = None) -> Location | None:
    r"""Return where the tokens of a text stand first in a program; None where they do not.

    Parameters
    ----------
    source : str
        The program.
    text : str
        A piece of it; spaces and comments do not count, and ``...`` is the end.
    lines : LineMap, optional
        Where the lines came from.

    Examples
    --------
    >>> first_place("model {\n y[ 2 ] ~ normal(0, 1); }", "y[2] ~ normal").line
    2
    """
    wanted = [t.text for t in code_tokens(text.partition("...")[0])]
    tokens = code_tokens(source)
    for i in range(len(tokens) - len(wanted) + 1):
        if wanted and [t.text for t in tokens[i : i + len(wanted)]] == wanted:
            return location_of(source, tokens[i].start, tokens[i + len(wanted) - 1].end, lines)
    return None
