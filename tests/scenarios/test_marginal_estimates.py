"""Marginal estimates against lme4, closed forms and brute-force integrals."""

from __future__ import annotations

import json
import pickle

import numpy as np
import pytest
from fixtures.folders import GOLD
from scipy.optimize import minimize
from scipy.special import gammaln, logsumexp
from scipy.stats import multivariate_normal, nbinom

import bayeswrap as bw
from bayeswrap.errors import EstimandError, UnknownNameError, UsageError
from bayeswrap.estimates.marginal_likelihood.latent_variables import latent_variables
from bayeswrap.estimates.problem.estimand import Estimator
from bayeswrap.estimates.results.marginal import Integral
from bayeswrap.estimates.results.status import Status

SLEEP = GOLD / "glm" / "lmm_sleepstudy_intercept"
CENTRED = """
data { int N; int J; vector[N] y; array[N] int g; }
parameters { real mu; real<lower=0> tau; real<lower=0> sigma; vector[J] theta; }
model { theta ~ normal(mu, tau); y ~ normal(theta[g], sigma); }
"""
NONCENTRED = """
data { int N; int J; vector[N] y; array[N] int g; }
parameters { real mu; real<lower=0> tau; real<lower=0> sigma; vector[J] z; }
transformed parameters { vector[J] theta = mu + tau * z; }
model { z ~ std_normal(); y ~ normal(theta[g], sigma); }
"""
OFFSET = CENTRED.replace("vector[J] theta", "vector<offset=mu, multiplier=tau>[J] theta")
SLEEP_CENTRED = """
data { int N; int P; int J; matrix[N, P] X; vector[N] y; array[N] int g; }
parameters { vector[P] beta; real<lower=0> tau; real<lower=0> sigma; vector[J] u; }
model { u ~ normal(0, tau); y ~ normal(X * beta + u[g], sigma); }
"""
SLEEP_NONCENTRED = SLEEP_CENTRED.replace("u ~ normal(0, tau)", "u ~ std_normal()").replace(
    "+ u[g]", "+ tau * u[g]"
)
SCHOOLS = """
data { int J; vector[J] y; vector<lower=0>[J] s; }
parameters { real mu; real<lower=0> tau; vector[J] theta; }
model { theta ~ normal(mu, tau); y ~ normal(theta, s); }
"""
EIGHT = {
    "J": 8,
    "y": np.array([28, 8, -3, 7, -1, 1, 18, 12]),
    "s": np.array([15, 10, 16, 11, 9, 11, 10, 18]),
}
# Davies & Goldsmith 1972: yield of dyestuff, six batches of five
DYESTUFF = {
    "N": 30,
    "J": 6,
    "g": np.repeat(np.arange(1, 7), 5),
    "y": np.array(
        [
            *(1545, 1440, 1440, 1520, 1580, 1540, 1555, 1490, 1560, 1495),
            *(1595, 1550, 1605, 1510, 1560, 1445, 1440, 1595, 1465, 1545),
            *(1595, 1630, 1515, 1635, 1625, 1520, 1455, 1450, 1480, 1445),
        ]
    ),
}


def model(code, data, **keywords):
    return bw.Model(bw.Program.from_string(code), data, engine="stanli", **keywords)


def maximum(function, start):
    """Return maximum, value and standard errors of a log likelihood, by Newton's method."""

    def downhill(p):
        with np.errstate(all="ignore"):
            value = function(p)
        return -value if np.isfinite(value) else 1e10

    x = minimize(downhill, start, method="BFGS", options={"gtol": 1e-7}).x
    step = np.full(x.size, 1e-3)
    for _ in range(8):
        covariance = np.linalg.inv(-hessian(function, x, step))
        step = 1e-2 * np.sqrt(np.diag(covariance))
        x = x + covariance @ slope(function, x, step / 3)
    fourth = (4 * hessian(function, x, step) - hessian(function, x, 2 * step)) / 3
    return x, function(x), np.sqrt(np.diag(np.linalg.inv(-fourth)))


