"""The migration of a file, and its account for the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bayeswrap.errors import ProgramNotFoundError, ProgramSyntaxError
from bayeswrap.program.migration.migration import migrate
from bayeswrap.program.syntax.includes import read_program

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.program.migration.migration import Migration

__all__ = [
    "account",
    "check_accepted",
    "migrate_file",
]


def migrate_file(path: str | Path, include_paths: Sequence[str | Path] = ()) -> Migration:
    """Return the migration of a ``.stan`` file, which stays as it is.

    Parameters
    ----------
    path : str or Path
        The file.
    include_paths : sequence of str or Path, optional
        Folders searched for ``#include``, before the file's own.

    Raises
    ------
    ProgramNotFoundError
        The file, or a file that it includes, does not exist.
    """
    path = Path(path)
    if not path.is_file():
        raise ProgramNotFoundError(
            "the Stan program does not exist", where=str(path), do="check the path"
        )
    return migrate(read_program(path), path.stem, include_paths=[*include_paths, path.parent])


def account(migration: Migration, path: str) -> str:
    """Return what was rewritten, and the lines that are left, each with its reason."""
    left = [f"{path}:{one.line}: {one.why}\n    {one.text}" for one in migration.leftovers]
    count = len({change.line for change in migration.changes})
    kinds = f" ({', '.join(migration.kinds)})" if migration.kinds else ""
    judgement = ["stanc accepts the result"] if migration.accepted else []
    return "\n".join([*left, f"{path}: {count} lines rewritten{kinds}", *judgement])


def check_accepted(migration: Migration, path: str) -> None:
    """Raise where stanc refuses the result.

    Raises
    ------
    ProgramSyntaxError
        With stanc's message.
    """
    if migration.refusal:
        raise ProgramSyntaxError(
            "stanc refuses the program after its migration",
            where=path,
            got="\n" + migration.refusal,
            do="correct the lines that are named by hand; all others are migrated",
        )
