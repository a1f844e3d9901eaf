from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from bayeswrap.errors import ProgramError, ProgramNotFoundError, ProgramSyntaxError
from bayeswrap.program.program import Program
from bayeswrap.program.roles.role import Role
from bayeswrap.program.roles.role_table import RoleTable
from bayeswrap.program.syntax import parse

if TYPE_CHECKING:
    from pathlib import Path

COIN = """data { int<lower=0> n; int<lower=0, upper=n> y; }
parameters { real<lower=0, upper=1> p; }
transformed parameters { real odds = p / (1 - p); }
model {
  p ~ beta(2, 2);
  y ~ binomial(n, p);
}
generated quantities { int again = binomial_rng(n, p); }
"""


@pytest.fixture(scope="module")
def coin() -> Program:
    return Program.from_string(COIN, name="coin")


def test_variables_by_block_in_order(coin: Program) -> None:
    found = {name: v.block for name, v in coin.variables.items()}
    assert found == {
        "n": "data",
        "y": "data",
        "p": "parameters",
        "odds": "transformed parameters",
        "again": "generated quantities",
    }
    assert [v.name for v in coin.variables_in("data")] == ["n", "y"]
    assert coin.variables["y"].declaration.base == "int"


def test_locals_are_no_variables_of_the_program() -> None:
    program = Program.from_string(
        "parameters { real m; } transformed parameters { real a; { real b = m; a = b; } } model {}"
    )
    assert list(program.variables) == ["m", "a"]


def test_the_table_of_roles(coin: Program) -> None:
    table = coin.roles()
    assert isinstance(table, pd.DataFrame)
    assert list(table.columns) == ["line", "text", "role", "sure", "why"]
    assert table.to_dict("records") == [
        {
            "line": 5,
            "text": "p ~ beta(2, 2);",
            "role": "prior",
            "sure": True,
            "why": "outcome is a parameter",
        },
        {
            "line": 6,
            "text": "y ~ binomial(n, p);",
            "role": "likelihood",
            "sure": True,
            "why": "outcome is data (y)",
        },
    ]


def test_the_table_is_printed_whole(coin: Program) -> None:
    shown = str(coin.roles())
    assert "y ~ binomial(n, p);" in shown
    assert "yes" in shown
    assert repr(coin.roles()) == shown
    assert isinstance(coin.roles().head(1), RoleTable)


def test_an_empty_table_says_so() -> None:
    program = Program.from_string("parameters { real m; } model {}")
    assert str(program.roles()) == "no statement of the program touches target"
    assert list(program.roles().columns) == ["line", "text", "role", "sure", "why"]


def test_statements_of_one_role(coin: Program) -> None:
    assert [s.text for s in coin.of_role(Role.LIKELIHOOD)] == ["y ~ binomial(n, p);"]
    assert coin.of_role(Role.POPULATION) == ()


def test_repr_counts_roles(coin: Program) -> None:
    assert repr(coin) == "Program('coin': 1 likelihood, 1 prior)"
    assert repr(Program.from_string("model {}")) == "Program('model': no target statements)"


def test_with_roles_leaves_the_program_as_it_is(coin: Program) -> None:
    other = coin.with_roles({"5": "likelihood"})
    assert [s.role for s in other.statements] == [Role.LIKELIHOOD, Role.LIKELIHOOD]
    assert [s.role for s in coin.statements] == [Role.PRIOR, Role.LIKELIHOOD]
    assert coin.with_roles(None) is coin
    assert coin.with_roles({}) is coin


def test_roles_said_twice_are_kept_together(coin: Program) -> None:
    other = coin.with_roles({"5": "likelihood"}).with_roles({"6": "prior"})
    assert [str(s.role) for s in other.statements] == ["likelihood", "prior"]


def test_the_hash_tells_text_and_roles_apart(coin: Program) -> None:
    assert coin.hash == Program.from_string(COIN, name="other").hash
    assert coin.hash != Program.from_string(COIN + "\n").hash
    assert coin.hash != coin.with_roles({"5": "likelihood"}).hash
    one, two = {"5": "prior", "6": "likelihood"}, {"6": "likelihood", "5": "prior"}
    assert coin.with_roles(one).hash == coin.with_roles(two).hash


def test_a_program_survives_pickling(coin: Program) -> None:
    other = pickle.loads(pickle.dumps(coin.with_roles({"5": "likelihood"})))
    assert other == coin.with_roles({"5": "likelihood"})
    assert [str(s.role) for s in other.statements] == ["likelihood", "likelihood"]


def test_a_program_cannot_be_changed(coin: Program) -> None:
    with pytest.raises(AttributeError):
        coin.source = "model {}"  # type: ignore[misc]


def test_from_file(tmp_path: Path) -> None:
    path = tmp_path / "my coin-2.stan"
    path.write_bytes(COIN.replace("\n", "\r\n").encode())
    program = Program.from_file(str(path))
    assert program.name == "my_coin_2"
    assert program.path == path
    assert [s.line for s in program.statements] == [5, 6]


