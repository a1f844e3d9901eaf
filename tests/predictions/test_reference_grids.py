from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from fixtures.handmade_regressions import Formula, fitted

from bayeswrap.errors import DataError
from bayeswrap.predictions.reference_grids import (
    grid,
    grid_values,
    is_number,
    predictors_of,
    reference_row,
    rows_with,
)

DATA = pd.DataFrame(
    {
        "x": [0.0, 1.0, 5.0],
        "f": pd.Categorical(["b", "b", "a"], categories=["b", "a", "unused"]),
        "flag": [True, False, True],
        "binary": [0, 1, 1],
        "g": ["u", "v", "v"],
        "f2": [1.0, 2.0, 3.0],
        "y": [1.0, 2.0, 3.0],
    }
)
FIT = fitted(
    Formula("y", ["x", "f[a]", "binary"], {"g": ["Intercept"]}),
    DATA,
    "gaussian",
    {"alpha": 0.0, "beta": [1.0, 2.0, 3.0], "sd_g": [1.0], "r_g": [0.0, 0.0], "sigma": 1.0},
)


def test_the_reference_row_has_means_and_modes():
    row = reference_row(FIT)
    assert (row["x"], row["f"], row["flag"], row["g"]) == (2.0, "b", True, "v")
    assert reference_row(FIT, {"x": 9.0})["x"] == 9.0


def test_levels_keep_their_order_and_numbers_their_range():
    assert grid_values(FIT, "f") == ["b", "a", "unused"]
    assert grid_values(FIT, "flag") == [False, True]
    assert grid_values(FIT, "binary") == [0.0, 1.0]
    assert len(grid_values(FIT, "x")) == 50
    assert grid_values(FIT, "x", curve=False) == pytest.approx([2 - np.sqrt(7), 2, 2 + np.sqrt(7)])


def test_a_column_is_a_predictor_by_its_whole_name():
    # f2 is no part of f[a], and g alone is a grouping factor
    assert predictors_of(FIT) == ["x", "f", "binary"]


def test_a_number_that_the_formula_takes_as_a_factor_is_one():
    design = FIT.regression.design
    mu = design.predictors["mu"]
    names = ("C(x)[1.0]", *mu.population.names[1:])
    population = replace(mu.population, names=names)
    design = replace(design, predictors={"mu": replace(mu, population=population)})
    fit = replace(FIT, regression=replace(FIT.regression, design=design))
    assert is_number(FIT, "x")
    assert not is_number(fit, "x")
    assert grid_values(fit, "x") == [0.0, 1.0, 5.0]


def test_rows_keep_the_types_of_the_data():
    rows = grid(FIT, {"f": ["a", "b"], "x": [1, 2]}, reference_row(FIT))
    assert rows.f.dtype == DATA.f.dtype
    assert rows.x.tolist() == [1.0, 2.0, 1.0, 2.0]
    assert rows.flag.dtype == bool
    changed = rows_with(FIT, DATA, {"f": "a"})
    assert changed.f.tolist() == ["a"] * 3
    assert DATA.f.tolist() == ["b", "b", "a"]


def test_a_level_that_does_not_exist_is_named():
    with pytest.raises(DataError, match="no level 'c'"):
        reference_row(FIT, {"f": "c"})
