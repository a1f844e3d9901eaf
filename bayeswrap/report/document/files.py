"""The files that users ask for: format and folder are checked, and each is written whole."""

from __future__ import annotations

import contextlib
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from bayeswrap.arguments import one_of
from bayeswrap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "check_target",
    "whole_file",
]


_SUFFIXES = {".html": "html", ".htm": "html", ".json": "json"}
_FORMATS = ("html", "json")


def check_target(path: str | Path, format: str | None = None) -> tuple[Path, str]:  # noqa: A002 - as above
    """Return the file and the format of a report, or raise before any work is done for it.

    Raises
    ------
    UsageError
        As `write_report`.
    """
    target = Path(path).expanduser()
    file_format = _format(target, format)
    _require_place(target)
    return target, file_format


def _format(target: Path, file_format: str | None) -> str:
    if file_format is not None:
        one_of(file_format, _FORMATS, "format")
        return file_format
    if target.suffix.lower() not in _SUFFIXES:
        raise UsageError(
            "the path does not determine the report's format",
            where=str(target),
            got=f"suffix {target.suffix!r}" if target.suffix else "no suffix",
            expected="one of " + ", ".join(_SUFFIXES),
            do='give the path such a suffix, or pass format="html" or format="json"',
        )
    return _SUFFIXES[target.suffix.lower()]


def _require_place(target: Path) -> None:
    if target.is_dir():
        raise UsageError(
            "the report's path is a folder",
            where=str(target),
            do=f"pass a file in it, such as {target / 'report.html'}",
        )
    if not target.parent.is_dir():
        raise UsageError(
            "the report's folder does not exist",
            where=str(target.parent),
            do=f"make it first: mkdir -p {target.parent}",
        )


@contextlib.contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """Give a file beside the target to write to, which takes the target's place when it is whole.

    A failure or an interruption removes it, and leaves what was there before.

    Parameters
    ----------
    target : Path
        The file; its folder exists.

    Yields
    ------
    Path
        The file to write to.
    """
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        yield beside
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