def slope(f, x, step):
    e = np.diag(step)
    return np.array([(8 * (f(x + d) - f(x - d)) - f(x + 2 * d) + f(x - 2 * d)) for d in e]) / (
        12 * step
    )


def hessian(f, x, step):
    e = np.diag(step)
    cross = [[f(x + a + b) - f(x + a - b) - f(x - a + b) + f(x - a - b) for a in e] for b in e]
    return np.array(cross) / (4 * np.outer(step, step))


def assert_is(estimate, names, truth, *, estimates=1e-5, errors=1e-5, value=1e-7):
    """Hold an estimate against (maximum, value, standard errors)."""
    table = estimate.to_frame(derived=True).loc[list(names)]
    np.testing.assert_array_less(
        np.abs(table["estimate"].to_numpy() - truth[0]), estimates * np.asarray(truth[2])
    )
    np.testing.assert_allclose(table["se"], truth[2], rtol=errors)
    assert estimate.log_likelihood == pytest.approx(truth[1], abs=value)


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


def test_table_shows_conditional_deviations_and_no_standard_error_of_effects():
    mle = model(CENTRED, DYESTUFF).mle(marginal=True, seed=1)

    table = mle.to_frame()

    assert table.loc["theta[1]", "se":"ci_upper"].drop("sd_conditional").isna().all()
    assert table.loc["theta[1]", "sd_conditional"] == mle.effects.loc["theta[1]", "sd"]
    assert "integrated out" in table.loc["theta[1]", "note"]
    assert table.loc[["mu", "tau"], "sd_conditional"].isna().all()
    assert mle.covariance().loc["mu", "mu"] == pytest.approx(table.loc["mu", "se"] ** 2)


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


def test_crossed_effects_are_a_multivariate_normal():
    rng = np.random.default_rng(1)
    a, b = np.repeat(np.arange(12), 5), np.tile(np.arange(5), 12)
    y = 20 + rng.normal(0, 1, 12)[a] + rng.normal(0, 2, 5)[b] + rng.normal(0, 0.6, a.size)
    code = """data { int N; vector[N] y; array[N] int a; array[N] int b; }
    parameters { real mu; real<lower=0> s; real<lower=0> t; real<lower=0> sigma;
                 vector[12] u; vector[5] v; }
    model { u ~ normal(0, s); v ~ normal(0, t); y ~ normal(mu + u[a] + v[b], sigma); }"""

    def log_likelihood(p):
        covariance = p[1] ** 2 * (a[:, None] == a) + p[2] ** 2 * (b[:, None] == b)
        return multivariate_normal.logpdf(
            y, np.full(y.size, p[0]), covariance + p[3] ** 2 * np.eye(y.size)
        )

    mle = model(code, {"N": y.size, "y": y, "a": a + 1, "b": b + 1}).mle(marginal=True, seed=1)

    truth = maximum(log_likelihood, np.array([20, 1, 2, 0.6]))
    assert_is(mle, ["mu", "s", "t", "sigma"], truth)


SLOPES = """data { int N; int J; vector[N] x; vector[N] y; array[N] int g; }
parameters { vector[2] beta; vector<lower=0>[2] tau; cholesky_factor_corr[2] L;
             real<lower=0> sigma; array[J] vector[2] u; }
transformed parameters { real rho = L[2, 1]; }
model { u ~ multi_normal_cholesky(rep_vector(0, 2), diag_pre_multiply(tau, L));
        for (i in 1:N) y[i] ~ normal(beta[1] + u[g[i]][1] + (beta[2] + u[g[i]][2]) * x[i], sigma); }
"""
SLOPES_NONCENTRED = """data { int N; int J; vector[N] x; vector[N] y; array[N] int g; }
parameters { vector[2] beta; vector<lower=0>[2] tau; cholesky_factor_corr[2] L;
             real<lower=0> sigma; matrix[2, J] z; }
transformed parameters { real rho = L[2, 1]; matrix[2, J] u = diag_pre_multiply(tau, L) * z; }
model { to_vector(z) ~ std_normal();
        y ~ normal(beta[1] + beta[2] * x + to_vector(u[1, g]) + to_vector(u[2, g]) .* x, sigma); }
"""


