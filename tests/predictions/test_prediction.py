from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from fixtures.handmade_regressions import Formula, fitted, glm_estimate, stan_scalars
from scipy.special import expit, logit

from bayeswrap.errors import UsageError
from bayeswrap.predictions import prediction
from bayeswrap.predictions.prediction import predict

Z = 1.959963984540054


def simulated(n=40):
    rng = np.random.default_rng(1)
    data = pd.DataFrame({"x": rng.normal(size=n)}, index=[f"row {i}" for i in range(n)])
    data["y"] = 1 + 2 * data.x + rng.normal(size=n)
    data["b"] = (rng.random(n) < expit(data.x)).astype(float)
    return data


DATA = simulated()
X = np.column_stack([np.ones(len(DATA)), DATA.x])


def linear_fit():
    beta = np.linalg.lstsq(X, DATA.y, rcond=None)[0]
    variance = float(((DATA.y - X @ beta) ** 2).mean())
    covariance = np.zeros((3, 3))
    covariance[:2, :2] = variance * np.linalg.inv(X.T @ X)
    covariance[2, 2] = variance / (2 * len(DATA))
    values = {"alpha": beta[0], "beta": [beta[1]], "sigma": np.sqrt(variance)}
    return fitted(Formula("y", ["x"]), DATA, "gaussian", values, covariance), covariance


def logistic_fit():
    formula = Formula("b", ["x"])
    beta, covariance = glm_estimate(formula.fit(DATA), "logit")
    values = {"alpha": beta[0], "beta": [beta[1]]}
    return fitted(formula, DATA, "bernoulli", values, covariance), beta, covariance


def test_the_mean_of_a_linear_regression_has_the_textbook_error():
    fit, covariance = linear_fit()
    table = predict(fit)
    errors = np.sqrt(np.einsum("ij,jk,ik->i", X, covariance[:2, :2], X))
    assert list(table.columns) == ["estimate", "se", "ci_lower", "ci_upper", "interval"]
    assert table.index.equals(DATA.index)
    np.testing.assert_allclose(table.se, errors, rtol=1e-10)
    np.testing.assert_allclose(table.ci_upper - table.estimate, Z * errors, rtol=1e-10)


def test_the_mean_of_a_logistic_regression_stays_a_probability():
    fit, beta, covariance = logistic_fit()
    new = pd.DataFrame({"x": [-9.0, 0.0, 9.0]}, index=["low", "mid", "high"])
    table = predict(fit, new)
    at = np.column_stack([np.ones(3), new.x])
    eta, error = at @ beta, np.sqrt(np.einsum("ij,jk,ik->i", at, covariance, at))
    np.testing.assert_allclose(table.estimate, expit(eta), rtol=1e-12)
    np.testing.assert_allclose(table.se, error * expit(eta) * expit(-eta), rtol=1e-7)
    # the interval is that of the linear predictor, taken to the probability
    np.testing.assert_allclose(logit(table.ci_lower), eta - Z * error, rtol=1e-6)
    assert list(table.index) == ["low", "mid", "high"]
    assert set(table.interval) == {"Wald (logit scale)"}


def test_the_linear_predictor_is_on_the_scale_of_the_link():
    fit, beta, _ = logistic_fit()
    table = predict(fit, kind="linear")
    np.testing.assert_allclose(table.estimate, X @ beta, rtol=1e-12)
    assert set(table.interval) == {"Wald"}


def test_draws_have_quantiles():
    draws = np.random.default_rng(2).normal([1.0, 2.0, 1.0], 0.1, size=(400, 3))
    values = {"alpha": 1.0, "beta": [2.0], "sigma": 1.0}
    fit = fitted(Formula("y", ["x"]), DATA, "gaussian", values, draws=draws)
    table = predict(fit, DATA.head(2), ci_prob=0.8)
    of_draws = draws[:, [0]] + draws[:, [1]] * DATA.x.to_numpy()[:2]
    np.testing.assert_allclose(table.estimate, of_draws.mean(axis=0))
    np.testing.assert_allclose(table.sd, of_draws.std(axis=0, ddof=1))
    np.testing.assert_allclose(table.ci_lower, np.quantile(of_draws, 0.1, axis=0))
    assert set(table.interval) == {"quantiles"}


GROUPS = pd.DataFrame({"g": ["a", "b", "a", "b"], "k": [3.0, 1.0, 4.0, 0.0]})
COUNTS = {"alpha": 0.5, "sd_g": [0.8], "r_g": [0.3, -0.3]}


def count_fit(draws=None):
    covariance = np.diag([0.04, 0.01])
    formula = Formula("k", [], {"g": ["Intercept"]})
    return fitted(formula, GROUPS, "poisson", COUNTS, covariance, draws=draws)


def test_groups_are_used_left_out_or_integrated_out():
    fit = count_fit()
    seen = predict(fit, GROUPS.head(1)).estimate.iloc[0]
    typical = predict(fit, GROUPS.head(1), groups="exclude").estimate.iloc[0]
    population = predict(fit, GROUPS.head(1), groups="marginal").estimate.iloc[0]
    expected = [np.exp(0.8), np.exp(0.5), np.exp(0.5 + 0.32)]
    assert [seen, typical, population] == pytest.approx(expected, rel=1e-10)


