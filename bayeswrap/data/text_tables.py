"""Text tables (CSV, TSV) as data frames: separator, decimal comma and encoding from the content."""

from __future__ import annotations

import csv
import io
import itertools
import re
from dataclasses import dataclass

import pandas as pd

from bayeswrap.data.row_names import Rows
from bayeswrap.errors import DataFileError

__all__ = [
    "TextTable",
    "decode",
    "read_table",
]

_SAMPLE = 200  # records that decide the separator and the decimal sign
_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs"}
_COMMA = re.compile(r"[+-]?\d*,\d+([eE][+-]?\d+)?")
_POINT = re.compile(r"[+-]?\d*\.\d+([eE][+-]?\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTable:
    """A table that was read from text, the names of its rows, and what was found out about it."""

    frame: pd.DataFrame
    rows: Rows
    notes: tuple[str, ...]


def decode(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Return a file's text, and a note where its encoding is not UTF-8.

    Raises
    ------
    DataFileError
        It is no text.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) and len(content) % 2 == 0:
        try:
            return content.decode("utf-16"), (f"{name} was read as UTF-16",)
        except UnicodeDecodeError:
            pass
    if b"\0" in content:
        raise DataFileError(
            "the data file holds no text",
            where=name,
            expected="a text table",
            do="name the file by its format, such as .xlsx or .parquet",
        )
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        note = f"{name} is not UTF-8 and was read as Latin-1 (Windows-1252)"
        return content.decode("cp1252", errors="replace"), (note,)


def read_table(content: bytes, name: str, usual: str = ",") -> TextTable:
    r"""Read a text table.

    Parameters
    ----------
    content : bytes
        The file's content.
    name : str
        The file's name, for messages.
    usual : str, optional
        The separator that the file's suffix promises, which needs no note.

    Raises
    ------
    DataFileError
        The content is no table.

    Examples
    --------
    >>> table = read_table(b"dose;ill\n0,5;1\n1,5;0\n", "my.csv")
    >>> table.frame["dose"].tolist(), table.rows.name(1)
    ([0.5, 1.5], 'line 3 of my.csv')
    """
    text, notes = decode(content, name)
    sample = _sample(text)
    separator = _separator(sample, usual)
    decimal = _decimal(sample, separator)
    frame = _parsed(text, name, separator, decimal)
    header = next(iter(_records(sample, separator)), [])
    if len(header) == len(frame.columns) and all(cell.strip() for cell in header):
        frame.columns = pd.Index([cell.strip() for cell in header])
    if separator != usual or decimal == ",":
        with_comma = " and decimal commas" * (decimal == ",")
        notes += (f"{name} was read with {_NAMES[separator]} between columns{with_comma}",)
    rows = Rows(file=name, unit="line", text=text, separator=separator)
    return TextTable(frame=frame, rows=rows, notes=notes)


def _parsed(text: str, name: str, separator: str, decimal: str) -> pd.DataFrame:
    try:
        return pd.read_csv(io.StringIO(text), sep=separator, decimal=decimal, low_memory=False)
    except (ValueError, pd.errors.ParserError) as error:
        raise DataFileError(
            "the data file is not CSV",
            where=name,
            got=str(error).strip(),
            expected="a header and rows of as many cells",
            do="correct the line, or put cells that hold the separator in quotation marks",
        ) from error


def _sample(text: str) -> str:
    """Return the first lines."""
    return "".join(itertools.islice(io.StringIO(text), _SAMPLE))


def _records(sample: str, separator: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
    try:
        return [r for r in reader if len(r) > 1 or (r and r[0].strip())]
    except csv.Error:
        return []


def _separator(sample: str, usual: str) -> str:
    """Return the sign that cuts all rows into equally many cells: the most, or the usual one."""
    cells = {sign: _width(sample, sign) for sign in dict.fromkeys((usual, ";", "\t", ","))}
    if max(cells.values()) > 1:
        return max(cells, key=cells.__getitem__)  # the first of equals
    header = sample.lstrip().partition("\n")[0]
    return max(cells, key=header.count)


def _width(sample: str, separator: str) -> int:
    """Return how many cells all rows have; 0 where they differ."""
    counts = [len(record) for record in _records(sample, separator)]
    # the last record of a sample may be cut within quotation marks
    whole = counts[: max(len(counts) - 1, 2)]
    return whole[0] if whole and len(set(whole)) == 1 else 0


def _decimal(sample: str, separator: str) -> str:
    """Return the decimal sign: a comma where numbers have commas and none has a point."""
    if separator == ",":
        return "."
    cells = [cell.strip() for record in _records(sample, separator)[1:] for cell in record]
    has_comma = any(_COMMA.fullmatch(cell) for cell in cells)
    return "," if has_comma and not any(_POINT.fullmatch(cell) for cell in cells) else "."
