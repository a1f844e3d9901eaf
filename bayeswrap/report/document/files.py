"""The file that a report is written to: its format, its folder, written whole or not at all."""

from __future__ import annotations

import secrets
from pathlib import Path

from bayeswrap.arguments import one_of
from bayeswrap.errors import UsageError

__all__ = [
    "check_target",
    "write_whole",
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
    wanted = _format(target, format)
    _require_place(target)
    return target, wanted


def _format(target: Path, wanted: str | None) -> str:
    if wanted is not None:
        one_of(wanted, _FORMATS, "format")
        return wanted
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


def write_whole(target: Path, text: str) -> None:
    """Write beside the target, then rename: a failure leaves what was there."""
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
