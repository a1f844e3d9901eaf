"""Terms in formulaic's spelling, with the user's spelling as label."""

from __future__ import annotations

import pytest

from bayeswrap.errors import FormulaError
from bayeswrap.formulas.term_text import column_key, terms_text


def test_safe_names_differ_where_columns_do() -> None:
    names = ["a b", "a_b", "a.b", "ab", "a__b", "ä"]
    keys = {column_key(name) for name in names}
    assert len(keys) == len(names)
    assert all(key.isidentifier() and key.isascii() for key in keys)


def test_the_spelling_of_r_is_that_of_python() -> None:
    text = terms_text("I(x^2) + factor(g) + poly(x, 2, raw=TRUE)")
    assert text.text == "I(v_x ** 2) + C(f_g) + poly(v_x, 2, raw=True)"
    assert text.labels["I(v_x ** 2)"] == "I(x^2)"
    assert text.columns == ("x", "g")


def test_a_dot_is_all_other_columns() -> None:
    assert terms_text(". - z", others=["x", "z"]).text == "(v_x + v_z) - v_z"


def test_a_column_has_precedence_over_a_constant() -> None:
    assert terms_text("I(T + 1)", known=["T"]).columns == ("T",)
    assert terms_text("poly(x, 2, raw=T)", known=["x"]).columns == ("x",)


def test_an_unknown_column_gets_a_neighbour() -> None:
    with pytest.raises(FormulaError, match="did you mean 'dose'"):
        terms_text("log(dos)", known=["dose", "age"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x z", "operator is missing"),
        ("x +", "term is missing"),
        ("x + * z", "term is missing before '\\*'"),
        ("2 * x", "number 2 is no term"),
        ("x^0.5", "whole number"),
        ("lgo(x)", "did you mean 'log'"),
        ("s(x)", "have no s"),
        ("log(x:z)", "within a call"),
        ("log(x z)", "cannot be read"),
        ("offset(z):x", "wrong place"),
    ],
)
def test_what_is_no_term_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(FormulaError, match=message) as error:
        terms_text(text)
    assert "^" in str(error.value)
