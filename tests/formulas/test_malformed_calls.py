"""Malformed calls: the message that each one gets."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

from bayeswrap.errors import BayeswrapError
from bayeswrap.formulas.design_builder import design_of

FRAME: dict[str, Any] = {
    "y": [1.5, 2.5, 4.0, 3.0, 2.0, 5.0],
    "dose": [0.0, 1, 2, 3, 4, 5],
    "age": [31.0, 44, np.nan, 52, 39, 60],
    "site": ["a", "b", "a", "c", "b", "c"],
    "count": [0, 3, 1, 2, 5, 4],
    "n": [4, 4, 4, 4, 4, 4],
    "death": ["no", "yes", "no", "yes", "no", "no"],
    "cell": ["1", "2", "n/a", "4", "5", "6"],
    "when": pd.date_range("2024-01-01", periods=6),
    "status": ["none", "right", "cens", "none", "none", "left"],
    "weight": [1.0, -1, 1, 1, 1, 1],
    "same": [7.0] * 6,
}

# formula, outcome, further arguments, and parts of the message
FORMULAS = [
    ("y dose", "real", {}, ["has a ~"]),
    ("y ~", "real", {}, ["no predictor after the ~"]),
    ("~ dose", "real", {}, ["no outcome before the ~"]),
    ("", "real", {}, ["formula is empty"]),
    (7, "real", {}, ["formula is a text", "got: 7"]),
    ("y ~ dose ~ age", "real", {}, ["two ~"]),
    ("y ~ (dose", "real", {}, ["without its closing bracket", "^"]),
    ("y ~ dose)", "real", {}, ["without its opening bracket", "^"]),
    ("y ~ dose +", "real", {}, ["term is missing", "^"]),
    ("y ~ dose site", "real", {}, ["operator is missing", "^"]),
    ("y ~ dose & site", "real", {}, ["no '&'", "^"]),
    ("y ~ dos", "real", {}, ["no column 'dos'; did you mean 'dose'?"]),
    ("y ~ Dose", "real", {}, ["no column 'Dose'; did you mean 'dose'?"]),
    ("Y ~ dose", "real", {}, ["no column 'Y'; did you mean 'y'?"]),
    ("y ~ lgo(dose)", "real", {}, ["no function lgo(); did you mean 'log'?"]),
    ("y ~ s(dose)", "real", {}, ["have no s()", "ns(x, df=3)"]),
    ("y ~ log(dose)", "real", {}, ["log(dose) is not finite", "row 1"]),
    ("y ~ log(site)", "real", {}, ["log(site) cannot be computed"]),
    ("y ~ log()", "real", {}, ["log() has no argument"]),
    ("y ~ poly(same, 2)", "real", {}, ["not finite in any row", "too few different values"]),
    ("y ~ bs(dose, df=2)", "real", {}, ["bs() needs a larger df", "at least 3"]),
    ("y ~ bs(dose, df='a')", "real", {}, ["whole number", "got: 'a'"]),
    ("y ~ I(2)", "real", {}, ["I(2) names no column"]),
    ("y ~ scale(site)", "real", {}, ["scale(site) cannot be computed", "site holds levels"]),
    ("y ~ C(site, dose)", "real", {}, ["how levels are compared"]),
    ("y ~ log(dose, n)", "real", {}, ["base of log() is a number"]),
    ("y ~ C(site, levels=['a', 'b'])", "real", {}, ["lacks the level 'c'"]),
    ("y ~ 2*dose", "real", {}, ["number 2 is no term", "I(2 * x)"]),
    ("y ~ dose^0.5", "real", {}, ["whole number", "I(x^2)"]),
    ("y ~ dose | site", "real", {}, ["outside of a group term", "(1 | g)"]),
    ("y ~ dose*(1 | site)", "real", {}, ["outside of a group term"]),
    ("y ~ (1 | sites)", "real", {}, ["no column 'sites'; did you mean 'site'?"]),
    ("y ~ (1 | site) + (dose | site)", "real", {}, ["intercept varies by site in two"]),
    ("y ~ (0 | site)", "real", {}, ["nothing varies in (0 | site)"]),
    ("y ~ dose, sgma ~ dose", "real", {}, ["no parameter 'sgma'; did you mean 'sigma'?"]),
    ("y ~ dose, sigma ~ 1, sigma ~ dose", "real", {}, ["sigma has two formulas"]),
    ("y | trial(n) ~ dose", "real", {}, ["cannot stand beside", "did you mean 'trials'"]),
    ("y ~ offset(site)", "real", {}, ["offset(site) is not one column of numbers"]),
    ("y ~ offset(n):dose", "real", {}, ["offset() stands in a wrong place"]),
    ("Surv(y, death) ~ dose", "real", {}, ["have no Surv()", "cens(1 - event)"]),
]
VALUES = [
    ("y ~ age", "real", {}, ["1 of 6 rows have missing values", "row 3", 'missing="drop"']),
    ("y ~ dose", "real", {"missing": "impute"}, ["unknown value for missing", "'drop'"]),
    ("y ~ cell", "real", {}, ["column 'cell' holds 'n/a'", "row 3"]),
    ("y ~ when", "real", {}, ["column 'when' holds no numbers", "days since the first"]),
    ("site ~ dose", "real", {}, ["outcome 'site' is text", "categorical"]),
    ("site ~ dose", "binary", {}, ["outcome 'site' has 3 levels"]),
    ("count ~ dose", "binary", {}, ["value 3", "rows 2, 4", "0 and 1"]),
    ("y ~ dose", "count", {}, ["value 1.5", "rows 1, 2", "whole numbers"]),
    ("dose ~ y", "positive", {}, ["value 0", "row 1", "above 0"]),
    ("y ~ dose", "proportion", {}, ["value 1.5", "between 0 and 1", "percentages"]),
    ("death ~ dose", "ordered", {}, ["text without an order", "ordered=True"]),
    ("y ~ dose", "categorical", {}, ["value 1.5", "gaussian"]),
    ("same ~ dose", "categorical", {}, ["one category, 7"]),
    ("count ~ dose", "binomial", {}, ["needs the number of trials", "trials(n)"]),
    ("count | trials(n) ~ dose", "binomial", {}, ["5 successes in 4 trials", "row 5"]),
    ("count ~ dose", "binomial", {"trials": 2.5}, ["trials= is a column", "got: 2.5"]),
    ("count | trials(n) ~ dose", "count", {}, ["no trials", "binomial"]),
    ("count | trials(n) ~ dose", "binomial", {"trials": "n"}, ["formula and among the arg"]),
    ("y ~ dose", "real", {"weights": "weight"}, ["value -1", "row 2"]),
    ("y ~ dose", "real", {"weights": "wieght"}, ["did you mean 'weight'"]),
    ("y ~ dose", "real", {"weights": [1.0, 2.0]}, ["got: 2 values", "6 values"]),
    ("y | cens(status) ~ dose", "real", {}, ["'cens'", "row 3", '"right"']),
    ("y | cens(n) ~ dose", "real", {}, ["has 4", "row"]),
    ("y ~ dose", "reel", {}, ["unknown value for outcome; did you mean 'real'?"]),
]
FRAMES = [
    ("y ~ x", {"y": [1.0, 2], "x": [1.0, np.inf]}, ["infinite", "row 2"]),
    ("y ~ x", {"y": [1.0, 2], "x": [1.0]}, ["different lengths", "y: 2, x: 1"]),
    ("y ~ x", [1, 2], ["no table", "got: list"]),
    ("y ~ x", pd.DataFrame({"y": [], "x": []}), ["no rows"]),
    ("y ~ x", pd.DataFrame([[1, 2, 3]], columns=["y", "x", "x"]), ["two columns", "'x'"]),
    ("y ~ x", pl.DataFrame({"y": [1.0, 2], "x": [None, 1.0]}), ["missing values", "row 1"]),
    (
        "y ~ x",
        pd.DataFrame({"y": [1, 2, 3], "x": [[1], [2], [3]]}),
        ["holds no numbers", "factor(x)"],
    ),
    ("y ~ x", {"y": [1j, 2j], "x": [1.0, 2]}, ["holds no numbers", ".real"]),
    ("y ~ x", "no_such_file.csv", ["cannot be read"]),
    ("y ~ x", {"y": [np.nan, np.nan], "x": [1.0, 2]}, ["every row has a missing value"]),
]


@pytest.mark.parametrize(("formula", "outcome", "given", "parts"), FORMULAS + VALUES)
def test_a_malformed_call_is_told_what_is_wrong(
    formula: str, outcome: str, given: dict[str, Any], parts: list[str]
) -> None:
    _assert_message(formula, FRAME, outcome, given, parts)


@pytest.mark.parametrize(("formula", "frame", "parts"), FRAMES)
def test_a_malformed_frame_is_told_what_is_wrong(
    formula: str, frame: object, parts: list[str]
) -> None:
    _assert_message(formula, frame, "real", {}, parts)


def _assert_message(
    formula: object, frame: object, outcome: str, given: dict[str, Any], parts: list[str]
) -> None:
    with pytest.raises(BayeswrapError) as error:
        design_of(formula, frame, outcome, parameters=("sigma",), **given)
    assert error.value.do, error.value
    assert [part for part in parts if part not in str(error.value)] == []
