"""Files of data: CSV, TSV, JSON, Parquet, Feather, Excel, and standard input."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from bayeswrap.data.json_data import read_json
from bayeswrap.data.row_names import Rows
from bayeswrap.data.text_tables import read_table
from bayeswrap.errors import DataFileError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "FileContent",
    "read_file",
]

_SEPARATORS = {".csv": ",", ".txt": ",", ".tsv": "\t", ".tab": "\t"}
_KNOWN = (
    ".csv, .tsv, .txt, .json (also with .gz), .xlsx, .parquet, .feather, or - for standard input"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileContent:
    """What a data file holds.

    Attributes
    ----------
    values : dict or DataFrame
        Variables of a JSON file, or a table.
    rows : Rows
        The names of the table's rows: the file's own lines.
    notes : tuple of str
        What was found out about the file: separator, decimal sign, encoding.
    """

    values: dict[str, Any] | pd.DataFrame
    rows: Rows
    notes: tuple[str, ...] = ()


def read_file(path: str | Path) -> FileContent:
    r"""Read a data file by its suffix; ``-`` is standard input.

    Raises
    ------
    DataFileError
        It does not exist, cannot be read, is of an unknown kind, or needs a package.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder) / "toss.csv"
    ...     _ = path.write_text("head\n1\n0\n")
    ...     read_file(path).values["head"].tolist()
    [1, 0]
    """
    file = Path(path)
    if str(path) == "-":
        return _read_unnamed(sys.stdin.buffer.read(), "standard input")
    content, suffix = _content(file), _suffix(file)
    if suffix == ".json":
        return FileContent(values=read_json(content, str(file)), rows=Rows())
    if suffix in _SEPARATORS:
        return _read_text(content, file.name, _SEPARATORS[suffix])
    if suffix in _TABLES:
        return _read_binary(content, file.name, suffix)
    if not suffix:
        return _read_unnamed(content, file.name)
    raise DataFileError(
        f"a data file of an unknown kind: {suffix}",
        where=str(file),
        expected=_KNOWN,
        do="convert the file, or read it with pandas and pass the data frame",
    )


def _suffix(file: Path) -> str:
    """Return the suffix of the content: that before ``.gz``."""
    suffixes = [s.lower() for s in file.suffixes]
    return suffixes[-2] if len(suffixes) > 1 and suffixes[-1] == ".gz" else (suffixes or [""])[-1]


def _content(file: Path) -> bytes:
    try:
        content = file.read_bytes()
        return gzip.decompress(content) if file.suffix.lower() == ".gz" else content
    except (OSError, EOFError, zlib.error) as error:
        raise DataFileError(
            "the data file cannot be read",
            where=str(file),
            got=getattr(error, "strerror", None) or str(error),
            do="check the path",
        ) from error


def _read_text(content: bytes, name: str, usual: str) -> FileContent:
    table = read_table(content, name, usual)
    return FileContent(values=table.frame, rows=table.rows, notes=table.notes)


def _read_unnamed(content: bytes, name: str) -> FileContent:
    """Read what has no suffix: JSON where it begins with a brace, else a text table."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return FileContent(values=read_json(content, name), rows=Rows())
    return _read_text(content, name, ",")


def _read_binary(content: bytes, name: str, suffix: str) -> FileContent:
    read, package = _TABLES[suffix]
    try:
        frame = read(io.BytesIO(content))
    except ImportError as error:
        raise DataFileError(
            f"a {suffix} file needs the package {package}",
            where=name,
            do=f"pip install {package}, or save the table as .csv",
        ) from error
    except (ValueError, KeyError, OSError, ArithmeticError) as error:
        raise DataFileError(
            f"the data file is not {suffix}",
            where=name,
            got=str(error),
            do="check how it was written, or save the table as .csv",
        ) from error
    is_sheet = package == "openpyxl"
    rows = Rows(file=name, unit="line" if is_sheet else "row", first=2 if is_sheet else 1)
    return FileContent(values=frame, rows=rows)


_TABLES: dict[str, tuple[Callable[[io.BytesIO], pd.DataFrame], str]] = {
    ".xlsx": (pd.read_excel, "openpyxl"),
    ".parquet": (pd.read_parquet, "pyarrow"),
    ".feather": (pd.read_feather, "pyarrow"),
}
