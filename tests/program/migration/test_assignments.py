from __future__ import annotations

import pytest

from bayeswrap.program.migration.assignments import rewrite_statements
from bayeswrap.program.migration.draft import Draft


def rewritten(statement: str) -> str:
    draft = Draft(f"model {{ {statement} }}")
    rewrite_statements(draft, draft.statements())
    return draft.text()[len("model { ") : -len(" }")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("x <- 1;", "x = 1;"),
        ("x<-1;", "x=1;"),
        ("x[i, j][k] <- -y;", "x[i, j][k] = -y;"),
        ("if (x <-1) y <- 2; else z<--1;", "if (x <-1) y = 2; else z=-1;"),
        ("increment_log_prob(x);", "target += x;"),
        ("increment_log_prob( f(a, b) + c ) ;", "target += f(a, b) + c ;"),
        ("increment_log_prob(-a);", "target += -a;"),
        ("lp__ <- lp__ + a;", "target += a;"),
        ("lp__ = lp__ - a + b;", "target += - a + b;"),
        ("print(lp__);", "print(target());"),
    ],
)
def test_statements_are_rewritten(old: str, new: str) -> None:
    assert rewritten(old) == new


@pytest.mark.parametrize("today", ["if (a <-1) { }", "x = a <-b;", "while (f(a) <-2) { }"])
def test_a_comparison_with_a_negative_number_stays(today: str) -> None:
    assert rewritten(today) == today


@pytest.mark.parametrize(
    "old", ["increment_log_prob(a, b);", "increment_log_prob();", "lp__ <- 3;"]
)
def test_what_has_no_form_today_is_named(old: str) -> None:
    draft = Draft(f"model {{\n{old}\n}}")
    rewrite_statements(draft, draft.statements())
    assert [(left.line, left.text) for left in draft.leftovers] == [(2, old)]
