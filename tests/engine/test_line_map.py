from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bayeswrap.engine.line_map import NO_INCLUDES, LineMap, Segment
from bayeswrap.errors import ProgramSyntaxError
from bayeswrap.program.program import Program

if TYPE_CHECKING:
    from pathlib import Path

# a.stan holds b.stan on its line 3, which holds c.stan on its line 2
NESTED = LineMap(
    (
        Segment(1, "a.stan", 1),
        Segment(3, "b.stan", 1),
        Segment(4, "c.stan", 1),
        Segment(6, "b.stan", 3),
        Segment(8, "a.stan", 4),
    )
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (1, ("a.stan", 1)),
        (2, ("a.stan", 2)),
        (3, ("b.stan", 1)),
        (4, ("c.stan", 1)),
        (5, ("c.stan", 2)),
        (6, ("b.stan", 3)),
        (7, ("b.stan", 4)),
        (8, ("a.stan", 4)),
        (100, ("a.stan", 96)),
    ],
)
def test_a_line_of_the_whole_is_a_line_of_one_file(line: int, expected: tuple[str, int]) -> None:
    assert NESTED.at(line) == expected


def test_without_includes_lines_are_their_own() -> None:
    assert NO_INCLUDES.at(7) == ("", 7)


def test_the_last_of_two_segments_on_one_line_counts() -> None:
    lines = LineMap((Segment(1, "a.stan", 1), Segment(1, "b.stan", 1), Segment(2, "a.stan", 2)))
    assert lines.at(1) == ("b.stan", 1)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            "Exception: normal_lpdf: Scale is 0 (in 'model', line 5, column 2 to column 20)",
            "Exception: normal_lpdf: Scale is 0 (in 'c.stan', line 2, column 2 to column 20)",
        ),
        (
            "error in 'x.stan', line 3, column 0, included from\n'y', then in 'x.stan', line 8, z",
            "error in 'b.stan', line 1, column 0, included from\n'y', then in 'a.stan', line 4, z",
        ),
        ("Exception: line 3 of the data", "Exception: line 3 of the data"),
        ("", ""),
    ],
)
def test_messages_point_to_the_users_files(message: str, expected: str) -> None:
    assert NESTED.relocate(message, "model.stan") == expected


def test_both_ends_of_a_statement_over_several_lines_are_the_users() -> None:
    message = "(in 'model', line 6, column 2 to line 7, column 5)"
    expected = "(in 'b.stan', line 3, column 2 to line 4, column 5)"
    assert NESTED.relocate(message, "model.stan") == expected


def test_without_includes_messages_name_the_program() -> None:
    message = "Exception: bad (in 'whatever', line 12, column 2 to column 9)"
    told = NO_INCLUDES.relocate(message, "coin.stan")
    assert told == "Exception: bad (in 'coin.stan', line 12, column 2 to column 9)"


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.stan").write_text(text, encoding="utf-8", newline="")
    return folder / "main.stan"


def places(program: Program) -> list[tuple[str, int, str]]:
    return [(s.file, s.line, s.text.split(" ~")[0]) for s in program.statements]


def test_lines_of_nested_files_that_come_back_to_their_includers(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        main="data { real y; }\nparameters { real a; real b; real c; real d; }\nmodel {\n"
        "#include one.stan\n\n  y ~ normal(a + b + c + d, 1);\n}\n",
        one="a ~ normal(0, 1);\n#include two.stan\nb ~ normal(0, 1);\n",
        two="\n\nc ~ normal(0, 1);\n// the end\n\nd ~ normal(0, 1);",
    )
    assert places(Program.from_file(path)) == [
        ("one.stan", 1, "a"),
        ("two.stan", 3, "c"),
        ("two.stan", 6, "d"),
        ("one.stan", 3, "b"),
        ("main.stan", 6, "y"),
    ]


def test_one_file_included_twice_keeps_its_lines_both_times(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        main="data { real y; }\nparameters { real m; }\nmodel {\n  {\n#include part.stan\n  }\n"
        "  {\n#include part.stan\n  }\n  y ~ normal(m, 1);\n}\n",
        part="\nm ~ normal(0, 1);\n",
    )
    program = Program.from_file(path)
    assert places(program) == [("part.stan", 2, "m"), ("part.stan", 2, "m"), ("main.stan", 10, "y")]
    first, second, _ = program.statements
    assert first.whole_line == 6
    assert second.whole_line == 10


@pytest.mark.parametrize("ending", ["", "\n", "\n\n", "\r\n", "// end", "\n// end\n"])
def test_the_end_of_an_included_file_moves_no_line(tmp_path: Path, ending: str) -> None:
    path = write(
        tmp_path,
        main="data { real y; }\nparameters { real m; }\nmodel {\n#include part.stan\n"
        "  y ~ normal(m, 1);\n}\n",
        part=f"m ~ normal(0, 1);{ending}",
    )
    assert places(Program.from_file(path)) == [("part.stan", 1, "m"), ("main.stan", 5, "y")]


def test_text_beside_an_include_belongs_to_its_own_file(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        main="data { real y; }\nparameters { real m; }\nmodel { // begin\n"
        "  #include part.stan // the rest\n  y ~ normal(m, 1);\n}\n",
        part="m ~ normal(0, 1);\nm ~ normal(0, 2);",
    )
    assert places(Program.from_file(path)) == [
        ("part.stan", 1, "m"),
        ("part.stan", 2, "m"),
        ("main.stan", 5, "y"),
    ]


@pytest.mark.parametrize(
    ("files", "where"),
    [
        ({"one": "real y;\nreal 2;\n", "two": "real m;"}, "'one.stan', line 2"),
        ({"one": "real y;\nreal z\n", "two": "real m;"}, "'main.stan', line 4"),
        ({"one": "real y;\n", "two": "\n\nreal m = ;"}, "'two.stan', line 3"),
        ({"one": "real y;\n", "two": "real m; }\nmodel {\n no(m);"}, "'two.stan', line 3"),
    ],
    ids=["the first", "after the first", "the second", "a word that stanc does not know"],
)
def test_stancs_complaints_point_into_the_file_at_fault(
    tmp_path: Path, files: dict[str, str], where: str
) -> None:
    main = "data {\n#include one.stan\n\n}\nparameters {\n\n#include two.stan\n}\n"
    with pytest.raises(ProgramSyntaxError) as caught:
        Program.from_file(write(tmp_path, main=main, **files))
    assert f"in {where}," in str(caught.value)


def test_roles_are_said_by_file_where_files_share_a_line(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        main="data { real y; } parameters { real m; } model {\n  y ~ normal(m, 1);\n"
        "#include part.stan\n}\n",
        part="\nm ~ normal(0, 1);\n",
    )
    program = Program.from_file(path)
    said = program.with_roles({"part.stan:2": "likelihood", "main.stan:2": "prior"})
    assert [str(s.role) for s in said.statements] == ["prior", "likelihood"]
