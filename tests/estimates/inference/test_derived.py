"""Derived quantities: the delta method against closed forms, draws by push-forward."""

from __future__ import annotations

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.errors import EstimandError, UnknownNameError, UsageError

Y = np.array([4.2, 5.1, 3.8, 6.0, 5.5, 4.9, 5.2, 4.4])
LINE = (
    "data { int N; matrix[N, 2] X; vector[N] y; } parameters { vector[2] beta; }"
    "model { y ~ normal(X * beta, 1); }"
)
X = np.column_stack([np.ones(8), np.arange(8.0)])


@pytest.fixture(scope="module")
def mle(gaussian):
    return gaussian(Y).mle(seed=1)


@pytest.mark.parametrize(
    "quantity", ["sigma ** 2", "variance", lambda v: v["sigma"] ** 2], ids=["text", "own", "call"]
)
def test_variance_by_the_delta_method(mle, quantity):
    found = mle.derive(quantity)

    se = 2 * Y.var() / np.sqrt(2 * Y.size)
    assert found.value == pytest.approx(Y.var(), rel=1e-10)
    assert found.spread == pytest.approx(se, rel=1e-10)
    assert found.interval == pytest.approx((Y.var() - 1.959964 * se, Y.var() + 1.959964 * se))
    assert (found.spread_name, found.notes) == ("se", ())


def test_ratio_of_two_parameters(mle):
    found = mle.derive("sigma / mu")

    table = mle.to_frame(derived=True)
    assert found.spread == pytest.approx(table.loc["cv", "se"], rel=1e-9)


def test_odds_ratio_with_stan_indices(model):
    line = model(LINE, N=8, X=X, y=Y).mle(seed=1)

    found = line.derive("exp(beta[2])")

    covariance = np.linalg.inv(X.T @ X)
    beta = covariance @ X.T @ Y
    assert found.value == pytest.approx(np.exp(beta[1]), rel=1e-9)
    assert found.spread == pytest.approx(np.exp(beta[1]) * np.sqrt(covariance[1, 1]), rel=1e-9)


def test_vectors_come_with_their_covariance(model):
    line = model(LINE, N=8, X=X, y=Y).mle(seed=1)

    found, called = line.derive("2 * beta"), line.derive(lambda v: X @ v["beta"])

    np.testing.assert_allclose(found.covariance, 4 * np.linalg.inv(X.T @ X), rtol=1e-8)
    hat = X @ np.linalg.inv(X.T @ X) @ X.T
    np.testing.assert_allclose(called.covariance, hat, rtol=1e-8, atol=1e-11)
    assert list(found.to_frame().index) == ["2 * beta[1]", "2 * beta[2]"]
    assert list(found.to_frame().columns) == ["estimate", "se", "ci_lower", "ci_upper"]


def test_a_distant_mean_keeps_its_digits(model):
    code = "data { vector[8] y; } parameters { real mu; } model { y ~ normal(mu, 1e-3); }"
    mle = model(code, y=1e6 + 1e-3 * Y).mle(seed=1, inits={"mu": 1e6})

    assert mle.derive("2 * mu - 2e6").spread == pytest.approx(2 * mle.spread[0], rel=1e-14)


def test_a_map_says_what_it_is_not(gaussian):
    found = gaussian(Y).map(seed=1).derive("sigma ** 2")

    assert found.spread_name == "sd_laplace"
    assert "not the MAP of f" in found.notes[0]
    assert "sd_laplace" in found.to_frame()


def test_what_has_no_spread_says_why(mle):
    found = mle.derive("z + mu")

    assert np.isnan(found.spread)
    assert np.isfinite(found.value)
    assert "uses z, random" in found.notes[0]
    assert mle.derive("mu").notes == ()


def test_an_edge_passes_its_reason_on(model):
    code = (
        "data { int n; int y; } parameters { real<lower=0, upper=1> p; }"
        "model { y ~ binomial(n, p); }"
    )
    found = model(code, n=10, y=0).mle(seed=1).derive("p / (1 - p)")

    assert found.value == 0
    assert np.isnan(found.spread)
    assert "boundary of its support" in found.notes[0]


def test_a_flat_parameter_passes_its_reason_on(model):
    code = (
        "data { vector[8] y; } parameters { real m; real t; }"
        "model { t ~ normal(0, 1); y ~ normal(m, 1); }"
    )
    found = model(code, y=Y).mle(seed=1).derive("m + t")

    assert np.isnan(found.value)
    assert "uses t, flat" in found.notes[0]


def test_comparisons_belong_to_draws(mle):
    with pytest.raises(EstimandError, match="no standard error"):
        mle.derive("mu > 4")


@pytest.mark.parametrize(("quantity", "why"), [(3, "neither"), (lambda _: "x", "must return")])
def test_other_things_are_refused(mle, quantity, why):
    with pytest.raises(UsageError, match=why):
        mle.derive(quantity)


def test_unknown_names(mle):
    with pytest.raises(UnknownNameError, match="no variable 'nu'"):
        mle.derive("exp(nu)")


def test_no_estimate_nothing_derived(model):
    code = "data { vector[2] y; } parameters { real a; real b; } model { y ~ normal(a + b, 1); }"
    flat = model(code, y=[1.0, 2]).mle(seed=1, require_converged=False)

    with pytest.raises(EstimandError, match="verified maximum"):
        flat.derive("a + b")


def test_a_loaded_estimate_derives_all_the_same(mle, tmp_path):
    loaded = bw.load(bw.save(mle, tmp_path / "mle.bw"))

    assert loaded.derive("mu / sigma").spread == mle.derive("mu / sigma").spread


@pytest.fixture(scope="module")
def posterior(gaussian):
    return gaussian(Y).sample(
        seed=1, chains=2, iter_warmup=150, iter_sampling=100, show_progress=False
    )


@pytest.mark.parametrize("quantity", ["sigma ** 2", lambda v: v["sigma"] ** 2])
def test_draws_are_pushed_forward(posterior, quantity):
    found = posterior.derive(quantity)

    np.testing.assert_allclose(found.draws, posterior["variance"], rtol=1e-14)
    own = posterior.to_frame(derived=True).loc["variance"]
    np.testing.assert_allclose(found.to_frame().iloc[0], own, rtol=1e-10)


def test_a_comparison_of_draws_is_a_probability(posterior):
    found = posterior.derive("mu > 4.8875")

    assert found.draws.shape == (2, 100)
    assert found.to_frame()["mean"].iloc[0] == (posterior["mu"] > 4.8875).mean()


def test_shapes_of_draws(posterior):
    found = posterior.derive(lambda v: np.array([v["mu"], v["sigma"], 1.0]))

    assert found.draws.shape == (2, 100, 3)
    np.testing.assert_array_equal(found.draws[..., 1], posterior["sigma"])
