"""Weights, prior predictive draws, and what data decide: by the model's verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.errors import ComparisonError, EngineRunError, EstimandError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

COIN = """data { int<lower=0> n; int<lower=0, upper=n> y; }
parameters { real<lower=0, upper=1> p; }
model { p ~ beta(3, 5); y ~ binomial(n, p); }
generated quantities { int y_rep = binomial_rng(n, p); }
"""


@pytest.fixture(scope="module")
def coin() -> bw.Model:
    return bw.Model(bw.Program.from_string(COIN, "coin"), {"n": 10, "y": 7}, engine="stanli")


@pytest.mark.parametrize(("prior", "likelihood"), [(0.5, 1), (2, 1), (1, 0.25), (0.3, 3), (0, 1)])
def test_powers_of_conjugate_parts(coin: bw.Model, prior: float, likelihood: float) -> None:
    mode = coin.weighted(prior=prior, likelihood=likelihood).map(seed=1)
    a, b = prior * 2 + likelihood * 7, prior * 4 + likelihood * 3
    assert float(mode["p"]) == pytest.approx(a / (a + b), abs=1e-9)
    # the spread is that of the weighted density, on the logit scale mapped back
    n = a + b
    assert mode.to_frame()["sd_laplace"]["p"] == pytest.approx(np.sqrt(a * b / n**3), rel=1e-6)


def test_sampling_a_weighted_density(coin: bw.Model) -> None:
    found = coin.weighted(prior=2, likelihood=0.5).sample(seed=1, show_progress=False).to_frame()
    a, b = 2 * 2 + 0.5 * 7 + 1, 2 * 4 + 0.5 * 3 + 1
    row = found.loc["p"]
    assert abs(row["mean"] - a / (a + b)) < 4 * row["mcse_mean"]


def test_a_weighted_model_leaves_the_mle_and_the_log_densities_alone(coin: bw.Model) -> None:
    mle, plain = coin.weighted(prior=7).mle(seed=1), coin.mle(seed=1)
    assert float(mle["p"]) == pytest.approx(0.7, abs=1e-10)
    assert mle.log_likelihood == pytest.approx(plain.log_likelihood, abs=1e-9)
    assert mle.log_prior == pytest.approx(plain.log_prior, abs=1e-9)


def test_powers_are_recorded_shown_and_kept_apart(coin: bw.Model, tmp_path: Path) -> None:
    half, whole = coin.weighted(prior=0.5).map(seed=1), coin.map(seed=1)
    assert half.record.weights == {"prior": 0.5}
    assert half.title == "MAP (constrained scale) [prior ^ 0.5]"
    again = bw.load(bw.save(half, tmp_path / "half.bw"))
    assert again.record.weights == {"prior": 0.5}
    with pytest.raises(ComparisonError, match="different powers"):
        bw.compare(half, whole)


@pytest.mark.parametrize("power", [-0.1, float("nan"), float("inf")])
def test_no_power(coin: bw.Model, power: float) -> None:
    with pytest.raises(UsageError, match="prior is a power"):
        coin.weighted(prior=power)
    with pytest.raises(UsageError, match="likelihood is a power"):
        coin.weighted(likelihood=power)
    with pytest.raises(UsageError, match="population is a power"):
        coin.weighted(population=power)


def test_the_prior_and_its_predictions_are_arvizs_groups(coin: bw.Model) -> None:
    draws = coin.prior(draws=4000, seed=2, show_progress=False)
    tree = draws.idata
    assert {"prior", "prior_predictive", "sample_stats_prior"} <= set(tree.children)
    assert "posterior" not in tree.children
    predicted = np.asarray(tree["prior_predictive"]["y"])
    # beta-binomial: mean n a / (a + b)
    mcse = predicted.std() / np.sqrt(1000)
    assert abs(predicted.mean() - 10 * 3 / 8) < 4 * mcse


def test_data_decide_what_runs() -> None:
    program = bw.Program.from_string(
        "data { int N; vector[N] y; int prior_only; int<lower=0> K; matrix[N, K] X; }"
        "parameters { real m; vector[K] b; }"
        "model { m ~ normal(0, 1); b ~ normal(0, 1);"
        "if (!prior_only) { vector[N] mu = m + X * b; target += normal_lpdf(y | mu, 1); } }",
        name="flagged",
    )
    data = {"N": 2, "y": [1.0, 2.0], "K": 0, "X": np.zeros((2, 0))}
    with_data = bw.Model(program, {**data, "prior_only": 0}, engine="stanli")
    without = bw.Model(program, {**data, "prior_only": 1}, engine="stanli")
    assert float(with_data.mle(seed=1)["m"]) == pytest.approx(1.5)
    with pytest.raises(EstimandError, match="no likelihood"):
        without.mle(seed=1)
    texts = {m.density.source.text for m in (with_data, without)}
    assert len(texts) == 1, "one text, one binary"


def test_reading_target_is_told() -> None:
    program = bw.Program.from_string(
        "data { real y; } parameters { real m; }\n"
        "model { m ~ normal(0, 1); y ~ normal(m, 1);\n if (target() > 1e9) print(m); }",
        name="peek",
    )
    mode = bw.Model(program, {"y": 1.0}, engine="stanli").map(seed=1)
    assert any("peek.stan:3:6 reads target()" in warning for warning in mode.warnings)


def test_a_runtime_error_points_into_the_users_file(tmp_path: Path) -> None:
    (tmp_path / "priors.stan").write_text('// one\nif (m > -1e9) reject("no way, ", m);\n')
    (tmp_path / "main.stan").write_text(
        "data { real y; }\nparameters { real m; }\nmodel {\n#include priors.stan\n"
        "  m ~ normal(0, 1);\n  y ~ normal(m, 1);\n}\n"
    )
    model = bw.Model(bw.Program.from_file(tmp_path / "main.stan"), {"y": 1.0})
    with pytest.raises(EngineRunError, match=r"priors\.stan', line 2"):
        model.sample(seed=1, show_progress=False)
