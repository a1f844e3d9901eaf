"""Population terms, offsets and group terms."""

from __future__ import annotations

import pytest

from bayeswrap.errors import FormulaError
from bayeswrap.formulas.formula_tokens import tokens_of
from bayeswrap.formulas.right_sides import GroupText, PredictorText, read_right_side


def read(text: str) -> PredictorText:
    return read_right_side(tokens_of(text), text)


def test_the_kinds_of_summands_are_told_apart() -> None:
    assert read("x*z + (1 + x | g) - 1 + offset(log(e)) + (0 + x || h)") == PredictorText(
        terms="x * z - 1",
        offsets=("log(e)",),
        groups=(
            GroupText(terms="1 + x", factors=("g",)),
            GroupText(terms="0 + x", factors=("h",), correlated=False),
        ),
    )


def test_a_nested_factor_is_two_terms() -> None:
    groups = read("(1 | a/b/c)").groups
    assert [group.factor for group in groups] == ["a", "a:b", "a:b:c"]


def test_group_terms_alone_leave_the_intercept() -> None:
    assert read("(1 | g)").terms == "1"


def test_brackets_without_a_bar_are_population_terms() -> None:
    assert read("(x + z)^2").terms == "(x + z)^2"


@pytest.mark.parametrize(
    "text",
    [
        "x | g",
        "x * (1 | g)",
        "x - (1 | g)",
        "(| g)",
        "(1 | )",
        "(1 | g + h)",
        "(1 | i | g)",
        "(1 | g) + (1 | g)",
        "(1 | g*h)",
        "(x z | g)",
        "((1 | g) + x)",
        "(1 | log(g))",
    ],
)
def test_other_group_terms_are_refused(text: str) -> None:
    with pytest.raises(FormulaError):
        read(text)
