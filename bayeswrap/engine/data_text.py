"""`DataText`: the JSON of data that many runs share, with what one run adds to it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = [
    "DataText",
    "encoded",
    "write_data",
]


@dataclass(frozen=True, slots=True)
class DataText:
    """JSON of a large object that is written once, and of a few numbers that differ.

    Parameters
    ----------
    body : bytes
        A JSON object. It is not copied.
    added : mapping of str to number
        Entries that come before those of the body.

    Examples
    --------
    >>> DataText(b'{"N":2}', {"weight": 1.0}).encoded()
    b'{"weight": 1.0,"N":2}'
    """

    body: bytes
    added: Mapping[str, float] = field(default_factory=dict)

    @property
    def _head(self) -> bytes:
        """The added entries, up to where the entries of the body begin."""
        if not self.added:
            return b"{"
        inside = json.dumps(dict(self.added))[:-1].encode()
        return inside if self.body == b"{}" else inside + b","

    def encoded(self) -> bytes:
        """Return the whole text."""
        return self._head + self.body[1:] if self.added else self.body

    def write(self, path: Path) -> None:
        """Write the whole text to a file, without a copy of it in memory."""
        with path.open("wb") as file:
            file.write(self._head)
            file.write(memoryview(self.body)[1:])


def encoded(data: str | DataText) -> bytes:
    """Return data as bytes of JSON.

    Parameters
    ----------
    data : str or DataText
        JSON.

    Examples
    --------
    >>> encoded('{"N": 2}')
    b'{"N": 2}'
    """
    return data.encode() if isinstance(data, str) else data.encoded()


def write_data(data: str | DataText, path: Path) -> None:
    """Write data to a file of JSON."""
    if isinstance(data, str):
        path.write_text(data, encoding="utf-8")
    else:
        data.write(path)
