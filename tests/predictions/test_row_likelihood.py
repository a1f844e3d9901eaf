from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from fixtures.handmade_regressions import Formula, fitted
from scipy import stats

from bayeswrap.predictions.group_treatment import GroupTreatment
from bayeswrap.predictions.linear_predictors import linear_predictors
from bayeswrap.predictions.row_likelihood import row_log_likelihood, score_and_curvature

DATA = pd.DataFrame({"x": [0.5, -1.0, 2.0], "y": [1.0, 2.0, 3.0], "k": [0.0, 2.0, 5.0]})


def parts(fit):
    values = fit.points.variables()
    eta = linear_predictors(fit.regression, fit.regression.design, values, GroupTreatment()).eta
    return fit.regression, values, eta


def test_derivatives_of_a_count_are_those_of_the_formula():
    fit = fitted(Formula("k", ["x"]), DATA, "poisson", {"alpha": 0.3, "beta": [0.5]})
    regression, values, eta = parts(fit)
    score, curvature = score_and_curvature(regression, values, eta, ["mu"])
    mu = np.exp(0.3 + 0.5 * DATA.x)
    np.testing.assert_allclose(score["mu"], DATA.k - mu, rtol=1e-7)
    np.testing.assert_allclose(curvature["mu", "mu"], -mu, rtol=1e-6)


def test_derivatives_of_mean_and_scale_are_those_of_the_formula():
    values = {"alpha": 1.0, "beta": [2.0], "alpha_sigma": 0.2, "beta_sigma": [0.1]}
    fit = fitted(Formula("y", ["x"], further={"sigma": ["x"]}), DATA, "gaussian", values)
    regression, values, eta = parts(fit)
    score, curvature = score_and_curvature(regression, values, eta, ["mu", "sigma"])
    sigma = np.exp(0.2 + 0.1 * DATA.x.to_numpy())
    r = DATA.y.to_numpy() - 1 - 2 * DATA.x.to_numpy()
    np.testing.assert_allclose(score["sigma"], r**2 / sigma**2 - 1, rtol=1e-6)
    np.testing.assert_allclose(curvature["mu", "sigma"], -2 * r / sigma**2, rtol=1e-5)
    np.testing.assert_allclose(curvature["sigma", "mu"], -2 * r / sigma**2, rtol=1e-5)


def test_weights_and_censored_rows_count_as_in_the_program():
    fit = fitted(Formula("y", []), DATA, "exponential", {"alpha": 0.3})
    design = fit.regression.design
    response = replace(
        design.response,
        censored=np.array([0, 1, 2]),
        upper=np.array([0.0, 0.0, 4.0]),
        weights=np.array([2.0, 1.0, 1.0]),
    )
    regression = replace(fit.regression, design=replace(design, response=response))
    _, values, eta = parts(fit)
    frozen = stats.expon(scale=np.exp(0.3))
    expected = [2 * frozen.logpdf(1), frozen.logsf(2), np.log(frozen.cdf(4) - frozen.cdf(3))]
    assert row_log_likelihood(regression, values, eta)[0] == pytest.approx(expected, rel=1e-12)
    response = replace(response, censored=np.array([-1, 0, 0]), weights=None)
    regression = replace(fit.regression, design=replace(design, response=response))
    found = row_log_likelihood(regression, values, eta)[0, 0]
    assert found == pytest.approx(frozen.logcdf(1), rel=1e-12)
