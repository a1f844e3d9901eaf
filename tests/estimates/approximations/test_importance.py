"""Importance weights against ArviZ, against tails of known shape, and against known integrals."""

from __future__ import annotations

import numpy as np
import pytest
from arviz_stats.base import array_stats
from scipy import stats
from scipy.special import logsumexp

from bayeswrap.estimates.approximations.importance import (
    importance_of,
    quantity_k_hats,
    weighted_table,
)


def pareto_ratios(k, n=20000, seed=3):
    return np.log(stats.genpareto(k).rvs(n, random_state=seed) + 1 / max(k, 0.1))


def test_weights_and_k_hat_are_those_of_arviz():
    ratios = np.random.default_rng(1).normal(size=1000)

    found = importance_of(ratios)

    weights, k_hat = array_stats.psislw(-ratios)
    assert found.k_hat == k_hat
    np.testing.assert_array_equal(found.log_weights, weights)
    assert found.ess == pytest.approx(1 / np.exp(2 * weights).sum(), rel=1e-12)
    assert np.exp(found.log_weights).sum() == pytest.approx(1, rel=1e-12)


@pytest.mark.parametrize("k", [0.3, 0.6, 1.0])
def test_k_hat_is_the_shape_of_the_tail(k):
    assert importance_of(pareto_ratios(k)).k_hat == pytest.approx(k, abs=0.15)


def test_the_threshold_falls_with_few_draws():
    ratios = 0.1 * np.random.default_rng(1).normal(size=10**4)

    assert importance_of(ratios[:100]).threshold == pytest.approx(0.5)
    assert importance_of(ratios[:1000]).threshold == pytest.approx(1 - 1 / 3)
    assert importance_of(ratios).threshold == 0.7


def test_equal_weights_are_exact():
    found = importance_of(np.full(50, -3.0), offset=1.0)

    assert found.k_hat == -np.inf
    assert found.reliable
    assert found.ess == pytest.approx(50)
    assert found.shift_bound == pytest.approx(0, abs=1e-7)
    assert found.log_evidence == pytest.approx(-2.0, abs=1e-12)
    assert found.log_evidence_mcse == pytest.approx(0, abs=1e-7)
    assert "exact" in found.sentence


@pytest.mark.parametrize(
    ("ratios", "why"),
    [
        (np.arange(24.0), "fewer than 25 draws"),
        (np.array([np.nan] + [0.0] * 99), "not a number"),
        (np.array([np.inf] + [0.0] * 99), "not a number"),
        (np.full(99, -np.inf), "not a number"),
    ],
)
def test_what_cannot_be_told_is_not_reliable(ratios, why):
    found = importance_of(ratios)

    assert np.isnan(found.k_hat)
    assert not found.reliable
    assert why in found.sentence


def test_draws_without_density_have_no_weight_but_count():
    rng = np.random.default_rng(5)
    ratios = np.where(rng.random(4000) < 0.25, -np.inf, 0.01 * rng.normal(size=4000))

    found = importance_of(ratios)

    share = np.isneginf(ratios).mean()
    assert found.outside == 4000 * share
    assert (found.log_weights[np.isneginf(ratios)] == -np.inf).all()
    assert found.log_evidence == pytest.approx(np.log(1 - share), abs=0.001)
    assert found.reliable


def test_a_tail_that_ends_at_once_needs_no_smoothing():
    ratios = np.minimum(np.random.default_rng(2).normal(size=1000), 0.0)

    found = importance_of(ratios)

    assert found.k_hat == -np.inf
    np.testing.assert_allclose(found.log_weights, ratios - logsumexp(ratios))
    assert "equal" in found.sentence


