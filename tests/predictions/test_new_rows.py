from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from bayeswrap.errors import DataError, UsageError
from bayeswrap.formulas.design_builder import design_of
from bayeswrap.formulas.design_matrices import Design, DesignMatrix, Predictor, Response
from bayeswrap.predictions.new_rows import design_at, fit_rows
from bayeswrap.regression.families import family_of
from bayeswrap.regression.regression import Regression

DATA = pd.DataFrame(
    {"y": [1.0, 2.0, np.nan, 4.0], "x": [1.0, 2.0, 3.0, 4.0], "f": list("abab"), "spare": 1},
    index=["p", "q", "r", "s"],
)
REGRESSION = Regression.of(
    design_of("y ~ scale(x) + f", DATA, "real", missing="drop"), family_of("gaussian")
)


def test_the_rows_of_a_fit_keep_their_labels_and_the_columns_of_the_predictors():
    rows = fit_rows(REGRESSION, DATA)
    assert list(rows.index) == ["p", "q", "s"]
    assert sorted(rows.columns) == ["f", "x"]


def test_new_rows_have_the_columns_and_transforms_of_the_fit():
    design = design_at(REGRESSION, {"x": [7 / 3], "f": ["b"]})
    assert design.predictors["mu"].population.names == ("scale(x)", "f[b]")
    np.testing.assert_allclose(design.predictors["mu"].population.values, [[0, 1]], atol=1e-12)
    assert np.isnan(design.response.values).all()


@pytest.mark.parametrize(
    ("newdata", "words"),
    [
        ({"X": [1.0], "f": ["a"]}, "no column 'x'; did you mean 'X'"),
        ({"x": [1.0], "f": ["c"]}, "'c'"),
        ({"x": [np.nan], "f": ["a"]}, "missing value"),
    ],
)
def test_rows_that_do_not_fit_are_named(newdata, words):
    with pytest.raises(DataError, match=words):
        design_at(REGRESSION, newdata)


def test_a_design_made_by_hand_has_no_new_rows():
    population = DesignMatrix(names=(), values=np.zeros((1, 0)))
    design = Design(
        response=Response(name="y", values=np.ones(1)),
        predictors={"mu": Predictor(population=population)},
        rows=1,
    )
    with pytest.raises(UsageError, match="made by hand"):
        design_at(Regression.of(design, family_of("gaussian")), DATA)
