"""Sandwich and outer-product covariances against closed forms, and what they need."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from bayeswrap.errors import EstimandError, UsageError

Y = np.array([4.2, 5.1, 3.8, 6.0, 5.5, 4.9, 5.2, 4.4])


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


def test_a_wrong_pointwise_likelihood_is_found_out(model, gaussian_mle):
    wrong = gaussian_mle.problem.program.source.replace("| mu, sigma); }", "| mu + 1, sigma); }")

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


def test_a_map_has_no_sandwich(model, gaussian_mle):
    with pytest.raises(EstimandError, match="belongs to a verified MLE"):
        model(gaussian_mle.problem.program.source, N=8, y=Y).map(seed=1).covariance("sandwich")


def test_kinds_are_named(gaussian_mle):
    with pytest.raises(UsageError, match="kind of covariance"):
        gaussian_mle.covariance("robust")