@pytest.mark.parametrize("code", [SLOPES, SLOPES_NONCENTRED])
def test_correlated_intercepts_and_slopes(code):
    data = json.loads((SLEEP / "data.json").read_text())
    x, y = np.array(data["X"])[:10, 1], np.reshape(data["y"], (18, 10))

    def log_likelihood(p):
        between = p[4] * p[2] * p[3]
        covariance = np.array([[p[2] ** 2, between], [between, p[3] ** 2]])
        z = np.column_stack([np.ones(10), x])
        whole = z @ covariance @ z.T + p[5] ** 2 * np.eye(10)
        return multivariate_normal.logpdf(y, p[0] + p[1] * x, whole).sum()

    joint = {"N": 180, "J": 18, "x": np.tile(x, 18), "y": y.ravel(), "g": data["g"]}
    mle = model(code, joint).mle(marginal=True, seed=1)

    truth = maximum(log_likelihood, np.array([251.4, 10.5, 24, 5.7, 0.08, 25.6]))
    # lme4's log likelihood of Reaction ~ Days + (Days | Subject)
    assert truth[1] == pytest.approx(-875.9697, abs=5e-5)
    assert_is(mle, ["beta[1]", "beta[2]", "tau[1]", "tau[2]", "rho", "sigma"], truth)


def test_correlation_of_one_is_a_boundary():
    rng = np.random.default_rng(3)
    x, u = np.tile(np.arange(4) - 1.5, 12), np.repeat(rng.normal(size=12), 4)
    y = 3 + u * (1 + 0.8 * x) + rng.normal(0, 0.5, 48)
    code = """data { int N; vector[N] x; vector[N] y; array[N] int g; }
    parameters { vector[2] b; vector<lower=0>[2] tau; real<lower=-1, upper=1> rho;
                 real<lower=0> sigma; matrix[2, 12] z; }
    model { to_vector(z) ~ std_normal();
      for (i in 1:N) y[i] ~ normal(b[1] + tau[1] * z[1, g[i]]
        + (b[2] + tau[2] * (rho * z[1, g[i]] + sqrt(1 - rho^2) * z[2, g[i]])) * x[i], sigma); }"""

    def log_likelihood(p):
        loading = p[2] + p[3] * x[:4]
        covariance = np.outer(loading, loading) + p[4] ** 2 * np.eye(4)
        return multivariate_normal.logpdf(y.reshape(12, 4), p[0] + p[1] * x[:4], covariance).sum()

    data = {"N": 48, "x": x, "y": y, "g": np.repeat(np.arange(1, 13), 4)}
    mle = model(code, data).mle(marginal=True, seed=1)

    assert mle.status is Status.BOUNDARY
    assert mle["rho"] == 1
    truth = maximum(log_likelihood, np.array([3, 0, 1, 0.8, 0.5]))
    assert_is(mle, ["b[1]", "b[2]", "tau[1]", "tau[2]", "sigma"], truth)


def test_long_time_series_is_that_of_the_kalman_filter():
    rng = np.random.default_rng(4)
    x = np.zeros(450)
    for t in range(1, x.size):
        x[t] = 0.8 * x[t - 1] + rng.normal(0, 0.5)
    y = x + rng.normal(0, 0.7, x.size)
    code = """data { int T; vector[T] y; }
    parameters { real<lower=-1, upper=1> phi; real<lower=0> q; real<lower=0> r; vector[T] x; }
    model { x[1] ~ normal(0, q / sqrt(1 - phi^2)); x[2:T] ~ normal(phi * x[1:(T - 1)], q);
            y ~ normal(x, r); }"""

    def log_likelihood(p):
        mean, variance, total = 0.0, p[1] ** 2 / (1 - p[0] ** 2), 0.0
        for seen in y:
            whole = variance + p[2] ** 2
            total -= 0.5 * (np.log(2 * np.pi * whole) + (seen - mean) ** 2 / whole)
            gain = variance / whole
            mean = p[0] * (mean + gain * (seen - mean))
            variance = p[0] ** 2 * variance * (1 - gain) + p[1] ** 2
        return total

    mle = model(code, {"T": y.size, "y": y}).mle(marginal=True, seed=1)

    assert_is(mle, ["phi", "q", "r"], maximum(log_likelihood, np.array([0.8, 0.5, 0.7])))


