from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bayeswrap.errors import RoleError
from bayeswrap.program.program import Program

if TYPE_CHECKING:
    from bayeswrap.program.roles.role import TargetStatement

HEAD = """data { int N; vector[N] y; real c; }
parameters { real m; real<lower=0> s; }
"""


def rows(body: str, roles: dict[str, str] | None = None) -> list[TargetStatement]:
    program = Program.from_string(f"{HEAD}model {{\n{body}\n}}").with_roles(roles)
    return list(program.statements)


def table(body: str, roles: dict[str, str] | None = None) -> list[tuple[int, int, str, str]]:
    return [(r.line, r.column, str(r.role), r.text) for r in rows(body, roles)]


PRIOR, LIKELIHOOD = "normal_lpdf(m | 0, 1)", "normal_lpdf(y | m, s)"


def test_terms_of_one_role_are_one_row() -> None:
    body = f"target += {PRIOR} - (exponential_lpdf(s | 1) + 2);"
    assert table(body) == [(4, 1, "prior", body)]
    assert rows(body)[0].summands == ()


def test_terms_of_two_roles_are_rows_of_their_own() -> None:
    body = f"target += {PRIOR} + {LIKELIHOOD};"
    assert table(body) == [(4, 11, "prior", PRIOR), (4, 35, "likelihood", LIKELIHOOD)]
    assert [r.summands for r in rows(body)] == [(0,), (1,)]


def test_terms_on_lines_of_their_own_are_told_by_them() -> None:
    rate = "exponential_lpdf(s | 1)"
    body = f"target += // the terms\n  ({LIKELIHOOD}\n\t- (2 + {PRIOR}\n + {rate}))\n;"
    found = table(body)
    assert [(line, column, role) for line, column, role, _ in found] == [
        (5, 4, "likelihood"),
        (6, 9, "prior"),
        (7, 4, "prior"),
    ]
    # the constant goes with the density before it, the signs with their terms
    assert [text for *_, text in found] == [
        f"{LIKELIHOOD} - 2",
        f"- {PRIOR}",
        f"- {rate}",
    ]


def test_each_term_of_two_roles_carries_its_own_names() -> None:
    prior, likelihood = rows(f"target += normal_lpdf(m | c, 1) + {LIKELIHOOD};")
    assert (prior.outcome, prior.hyper, prior.data) == ({"m"}, {"c"}, frozenset())
    assert (likelihood.outcome, likelihood.parents, likelihood.data) == (
        frozenset(),
        {"m", "s"},
        {"y"},
    )


def test_additions_to_a_local_are_told_one_by_one_where_roles_differ() -> None:
    body = f"real lp = 0;\nlp += {PRIOR};\nlp += {LIKELIHOOD};\ntarget += lp;"
    assert [(line, role) for line, _, role, _ in table(body)] == [(5, "prior"), (6, "likelihood")]


def test_a_local_of_one_role_is_told_where_it_is_added() -> None:
    body = f"real lp = 0;\nlp += {LIKELIHOOD};\nlp += poisson_lpmf(N | s);\ntarget += lp;"
    assert [(line, role) for line, _, role, _ in table(body)] == [(7, "likelihood")]


def test_a_role_said_for_a_statement_holds_for_all_its_terms() -> None:
    body = f"target += {PRIOR} + {LIKELIHOOD};"
    for key in ("4", "4:1", body, body.replace(" ", "")):
        assert [role for *_, role, _ in table(body, {key: "prior"})] == ["prior"]


def test_a_role_said_for_a_term_holds_for_it_alone() -> None:
    body = f"target += {PRIOR} + exponential_lpdf(s | 1) + {LIKELIHOOD};"
    for key in ("4:35", "exponential_lpdf(s | 1)"):
        roles = [role for *_, role, _ in table(body, {key: "likelihood"})]
        assert roles == ["prior", "likelihood", "likelihood"]


def test_a_comment_holds_for_all_terms() -> None:
    body = f"target += {PRIOR} + {LIKELIHOOD}; // likelihood"
    assert [role for *_, role, _ in table(body)] == ["likelihood"]


def test_what_is_said_shows_who_said_it() -> None:
    assert rows("m ~ normal(0, 1);", {"4": "likelihood"})[0].why == "set by roles="
    assert rows("m ~ normal(0, 1); // likelihood")[0].why == "set by a comment"
    # the argument overrules the comment
    (row,) = rows("m ~ normal(0, 1); // likelihood", {"4": "population"})
    assert (str(row.role), row.why) == ("population", "set by roles=")


@pytest.mark.parametrize("key", ["5", "4:2", "m ~ normal(0, 2);", "exponential_lpdf(s | 2)", ""])
def test_a_key_that_fits_nothing_lists_what_there_is(key: str) -> None:
    with pytest.raises(RoleError, match="does not exist") as caught:
        rows("m ~ normal(0, 1);", {key: "prior"})
    assert "4:1  m ~ normal(0, 1);" in str(caught.value)


def test_a_line_with_several_statements_is_not_enough() -> None:
    with pytest.raises(RoleError, match="where 2 statements stand") as caught:
        rows("m ~ normal(0, 1); s ~ normal(0, 1);", {"4": "prior"})
    assert "4:19  s ~ normal(0, 1);" in str(caught.value)


@pytest.mark.parametrize("word", ["Prior", "adjustment", "undecided", "", "data"])
def test_a_word_that_is_no_role_is_refused(word: str) -> None:
    with pytest.raises(RoleError, match="not a role"):
        rows("m ~ normal(0, 1);", {"4": word})


def test_columns_count_bytes_as_stanc_does() -> None:
    assert table("/* é中 */ m ~ normal(0, 1);")[0][:2] == (4, 13)
    assert table(f"target += /* é */ {PRIOR} + /* é */ {LIKELIHOOD};")[1][:2] == (4, 53)
