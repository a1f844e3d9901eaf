from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fixtures.folders import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from bayeswrap.engine import stanc
from bayeswrap.engine.line_map import LineMap
from bayeswrap.errors import ProgramError, ProgramNotFoundError, ProgramSyntaxError
from bayeswrap.program.program import Program
from bayeswrap.program.syntax.includes import expand_includes
from bayeswrap.program.syntax.places import location_of
from bayeswrap.program.syntax.rewriting import without_prints
from bayeswrap.program.syntax.scan import comments_after, scan

if TYPE_CHECKING:
    from pathlib import Path

FILES = sorted(
    [*(ROOT / "stan_models").glob("*/*.stan"), *(ROOT / "tests" / "gold").rglob("*.stan")]
)

# the line and column (stanc's: lines from 1, columns in bytes from 0) of each statement
PLACED = {
    "one line": (
        "data{real y;}parameters{real m;}model{m~normal(0,1);y~normal(m,1);}",
        [(1, 38), (1, 52)],
    ),
    "in blocks, loops and branches": (
        """parameters { real m; }
model {
  {
    m ~ normal(0, 1);
  } m ~ normal(0, 2);
  for (i in 1:2) for (q in {1, 2}) m ~ normal(i, 1);
  if (m > 0) target += m; else if (m < -1) { target += -m; } else target += 2 * m;
  while (m < -9)
    m ~ normal(3, 1);
  profile("m ~ x;") { m ~ cauchy(0, 1); }
  ; ; target += 1;
}
""",
        [(4, 4), (5, 4), (6, 35), (7, 13), (7, 45), (7, 66), (9, 4), (10, 22), (11, 6)],
    ),
    "decoys": (
        """data { int N; } // model { m ~ normal(0, 1); }
parameters { real m; }
model { /* m ~ normal(0, 9); { */
  real target_x = 1; int jacobian_y = 2;
  target_x += 1; print("m ~ normal(0, 1); // "); reject("target += 1;");
  m ~ normal(target_x, 1); // ~ ;
}
generated quantities { real z = normal_rng(0, 1); print("z ~ x;"); }""",
        [(6, 2)],
    ),
    "letters beyond ASCII": (
        "parameters { real m; }\nmodel { /* é中 */ m ~ normal(0, 1); /* 😀 */ target += m; }",
        [(2, 20), (2, 49)],
    ),
    "tabs and carriage returns": (
        "parameters { real m; }\r\nmodel {\r\n\tm\t~\tnormal(0,\r\n 1);\t target +=\r\n m; }",
        [(3, 1), (4, 6)],
    ),
    "over several lines, with comments inside": (
        """parameters { real m; }
model {
  m /* the ~ one */
    ~ // { ;
    normal(0, 1)
  ; target
  += m;
}""",
        [(3, 2), (6, 4)],
    ),
    "in transformed parameters": (
        """functions { void f_lp(real m) { m ~ normal(0, 1); } }
parameters { real m; }
transformed parameters { real s = exp(m); jacobian += m; { jacobian += 0 * m; } }
model { f_lp(m); target += m; }""",
        [(3, 42), (3, 59), (4, 8), (4, 17)],
    ),
    "numbers and operators of every kind": (
        """data { matrix[2, 2] A; }
parameters { real m; }
model {
  real x = 1.5e-3 + 1_000 + .5 + 2. + 7 %/% 2 + 7 % 2 + (A .* A ./ A)[1, 1] + (A \\ A')[1, 2];
  x *= 2; complex z = 3i; tuple(int, real) t = (1, 2.5); x -= t.2;
  if (!(x == 1) && x != 2 || x <= 3) m ~ normal(x > 0 ? x : -x, 1) T[-1, ];
}""",
        [(6, 37)],
    ),
}


def places(code: str) -> list[tuple[int, int]]:
    found = [location_of(code, s.start, s.end) for s in scan(code).spans]
    return [(p.line, p.column - 1) for p in found]


@pytest.mark.parametrize("case", PLACED, ids=str)
def test_statements_stand_where_stanc_says(case: str) -> None:
    code, expected = PLACED[case]
    assert places(code) == expected
    assert set(expected) <= stanc.statement_locations(code, "test")
    assert [(s.line, s.column - 1) for s in Program.from_string(code).statements] == expected


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.parent.name)
def test_statements_of_whole_programs_stand_where_stanc_says(path: Path) -> None:
    program = Program.from_file(path)
    found = places(program.source)
    assert set(found) <= stanc.statement_locations(program.source, program.name)
    lines = program.source.split("\n")
    for statement in program.statements:
        rest = lines[statement.line - 1].encode()[statement.column - 1 :].decode()
        assert "".join(statement.text.split()).startswith(
            "".join(rest.split(";")[0].split("//")[0].split())
        )


