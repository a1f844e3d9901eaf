"""Put the text of included files in the place of their ``#include`` lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bayeswrap.engine.line_map import LineMap, Segment
from bayeswrap.errors import ProgramError, ProgramNotFoundError, ProgramSyntaxError
from bayeswrap.program.syntax.tokens import tokens_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = [
    "expand_includes",
    "read_program",
]


_INCLUDE = re.compile(r'#include[ \t]+(?:"([^"\n]+)"|<([^>\n]+)>|(\S+))')
_DEEPEST = 20


def expand_includes(source: str, folders: Sequence[Path], name: str) -> tuple[str, LineMap]:
    """Return a program's text with its included files in place, and where its lines came from.

    Parameters
    ----------
    source : str
        Program text.
    folders : sequence of Path
        Searched in order.
    name : str
        File name for messages.

    Raises
    ------
    ProgramNotFoundError
        An included file stands in none of the folders.
    ProgramSyntaxError
        Files include each other.
    """
    whole = _Whole(folders)
    whole.add(source, name, 0)
    if len(whole.segments) == 1:
        return source, LineMap()
    return "".join(whole.units), LineMap(tuple(whole.segments))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that no file can have
        return False


@dataclass(slots=True)
class _Whole:
    """The text as it grows."""

    folders: Sequence[Path]
    units: list[str] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    lines: int = 1

    def add(self, source: str, name: str, depth: int) -> None:
        """Append a file, with the files that it includes."""
        if depth > _DEEPEST:
            raise ProgramSyntaxError(
                "#include files include each other",
                where=name,
                do="take one of the #include lines out",
            )
        self.segments.append(Segment(self.lines, name, 1))
        end = 0
        for token in tokens_of(source):
            match = _INCLUDE.match(token.text) if token.kind == "include" else None
            if match:
                self._append(source[end : token.start])
                self._include(next(filter(None, match.groups())), name, depth)
                end = token.start + match.end()
                # what follows is the next line of this file
                following = source.count("\n", 0, end) + 2
                self.segments.append(Segment(self.lines + 1, name, following))
        self._append(source[end:])

    def _append(self, text: str) -> None:
        self.units.append(text)
        self.lines += text.count("\n")

    def _include(self, wanted: str, name: str, depth: int) -> None:
        for folder in self.folders:
            path = folder / wanted
            if _is_file(path):
                self.add(read_program(path).rstrip("\n"), wanted, depth + 1)
                return
        raise ProgramNotFoundError(
            f"included file {wanted!r} does not exist",
            where=name,
            expected="in one of: " + ", ".join(str(f) for f in self.folders),
            do="put it beside the program, or pass include_paths=",
        )


def read_program(path: Path) -> str:
    """Return the text of a program file; a byte order mark is dropped.

    Raises
    ------
    ProgramError
        The file is not text in UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProgramError(
            "the Stan program is not text in UTF-8",
            where=str(path),
            got=f"byte {error.object[error.start]:#04x} at offset {error.start}",
            do="save the file as UTF-8",
        ) from error
