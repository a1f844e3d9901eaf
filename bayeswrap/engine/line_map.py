"""Which line of which of the user's files each line of a program came from.

Stan sees one text with the included files in place; its messages are put back to the files that
the user wrote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = [
    "NO_INCLUDES",
    "LineMap",
    "Segment",
]


_PLACE = re.compile(
    r"in '(?P<file>[^']*)', line (?P<line>\d+)(?:(?P<to>, column \d+ to )line (?P<last>\d+))?"
)


@dataclass(frozen=True, slots=True)
class Segment:
    """From line `start` of the whole on, the lines of `file` from `line` on."""

    start: int
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class LineMap:
    """The segments of a program, in order; none where nothing is included."""

    segments: tuple[Segment, ...] = ()

    def at(self, line: int) -> tuple[str, int]:
        """Return file and line of a line of the whole; no file where nothing is included.

        Examples
        --------
        >>> both = LineMap((Segment(1, "a.stan", 1), Segment(3, "b.stan", 1)))
        >>> both.at(2), both.at(4)
        (('a.stan', 2), ('b.stan', 2))
        """
        before = [s for s in self.segments if s.start <= line]
        if not before:
            return "", line
        segment = before[-1]
        return segment.file, segment.line + line - segment.start

    def relocate(self, message: str, name: str) -> str:
        """Return one of Stan's messages with its places in the user's files.

        Parameters
        ----------
        message : str
            As Stan prints it.
        name : str
            File name of the program where nothing is included.
        """

        def place(match: re.Match[str]) -> str:
            file, line = self.at(int(match["line"]))
            last = f"{match['to']}line {self.at(int(match['last']))[1]}" if match["last"] else ""
            return f"in '{file or name}', line {line}{last}"

        return _PLACE.sub(place, message)


NO_INCLUDES = LineMap()
