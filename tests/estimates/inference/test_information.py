"""Observed information, correlation and condition against closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

import bayeswrap as bw
from bayeswrap.errors import EstimandError
from bayeswrap.estimates.results.status import Status

Y = np.array([4.2, 5.1, 3.8, 6.0, 5.5, 4.9, 5.2, 4.4])


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
