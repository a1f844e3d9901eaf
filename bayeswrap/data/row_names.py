"""How messages name the rows of a table: by the file's own lines, or counted from 1."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "Origin",
    "Rows",
    "line_numbers",
]

_SHOWN = 5  # names of rows in one message


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Names of a table's rows.

    Attributes
    ----------
    file : str
        The file's name; empty for a table in memory.
    unit : str
        ``"line"`` of a text file or a sheet, else ``"row"``.
    text, separator : str
        The content of a text file, of which lines are counted when a message needs one.
    first : int
        The number of the first row in a file without `text`.
    index : Index, optional
        The labels of a frame in memory, where it has any of its own.
    kept : array of int, optional
        Positions of the rows that were kept; all by default.
    """

    file: str = ""
    unit: str = "row"
    text: str = ""
    separator: str = ","
    first: int = 1
    index: pd.Index | None = None
    kept: np.ndarray | None = None

    @classmethod
    def of_frame(cls, frame: pd.DataFrame) -> Rows:
        """Return the names of the rows of a frame in memory."""
        counted = isinstance(frame.index, pd.RangeIndex) and frame.index.equals(
            pd.RangeIndex(len(frame))
        )
        return cls(index=None if counted else frame.index)

    def keep(self, positions: np.ndarray) -> Rows:
        """Return the names of some of the rows."""
        return replace(self, kept=positions if self.kept is None else self.kept[positions])

    def name(self, at: int) -> str:
        """Return the name of the row at a position from 0: ``line 7 of my.csv``, ``row 3``."""
        return self.names([at])

    def names(self, at: Sequence[int] | np.ndarray) -> str:
        """Return the names of a few rows, the first ones where there are many."""
        positions = np.asarray(at, dtype=int)
        positions = positions if self.kept is None else self.kept[positions]
        lines = line_numbers(self.text, self.separator) if self.text else None
        shown = []
        for i in positions[:_SHOWN]:
            number = lines[i] if lines is not None and i < len(lines) else i + self.first
            label = f" (index {self.index[i]})" if self.index is not None else ""
            shown.append(f"{number}{label}")
        more = f" and {len(positions) - _SHOWN} more" if len(positions) > _SHOWN else ""
        unit = self.unit + "s" * (len(positions) > 1)
        return f"{unit} {', '.join(shown)}{more}" + (f" of {self.file}" if self.file else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where the values of one data variable stand in a table: its columns, and the rows' names."""

    columns: tuple[str, ...]
    rows: Rows

    def place(self, at: Sequence[int] | np.ndarray) -> str:
        """Return column and row of the element at a position from 0."""
        column = self.columns[at[-1] if len(self.columns) > 1 else 0]
        return f"column {column!r}, {self.rows.name(at[0])}"


def line_numbers(text: str, separator: str) -> list[int]:
    """Return the line on which each row of a text table begins, from 1 with the header.

    Blank lines are no rows, and a cell in quotation marks may span lines.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    lines, end = [], 0
    for cells in reader:
        begin, end = end + 1, reader.line_num
        if len(cells) > 1 or (cells and cells[0].strip()):
            lines.append(begin)
    return lines[1:]
