"""Marginal estimates of effects that meet through few, against direct integrals."""

from __future__ import annotations

import numpy as np
import pytest
from fixtures.marginal_models import hessian, model, slope
from scipy.optimize import minimize
from scipy.stats import multivariate_normal

from bayeswrap.estimates.results.status import Status

GP_OF_GROUPS = """data { int N; int S; int T; array[N] int s; array[N] int t; vector[N] y; }
transformed data { array[T] real x; for (i in 1:T) x[i] = i; }
parameters { matrix[T, S] z; vector[T] zc; vector[S] zs; real mu; real<lower=0> alpha_c;
  real<lower=0> alpha_s; real<lower=0> l_c; real<lower=0> l_s; real<lower=0> tau;
  real<lower=0> sigma; }
model {
  matrix[T, T] A = cholesky_decompose(gp_exp_quad_cov(x, alpha_c, l_c) + 1e-6 * identity_matrix(T));
  matrix[T, T] B = cholesky_decompose(gp_exp_quad_cov(x, alpha_s, l_s) + 1e-6 * identity_matrix(T));
  vector[T] common = A * zc; matrix[T, S] own = B * z;
  to_vector(z) ~ normal(0, 1); zc ~ normal(0, 1); zs ~ normal(0, 1);
  for (n in 1:N) y[n] ~ normal(mu + tau * zs[s[n]] + common[t[n]] + own[t[n], s[n]], sigma); }"""


def groups(n_groups=6, n_times=8):
    rng = np.random.default_rng(3)
    s, t = np.repeat(np.arange(n_groups), n_times), np.tile(np.arange(n_times), n_groups)
    kernel = np.exp(-0.5 * (np.subtract.outer(np.arange(n_times), np.arange(n_times)) / 2.0) ** 2)
    root = np.linalg.cholesky(kernel + 1e-9 * np.eye(n_times))
    own = 0.5 * root @ rng.normal(size=(n_times, n_groups))
    y = 0.8 * (root @ rng.normal(size=n_times))[t] + own[t, s] + rng.normal(0, 0.4, n_groups)[s]
    y = y + rng.normal(0, 0.2, y.size)
    data = {"N": y.size, "S": n_groups, "T": n_times, "s": s + 1, "t": t + 1, "y": y}

    def log_likelihood(p):
        mu, alpha_c, alpha_s, l_c, l_s, tau, sigma = p
        apart = np.subtract.outer(t, t).astype(float)
        same = np.equal.outer(s, s)
        jitter = 1e-6 * (apart == 0)
        covariance = alpha_c**2 * np.exp(-0.5 * (apart / l_c) ** 2) + jitter
        covariance += same * (alpha_s**2 * np.exp(-0.5 * (apart / l_s) ** 2) + jitter + tau**2)
        covariance += sigma**2 * np.eye(y.size)
        return multivariate_normal(np.full(y.size, mu), covariance).logpdf(y)

    return data, log_likelihood


def test_a_process_of_each_group_beside_a_common_one():
    data, log_likelihood = groups()

    mle = model(GP_OF_GROUPS, data).mle(marginal=True, seed=1)

    names = ["mu", "alpha_c", "alpha_s", "l_c", "l_s", "tau", "sigma"]
    table = mle.to_frame(derived=True).loc[names]
    at = table["estimate"].to_numpy()
    assert mle.status is Status.CONVERGED
    assert mle.log_likelihood == pytest.approx(log_likelihood(at), abs=1e-7)
    covariance = np.linalg.inv(-hessian(log_likelihood, at, 1e-3 * np.abs(at)))
    rise = slope(log_likelihood, at, 1e-3 * np.abs(at))
    assert np.sqrt(rise @ covariance @ rise) < 1e-4  # standard errors that are left
    np.testing.assert_allclose(table["se"], np.sqrt(np.diag(covariance)), rtol=2e-3)


