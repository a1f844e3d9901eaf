"""Marginal estimates of normal models against lme4 and closed forms."""

from __future__ import annotations

import json

import numpy as np
import pytest
from fixtures.folders import GOLD
from fixtures.marginal_models import (
    CENTRED,
    DYESTUFF,
    EIGHT,
    NONCENTRED,
    OFFSET,
    SCHOOLS,
    assert_is,
    maximum,
    model,
)

from bayeswrap.estimates.problem.estimand import Estimator
from bayeswrap.estimates.results.status import Status

SLEEP = GOLD / "glm" / "lmm_sleepstudy_intercept"
SLEEP_CENTRED = """
data { int N; int P; int J; matrix[N, P] X; vector[N] y; array[N] int g; }
parameters { vector[P] beta; real<lower=0> tau; real<lower=0> sigma; vector[J] u; }
model { u ~ normal(0, tau); y ~ normal(X * beta + u[g], sigma); }
"""
SLEEP_NONCENTRED = SLEEP_CENTRED.replace("u ~ normal(0, tau)", "u ~ std_normal()").replace(
    "+ u[g]", "+ tau * u[g]"
)


@pytest.mark.parametrize("code", [SLEEP_CENTRED, SLEEP_NONCENTRED])
def test_sleepstudy_is_that_of_lme4(code):
    gold = json.loads((SLEEP / "result.json").read_text())

    mle = model(code, SLEEP / "data.json").mle(marginal=True, seed=1)

    truth = [list(gold["mle"].values()), gold["loglik"]]
    assert_is(mle, gold["mle"], [*truth, list(gold["se_observed_information"].values())])
    assert mle.estimator is Estimator.MLE
    assert mle.title == "marginal MLE (exact)"
    assert mle.warnings == ()


@pytest.mark.parametrize("code", [CENTRED, NONCENTRED, OFFSET])
def test_dyestuff_is_that_of_lme4(code):
    mle = model(code, DYESTUFF).mle(marginal=True, seed=1)

    assert -2 * mle.log_likelihood == pytest.approx(327.3271, abs=5e-5)
    assert mle["mu"] == pytest.approx(1527.5, abs=1e-4)
    assert mle["sigma"] == pytest.approx(49.510, abs=5e-4)
    assert mle["tau"] == pytest.approx(37.260, abs=5e-4)


def test_effects_shrink_to_the_mean_with_their_conditional_deviation():
    mle = model(NONCENTRED, DYESTUFF).mle(marginal=True, seed=1)
    tau, sigma = mle["tau"], mle["sigma"]

    share = tau**2 / (tau**2 + sigma**2 / 5)
    means = DYESTUFF["y"].reshape(6, 5).mean(axis=1)
    effects = mle.effects.loc[[f"theta[{j}]" for j in range(1, 7)]]
    np.testing.assert_allclose(effects["mode"], 1527.5 + share * (means - 1527.5), rtol=1e-8)
    np.testing.assert_allclose(effects["sd"], np.sqrt(share / 5) * sigma, rtol=1e-7)


def test_restricted_likelihood_by_naming_the_mean():
    mle = model(CENTRED, DYESTUFF).mle(marginal=["theta", "mu"], seed=1)

    # lme4's REML criterion and standard deviations
    assert -2 * mle.log_likelihood == pytest.approx(319.6543, abs=5e-5)
    assert [mle["tau"], mle["sigma"]] == pytest.approx([42.001, 49.510], abs=5e-4)


@pytest.mark.parametrize("multiplier", ["", "<offset=mu, multiplier=tau>"])
def test_scale_of_eight_schools_is_zero(multiplier):
    code = SCHOOLS.replace("vector[J] theta;", f"vector{multiplier}[J] theta;")

    mle = model(code, EIGHT).mle(marginal=True, seed=1)

    weights = 1 / EIGHT["s"] ** 2
    mean = weights @ EIGHT["y"] / weights.sum()
    table = mle.to_frame()
    assert mle.status is Status.BOUNDARY
    assert mle["tau"] == 0
    assert np.isnan(table.loc["tau", "se"])
    assert table.loc["mu", "estimate"] == pytest.approx(mean, abs=1e-5 * 4.07)
    assert table.loc["mu", "se"] == pytest.approx(weights.sum() ** -0.5, rel=1e-5)
    value = -0.5 * (np.log(2 * np.pi / weights) + weights * (EIGHT["y"] - mean) ** 2).sum()
    assert mle.log_likelihood == pytest.approx(value, abs=1e-7)
    assert table.loc["theta[1]", ["se"]].isna().all()


@pytest.mark.parametrize("scale", ["constrained", "unconstrained"])
def test_marginal_map_with_a_prior_that_avoids_the_boundary(scale):
    code = SCHOOLS.replace("model {", "model { tau ~ gamma(2, 1e-6);")

    mode = model(code, EIGHT).map(scale, marginal=True, seed=1)

    def log_posterior(p):
        variance = EIGHT["s"] ** 2 + p[1] ** 2
        value = -0.5 * (np.log(2 * np.pi * variance) + (EIGHT["y"] - p[0]) ** 2 / variance).sum()
        return value + (1 + (scale == "unconstrained")) * np.log(p[1]) - 1e-6 * p[1]

    best, _, _ = maximum(log_posterior, np.array([7.9, 7.0]))
    np.testing.assert_allclose([mode["mu"], mode["tau"]], best, rtol=1e-7)
    variance = EIGHT["s"] ** 2 + best[1] ** 2
    value = -0.5 * (np.log(2 * np.pi * variance) + (EIGHT["y"] - best[0]) ** 2 / variance).sum()
    assert mode.log_likelihood == pytest.approx(value, abs=1e-8)
    assert mode.log_prior == pytest.approx(2 * np.log(1e-6) + np.log(best[1]) - 1e-6 * best[1])
    assert mode.title == f"marginal MAP (exact, {scale} scale)"
    assert not any("joint" in w for w in mode.warnings)
