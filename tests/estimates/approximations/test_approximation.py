"""Laplace draws with their weights, against closed forms of means and evidence."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from scipy.special import betaln, gammaln

import bayeswrap as bw
from bayeswrap.errors import EstimationError, UsageError

BETA = (
    "data { int n; int y; } parameters { real<lower=0, upper=1> theta; }"
    "model { theta ~ beta(2, 2); y ~ binomial(n, theta); }"
    "generated quantities { real odds = theta / (1 - theta); }"
)
LINE = (
    "data { int N; int K; matrix[N, K] X; vector[N] y; } parameters { vector[K] b; }"
    "model { b ~ normal(0, 2); y ~ normal(X * b, 0.5); }"
)
# scale with its conjugate prior: variance inverse gamma(3, 2), coefficients scaled by it
CONJUGATE = (
    "data { int N; int K; matrix[N, K] X; vector[N] y; }"
    "parameters { vector[K] b; real<lower=0> v; }"
    "model { v ~ inv_gamma(3, 2); b ~ normal(0, 2 * sqrt(v)); y ~ normal(X * b, sqrt(v)); }"
)
# the log density falls like a power: a normal at the mode has far lighter tails
HEAVY = "parameters { vector[3] x; } model { x ~ student_t(2, 0, 1); }"


@pytest.fixture(scope="module")
def beta(model):
    return model(BETA, n=10, y=7).laplace(draws=20000, seed=1)


@pytest.fixture(scope="module")
def line():
    rng = np.random.default_rng(8)
    x = np.column_stack([np.ones(30), rng.normal(size=30)])
    return {"N": 30, "K": 2, "X": x, "y": x @ [1.0, -0.5] + rng.normal(size=30) * 0.5}


def test_beta_binomial_mean_and_evidence(beta):
    # k-hat cannot see a missing Jacobian; these two can: 0.666 and -0.610 without it
    weights, row = beta.importance, beta.corrected().to_frame().loc["theta"]

    assert weights.reliable
    assert abs(row["mean"] - 9 / 14) < 4 * row["mcse_mean"]
    assert row["mcse_mean"] < 0.002
    exact = betaln(9, 5) - betaln(2, 2) + np.log(120)
    assert exact == pytest.approx(-2.19026, abs=1e-5)
    assert abs(weights.log_evidence - exact) < 4 * weights.log_evidence_mcse
    assert weights.log_evidence_mcse < 0.003
    assert abs(row["sd"] - stats.beta(9, 5).std()) < 4 * row["mcse_sd"]
    # the approximation itself is off, by more than its own error
    plain = beta.to_frame().loc["theta"]
    assert abs(plain["mean"] - 9 / 14) > 4 * plain["mcse_mean"]


def test_a_normal_posterior_needs_no_correction_and_has_exact_evidence(model, line):
    found = model(LINE, **line).laplace(draws=200, seed=1)

    covariance = 0.25 * np.eye(30) + 4 * line["X"] @ line["X"].T
    exact = stats.multivariate_normal(np.zeros(30), covariance).logpdf(line["y"])
    assert found.pareto_k == -np.inf
    assert found.importance.log_evidence == pytest.approx(exact, abs=1e-6)
    assert "exact" in str(found)


def test_evidence_of_a_regression_with_conjugate_scale(model, line):
    found = model(CONJUGATE, **line).laplace(draws=20000, seed=2).importance

    # y is multivariate t with 6 degrees of freedom, scale 2/3 (I + 4 X X')
    shape = 2 / 3 * (np.eye(30) + 4 * line["X"] @ line["X"].T)
    exact = stats.multivariate_t(np.zeros(30), shape, df=6).logpdf(line["y"])
    assert found.reliable
    assert abs(found.log_evidence - exact) < 4 * found.log_evidence_mcse
    assert found.log_evidence_mcse < 0.01


def test_evidence_over_a_simplex(model):
    counts, prior = np.array([3, 5, 9]), np.full(3, 2.0)
    code = (
        "data { array[3] int y; } parameters { simplex[3] theta; }"
        "model { theta ~ dirichlet(rep_vector(2, 3)); y ~ multinomial(theta); }"
    )
    found = model(code, y=counts).laplace(draws=20000, seed=1).importance

    after = prior + counts
    exact = gammaln(6) - gammaln(after.sum()) + (gammaln(after) - gammaln(prior)).sum()
    exact += gammaln(18) - gammaln(counts + 1).sum()
    assert abs(found.log_evidence - exact) < 4 * found.log_evidence_mcse


def test_resampled_draws_are_draws_of_the_proposal(beta):
    found = beta.corrected(seed=3)

    assert found.draws.shape == beta.draws.shape
    assert np.isin(found["theta"], beta["theta"]).all()
    # rows stay whole
    np.testing.assert_allclose(found["odds"], found["theta"] / (1 - found["theta"]))
    row = found.to_frame().loc["theta"]
    # resampling adds as much error again as the weights have
    assert abs(found["theta"].mean() - row["mean"]) < 4 * 0.124 / np.sqrt(20000)
    assert found.title == "Laplace approximation, importance resampled"
    assert found.pareto_k == beta.pareto_k


def test_resampling_repeats_with_its_seed(beta):
    same, again, other = (beta.corrected(seed=s)["theta"] for s in (1, 1, 2))

    np.testing.assert_array_equal(same, again)
    assert (same != other).any()
    np.testing.assert_array_equal(beta.corrected()["theta"], beta.corrected().corrected()["theta"])


def test_bad_weights_are_refused_with_the_reason(model):
    found = model(HEAVY).laplace(draws=4000, seed=1)

    assert found.pareto_k > 0.7
    with pytest.raises(EstimationError, match=r"above its threshold 0\.70"):
        found.corrected()
    assert "above its threshold" in str(found)


def test_table_tells_of_each_quantity(beta):
    table = beta.to_frame(derived=True)

    assert list(table.index) == ["theta", "odds"]
    assert list(table.columns) == [
        *("mean", "sd", "median", "mcse_mean", "mcse_sd", "ci_lower", "ci_upper", "k_hat"),
    ]
    # theta is bounded, the odds are not
    assert table.loc["theta", "k_hat"] == beta.pareto_k
    assert table.loc["odds", "k_hat"] > beta.pareto_k
    assert list(beta.corrected().to_frame(derived=True).columns) == list(table.columns)
    assert "k_hat" not in beta.to_frame(k_hat=False)
    with pytest.raises(UsageError, match="probability"):
        beta.corrected().to_frame(ci_prob=95)


def test_draws_without_densities_have_no_weights(beta):
    from dataclasses import replace  # noqa: PLC0415 - of this test alone

    bare = replace(beta, method_names=(), method_draws=beta.method_draws[:, :, :0])

    assert bare.to_frame()["k_hat"].isna().all()
    assert "k-hat" not in str(bare)
    with pytest.raises(UsageError, match="carry no densities"):
        _ = bare.importance


def test_resampled_draws_survive_storage(beta, tmp_path):
    found = beta.corrected()

    again = bw.load(bw.save(found, tmp_path / "a.bw"))

    np.testing.assert_array_equal(again.draws, found.draws)
    assert again.importance.log_evidence == found.importance.log_evidence
    assert str(again) == str(found)