def binomial_groups():
    """Return a program, its data, and the exact log likelihood by Gauss-Hermite quadrature."""
    rng = np.random.default_rng(3)
    g, period = np.repeat(np.arange(15), 4), np.tile(np.arange(4), 15)
    x = (period[:, None] == np.arange(1, 4)).astype(float)
    size, effect = rng.integers(3, 25, g.size), rng.normal(0, 0.7, 15)
    logit = -1.4 + x @ [-0.9, -1.1, -1.5] + effect[g]
    y = rng.binomial(size, 1 / (1 + np.exp(-logit)))
    code = """data { int N; int J; int P; matrix[N, P] X; array[N] int y; array[N] int n;
      array[N] int g; }
    parameters { real a; vector[P] b; real<lower=0> tau; vector[J] u; }
    model { u ~ normal(0, tau); y ~ binomial_logit(n, a + X * b + u[g]); }"""
    chosen = (gammaln(size + 1) - gammaln(y + 1) - gammaln(size - y + 1)).sum()
    nodes, weights = np.polynomial.hermite.hermgauss(60)

    def log_likelihood(p):
        fixed, total = (p[0] + x @ p[1:4]).reshape(15, 4, 1), chosen
        seen, trials = y.reshape(15, 4, 1), size.reshape(15, 4, 1)
        u = np.zeros((15, 1, 1))
        for _ in range(40):
            share = 1 / (1 + np.exp(-fixed - u))
            first = (seen - trials * share).sum(axis=1, keepdims=True) - u / p[4] ** 2
            second = (trials * share * (1 - share)).sum(axis=1, keepdims=True) + 1 / p[4] ** 2
            u = u + first / second
        at = u + np.sqrt(2 / second) * nodes
        logs = (seen * (fixed + at) - trials * np.logaddexp(0, fixed + at)).sum(axis=1)
        logs = logs - 0.5 * (at[:, 0] / p[4]) ** 2 - np.log(p[4]) - 0.5 * np.log(2 * np.pi)
        logs = logsumexp(logs + nodes**2 + np.log(weights), axis=1)
        return total + (logs + 0.5 * np.log(2 / second[:, 0, 0])).sum()

    data = {"N": g.size, "J": 15, "P": 3, "X": x, "y": y, "n": size, "g": g + 1}
    return model(code, data), log_likelihood


def test_binomial_groups_by_laplace_and_by_quadrature():
    groups, log_likelihood = binomial_groups()
    truth = maximum(log_likelihood, np.array([-1.2, -0.8, -1.3, -1.5, 0.6]))
    names = ["a", "b[1]", "b[2]", "b[3]", "tau"]

    laplace = groups.mle(marginal=True, seed=1)
    quadrature = groups.mle(marginal=True, quadrature=20, seed=1)

    assert_is(laplace, names, truth, estimates=0.05, errors=0.05, value=0.1)
    assert laplace.title == "marginal MLE (Laplace)"
    assert any("Laplace approximation" in w and "quadrature" in w for w in laplace.warnings)
    assert_is(quadrature, names, truth)
    assert quadrature.title == "marginal MLE (quadrature)"
    assert quadrature.record.options["integral"] == "quadrature"
    assert quadrature.warnings == ()


