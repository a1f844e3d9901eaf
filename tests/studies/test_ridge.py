from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import bayeswrap as bw
from bayeswrap.errors import DataError, UsageError

RNG = np.random.default_rng(5)
X = RNG.normal(3, [1, 2, 0.5], (30, 3))
Y = 1 + X @ [1.0, -0.5, 2.0] + RNG.normal(0, 0.7, 30)


def test_stans_map_is_ridge_regression():
    frame = pd.DataFrame(X, columns=["a", "b", "c"])
    table = bw.studies.ridge_path(frame, Y, engine="stanli").table
    np.testing.assert_allclose(table["estimate"], table["ridge"], rtol=1e-6, atol=1e-9)
    assert table["predictor"].unique().tolist() == ["a", "b", "c"]
    norms = (table["estimate"] ** 2).groupby(table["penalty"]).sum()
    assert (norms.diff().dropna() < 0).all()


def test_the_closed_form_solves_the_normal_equations():
    table = bw.studies.ridge_path(X, Y, [0.5], noise_sd=2.0, engine="stanli").table
    x, y = X - X.mean(axis=0), Y - Y.mean()
    exact = np.linalg.solve(x.T @ x + 16 * np.eye(3), x.T @ y)
    np.testing.assert_allclose(table["ridge"], exact, rtol=1e-10)
    np.testing.assert_allclose(table["least_squares"], np.linalg.solve(x.T @ x, x.T @ y))


def test_more_predictors_than_rows_need_the_noise():
    wide = RNG.normal(size=(3, 5))
    with pytest.raises(UsageError, match="no residual standard deviation"):
        bw.studies.ridge_path(wide, [1.0, 2.0, 3.0], engine="stanli")
    table = bw.studies.ridge_path(wide, [1.0, 2.0, 3.0], [1.0], noise_sd=1, engine="stanli").table
    np.testing.assert_allclose(table["estimate"], table["ridge"], rtol=1e-6)


def test_wrong_arguments_are_told():
    with pytest.raises(DataError, match="do not fit"):
        bw.studies.ridge_path(X, Y[:-1])
    with pytest.raises(UsageError, match="not standard deviations"):
        bw.studies.ridge_path(X, Y, [1.0, 0.0])