def test_there_are_whole_programs_to_look_at() -> None:
    assert len(FILES) >= 8


def test_kinds_of_statements() -> None:
    found = scan(PLACED["in transformed parameters"][0]).spans
    assert [(s.block, s.kind) for s in found] == [
        ("transformed parameters", "jacobian"),
        ("transformed parameters", "jacobian"),
        ("model", "call"),
        ("model", "target"),
    ]


def test_where_switches_can_be_declared() -> None:
    code = "functions { }\ndata { real y; }\nmodel { }"
    found = scan(code)
    assert code[: found.data_open].endswith("data {")
    assert code[: found.functions_end].endswith("functions { }")
    assert scan("model { }").data_open is None
    assert scan("model { }").functions_end == 0
    assert scan("transformed data { int data_x = 1; } model { }").data_open is None


def test_names_are_collected_without_comments_and_strings() -> None:
    found = scan('parameters { real m; } model { print("word"); /* other */ m ~ std_normal(); }')
    assert {"m", "std_normal"} <= found.names
    assert not {"word", "other"} & found.names


def test_functions_that_add_to_target_inside_expressions_are_found() -> None:
    code = "model { real a = f_lp(1); g_lp(2); if (h_lp(3) > 0) g_lp(4); real my_lp = 2; }"
    assert [t.text for t in scan(code).hidden] == ["f_lp", "h_lp"]
    assert [s.kind for s in scan(code).spans] == ["call", "call"]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (" // prior", ["prior"]),
        (" } // prior.", ["prior"]),
        (" /* a */ /* b */ // c", ["a", "b", "c"]),
        (" target += 2; // later", []),
        ("\n// next line", []),
        ("", []),
    ],
)
def test_comments_that_follow_a_statement(after: str, expected: list[str]) -> None:
    code = "model { { target += 1;" + after + "\n}}"
    found = scan(code)
    assert list(comments_after(found, code, found.spans[0])) == expected


def test_the_text_of_a_place_is_on_one_line() -> None:
    code = "model {\n  target  +=\n\t 1;\n}"
    (span,) = scan(code).spans
    assert location_of(code, span.start, span.end).text == "target += 1;"


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / f"{name}.stan").write_text(text, encoding="utf-8", newline="")


def test_includes_are_put_in_place_also_nested_ones(tmp_path: Path) -> None:
    write(
        tmp_path,
        main='data {\n#include "sizes.stan"\n  vector[N] y;\n}\n#include rest.stan // the rest',
        sizes="#include <more.stan>\nint N;\n",
        more="int K;",
        rest="parameters { real m; }\nmodel { y ~ normal(m, K); }",
    )
    program = Program.from_file(tmp_path / "main.stan")
    assert list(program.variables) == ["K", "N", "y", "m"]
    assert program.source.startswith("data {\nint K;\nint N;\n  vector[N] y;")
    assert program.source.endswith("model { y ~ normal(m, K); } // the rest")
    assert [str(s.role) for s in program.statements] == ["likelihood"]


def test_statements_of_included_files_are_told_by_their_own_lines(tmp_path: Path) -> None:
    write(
        tmp_path,
        main="data { real y; }\n// one\n#include params.stan\nmodel {\n"
        "  #include priors.stan\n  y ~ normal(m, s);\n}\n",
        params="// two\nparameters {\n  real m;\n  real<lower=0> s;\n}\n",
        priors="// three\nm ~ normal(0, 1);\n// four\ns ~ exponential(1);\n",
    )
    program = Program.from_file(tmp_path / "main.stan")
    told = [(s.file, s.line) for s in program.statements]
    assert told == [("priors.stan", 2), ("priors.stan", 4), ("main.stan", 6)]
    table = program.roles({"priors.stan:4": "likelihood", "6": "prior"})
    assert list(table["file"]) == ["priors.stan", "priors.stan", "main.stan"]
    assert list(table["role"]) == ["prior", "likelihood", "prior"]


