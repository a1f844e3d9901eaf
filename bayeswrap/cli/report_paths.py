"""The report's name where none is given: that of the program; a file of others is not replaced."""

from __future__ import annotations

from pathlib import Path

from bayeswrap.errors import UsageError
from bayeswrap.report.document.files import MADE_HERE

__all__ = [
    "usual_path",
]

_HEAD = 4096  # bytes of a page in which its mark stands


def usual_path(program: Path) -> Path:
    """Return ``PROGRAM-report.html`` in the working directory.

    Raises
    ------
    UsageError
        A file of that name is no report of bayeswrap.
    """
    path = Path(f"{program.stem}-report.html")
    if path.exists() and not _is_ours(path):
        raise UsageError(
            "a file of the report's usual name is no report of bayeswrap, and is not replaced",
            where=str(path),
            do="name the report by -o FILE, or move that file away",
        )
    return path


def _is_ours(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return MADE_HERE.encode() in file.read(_HEAD)