def test_positive_effects_are_integrated_on_their_own_scale():
    """A gamma mixture of Poisson counts is negative binomial, constants and Jacobian included."""
    rng = np.random.default_rng(5)
    y = rng.poisson(rng.gamma(4, 2, 40))
    code = """data { int N; array[N] int y; }
    parameters { real<lower=0> a; real<lower=0> b; vector<lower=0>[N] rate; }
    model { rate ~ gamma(a, b); y ~ poisson(rate); }"""

    mle = model(code, {"N": 40, "y": y}).mle(marginal=True, quadrature=40, seed=1)

    truth = maximum(lambda p: nbinom.logpmf(y, p[0], p[1] / (1 + p[1])).sum(), np.array([4, 0.5]))
    assert_is(mle, ["a", "b"], truth)
    assert (mle["rate"] > 0).all()


def test_many_groups_of_counts_take_seconds():
    rng = np.random.default_rng(6)
    g, x = np.repeat(np.arange(500), 10), rng.normal(size=5000)
    y = rng.poisson(np.exp(0.5 + 0.3 * x + rng.normal(0, 0.7, 500)[g]))
    code = """data { int N; int J; vector[N] x; array[N] int y; array[N] int g; }
    parameters { real a; real b; real<lower=0> tau; vector[J] u; }
    model { u ~ normal(0, tau); y ~ poisson_log(a + b * x + u[g]); }"""
    counts = model(code, {"N": 5000, "J": 500, "x": x, "y": y, "g": g + 1})

    mle = counts.mle(marginal=True, seed=1)

    # gradients, not seconds, so that a busy machine does not fail: a dense Hessian takes 2,000
    # gradients for each of some hundred points
    assert counts.density.of(mle.problem.parts).evaluations < 15_000
    assert abs(mle["tau"] - 0.7) < 5 * mle.to_frame().loc["tau", "se"]
    assert mle.marginal.integral is Integral.LAPLACE
    assert len(mle.effects) == 500


MISSING = """data { int n; int m; vector[n] y_obs; }
parameters { real mu; real<lower=0> sigma; vector[m] y_mis; }
"""
MERGED = [
    """transformed parameters { vector[n + m] y = append_row(y_obs, y_mis); }
    model { mu ~ normal(0, 10); y ~ normal(mu, sigma); }""",
    "model { vector[n + m] y; y[1:n] = y_obs; y[(n + 1):(n + m)] = y_mis; y ~ normal(mu, sigma); }",
    "model { y_obs ~ normal(mu, sigma); y_mis ~ normal(mu, sigma); }",
]


@pytest.mark.parametrize("code", MERGED)
def test_missing_data_leave_the_likelihood_of_the_observed(code):
    y = np.array([4.2, 5.1, 3.8, 6.0, 5.5, 4.9, 5.2, 4.4])

    mle = model(MISSING + code, {"n": 8, "m": 3, "y_obs": y}).mle(marginal=True, seed=1)

    sd = y.std()
    truth = [y.mean(), sd], -4 * np.log(2 * np.pi * sd**2) - 4, [sd / 8**0.5, sd / 4]
    assert_is(mle, ["mu", "sigma"], truth)
    np.testing.assert_allclose(
        mle.effects.filter(like="y_mis", axis=0), [[y.mean(), sd]] * 3, rtol=1e-7
    )


# a residual holds data too, but nothing is missing
RESIDUAL = """data { vector[3] y; } parameters { real mu; vector[3] m; }
model { vector[3] e = y - mu; e ~ normal(0, 1); }"""
# a population without a density names its scale beside its effects
WITHOUT_DENSITY = """data { vector[3] y; } parameters { real<lower=0> t; vector[3] v; }
model { target += -3 * log(t) - 0.5 * dot_self(v) / t^2; // population
y ~ normal(v, 1); }"""


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (CENTRED, ("theta",)),
        (NONCENTRED, ("z",)),
        *[(MISSING + code, ("y_mis",)) for code in MERGED],
        (RESIDUAL, ()),
        (WITHOUT_DENSITY, ("v",)),
    ],
)
def test_latent_variables_are_found(code, expected):
    assert latent_variables(bw.Program.from_string(code)) == expected


