"""Observed information, identification in words, covariances from scores: closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

import bayeswrap as bw
from bayeswrap.errors import EstimandError, UsageError
from bayeswrap.estimates import Status

Y = np.array([4.2, 5.1, 3.8, 6.0, 5.5, 4.9, 5.2, 4.4])
GAUSSIAN = (
    "data { int N; vector[N] y; } parameters { real mu; real<lower=0> sigma; }"
    "model { y ~ normal(mu, sigma); } generated quantities { vector[N] log_lik;"
    "for (i in 1:N) log_lik[i] = normal_lpdf(y[i] | mu, sigma); }"
)
LOGIT = (
    "data { int N; matrix[N, 3] X; array[N] int y; } parameters { vector[3] b; }"
    "model { y ~ bernoulli_logit(X * b); } generated quantities { vector[N] log_lik;"
    "for (i in 1:N) log_lik[i] = bernoulli_logit_lpmf(y[i] | X[i] * b); }"
)


@pytest.fixture(scope="module")
def gaussian_mle(model):
    return model(GAUSSIAN, N=8, y=Y).mle(seed=1)


@pytest.fixture(scope="module")
def logit(model):
    rng = np.random.default_rng(2)
    x = np.column_stack([np.ones(60), rng.normal(size=(60, 2))])
    y = (rng.uniform(size=60) < expit(x @ [0.2, 1.0, -0.5])).astype(int)
    return model(LOGIT, N=60, X=x, y=y).mle(seed=1), x, y


def test_gaussian_information(gaussian_mle):
    found = gaussian_mle.information()

    assert list(found.index) == list(found.columns) == ["mu", "log(sigma)"]
    exact = np.diag([8 / Y.var(), 16])
    np.testing.assert_allclose(found, exact, rtol=1e-8, atol=1e-9)


def test_logistic_information(logit):
    mle, x, _ = logit

    p = expit(x @ mle["b"])
    exact = (x * (p * (1 - p))[:, np.newaxis]).T @ x
    np.testing.assert_allclose(mle.information(), exact, rtol=1e-8)
    np.testing.assert_allclose(mle.covariance(), np.linalg.inv(exact), rtol=1e-8)


@pytest.mark.parametrize("scale", [1e-6, 1, 1e8])
def test_information_of_badly_scaled_predictors(model, scale):
    x = np.column_stack([np.ones(8), scale * np.arange(8.0)])
    code = (
        "data { int N; matrix[N, 2] X; vector[N] y; } parameters { vector[2] b; }"
        "model { y ~ normal(X * b, 1); }"
    )
    start = np.linalg.lstsq(x, Y, rcond=None)[0]

    mle = model(code, N=8, X=x, y=Y).mle(seed=1, inits={"b": start})

    np.testing.assert_allclose(mle.information(), x.T @ x, rtol=1e-8)


@pytest.mark.parametrize("count", [1, 3, 1000])
def test_the_bound_of_the_hessian_holds(model, count):
    code = "data { int y; } parameters { real<lower=0> m; } model { y ~ poisson(m); }"
    mle = model(code, y=count).mle(seed=1)

    assert mle.hessian_error >= abs(mle.information().iloc[0, 0] / count - 1)
    assert mle.hessian_error < 1e-8


def test_correlation_and_condition(model):
    x = np.arange(8.0)
    code = (
        "data { int N; vector[N] x; vector[N] y; } parameters { real a; real b; }"
        "model { y ~ normal(a + b * x, 1); }"
    )
    mle = model(code, N=8, x=x, y=Y).mle(seed=1)

    r = -x.mean() / np.sqrt((x**2).mean())
    assert mle.correlation().loc["a", "b"] == pytest.approx(r, rel=1e-9)
    assert mle.correlation().loc["a", "a"] == 1
    # two coordinates: the scaled information has eigenvalues 1 -+ |r|
    assert mle.condition_number == pytest.approx((1 - r) / (1 + r), rel=1e-6)
    assert mle.digits_left == 14


def test_correlation_on_an_edge_is_nan(model):
    code = "data { array[2] int y; } parameters { vector<lower=0>[2] m; } model { y ~ poisson(m); }"
    mle = model(code, y=[3, 0]).mle(seed=1)

    assert mle.status is Status.BOUNDARY
    assert mle.correlation().isna().to_numpy().tolist() == [[False, True], [True, True]]
    assert mle.information().isna().to_numpy().tolist() == [[False, True], [True, True]]
    assert mle.information().iloc[0, 0] == pytest.approx(3, rel=1e-8)


def test_sandwich_and_outer_product(gaussian_mle):
    s, r = Y.std(), Y - Y.mean()
    score = np.column_stack([r / s**2, r**2 / s**3 - 1 / s])
    product = score.T @ score
    bread = np.diag([s**2 / 8, s**2 / 16])

    np.testing.assert_allclose(
        gaussian_mle.covariance("sandwich"), bread @ product @ bread, rtol=1e-8
    )
    np.testing.assert_allclose(gaussian_mle.covariance("opg"), np.linalg.inv(product), rtol=1e-8)
    sandwich = gaussian_mle.correlation("sandwich")
    assert sandwich.loc["mu", "sigma"] != 0


def test_logistic_sandwich(logit):
    mle, x, y = logit

    p = expit(x @ mle["b"])
    bread = np.linalg.inv((x * (p * (1 - p))[:, np.newaxis]).T @ x)
    score = x * (y - p)[:, np.newaxis]
    np.testing.assert_allclose(
        mle.covariance("sandwich"), bread @ score.T @ score @ bread, rtol=1e-7
    )


def test_scores_need_the_pointwise_likelihood(gaussian):
    with pytest.raises(EstimandError, match=r"declare vector\[N\] log_lik"):
        gaussian(Y).mle(seed=1).covariance("sandwich")


def test_a_wrong_pointwise_likelihood_is_found_out(model):
    wrong = GAUSSIAN.replace("| mu, sigma); }", "| mu + 1, sigma); }")

    with pytest.raises(EstimandError, match="is not the log likelihood of each"):
        model(wrong, N=8, y=Y).mle(seed=1).covariance("opg")


def test_scores_of_few_observations_are_refused(model):
    code = (
        "data { array[3] int y; } parameters { vector[3] a; } model { y ~ poisson_log(a); }"
        "generated quantities { vector[3] log_lik;"
        "for (i in 1:3) log_lik[i] = poisson_log_lpmf(y[i] | a[i]); }"
    )
    with pytest.raises(EstimandError, match="more observations than parameters"):
        model(code, y=[3, 4, 2]).mle(seed=1).covariance("sandwich")


def test_a_map_has_no_sandwich(model):
    with pytest.raises(EstimandError, match="belongs to a verified MLE"):
        model(GAUSSIAN, N=8, y=Y).map(seed=1).covariance("sandwich")


def test_kinds_are_named(gaussian_mle):
    with pytest.raises(UsageError, match="kind of covariance"):
        gaussian_mle.covariance("robust")


X = np.arange(8.0) ** 1.5


@pytest.mark.parametrize(
    ("mean", "identified", "free"),
    [
        ("b[1] + x * (b[2] + 2 * b[3])", "only b[2] + 2 b[3] is identified", "2 b[2] - b[3]"),
        ("b[1] + x * (b[2] - 1.5 * b[3])", "only 2 b[2] - 3 b[3] is identified", "3 b[2] + 2 b[3]"),
        ("b[1] + b[2] + x * b[3]", "only b[1] + b[2] is identified", "b[1] - b[2]"),
        ("b[1] + x + b[2] + b[3]", "only b[1] + b[2] + b[3] is identified", "b[1] - b[3]"),
        ("b[1] + x * (b[2] + 0.7385 * b[3])", "only b[2] + 0.7385 b[3] is", "b[2] - 1.354 b[3]"),
    ],
)
def test_flat_directions_in_words(model, mean, identified, free):
    code = (
        "data { int N; vector[N] x; vector[N] y; } parameters { vector[3] b; real<lower=0> s; }"
        f"model {{ y ~ normal({mean}, s); }}"
    )
    ridge = model(code, N=8, x=X, y=Y).mle(seed=1, require_converged=False)

    found = ridge.flat_directions()

    assert ridge.status is Status.FLAT
    assert found
    assert str(found).startswith(identified)
    assert free in found.free
    # along them the information is nothing
    information = ridge.information().to_numpy()
    bend = np.einsum("mi,ij,mj->m", found.directions, information, found.directions)
    assert np.abs(bend).max() < 1e-6 * np.abs(information).max()


def test_a_dummy_variable_trap(model):
    dummies = np.repeat(np.eye(3), [3, 2, 3], axis=0)
    code = (
        "data { int N; matrix[N, 4] X; vector[N] y; } parameters { vector[4] b; real<lower=0> s; }"
        "model { y ~ normal(X * b, s); }"
    )
    ridge = model(code, N=8, X=np.column_stack([np.ones(8), dummies]), y=Y)

    found = ridge.mle(seed=1, require_converged=False).flat_directions()

    assert found.free == ("b[1] - b[2] - b[3] - b[4]",)
    assert found.identified == ("b[1] + b[4]", "b[2] - b[4]", "b[3] - b[4]")
    assert " are identified" in str(found)


def test_a_product_on_the_scale_of_its_logarithms(model):
    code = (
        "data { array[3] int y; } parameters { real<lower=0> a; real<lower=0> b; }"
        "model { y ~ poisson(a * b); }"
    )
    ridge = model(code, y=[3, 4, 2]).mle(seed=1, require_converged=False)

    assert ridge.flat_directions().identified == ("log(a) + log(b)",)


def test_nothing_is_flat_at_an_ordinary_maximum(gaussian_mle):
    found = gaussian_mle.flat_directions()

    assert not found
    assert found.free == found.identified == ()
    assert "every direction has curvature" in str(found)


def test_a_parameter_that_nothing_reaches_is_free(model):
    code = (
        "data { vector[8] y; } parameters { real m; real t; }"
        "model { t ~ normal(0, 1); y ~ normal(m, 1); }"
    )
    found = model(code, y=Y).mle(seed=1).flat_directions()

    assert found.free == ("t",)
    assert str(found) == "not identified: t"


def test_no_information_without_a_place_for_it(model):
    code = (
        "data { int N; vector[N] x; array[N] int y; } parameters { real a; real b; }"
        "model { y ~ bernoulli_logit(a + b * x); }"
    )
    separated = model(code, N=6, x=[-3, -2, -1, 1, 2, 3], y=[0, 0, 0, 1, 1, 1])

    with pytest.raises(EstimandError, match="no observed information"):
        separated.mle(seed=1, require_converged=False).information()


def test_a_loaded_estimate_has_lost_its_density(gaussian_mle, tmp_path):
    loaded = bw.load(bw.save(gaussian_mle, tmp_path / "mle.bw"))

    with pytest.raises(EstimandError, match="holds no data"):
        loaded.information()
    assert loaded.correlation().equals(gaussian_mle.correlation())
    assert loaded.digits_left == gaussian_mle.digits_left
