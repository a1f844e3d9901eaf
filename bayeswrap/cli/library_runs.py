"""``models``, ``verify`` and ``migrate``: programs of the library and files of results."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bayeswrap.errors import UsageError
from bayeswrap.program.migration.file_migration import account, check_accepted, migrate_file
from bayeswrap.program_library import library
from bayeswrap.reevaluation import verify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.cli.command_options import MigrateOptions, ModelsOptions

__all__ = [
    "migrate",
    "models",
    "verify_result",
]

_FAILED = 1


def models(words: Sequence[str], options: ModelsOptions) -> int:
    """List, search, show or copy the programs of the library."""
    if options.copy:
        _copy_entry(*_name_and_folder(words))
    elif options.search is not None:
        _print_found(options.search)
    elif not words:
        print(_listing())
    else:
        print("\n\n".join(str(library[name].card) for name in words))
    return 0


def _listing() -> str:
    groups = library.by_group().items()
    return "\n".join(
        "\n".join([group, *(f"  {entry!r}" for entry in entries)]) for group, entries in groups
    )


def _print_found(text: str) -> None:
    found = library.search(text)
    if not found:
        raise UsageError(
            "no program of the library has all these words",
            got=repr(text),
            do="search for fewer words, or list all with bayeswrap models",
        )
    print("\n".join(map(repr, found)))


def _name_and_folder(words: Sequence[str]) -> tuple[str, Path]:
    """Return what to copy and where to; the name may stand before the option, too."""
    if not words:
        raise UsageError(
            "--copy takes the name of a library program and a folder",
            expected="one of " + ", ".join(library),
            do="write bayeswrap models --copy NAME FOLDER",
        )
    if len(words) != 2:  # noqa: PLR2004 - a name and a folder
        raise UsageError(
            "--copy takes the name of a library program and a folder",
            got=" ".join(words),
            do="write bayeswrap models --copy NAME FOLDER",
        )
    return words[0], Path(words[1])


def _copy_entry(name: str, target: Path) -> None:
    files = sorted(library[name].folder.iterdir())
    there = [target / file.name for file in files if (target / file.name).exists()]
    if there:
        raise UsageError(
            "a file of that name exists",
            where=str(there[0]),
            do="choose another folder; files are never overwritten",
        )
    target.mkdir(parents=True, exist_ok=True)
    for file in files:
        shutil.copy(file, target)
    print(f"copied to {target}", file=sys.stderr)


def verify_result(path: Path) -> int:
    """Evaluate a saved result again, and print what holds."""
    found = verify(path)
    print(found)
    return 0 if found.holds else _FAILED


def migrate(program: Path, options: MigrateOptions) -> int:
    """Rewrite old syntax: print the change, or write the program."""
    migration = migrate_file(str(program), [str(folder) for folder in options.include or ()])
    if options.output:
        options.output.write_text(migration.after, encoding="utf-8")
    else:
        print(migration.diff, end="")
    print(account(migration, str(program)), file=sys.stderr)
    check_accepted(migration, str(options.output or program))
    return 0
