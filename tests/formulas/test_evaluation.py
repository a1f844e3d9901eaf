"""Terms on a frame, and again on new data."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest

from bayeswrap.data.row_names import Rows
from bayeswrap.errors import DataError, FormulaError
from bayeswrap.formulas.evaluation import evaluate_terms
from bayeswrap.formulas.term_text import column_key, terms_text

X = np.array([1.0, 2.0, 4.0, 7.0])
FRAME = pd.DataFrame({column_key("x"): X, column_key("f"): pd.Categorical(list("abba"))})


@pytest.mark.parametrize("text", ["scale(x)", "poly(x, 2)", "bs(x, df=4)", "ns(x, df=2)", "x*f"])
def test_new_data_use_the_parameters_of_the_first(text: str) -> None:
    terms, matrix = evaluate_terms(terms_text(text), FRAME, Rows())
    again = pickle.loads(pickle.dumps(terms)).matrix(FRAME.iloc[2:], Rows())
    assert again == pytest.approx(matrix[2:])


def test_labels_are_the_users_spelling() -> None:
    terms, _ = evaluate_terms(terms_text("f * I(x^2)"), FRAME, Rows())
    assert terms.names == ("Intercept", "f[b]", "I(x^2)", "f[b]:I(x^2)")


def test_some_columns_can_be_kept() -> None:
    terms, matrix = evaluate_terms(terms_text("x + f"), FRAME, Rows())
    some = terms.only((0, 2))
    assert some.names == ("Intercept", "f[b]")
    assert some.matrix(FRAME, Rows()) == pytest.approx(matrix[:, [0, 2]])


def test_rows_that_are_not_finite_are_named() -> None:
    with pytest.raises(DataError, match="row 1") as error:
        evaluate_terms(terms_text("log(x - 1)"), FRAME, Rows())
    assert "log(x - 1)" in str(error.value)


def test_a_transform_that_fails_is_named_in_the_users_spelling() -> None:
    with pytest.raises(FormulaError, match="log\\(f\\) cannot be computed"):
        evaluate_terms(terms_text("log(f)"), FRAME, Rows())


def test_no_terms_are_no_columns() -> None:
    _, matrix = evaluate_terms(terms_text("0"), FRAME, Rows())
    assert matrix.shape == (4, 0)