def test_stancs_messages_point_into_the_included_file(tmp_path: Path) -> None:
    write(
        tmp_path,
        main="data { real y; }\n#include params.stan\nmodel {\n  y ~ normal(m, 1);\n}\n",
        params="// two\nparameters {\n  real m\n}\n",
    )
    with pytest.raises(ProgramSyntaxError, match=r"in 'params\.stan', line 4"):
        Program.from_file(tmp_path / "main.stan")


def test_include_paths_are_searched_first(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    write(tmp_path, main="#include part.stan\nmodel {}", part="data { int A; }")
    write(other, part="data { int B; }")
    here = Program.from_file(tmp_path / "main.stan")
    there = Program.from_file(tmp_path / "main.stan", include_paths=[other])
    assert (list(here.variables), list(there.variables)) == (["A"], ["B"])


def test_an_include_in_a_comment_or_string_is_none() -> None:
    code = '// #include a.stan\n/*\n#include b.stan\n*/\nmodel { print("#include c.stan"); }'
    assert expand_includes(code, [], "test") == (code, LineMap())


def test_a_missing_include_names_the_folders(tmp_path: Path) -> None:
    write(tmp_path, main="#include gone.stan\nmodel {}")
    with pytest.raises(ProgramNotFoundError, match=r"'gone\.stan' does not exist") as caught:
        Program.from_file(tmp_path / "main.stan")
    assert str(tmp_path) in str(caught.value)
    assert isinstance(caught.value, FileNotFoundError)


def test_includes_that_include_each_other_are_refused(tmp_path: Path) -> None:
    write(tmp_path, main="#include a.stan", a="#include b.stan", b="#include a.stan")
    with pytest.raises(ProgramSyntaxError, match="include each other"):
        Program.from_file(tmp_path / "main.stan")


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "latin.stan").write_bytes(b"// \xe9\nmodel {}")
    with pytest.raises(ProgramError, match="UTF-8") as caught:
        Program.from_file(tmp_path / "latin.stan")
    assert "0xe9 at offset 3" in str(caught.value)


def test_a_byte_order_mark_is_dropped(tmp_path: Path) -> None:
    (tmp_path / "marked.stan").write_bytes("\ufeffmodel {}".encode())
    assert Program.from_file(tmp_path / "marked.stan").source == "model {}"


PIECES = st.sampled_from(
    [
        *("m ~ normal(0, 1);", "target += m;", "{", "}", "if (1)", "else", "for (i in {1, 2})"),
        *(";", "while (0)", "// {\n", "/* ~ ; */", '"a ~ }"', "print(", ")", "\r\n", "real x;"),
        *("é", "#", "x[1] += 2;", "break;", "(", "profile", "target", "+=", "~", "1.5e3", "'"),
    ]
)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(units=st.lists(PIECES, max_size=8))
def test_scanning_takes_every_text_that_stanc_takes(units: list[str]) -> None:
    code = f"parameters {{ real m; }}\nmodel {{ {' '.join(units)} }}"
    try:
        found = stanc.statement_locations(code, "test")
    except ProgramSyntaxError:
        return
    assert set(places(code)) <= found
    assert len(places(code)) == len(Program.from_string(code).statements)


WHOLE = st.recursive(
    st.sampled_from(
        ["m ~ normal(0, 1);", "target += m;", ";", "{ real x = m; }", 'print("~{");', "{}"]
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: "{" + "/*;*/".join(parts) + "}"),
        inner.map(lambda s: f"if (m > 0) {s}"),
        st.tuples(inner, inner).map(lambda t: f"if (m > 0) {{{t[0]}}} else // x\n {t[1]}"),
        inner.map(lambda s: f"for (q{len(s)} in {{1, 2}}) {{ {s} }}"),
        inner.map(lambda s: f"while (m > 99) {s}"),
    ),
    max_leaves=8,
)


@settings(max_examples=18, deadline=None, derandomize=True)
@given(body=WHOLE)
def test_the_scanner_finds_what_the_tree_holds(body: str) -> None:
    code = f"parameters {{ real m; }} model {{ {body} }}"
    wanted = body.replace('print("~{")', "").count("~") + body.count("+=")
    assert len(Program.from_string(code).statements) == len(places(code)) == wanted


def test_prints_are_taken_out_and_lines_stay() -> None:
    code = 'model {\n  if (1)\n    print("a ; (",\n          1); // print(2);\n  print(3);\n}\n'
    silent = without_prints(code)
    assert silent == "model {\n  if (1)\n    { }\n // print(2);\n  { }\n}\n"
    Program.from_string(silent)
