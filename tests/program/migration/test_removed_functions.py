from __future__ import annotations

import pytest

from bayeswrap.program.migration.declarations import declarations_of
from bayeswrap.program.migration.draft import Draft
from bayeswrap.program.migration.removed_functions import rewrite_functions


def draft_of(code: str) -> Draft:
    draft = Draft(code)
    rewrite_functions(draft, declarations_of(draft, draft.statements()))
    return draft


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("if_else(a, b, c)", "(a ? b : c)"),
        ("if_else(a,b,c)", "(a ? b : c)"),
        ("if_else(a, if_else(b, 1, 2), 3)", "(a ? (b ? 1 : 2) : 3)"),
        ("if_else(a ? b : c, 1, 2)", "((a ? b : c) ? 1 : 2)"),
        ("multiply_log(a, b)", "lmultiply(a, b)"),
        ("binomial_coefficient_log(a, b)", "lchoose(a, b)"),
        ("cov_exp_quad(x, a, r)", "gp_exp_quad_cov(x, a, r)"),
        ("get_lp()", "target()"),
        ("fabs(x - y)", "abs(x - y)"),
        ("fabs(3)", "abs(1.0 * (3))"),
        ("fabs(3.0)", "abs(3.0)"),
        ("fabs + if_else", "fabs + if_else"),
    ],
)
def test_calls_get_their_present_form(old: str, new: str) -> None:
    assert draft_of(old).text() == new


def test_an_absolute_value_of_integers_stays_real() -> None:
    code = "data { int a; real b; } model { for (n in 1:a) c = fabs(a - n) / 2 + fabs(b); }"
    assert draft_of(code).text().endswith("abs(1.0 * (a - n)) / 2 + abs(b); }")


def test_a_function_of_the_user_keeps_its_name() -> None:
    code = "functions { real fabs(real x) { return x; } } model { y = fabs(2); }"
    assert draft_of(code).text() == code


@pytest.mark.parametrize("old", ["negative_epsilon()", "mod(3, 2)", "if_else(a, b)"])
def test_what_has_no_successor_is_named(old: str) -> None:
    (left,) = draft_of(f"model {{\n  x = {old};\n}}").leftovers
    assert (left.line, left.text) == (2, f"x = {old};")
