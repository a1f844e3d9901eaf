from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from fixtures.handmade_regressions import Formula, fitted
from fixtures.marginaleffects_models import DATA, model_with_numbers

from bayeswrap.errors import UsageError
from bayeswrap.predictions.coefficient_tables import ratios, standardized_coefficients


def test_odds_ratios_have_intervals_of_the_coefficient():
    fit, numbers = model_with_numbers("logit")
    table = ratios(fit)
    b = numbers["parameters"]["x"]
    se = np.sqrt(np.diag(fit.points.root @ fit.points.root.T))[3]
    assert table.estimate["x"] == pytest.approx(np.exp(b), rel=1e-12)
    assert table.se["x"] == pytest.approx(np.exp(b) * se, rel=1e-8)
    assert table.ci_upper["x"] == pytest.approx(np.exp(b + 1.959963984540054 * se), rel=1e-8)
    assert set(table.ratio) == {"odds ratio"}
    assert list(table.index) == ["f[b]", "f[c]", "x", "z"]


def test_the_kind_of_a_ratio_follows_family_and_link():
    assert set(ratios(model_with_numbers("poisson")[0]).ratio) == {"rate ratio"}
    with pytest.raises(UsageError, match="no ratio"):
        ratios(model_with_numbers("probit")[0])
    with pytest.raises(UsageError, match="no ratio"):
        ratios(model_with_numbers("gaussian")[0])


def test_a_categorical_outcome_has_ratios_by_category():
    data = pd.DataFrame({"x": [0.0, 1.0, 2.0], "y": ["p", "q", "r"]})
    values = {"alpha": [1.0, -1.0], "beta": [[2.0, 0.5]]}
    fit = fitted(Formula("y", ["x"], levels=["p", "q", "r"]), data, "categorical", values)
    table = ratios(fit)
    assert list(table.index) == ["x (q)", "x (r)"]
    assert table.estimate.tolist() == pytest.approx(np.exp([2.0, 0.5]))


def test_standardised_coefficients_are_those_of_standardised_data():
    formula = Formula("y", ["x", "z"])
    x = np.column_stack([np.ones(len(DATA)), DATA.x, DATA.z])
    beta = np.linalg.lstsq(x, DATA.y, rcond=None)[0]
    fit = fitted(
        formula, DATA, "gaussian", {"alpha": beta[0], "beta": beta[1:], "sigma": 1.0}, np.eye(3)
    )
    table = standardized_coefficients(fit)
    z = DATA[["x", "z", "y"]].apply(lambda c: (c - c.mean()) / c.std())
    again = np.linalg.lstsq(z[["x", "z"]], z.y, rcond=None)[0]
    assert table.estimate.tolist() == pytest.approx(list(again), rel=1e-9)
    assert table.se["x"] == pytest.approx(DATA.x.std() / DATA.y.std())


def test_an_intercept_alone_has_no_coefficients():
    fit = fitted(Formula("k", []), DATA, "poisson", {"alpha": 0.1})
    for function in (ratios, standardized_coefficients):
        with pytest.raises(UsageError, match="no coefficients"):
            function(fit)