@pytest.mark.parametrize(("stem", "name"), [("8schools", "model_8schools"), ("é", "model__")])
def test_names_that_cpp_would_not_take(stem: str, name: str) -> None:
    assert Program.from_string("model {}", name=stem).name == name


@pytest.mark.parametrize("text", ["", "  \n\t"])
def test_an_empty_text_is_refused(text: str) -> None:
    with pytest.raises(ProgramError, match="empty"):
        Program.from_string(text)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "none.stan"
    path.write_text(" \n")
    with pytest.raises(ProgramError, match="empty"):
        Program.from_file(path)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ProgramNotFoundError, match="does not exist") as caught:
        Program.from_file(tmp_path / "gone.stan")
    assert "gone.stan" in str(caught.value)
    assert isinstance(caught.value, FileNotFoundError)
    with pytest.raises(ProgramNotFoundError):
        Program.from_file(tmp_path)


def test_a_syntax_error_quotes_stanc_with_the_line() -> None:
    with pytest.raises(ProgramSyntaxError) as caught:
        Program.from_string("parameters { real m; }\nmodel {\n  m ~ normal(0, 1)\n}", name="bad")
    message = str(caught.value)
    assert "bad.stan', line 4" in message
    assert "m ~ normal(0, 1)" in message


@pytest.mark.parametrize(
    ("body", "quoted"),
    [
        ("m ~ normal(0, 1, 2);", "normal"),
        ("mu ~ normal(0, 1);", "mu"),
        ('m ~ normal("a", 1);', "line 3"),
        ("target += no_such(m);", "no_such"),
    ],
)
def test_a_type_error_is_told_at_once(body: str, quoted: str) -> None:
    with pytest.raises(ProgramSyntaxError) as caught:
        Program.from_string(f"parameters {{ real m; }}\nmodel {{\n  {body}\n}}")
    assert "line 3" in str(caught.value)
    assert quoted in str(caught.value)


def test_a_program_without_parameters_or_statements() -> None:
    program = Program.from_string("generated quantities { real x = 1; }")
    assert program.statements == ()
    assert program.switched().data


def test_each_program_is_read_once(coin: Program) -> None:
    assert parse.tree(coin.source, coin.name) is coin.tree
    assert coin.statements is coin.statements


OLD = """# an old coin
data { int N; int y[N]; }
parameters { real<lower=0, upper=1> p; }
model {
  y ~ bernoulli(p);
  increment_log_prob(beta_log(p, 2, 2));
}
"""


def test_an_old_program_is_migrated_where_that_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "old.stan"
    path.write_text(OLD, encoding="utf-8")

    for program in (
        Program.from_file(path, migrate=True),
        Program.from_string(OLD, migrate=True),
    ):
        assert [(s.line, s.role) for s in program.statements] == [
            (5, Role.LIKELIHOOD),
            (6, Role.PRIOR),
        ]
    assert path.read_text(encoding="utf-8") == OLD


def test_included_files_are_migrated_too(tmp_path: Path) -> None:
    (tmp_path / "helpers.stan").write_text("real f(real[] x) { real s; s <- x[1]; return s; }")
    path = tmp_path / "old.stan"
    path.write_text(
        "#include the intercept\nfunctions {\n#include helpers.stan\n}\n"
        "data { real x[2]; }\nparameters { real m; }\nmodel { m ~ normal(f(x), 1); }\n"
    )

    program = Program.from_file(path, migrate=True)

    assert "array[2] real x" in program.source
    assert [(s.line, s.file) for s in program.statements] == [(7, "old.stan")]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("data { real x[3]; } model { }", "array sizes after the name"),
        ("model { real x; x <- 1; }", "<-"),
        ("# title\nmodel { }", "# comments"),
        ("parameters { real x; } model { increment_log_prob(x); }", "increment_log_prob"),
        ("parameters { real x; } model { target += normal_log(x, 0, 1); }", "_log densities"),
        ("parameters { real x; } model { x ~ normal(if_else(1, 2, 3), 1); }", "if_else"),
    ],
)
def test_the_error_for_old_syntax_names_the_migration(code: str, kind: str) -> None:
    with pytest.raises(ProgramSyntaxError) as caught:
        Program.from_string(code)

    do = caught.value.do or ""
    assert f"old Stan syntax ({kind})" in do
    assert "bayeswrap migrate" in do
    assert "migrate=True" in do


def test_the_error_for_other_mistakes_does_not() -> None:
    with pytest.raises(ProgramSyntaxError) as caught:
        Program.from_string("model { real x = 1 }")

    assert "migrate" not in str(caught.value)


def test_the_error_after_a_migration_names_what_is_left() -> None:
    code = "data { real r[2]; }\ntransformed data {\n  int k;\n  k <- floor(r[1]);\n}\n"

    with pytest.raises(ProgramSyntaxError, match="line 4") as caught:
        Program.from_string(code, migrate=True)

    assert "migrate" not in (caught.value.do or "")
