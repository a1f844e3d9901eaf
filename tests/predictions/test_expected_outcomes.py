from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from fixtures.handmade_regressions import Formula, fitted
from scipy import integrate
from scipy.stats import norm

from bayeswrap.predictions.expected_outcomes import effect_nodes, expected_outcomes
from bayeswrap.predictions.group_treatment import GroupTreatment
from bayeswrap.predictions.linear_predictors import LinearPredictors

DATA = pd.DataFrame({"g": ["a", "b", "a"], "y": [1.0, 0.0, 1.0]})
MARGINAL = GroupTreatment(factors=frozenset(), integrates_rest=True)


def fit_of(family, sd=1.3, link=None, **more):
    values = {"alpha": 0.7, "sd_g": [sd], "r_g": [0.4, -0.2], **more}
    return fitted(Formula("y", [], {"g": ["Intercept"]}), DATA, family, values, link=link)


def mean_of(fit, treatment):
    values = fit.points.variables()
    return expected_outcomes(fit.regression, fit.regression.design, values, treatment)[0]


def test_the_mean_of_the_population_of_a_log_link_has_a_closed_form():
    found = mean_of(fit_of("poisson"), MARGINAL)
    np.testing.assert_allclose(found, np.exp(0.7 + 1.3**2 / 2), rtol=1e-12)


def test_the_mean_of_the_population_of_a_probit_has_a_closed_form():
    found = mean_of(fit_of("bernoulli", link="probit"), MARGINAL)
    np.testing.assert_allclose(found, norm.cdf(0.7 / np.sqrt(1 + 1.3**2)), rtol=1e-8)


def test_the_mean_of_the_population_of_a_logit_is_an_integral():
    expected = integrate.quad(lambda u: norm.pdf(u, 0.7, 1.3) / (1 + np.exp(-u)), -12, 12)[0]
    np.testing.assert_allclose(mean_of(fit_of("bernoulli"), MARGINAL), expected, rtol=1e-7)


def test_a_typical_group_is_not_the_population():
    found = mean_of(fit_of("bernoulli"), GroupTreatment(factors=frozenset()))
    np.testing.assert_allclose(found, 1 / (1 + np.exp(-0.7)), rtol=1e-14)


def test_a_group_of_the_fit_has_its_own_effect():
    found = mean_of(fit_of("poisson"), GroupTreatment())
    np.testing.assert_allclose(found, np.exp([1.1, 0.5, 1.1]), rtol=1e-14)


def test_effects_of_two_predictors_are_integrated_over_both():
    at = LinearPredictors(
        eta={"mu": np.zeros((1, 1)), "sigma": np.zeros((1, 1))},
        effect_variance={"mu": np.full((1, 1), 0.5), "sigma": np.full((1, 1), 0.25)},
    )
    total = sum(w * np.exp(eta["mu"] + eta["sigma"]) for w, eta in effect_nodes(at))
    assert float(total[0, 0]) == pytest.approx(np.exp(0.375), rel=1e-12)