def test_evidence_of_a_normal_under_a_wider_normal():
    draws = stats.norm(0, 1.5).rvs(4000, random_state=1)
    log_p = -0.5 * draws**2  # its integral is the square root of 2 pi
    log_q = stats.norm(0, 1.5).logpdf(draws)

    found = importance_of(log_p - log_q)

    assert found.k_hat < 0
    assert abs(found.log_evidence - 0.5 * np.log(2 * np.pi)) < 4 * found.log_evidence_mcse
    # the weights have mean 1 and second moment 1.5^2 / sqrt(2 * 1.5^2 - 1) under the proposal
    exact = np.sqrt((1.5**2 / np.sqrt(2 * 1.5**2 - 1) - 1) / 4000)
    assert found.log_evidence_mcse == pytest.approx(exact, rel=0.1)


def test_the_bound_on_the_shift_holds_and_is_close():
    # a normal shifted by d: the weights have the relative variance exp(d^2) - 1
    d, draws = 0.2, np.random.default_rng(4).normal(size=10**5)

    found = importance_of(d * draws - d**2 / 2)

    assert found.shift_bound == pytest.approx(np.sqrt(np.exp(d**2) - 1), rel=0.02)
    assert found.shift_bound > d


def test_a_quantity_has_the_heavier_tail_of_two():
    # the weights' tail has shape 0.3; that of their square, the mean of which is asked for, 0.6
    ratios = pareto_ratios(0.3)
    found = importance_of(ratios)
    rng = np.random.default_rng(1)
    bounded = rng.random(ratios.size) - 0.5

    values = np.column_stack([np.exp(ratios), bounded, np.ones(ratios.size), ratios * np.nan])
    heavy, light, constant, unknown = quantity_k_hats(values, found)

    assert heavy == pytest.approx(0.6, abs=0.15)
    assert found.k_hat <= light < 0.45
    assert constant == found.k_hat
    assert np.isnan(unknown)
    product = (bounded * np.exp(ratios - ratios.max()))[np.newaxis]
    assert light == max(found.k_hat, array_stats.pareto_khat(product, r_eff=1.0, tail="both"))


def test_equal_weights_make_the_ordinary_table():
    values = np.random.default_rng(1).normal(3, 2, size=(400, 2))

    table = weighted_table(values, np.full(400, -np.log(400)), ["a", "b"], 0.9)

    np.testing.assert_allclose(table["mean"], values.mean(axis=0))
    np.testing.assert_allclose(table["sd"], values.std(axis=0, ddof=1))
    np.testing.assert_allclose(table["mcse_mean"], values.std(axis=0) / 20)
    np.testing.assert_allclose(table["ci_lower"], np.quantile(values, 0.05, axis=0), atol=0.05)
    assert list(table.index) == ["a", "b"]


def test_weighted_table_of_a_normal_under_a_wider_and_shifted_one():
    proposal = stats.norm(1, 2)
    draws = proposal.rvs(20000, random_state=2)
    found = importance_of(stats.norm.logpdf(draws) - proposal.logpdf(draws))

    row = weighted_table(draws[:, np.newaxis], found.log_weights, ["x"], 0.95).loc["x"]

    assert abs(row["mean"]) < 4 * row["mcse_mean"]
    assert abs(row["sd"] - 1) < 4 * row["mcse_sd"]
    np.testing.assert_allclose([row["ci_lower"], row["ci_upper"]], [-1.96, 1.96], atol=0.08)
    # the error of repeated runs, from theory: E_q w^2 x^2 over the number of draws
    x = np.linspace(-12, 12, 20001)
    second = np.trapezoid(stats.norm.pdf(x) ** 2 / proposal.pdf(x) * x**2, x)
    assert row["mcse_mean"] == pytest.approx(np.sqrt(second / 20000), rel=0.05)


def test_a_quantity_that_is_not_a_number_has_no_summary():
    values = np.column_stack([np.arange(30.0), np.full(30, np.nan)])

    table = weighted_table(values, np.full(30, -np.log(30)), ["a", "b"], 0.9)

    assert table.loc["b"].isna().all()
    assert table.loc["a"].notna().all()
