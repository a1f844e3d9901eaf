"""The report's name where none is given: that of the program; a file of others is not replaced."""

from __future__ import annotations

from pathlib import Path

from bayeswrap.errors import UsageError
from bayeswrap.report.document.files import MADE_HERE

__all__ = [
    "check_place",
    "usual_path",
]

_HEAD = 4096  # bytes of a page in which its mark stands


def check_place(path: Path | None) -> None:
    """Raise `UsageError` where a result could not be saved: before minutes of work, not after."""
    if path is None:
        return
    if path.is_dir():
        raise UsageError(
            "the file of the result is a folder", where=str(path), do="name a file in it by -o FILE"
        )
    if not path.parent.is_dir():
        raise UsageError(
            "the folder of the result does not exist",
            where=str(path.parent),
            do=f"make it first: mkdir -p {path.parent}",
        )


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
