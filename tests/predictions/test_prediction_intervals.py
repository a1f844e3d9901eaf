from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from fixtures.handmade_regressions import Formula, fitted, stan_scalars
from scipy import stats

from bayeswrap.predictions.prediction import predict

DATA = pd.DataFrame({"x": [0.0, 1.0, 2.0], "y": [1.0, 2.0, 2.5], "k": [1.0, 0.0, 4.0]})


def test_an_outcome_of_a_normal_has_the_exact_interval():
    values = {"alpha": 1.0, "beta": [2.0], "sigma": 0.5}
    covariance = np.array([[0.04, 0.01, 0], [0.01, 0.09, 0], [0, 0, 0.01]])
    fit = fitted(Formula("y", ["x"]), DATA, "gaussian", values, covariance)
    table = predict(fit, kind="response", ci_prob=0.9)
    x = np.array([[1, 0], [1, 1], [1, 2]])
    sd = np.sqrt(0.25 + np.einsum("ij,jk,ik->i", x, covariance[:2, :2], x))
    np.testing.assert_allclose(table.sd, sd, rtol=1e-10)
    exact = stats.norm(1 + 2 * DATA.x, sd)
    np.testing.assert_allclose(table.ci_lower, exact.ppf(0.05), rtol=1e-9)
    np.testing.assert_allclose(table.ci_upper, exact.ppf(0.95), rtol=1e-9)
    assert set(table.interval) == {"prediction"}


def test_an_outcome_of_a_count_is_a_count():
    fit = fitted(Formula("k", []), DATA, "poisson", {"alpha": np.log(3.0)}, np.zeros((1, 1)))
    table = predict(fit, kind="response", ci_prob=0.8)
    exact = stats.poisson(3)
    assert table.ci_lower.tolist() == [exact.ppf(0.1)] * 3
    assert table.ci_upper.tolist() == [exact.ppf(0.9)] * 3
    np.testing.assert_allclose(table.sd, np.sqrt(3))


def test_the_uncertainty_of_the_estimate_widens_a_count():
    fit = fitted(Formula("k", []), DATA, "poisson", {"alpha": np.log(3.0)}, np.array([[0.36]]))
    table = predict(fit, kind="response", ci_prob=0.9)
    rng = np.random.default_rng(1)
    y = rng.poisson(np.exp(rng.normal(np.log(3.0), 0.6, size=400_000)))
    assert table.ci_lower.iloc[0] == np.quantile(y, 0.05)
    assert table.ci_upper.iloc[0] == np.quantile(y, 0.95)


def test_an_outcome_of_a_new_group_has_the_variance_of_groups():
    data = pd.DataFrame({"g": ["a", "b"], "y": [1.0, 2.0]})
    values = {"alpha": 1.0, "sd_g": [2.0], "r_g": [0.1, -0.1], "sigma": 0.5}
    fit = fitted(Formula("y", [], {"g": ["Intercept"]}), data, "gaussian", values)
    table = predict(fit, pd.DataFrame({"g": ["z"]}), kind="response")
    sd = np.sqrt(4.25)
    assert table.sd.iloc[0] == pytest.approx(sd, rel=1e-10)
    assert table.ci_upper.iloc[0] == pytest.approx(1 + 1.959963984540054 * sd, rel=1e-9)


def test_a_mixture_of_narrow_outcomes_has_nodes_enough():
    # a Student outcome is integrated numerically: with many degrees of freedom it is nearly normal
    data = pd.DataFrame({"g": ["a", "b"], "y": [1.0, 2.0]})
    values = {"alpha": 1.0, "sd_g": [2.0], "r_g": [0.1, -0.1], "sigma": 0.5, "nu": 1e6}
    fit = fitted(Formula("y", [], {"g": ["Intercept"]}), data, "student", values)
    table = predict(fit, pd.DataFrame({"g": ["z"]}), kind="response")
    exact = 1 + 1.959963984540054 * np.sqrt(4.25)
    assert table.ci_upper.iloc[0] == pytest.approx(exact, abs=1e-3)


def test_draws_give_an_outcome_each():
    values = {"alpha": 1.0, "beta": [2.0], "sigma": 0.5}
    _, here = stan_scalars(values)
    draws = np.tile(here, (20_000, 1))
    fit = fitted(Formula("y", ["x"]), DATA, "gaussian", values, draws=draws)
    table = predict(fit, DATA.head(1), kind="response", seed=2)
    assert table.sd.iloc[0] == pytest.approx(0.5, abs=4 * 0.5 / np.sqrt(40_000))
    assert table.estimate.iloc[0] == pytest.approx(1.0, abs=4 * 0.5 / np.sqrt(20_000))
    again = predict(fit, DATA.head(1), kind="response", seed=2)
    pd.testing.assert_frame_equal(table, again)