def test_without_latent_variables_it_is_the_mle_with_a_note():
    plain = model("data { vector[8] y; } parameters { real mu; } model { y ~ normal(mu, 1); }",
                  {"y": EIGHT["y"]})  # fmt: skip

    mle = plain.mle(marginal=True, seed=1)

    assert mle.log_likelihood == plain.mle(seed=1).log_likelihood
    assert mle.title == "MLE"
    assert any("no latent variables" in w for w in mle.warnings)
    assert mle.effects.empty


def test_the_joint_mle_is_refused_with_the_marginal_one_on_offer():
    with pytest.raises(EstimandError, match=r"mle\(marginal=True\)"):
        model(CENTRED, DYESTUFF).mle(seed=1)


@pytest.mark.parametrize(
    ("keywords", "error", "match"),
    [
        ({"marginal": ["tehta"]}, UnknownNameError, "tehta"),
        ({"marginal": True, "joint": True}, UsageError, "both"),
        ({"quadrature": 32}, UsageError, "marginal=True"),
        ({"marginal": True, "quadrature": 2}, UsageError, "too few nodes"),
        ({"marginal": ["theta", "mu"], "quadrature": 32}, UsageError, "independent"),
    ],
)
def test_what_cannot_be_integrated_says_why(keywords, error, match):
    with pytest.raises(error, match=match):
        model(CENTRED, DYESTUFF).mle(seed=1, **keywords)


def test_effects_under_a_doubtful_prior_are_asked_for():
    code = """data { int N; vector[N] y; array[N] int g; }
    parameters { real<lower=0> tau; vector[6] z; }
    model { z ~ std_normal(); y ~ normal(tau * z[g], tau); }"""
    data = {k: DYESTUFF[k] for k in ("N", "y", "g")}

    with pytest.raises(EstimandError, match=r'roles=\{"3": "population"\}'):
        model(code, data).mle(marginal=["z"], seed=1)


def test_an_effect_that_is_not_named_is_maximised_with_a_warning():
    code = CENTRED.replace("vector[J] theta;", "vector[J] theta; vector[J] v;")
    code = code.replace("model { theta ~ normal(mu, tau);", "model { theta ~ normal(0, tau);")
    code = code.replace("y ~ normal(theta[g],", "v ~ normal(mu, 20); y ~ normal(theta[g] + v[g],")

    found = model(code, DYESTUFF).mle(marginal="theta", require_converged=False, seed=1)

    assert any("v not integrated out" in w for w in found.warnings)


def test_parameters_that_only_a_prior_knows_are_flat():
    code = CENTRED.replace("parameters {", "parameters { real extra;")
    code = code.replace("model {", "model { extra ~ normal(0, 1);")

    mle = model(code, DYESTUFF).mle(marginal=True, seed=1)

    assert -2 * mle.log_likelihood == pytest.approx(327.3271, abs=5e-5)
    assert "extra" in mle.warnings[-1]


def test_initial_values_are_taken():
    mle = model(CENTRED, DYESTUFF).mle(marginal=True, inits={"tau": 30, "mu": 1500}, seed=1)

    assert mle["tau"] == pytest.approx(37.260, abs=5e-4)


def test_a_marginal_estimate_is_saved_and_pickled_whole(tmp_path):
    mle = model(CENTRED, DYESTUFF).mle(marginal=True, seed=1)

    again = bw.load(bw.save(mle, tmp_path / "mle.bw"))

    assert again.title == pickle.loads(pickle.dumps(mle)).title == "marginal MLE (exact)"
    assert again.marginal.integral is Integral.EXACT
    assert again.to_frame().equals(mle.to_frame())
    assert again.effects.equals(mle.effects)


def test_a_comparison_of_marginal_modes_knows_no_joint_mode():
    code = CENTRED.replace("model {", "model { tau ~ exponential(0.02);")
    dyestuff = model(code, DYESTUFF)

    comparison = bw.compare(
        dyestuff.mle(marginal=True, seed=1), dyestuff.map(marginal=True, seed=1)
    )

    assert "joint_mode_degenerate" not in {c.code for c in comparison.verdict.checks}
