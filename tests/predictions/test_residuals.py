from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from fixtures.handmade_regressions import Formula, fitted, glm_estimate
from fixtures.marginaleffects_models import DATA, model_with_numbers
from scipy import stats

from bayeswrap.errors import UsageError
from bayeswrap.predictions.link_functions import link
from bayeswrap.predictions.residuals import leave_one_out_pit, residuals

# cbpp of lme4 (Lesnoff et al. 2004), rows 1 to 4, and R 4.2's glm of all 56 rows:
# residuals(glm(cbind(incidence, size - incidence) ~ period, family = binomial), type)
CATTLE = pd.DataFrame({"k": [2.0, 3.0, 4.0, 0.0], "n": [14.0, 12.0, 9.0, 5.0]})
PROBABILITY = np.array([61 / 278, 17 / 212, 14 / 197, 7 / 155])  # incidence by period


def test_residuals_of_a_binomial_are_those_of_glm():
    data = CATTLE.assign(eta=link("logit", PROBABILITY))
    fit = fitted(
        Formula("k", [], trials="n", offset="eta"), data, "binomial", {"alpha": 0.0}, np.eye(1)
    )
    found = residuals(fit, "deviance")
    expected = [-0.72739420509, 1.77447316204, 3.08626612157, -0.67980028799]
    np.testing.assert_allclose(found, expected, rtol=1e-6)
    expected = [-0.69224122909, 2.16596461535, 4.35960530130, -0.48629876258]
    np.testing.assert_allclose(residuals(fit, "pearson"), expected, rtol=1e-6)
    np.testing.assert_allclose(residuals(fit), CATTLE.k - CATTLE.n * PROBABILITY, rtol=1e-9)


@pytest.mark.parametrize(
    ("family", "density"),
    [
        ("poisson", lambda y, m: stats.poisson(m).logpmf(y)),
        ("negbinomial", lambda y, m: stats.nbinom(1.7, 1.7 / (1.7 + m)).logpmf(y)),
        ("gamma", lambda y, m: stats.gamma(1.0, scale=m).logpdf(y)),
        ("exponential", lambda y, m: stats.expon(scale=m).logpdf(y)),
        ("inverse_gaussian", lambda y, m: stats.invgauss(m, scale=1.0).logpdf(y)),
    ],
)
def test_a_deviance_is_the_likelihood_lost_against_the_outcome_itself(family, density):
    data = pd.DataFrame({"y": [1.0, 4.0, 2.0]})
    further = {"negbinomial": {"phi": 1.7}, "gamma": {"shape": 1.0}}
    further["inverse_gaussian"] = {"shape": 1.0}
    values = {"alpha": np.log(2.5), **further.get(family, {})}
    fit = fitted(Formula("y", []), data, family, values, link="log")
    found = residuals(fit, "deviance")
    lost = 2 * (density(data.y, data.y) - density(data.y, 2.5))
    np.testing.assert_allclose(found, np.sign(data.y - 2.5) * np.sqrt(lost), rtol=1e-8)


def test_quantile_residuals_of_a_normal_are_standardised():
    fit = fitted(Formula("y", ["x"]), DATA, "gaussian", {"alpha": 1.0, "beta": [0.5], "sigma": 1.5})
    found = residuals(fit, "quantile")
    np.testing.assert_allclose(found, (DATA.y - 1 - 0.5 * DATA.x) / 1.5, rtol=1e-7)


def test_quantile_residuals_of_counts_are_standard_normal_under_the_model():
    rng = np.random.default_rng(1)
    data = pd.DataFrame({"x": rng.normal(size=4000)})
    data["k"] = rng.poisson(np.exp(0.3 + 0.5 * data.x)).astype(float)
    fit = fitted(Formula("k", ["x"]), data, "poisson", {"alpha": 0.3, "beta": [0.5]})
    found = residuals(fit, "quantile", seed=4)
    assert stats.kstest(found, "norm").pvalue > 0.01
    assert found.equals(residuals(fit, "quantile", seed=4))
    assert not found.equals(residuals(fit, "quantile", seed=5))


def test_left_out_outcomes_have_uniform_transforms():
    rng = np.random.default_rng(2)
    data = pd.DataFrame({"x": rng.normal(size=300)}, index=np.arange(300) + 7)
    data["k"] = rng.poisson(np.exp(0.3 + 0.5 * data.x)).astype(float)
    formula = Formula("k", ["x"])
    beta, covariance = glm_estimate(formula.fit(data), "log")
    draws = rng.multivariate_normal(beta, covariance, size=1000)
    values = {"alpha": 0.3, "beta": [0.5]}
    fit = fitted(formula, data, "poisson", values, draws=draws)
    found = leave_one_out_pit(fit)
    assert found.index.equals(data.index)
    assert stats.kstest(found, "uniform").pvalue > 0.01


def test_a_left_out_outcome_of_a_normal_has_a_closed_form():
    rng = np.random.default_rng(3)
    data = pd.DataFrame({"y": rng.normal(size=12)})
    mean = data.y.mean()
    draws = np.column_stack([rng.normal(mean, 1 / np.sqrt(12), size=40_000), np.ones(40_000)])
    values = {"alpha": 0.0, "sigma": 1.0}
    fit = fitted(Formula("y", []), data, "gaussian", values, draws=draws)
    others = (12 * mean - data.y) / 11  # the mean of the other eleven
    exact = stats.norm(others, np.sqrt(1 + 1 / 11)).cdf(data.y)
    np.testing.assert_allclose(leave_one_out_pit(fit), exact, atol=5e-3)


def test_what_a_family_has_not_is_named():
    fit, _ = model_with_numbers("logit")
    with pytest.raises(UsageError, match="needs draws"):
        leave_one_out_pit(fit)
    with pytest.raises(UsageError, match="did you mean 'pearson'"):
        residuals(fit, "person")
    student = {"alpha": 0.0, "sigma": 1.0, "nu": 4.0}
    fit = fitted(Formula("y", []), DATA, "student", student)
    with pytest.raises(UsageError, match="generalised linear model"):
        residuals(fit, "deviance")
    data = pd.DataFrame({"x": [0.0, 1.0, 2.0], "y": ["low", "mid", "top"]})
    formula = Formula("y", ["x"], levels=["low", "mid", "top"])
    fit = fitted(formula, data, "cumulative", {"beta": [0.7], "c": [-0.5, 1.0]})
    with pytest.raises(UsageError, match="kind='quantile'"):
        residuals(fit)
    assert np.isfinite(residuals(fit, "quantile")).all()
