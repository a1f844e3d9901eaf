"""Words of a formula, their places, and brackets."""

from __future__ import annotations

import pytest

from bayeswrap.errors import FormulaError
from bayeswrap.formulas.formula_tokens import (
    marked,
    matching_bracket,
    spelling,
    split_at,
    tokens_of,
)


def test_names_may_have_dots_and_backticks() -> None:
    words = tokens_of("Sepal.Length ~ `my age` + .5")
    assert [(w.kind, w.text) for w in words] == [
        ("name", "Sepal.Length"),
        ("sign", "~"),
        ("name", "my age"),
        ("sign", "+"),
        ("number", ".5"),
    ]


def test_two_signs_are_one_word() -> None:
    assert [w.text for w in tokens_of("a||b**2%in%c")] == ["a", "||", "b", "**", "2", "%in%", "c"]


def test_pieces_stand_outside_of_brackets() -> None:
    pieces = split_at(tokens_of("a + f(b + c) + (d)"), "+")
    assert [spelling(piece) for piece in pieces] == ["a", "f(b + c)", "(d)"]


def test_a_bracket_finds_its_partner() -> None:
    assert matching_bracket(tokens_of("f(a(b)c)d"), 1) == 7


def test_the_mark_stands_below_the_place_in_its_line() -> None:
    text, mark = marked("y ~ x\n z $", 9).split("\n")
    assert text == " z $"
    assert mark.index("^") - len("  where: ") == text.index("$")


@pytest.mark.parametrize("text", ["y ~ (x", "y ~ x)", "y ~ c[1)", "y ~ `x", "y ~ x $ z"])
def test_what_has_no_partner_is_refused(text: str) -> None:
    with pytest.raises(FormulaError) as error:
        tokens_of(text)
    assert "^" in str(error.value)
