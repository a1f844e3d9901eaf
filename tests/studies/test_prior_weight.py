from __future__ import annotations

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.errors import EstimandError, UnknownNameError, UsageError

COIN = bw.Program.from_string(
    """
    data { int<lower=0> n; int<lower=0, upper=n> y; real<lower=0> a; }
    parameters { real<lower=0, upper=1> p; }
    model { p ~ beta(a, a); y ~ binomial(n, p); }""",
    name="coin",
)
LOGIT = bw.Program.from_string(
    """
    data { int N; vector[N] x; array[N] int<lower=0, upper=1> y; }
    parameters { real alpha; real beta; }
    model { alpha ~ normal(0, 1); beta ~ normal(0, 1); y ~ bernoulli_logit(alpha + beta * x); }""",
    name="logit",
)

GROUPS = bw.Program.from_string(
    """
    data { int J; vector[J] y; }
    parameters { real mu; vector[J] theta; }
    model { mu ~ normal(0, 1); theta ~ normal(mu, 1); y ~ normal(theta, 1); }""",
    name="groups",
)


def test_effects_are_integrated_out_of_the_whole_path():
    y = np.array([1.0, 2.5, 0.5, 4.0])
    model = bw.Model(GROUPS, {"J": 4, "y": y}, engine="stanli")
    study = bw.studies.prior_weight_path(model, [0, 1, 10], marginal=True, seed=1)
    assert study.table["parameter"].tolist() == ["mu"] * 3
    # the marginal likelihood is that of normal(mu, sqrt(2))
    w = study.table["weight"].to_numpy()
    np.testing.assert_allclose(study.table["estimate"], y.sum() / 2 / (2 + w), rtol=1e-6)
    np.testing.assert_allclose(study.table["spread"], 1 / np.sqrt(2 + w), rtol=1e-5)
    assert study.references == {"mle": "marginal MLE"}


def test_effects_that_are_not_integrated_out_are_refused_with_the_way_out():
    model = bw.Model(GROUPS, {"J": 4, "y": [1.0, 2.5, 0.5, 4.0]}, engine="stanli")
    with pytest.raises(EstimandError, match="marginal=True"):
        bw.studies.prior_weight_path(model, [0, 1])


def test_a_beta_prior_moves_the_mode_as_its_formula_says():
    model = bw.Model(COIN, {"n": 10, "y": 2, "a": 3}, engine="stanli")
    table = bw.studies.prior_weight_path(model, seed=1).table
    w = table["weight"].to_numpy()
    np.testing.assert_allclose(table["estimate"], (2 + 2 * w) / (10 + 4 * w), rtol=1e-6)
    pull = (table["estimate"] - 0.2) / np.sqrt(0.2 * 0.8 / 10)
    np.testing.assert_allclose(table["pull"], pull, rtol=1e-4, atol=1e-7)


def test_weight_0_is_the_mle_and_weight_1_the_map():
    model = bw.Model(COIN, {"n": 10, "y": 2, "a": 3}, engine="stanli")
    table = bw.studies.prior_weight_path(model, seed=1).table.set_index("weight")
    assert table.loc[0.0, "estimate"] == model.mle(seed=1)["p"]
    assert table.loc[1.0, "estimate"] == pytest.approx(model.map(seed=1)["p"], rel=1e-8)


def test_without_an_mle_its_row_stays_and_tells_why():
    x = np.arange(6) - 2.5
    model = bw.Model(LOGIT, {"x": x, "y": [0, 0, 0, 1, 1, 1]}, engine="stanli")
    study = bw.studies.prior_weight_path(model, [1, 0], ["beta"], seed=1)
    assert study.table["parameter"].tolist() == ["beta", "beta"]
    assert study.table["status"].tolist() == ["at_infinity", "converged"]
    assert np.isnan(study.table["estimate"][0])
    assert study.table["estimate"][1] == pytest.approx(1.12061, abs=1e-3)
    assert np.isnan(study.table["pull"]).all()
    assert "No mode exists at weight 0." in str(study)


def test_a_weight_of_the_likelihood_is_kept():
    model = bw.Model(COIN, {"n": 10, "y": 2, "a": 3}, engine="stanli").weighted(likelihood=2)
    table = bw.studies.prior_weight_path(model, [1], seed=1).table
    assert table["estimate"].tolist() == pytest.approx([(4 + 2) / (20 + 4)])


def test_wrong_arguments_are_told():
    model = bw.Model(COIN, {"n": 10, "y": 2, "a": 3}, engine="stanli")
    with pytest.raises(UnknownNameError, match="no variable 'q'"):
        bw.studies.prior_weight_path(model, names=["q"])
    with pytest.raises(UsageError, match="no weights"):
        bw.studies.prior_weight_path(model, [])
    with pytest.raises(UsageError, match="power of a density"):
        bw.studies.prior_weight_path(model, [-1])
