from __future__ import annotations

from pathlib import Path

import pytest
from fixtures.folders import ROOT

from bayeswrap.errors import ProgramNotFoundError
from bayeswrap.program.migration.migration import migrate, rewrite
from bayeswrap.program.syntax.tokens import LINE_END, tokens_of

pytestmark = pytest.mark.stan

OLD = sorted((Path(__file__).parent / "old_programs").glob("*.stan"))
NEW = sorted((ROOT / "tests" / "program" / "corpus").glob("*.stan"))
NEW += sorted((ROOT / "stan_models").rglob("*.stan"))


def lines(text: str) -> int:
    return len(LINE_END.split(text))


@pytest.mark.parametrize("path", OLD, ids=lambda p: p.stem)
def test_stanc_accepts_an_old_program_after_its_migration(path: Path) -> None:
    code = path.read_text(encoding="utf-8")

    migration = migrate(code, path.stem)

    assert migration.accepted, migration.refusal
    assert migration.changes
    assert lines(migration.after) == lines(code)


@pytest.mark.parametrize("path", OLD, ids=lambda p: p.stem)
def test_a_second_migration_changes_nothing(path: Path) -> None:
    after = rewrite(path.read_text(encoding="utf-8")).after

    again = rewrite(after)

    assert again.after == after
    assert not again.changes


@pytest.mark.parametrize("path", OLD, ids=lambda p: p.stem)
def test_comments_and_strings_stay(path: Path) -> None:
    def kept(text: str) -> list[str]:
        found = (t for t in tokens_of(text) if t.kind in {"comment", "string"})
        return [t.text.lstrip("#/") if t.kind == "comment" else t.text for t in found]

    code = path.read_text(encoding="utf-8")

    assert kept(rewrite(code).after) == kept(code)


def test_there_are_at_least_sixty_old_programs() -> None:
    assert len(OLD) >= 60


def test_todays_programs_do_not_change() -> None:
    changed = []
    for path in NEW:
        migration = rewrite(path.read_text(encoding="utf-8"))
        if migration.after != migration.before or migration.leftovers:
            changed.append(path.name)

    assert len(NEW) >= 248
    assert changed == []


def test_the_diff_shows_the_change() -> None:
    diff = rewrite("data { int N; }\ntransformed data {\n  real x[N];\n}\n", "old").diff

    assert diff.splitlines()[:2] == ["--- old.stan (old)", "+++ old.stan (migrated)"]
    assert "-  real x[N];" in diff
    assert "+  array[N] real x;" in diff


def test_changes_name_lines_and_kinds() -> None:
    migration = rewrite("# title\nmodel {\n  real s;\n  s <- 1;\n}\n")

    assert [(c.line, c.kind) for c in migration.changes] == [(1, "# comments"), (4, "<-")]
    assert migration.kinds == ("# comments", "<-")


def test_lines_end_as_they_did() -> None:
    code = "# one\r\ndata { int N; real y[N]; }\r\nmodel { real s; s <- 1; }\r\n"

    migration = migrate(code)

    assert migration.accepted
    assert migration.after.count("\r\n") == 3


def test_a_line_that_stanc_refuses_is_named() -> None:
    migration = migrate("data { real r; }\ntransformed data {\n  int k;\n  k <- floor(r);\n}\n")

    assert not migration.accepted
    (left,) = migration.leftovers
    assert (left.line, left.text) == (4, "k <- floor(r);")
    assert "Ill-typed assignment" in left.why


def test_a_line_is_named_once() -> None:
    migration = migrate("model {\n  lp__ <- 3;\n}\n")

    assert [left.line for left in migration.leftovers] == [2]
    assert "target can only be added to" in migration.leftovers[0].why


def test_a_file_of_functions_alone_is_migrated() -> None:
    migration = migrate("# helpers\nreal f_log(real y, real m) {\n  return -fabs(y - m);\n}\n")

    assert migration.accepted
    assert "real f_lpdf(real y, real m)" in migration.after


def test_included_files_are_read_for_the_judgement(tmp_path: Path) -> None:
    (tmp_path / "helpers.stan").write_text("real twice(real x) { return 2 * x; }\n", "utf-8")
    code = "functions {\n#include helpers.stan\n}\nmodel { real s; s <- twice(1); }\n"

    migration = migrate(code, include_paths=[tmp_path])

    assert migration.accepted
    assert "#include helpers.stan" in migration.after
    with pytest.raises(ProgramNotFoundError):
        migrate(code)


BROKEN = [
    "",
    "#",
    "(",
    "]]",
    "real x[",
    "increment_log_prob(",
    "if_else(",
    "lp__ <-",
    "real<",
    "{" * 99,
]


@pytest.mark.parametrize("code", BROKEN)
def test_text_that_is_no_program_is_left_alone(code: str) -> None:
    assert lines(rewrite(code).after) == lines(code)


@pytest.mark.parametrize("path", OLD[::8], ids=lambda p: p.stem)
def test_half_a_program_is_rewritten_without_an_error(path: Path) -> None:
    code = path.read_text(encoding="utf-8")
    for end in range(0, len(code), 37):
        assert lines(rewrite(code[:end]).after) == lines(code[:end])
        assert lines(rewrite(code[end:]).after) == lines(code[end:])
