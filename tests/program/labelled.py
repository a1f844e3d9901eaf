"""The corpus of labelled programs: Stan text whose comments say the role of each statement.

``/*@prior*/`` and its kin stand before a statement, or before a term of a sum whose terms differ.
They were written before the classifier saw the programs.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from bayeswrap import Program

FOLDER = Path(__file__).parent / "corpus"
_MARK = re.compile(r"/\*@(\w+)\*/[ \t]*")


@dataclass(frozen=True)
class Labelled:
    """A program of the corpus."""

    name: str
    marked: str

    @property
    def source(self) -> str:
        """The program without its labels."""
        return _MARK.sub(" ", self.marked)

    @property
    def program(self) -> Program:
        """The program."""
        return Program.from_string(self.source, name=self.name)

    @property
    def labels(self) -> list[tuple[int, int, str]]:
        """Line, column and label of what the marks stand before, as stanc counts."""
        found, text, end = [], "", 0
        for match in _MARK.finditer(self.marked):
            text += self.marked[end : match.start()] + " "
            end = match.end()
            # a mark may stand on a line of its own, and before comments
            gap = re.match(r"(\s|//[^\n]*\n)*", self.marked[end:])
            before = text + (gap[0] if gap else "")
            column = len(before[before.rfind("\n") + 1 :].encode()) + 1
            found.append((before.count("\n") + 1, column, match[1]))
        return found

    def without(self, *labels: str) -> str:
        """Return the text as a hand would edit it: what bears one of the labels is gone."""
        pieces = re.split(r"/\*@(\w+)\*/", self.marked)
        text = pieces[0]
        for label, rest in zip(pieces[1::2], pieces[2::2], strict=True):
            text += _emptied(rest) if label in labels else rest
        return text

    @property
    def data(self) -> dict[str, object]:
        """Small data that fit."""
        text = (FOLDER / f"{self.name}.json").read_text(encoding="utf-8")
        return dict(json.loads(text)["data"])


def _emptied(rest: str) -> str:
    """Drop a statement up to its semicolon; comments and strings are no part of the corpus here."""
    end = rest.index(";")
    return ";" + rest[end + 1 :]


def corpus() -> list[Labelled]:
    """Return all labelled programs."""
    return [
        Labelled(path.stem, path.read_bytes().decode("utf-8"))
        for path in sorted(FOLDER.glob("*.stan"))
    ]
