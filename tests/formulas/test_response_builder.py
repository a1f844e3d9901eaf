# ruff: noqa: PD011 - `values` are fields, nothing of pandas
"""Responses: outcome, trials, weights and censoring, in the formula or as arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from bayeswrap.errors import BayeswrapError, DataError, FormulaError, UsageError
from bayeswrap.formulas.design_builder import design_of

if TYPE_CHECKING:
    from bayeswrap.formulas.design_matrices import Response

FRAME = pd.DataFrame(
    {
        "y": [1.0, 2, 3, 4],
        "s": [1, 0, 2, 2],
        "f": [1, 2, 0, 1],
        "n": [2, 2, 2, 3],
        "c": ["none", "right", "interval", "left"],
        "u": [np.nan, np.nan, 3.5, np.nan],
        "w": [1.0, 0.5, 2, 0],
        "x": [0.1, 0.4, 0.2, 0.3],
    }
)


def response(formula: str, outcome: str, **given: object) -> Response:
    return design_of(formula, FRAME, outcome, **given).response


def test_trials_stand_in_the_formula_or_beside_it() -> None:
    given: list[tuple[str, dict[str, object]]] = [
        ("s | trials(n) ~ x", {}),
        ("s ~ x", {"trials": "n"}),
        ("s ~ x", {"trials": FRAME["n"]}),
        ("s ~ x", {"trials": [2, 2, 2, 3]}),
        ("cbind(s, n - s) ~ x", {}),
        ("s | trials(s + f) ~ x", {}),
    ]
    for formula, arguments in given:
        trials = response(formula, "binomial", **arguments).trials
        assert trials is not None
        assert trials.tolist() == [2, 2, 2, 3]
    constant = response("s ~ x", "binomial", trials=4).trials
    assert constant is not None
    assert constant.tolist() == [4] * 4


def test_an_outcome_may_be_a_function_of_a_column() -> None:
    made = response("log(y) ~ x", "real")
    assert made.name == "log(y)"
    assert made.values == pytest.approx(np.log(FRAME["y"].to_numpy()))


def test_weights_and_censoring_are_read() -> None:
    made = response("y | cens(c, u) + weights(w) ~ x", "real")
    assert made.weights is not None
    assert made.censored is not None
    assert made.upper is not None
    assert made.weights.tolist() == [1, 0.5, 2, 0]
    assert made.censored.tolist() == [0, 1, 2, -1]
    assert made.upper[2] == 3.5


@pytest.mark.parametrize(
    ("formula", "outcome", "given", "error"),
    [
        ("s ~ x", "binomial", {}, DataError),
        ("s | trials(n) ~ x", "binomial", {"trials": "n"}, UsageError),
        ("s | trials(n) ~ x", "count", {}, FormulaError),
        ("s ~ x", "count", {"weights": [1.0]}, UsageError),
        ("s ~ x", "count", {"weights": "ww"}, FormulaError),
        ("poly(y, 2) ~ x", "real", {}, FormulaError),
        ("y | cens(c) ~ x", "real", {}, DataError),
        ("y | weights(c) ~ x", "real", {}, DataError),
    ],
)
def test_other_responses_are_refused(
    formula: str, outcome: str, given: dict[str, object], error: type[BayeswrapError]
) -> None:
    with pytest.raises(error):
        response(formula, outcome, **given)
