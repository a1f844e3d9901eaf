"""The outcome and what stands beside it."""

from __future__ import annotations

import pytest

from bayeswrap.errors import FormulaError
from bayeswrap.formulas.formula_tokens import tokens_of
from bayeswrap.formulas.left_sides import ResponseText, read_left_side


def read(text: str) -> ResponseText:
    return read_left_side(tokens_of(text), text)


def test_additions_are_read() -> None:
    response = read("log(y) | weights(w) + cens(c, upper)")
    assert response == ResponseText(outcome="log(y)", weights="w", censored="c", upper="upper")
    assert str(response) == "log(y) | cens(c, upper) + weights(w)"


def test_successes_and_failures_are_two_columns() -> None:
    response = read("cbind(yes, no)")
    assert (response.outcome, response.failures) == ("yes", "no")
    assert str(response) == "cbind(yes, no)"


def test_the_outcome_may_be_arithmetic() -> None:
    assert read("y / 1000").outcome == "y / 1000"


def test_trials_may_be_a_number() -> None:
    assert read("y | trials(10)").trials == "10"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("y z", "operator"),
        ("y | trial(n)", "did you mean 'trials'"),
        ("y | trials()", "one column"),
        ("y | trials(n) + trials(m)", "twice"),
        ("y | cens(a, b, c)", "one or two columns"),
        ("y | trials(n) | weights(w)", "one \\|"),
        ("cbind(a, b, c)", "two columns"),
        ("y | rate(e)", "rate"),
    ],
)
def test_other_left_sides_are_refused(text: str, message: str) -> None:
    with pytest.raises(FormulaError, match=message):
        read(text)
