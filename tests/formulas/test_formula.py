"""Formulas: one, or one for each parameter."""

from __future__ import annotations

import pickle

import pytest

from bayeswrap.errors import FormulaError, UsageError
from bayeswrap.formulas.formula import Formula

SEVERAL = [
    "y ~ x, sigma ~ z",
    "y ~ x\nsigma ~ z",
    "y ~\n  x,\n\nsigma ~ z\n",
    ["y ~ x", "sigma ~ z"],
    ("y ~ x", "sigma ~ z"),
    "bf(y ~ x, sigma ~ z)",
    "y ~ x, # the mean\nsigma ~ z",
]


@pytest.mark.parametrize("text", SEVERAL)
def test_all_spellings_of_several_formulas_are_one_value(text: str | list[str]) -> None:
    formula = Formula.parse(text)
    assert formula == Formula.parse("y ~ x, sigma ~ z")
    assert hash(formula) == hash(Formula.parse("y ~ x, sigma ~ z"))
    assert formula.parameters == ("mu", "sigma")


@pytest.mark.parametrize(
    "text",
    [
        "y | trials(n) ~ x * z + (1 + x | g)",
        "log(y) ~ poly(x, 2) + offset(log(z)) + (1 | a) + (1 | a:b)",
        "y ~ 0 + `my age` + I(x^2) + C(f, contr.treatment(base=2))",
        "y | cens(c, u) + weights(w) ~ . - x, sigma ~ x:z",
    ],
)
def test_a_formula_prints_as_one_that_reads_back(text: str) -> None:
    formula = Formula.parse(text)
    assert Formula.parse(str(formula)) == formula
    assert str(formula) == text
    assert pickle.loads(pickle.dumps(formula)) == formula


@pytest.mark.parametrize(
    "text",
    [
        "",
        "y",
        "y ~",
        "~ x",
        "y ~ x ~ z",
        "f(y ~ x)",
        "(y ~ x",
        "log(y ~ x) ~ z",
        "y ~ x, z",
        "y ~ x, y + z ~ x",
        "y ~ x, s ~ 1, s ~ x",
        "y ~ x, mu ~ z",
        3,
        [],
        ["y ~ x", 2],
    ],
)
def test_what_is_no_formula_is_refused(text: object) -> None:
    with pytest.raises(FormulaError) as error:
        Formula.parse(text)
    assert isinstance(error.value, (UsageError, ValueError))