def test_the_error_of_a_population_mean_knows_of_the_deviation_of_groups():
    # exp(alpha + sd^2 / 2): derivatives 1 and sd in the exponent
    table = predict(count_fit(), pd.DataFrame({"g": ["new"]}))
    mean = np.exp(0.82)
    assert table.estimate.iloc[0] == pytest.approx(mean, rel=1e-10)
    assert table.se.iloc[0] == pytest.approx(mean * np.sqrt(0.04 + 0.64 * 0.01), rel=1e-8)


def test_one_new_group_varies_more_than_the_population():
    new = pd.DataFrame({"g": ["new"]})
    table = predict(count_fit(), new, new_groups="sample")
    between = np.exp(2 * 0.5 + 0.64) * np.expm1(0.64)  # variance of a lognormal variable
    alone = predict(count_fit(), new).se.iloc[0]
    assert table.se.iloc[0] == pytest.approx(np.sqrt(alone**2 + between), rel=1e-8)
    linear = predict(count_fit(), new, new_groups="sample", kind="linear")
    assert linear.se.iloc[0] == pytest.approx(np.sqrt(0.04 + 0.64), rel=1e-10)


def test_draws_of_one_new_group_have_its_variance():
    _, here = stan_scalars(COUNTS)
    fit = count_fit(draws=np.tile(here, (20_000, 1)))
    new = pd.DataFrame({"g": ["new"]})
    table = predict(fit, new, new_groups="sample", kind="linear", seed=3)
    assert table.sd.iloc[0] == pytest.approx(0.8, abs=4 * 0.8 / np.sqrt(2 * 20_000))
    # the mean over the population does not vary at all: all draws are alike
    assert predict(fit, new).sd.iloc[0] == pytest.approx(0, abs=1e-12)


def test_rows_may_lack_a_group_that_is_not_used():
    table = predict(count_fit(), pd.DataFrame(index=["only"]), groups="marginal")
    assert table.estimate["only"] == pytest.approx(np.exp(0.82), rel=1e-10)


def test_many_rows_are_taken_in_blocks(monkeypatch):
    draws = np.random.default_rng(2).normal([1.0, 2.0, 1.0], 0.1, size=(400, 3))
    values = {"alpha": 1.0, "beta": [2.0], "sigma": 1.0}
    fit = fitted(Formula("y", ["x"]), DATA, "gaussian", values, draws=draws)
    whole = predict(fit, DATA)
    monkeypatch.setattr(prediction, "_NUMBERS", 400 * 7)
    pd.testing.assert_frame_equal(predict(fit, DATA), whole)
    assert len(predict(fit, DATA, kind="response")) == len(DATA)


def test_counts_of_trials_stay_below_their_number():
    data = pd.DataFrame({"k": [1.0, 4.0], "n": [5.0, 8.0]})
    fit = fitted(Formula("k", [], trials="n"), data, "binomial", {"alpha": 2.0}, np.eye(1))
    table = predict(fit)
    np.testing.assert_allclose(table.estimate, [5 * expit(2.0), 8 * expit(2.0)])
    ends = expit(2.0 + Z * np.array([-1, 1]))
    np.testing.assert_allclose(table[["ci_lower", "ci_upper"]], np.outer([5, 8], ends), rtol=1e-7)
    one = predict(fit, data[["k"]])
    np.testing.assert_allclose(one.estimate, expit(2.0))


def test_categories_have_a_row_each():
    data = pd.DataFrame({"x": [0.0, 1.0, 2.0], "y": ["low", "mid", "top"]})
    fit = fitted(
        Formula("y", ["x"], levels=["low", "mid", "top"]),
        data,
        "cumulative",
        {"beta": [0.7], "c": [-0.5, 1.0]},
        np.diag([0.01, 0.02, 0.03]),
    )
    table = predict(fit, data.head(2))
    assert table.index.tolist() == [(i, level) for i in (0, 1) for level in ("low", "mid", "top")]
    np.testing.assert_allclose(table.estimate.iloc[:3], np.diff([0, *expit([-0.5, 1.0]), 1]))
    np.testing.assert_allclose(table.estimate.groupby(level=0).sum(), 1)
    # d P(low) / d c_1 is the logistic density at x = 0
    density = expit(-0.5) * expit(0.5)
    assert table.se.iloc[0] == pytest.approx(density * np.sqrt(0.02), rel=1e-8)
    with pytest.raises(UsageError, match="no interval"):
        predict(fit, kind="response")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"kind": "means"}, "did you mean 'mean'"),
        ({"ci_prob": 95}, "not a probability"),
        ({"groups": "all"}, "groups"),
    ],
)
def test_wrong_arguments_are_named(arguments, words):
    with pytest.raises(UsageError, match=words):
        predict(linear_fit()[0], **arguments)
