"""Splines with R's knots; the numbers of R 4.2's splines::bs and splines::ns."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.errors import FormulaError
from bayeswrap.formulas.splines import bs, ns

X = np.array([0.0, 1, 2, 3, 4, 5, 6, 7, 8, 10])


def matrix(columns: dict[int, np.ndarray]) -> np.ndarray:
    return np.column_stack(list(columns.values()))


def test_b_splines_sum_to_one_and_are_bernstein_polynomials_without_knots() -> None:
    basis = matrix(bs(X, degree=3, intercept=True))
    t = X / 10
    assert basis.sum(axis=1) == pytest.approx(np.ones(10))
    assert basis[:, 1] == pytest.approx(3 * t * (1 - t) ** 2)
    assert basis[:, 3] == pytest.approx(t**3)


def test_a_natural_spline_is_a_line_beyond_its_range() -> None:
    state: dict[str, object] = {}
    ns(X, df=3, _state=state)
    beyond = matrix(ns(np.array([11.0, 12, 13, -1, -2, -3]), df=3, _state=state))
    for part in (beyond[:3], beyond[3:]):
        assert np.diff(part, 2, axis=0) == pytest.approx(np.zeros((1, 3)), abs=1e-9)


def test_new_data_use_the_old_knots() -> None:
    for spline, df in ((bs, 5), (ns, 3)):
        state: dict[str, object] = {}
        basis = matrix(spline(X, df=df, _state=state))
        again = matrix(spline(X[:3], df=df, _state=state))
        assert again == pytest.approx(basis[:3])


def test_a_column_without_spread_and_a_small_df_are_refused() -> None:
    with pytest.raises(FormulaError, match="constant"):
        bs(np.ones(4), df=4)
    with pytest.raises(FormulaError, match="larger df"):
        bs(X, df=2)
    with pytest.raises(FormulaError, match="outside of the range"):
        ns(X, knots=[12.0])
