"""The files that users ask for: format and folder are checked, and each is written whole."""

from __future__ import annotations

import contextlib
import hashlib
import re
import secrets
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from bayeswrap.arguments import did_you_mean, one_of
from bayeswrap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "MADE_HERE",
    "check_target",
    "figure_folder",
    "require_place",
    "whole_file",
    "whole_files",
]


MADE_HERE = '<meta name="generator" content="bayeswrap">'  # how a page is known as one of ours
_SUFFIXES = {
    ".html": "html",
    ".htm": "html",
    ".md": "md",
    ".tex": "tex",
    ".docx": "docx",
    ".txt": "txt",
    ".json": "json",
}
_FORMATS = tuple(dict.fromkeys(_SUFFIXES.values()))


def check_target(path: str | Path, format: str | None = None) -> tuple[Path, str]:  # noqa: A002 - as above
    """Return the file and the format of a report, or raise before any work is done for it.

    Raises
    ------
    UsageError
        As `write_report`.
    """
    target = Path(path).expanduser()
    file_format = _format(target, format)
    require_place(target)
    return target, file_format


def _format(target: Path, file_format: str | None) -> str:
    if file_format is not None:
        one_of(file_format, _FORMATS, "format")
        return file_format
    suffix = target.suffix.lower()
    if suffix not in _SUFFIXES:
        hint = did_you_mean(suffix, _SUFFIXES) if suffix else ""
        raise UsageError(
            f"the path does not determine the report's format{hint}",
            where=str(target),
            got=f"suffix {target.suffix!r}" if target.suffix else "no suffix",
            expected="one of " + ", ".join(_SUFFIXES),
            do="give the path such a suffix, or pass format= one of " + ", ".join(_FORMATS),
        )
    return _SUFFIXES[suffix]


def require_place(target: Path, what: str = "report") -> None:
    """Require a path to a file in a folder that exists.

    Parameters
    ----------
    target : Path
        The file.
    what : str, optional
        What it will hold, as the error says.

    Raises
    ------
    UsageError
        A folder that does not exist, or a path that is a folder.
    """
    if target.is_dir():
        raise UsageError(
            f"the {what}'s path is a folder",
            where=str(target),
            do=f"pass a file in it, such as {target / f'{what}.html'}",
        )
    if not target.parent.is_dir():
        raise UsageError(
            f"the {what}'s folder does not exist",
            where=str(target.parent),
            do=f"make it first: mkdir -p {target.parent}",
        )


def figure_folder(target: Path) -> str:
    """Return the name of the folder with a report's figures, in letters that every program reads.

    Examples
    --------
    >>> figure_folder(Path("supplement.tex")), figure_folder(Path("r 1%.md"))
    ('supplement_files', 'r-1-1146_files')
    """
    plain = re.sub(r"[^A-Za-z0-9_-]", "-", target.stem)
    if plain != target.stem:  # two names must not share a folder
        plain = f"{plain.rstrip('-')}-{hashlib.sha256(target.stem.encode()).hexdigest()[:4]}"
    return f"{plain}_files"


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


def whole_files(target: Path, page: bytes, figures: Mapping[str, bytes]) -> None:
    """Write a page and its figures: all of them, or none.

    Everything is written beside the target first. Then each file takes its place, the page last.
    A failure puts back what was there before.

    Parameters
    ----------
    target : Path
        The page; its folder exists.
    page : bytes
        Its content.
    figures : mapping
        Contents by path relative to the target's folder.
    """
    work = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    contents = {**figures, target.name: page}
    try:
        work.mkdir()
        for number, content in enumerate(contents.values()):
            (work / f"new-{number}").write_bytes(content)
        _take_places(work, [target.parent / name for name in contents])
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _take_places(work: Path, places: list[Path]) -> None:
    """Move the new files to their places; on a failure move the old ones back."""
    with contextlib.ExitStack() as undo:
        for number, place in enumerate(places):
            if not place.parent.is_dir():
                place.parent.mkdir()
                undo.callback(place.parent.rmdir)
            kept = work / f"old-{number}"
            if place.exists():
                place.replace(kept)
                undo.callback(kept.replace, place)
            (work / f"new-{number}").replace(place)
            undo.callback(place.unlink)
        undo.pop_all()