CAPTURES = """data { int I; int T; array[I, T] int y; array[I] int first; array[I] int last; }
parameters { real<lower=0, upper=1> mean_phi; real<lower=0, upper=1> p; vector[T - 1] e;
  real<lower=0, upper=5> s; }
model { e ~ normal(0, s);
  for (i in 1:I) {
    vector[T] chi;
    chi[T] = 1;
    for (k in 1:(T - 1)) { int t = T - k; real phi = inv_logit(logit(mean_phi) + e[t]);
      chi[t] = 1 - phi + phi * (1 - p) * chi[t + 1]; }
    for (t in (first[i] + 1):last[i])
      target += log(inv_logit(logit(mean_phi) + e[t - 1])) + (y[i, t] ? log(p) : log1m(p));
    target += log(chi[last[i]]); } }"""


def captures():
    """Return animals seen rarely, over so many years that the first and last hardly meet."""
    rng = np.random.default_rng(1)
    n_animals, n_years = 40, 30
    effect = rng.normal(0, 0.8, n_years - 1)
    y = np.zeros((n_animals, n_years), dtype=int)
    for i in range(n_animals):
        born = rng.integers(0, 10)
        y[i, born], alive = 1, True
        for t in range(born + 1, n_years):
            alive = alive and rng.random() < 1 / (1 + np.exp(-2.0 - effect[t - 1]))
            y[i, t] = alive and rng.random() < 0.15
    first = y.argmax(axis=1)
    last = n_years - 1 - y[:, ::-1].argmax(axis=1)
    return {"I": n_animals, "T": n_years, "y": y, "first": first + 1, "last": last + 1}


def laplace_of_captures(data, mean_phi, p, s):
    """Return Laplace's approximation, by an optimizer and a Hessian of differences of its own."""
    y, first, last = data["y"], data["first"] - 1, data["last"] - 1
    n_years = y.shape[1]
    seen = sum(int(y[i, first[i] + 1 : last[i] + 1].sum()) for i in range(len(y)))
    missed = int((last - first).sum()) - seen
    alive = np.array([((first <= t) & (t < last)).sum() for t in range(n_years - 1)])

    def slope_and_value(e):
        x = np.log(mean_phi / (1 - mean_phi)) + e
        phi = 1 / (1 + np.exp(-x))
        chi = np.ones(n_years)
        slopes = np.zeros((n_years, n_years - 1))
        for t in range(n_years - 2, -1, -1):
            chi[t] = 1 - phi[t] + phi[t] * (1 - p) * chi[t + 1]
            slopes[t] = phi[t] * (1 - p) * slopes[t + 1]
            slopes[t, t] = phi[t] * (1 - phi[t]) * ((1 - p) * chi[t + 1] - 1)
        value = alive @ np.log(phi) + seen * np.log(p) + missed * np.log1p(-p)
        value += np.log(chi[last]).sum() - 0.5 * (e @ e) / s**2
        value -= (n_years - 1) * (np.log(s) + 0.5 * np.log(2 * np.pi))
        slope = alive * (1 - phi) + (slopes[last] / chi[last, np.newaxis]).sum(axis=0) - e / s**2
        return value, slope

    mode = minimize(
        lambda e: tuple(-v for v in slope_and_value(e)),
        np.zeros(n_years - 1),
        jac=True,
        method="BFGS",
        options={"gtol": 1e-9},
    ).x
    h = 1e-4
    hessian = np.array(
        [
            (slope_and_value(mode + h * e)[1] - slope_and_value(mode - h * e)[1]) / (2 * h)
            for e in np.eye(n_years - 1)
        ]
    )
    determinant = np.linalg.slogdet(-(hessian + hessian.T) / 2)[1]
    return slope_and_value(mode)[0] + 0.5 * (n_years - 1) * np.log(2 * np.pi) - 0.5 * determinant


def test_survival_that_varies_by_year():
    data = captures()

    mle = model(CAPTURES, data).mle(marginal=True, seed=1, require_converged=False)

    at = np.array([mle["mean_phi"], mle["p"], max(mle["s"], 1e-3)])
    assert mle.status.is_estimate
    assert mle.log_likelihood == pytest.approx(laplace_of_captures(data, *at), abs=1e-5)
    for beside in (*(at + 0.01 * np.eye(3)[:2]), *(at - 0.01 * np.eye(3)[:2])):
        assert laplace_of_captures(data, *beside) < mle.log_likelihood
