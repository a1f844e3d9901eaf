from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bayeswrap.errors import ProgramNotFoundError, ProgramSyntaxError
from bayeswrap.program.migration.draft import Change, Leftover
from bayeswrap.program.migration.file_migration import account, check_accepted, migrate_file
from bayeswrap.program.migration.migration import Migration

if TYPE_CHECKING:
    from pathlib import Path


def test_the_account_counts_lines_and_names_what_is_left() -> None:
    migration = Migration(
        name="old",
        before="",
        after="",
        changes=(Change(1, "<-"), Change(1, "# comments"), Change(3, "<-")),
        leftovers=(Leftover(7, "lp__ <- 3;", "target can only be added to"),),
        refusal="no",
    )
    assert account(migration, "old.stan").splitlines() == [
        "old.stan:7: target can only be added to",
        "    lp__ <- 3;",
        "old.stan: 2 lines rewritten (# comments, <-)",
    ]


def test_a_program_that_is_accepted() -> None:
    migration = Migration(name="new", before="", after="")
    check_accepted(migration, "new.stan")
    assert account(migration, "new.stan").endswith("stanc accepts the result")


def test_a_program_that_is_refused() -> None:
    migration = Migration(name="new", before="", after="", refusal="line 2 is odd")
    with pytest.raises(ProgramSyntaxError, match="line 2 is odd"):
        check_accepted(migration, "new.stan")


@pytest.mark.stan
def test_a_file_finds_what_it_includes(tmp_path: Path) -> None:
    (tmp_path / "f.stan").write_text("real f() { return 1; }\n", encoding="utf-8")
    path = tmp_path / "old.stan"
    path.write_text("functions {\n#include f.stan\n}\nmodel { real s; s <- f(); }\n", "utf-8")

    assert migrate_file(path).accepted
    with pytest.raises(ProgramNotFoundError):
        migrate_file(tmp_path / "nowhere.stan")
