"""Programs whose data leave nothing to estimate in some direction: what is right by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import optimize, special, stats

from bayeswrap.errors import ConvergenceError
from bayeswrap.estimates.results.status import Status

DIRICHLET = (
    "data { int K; array[K] int y; } parameters { vector<lower=0>[K] a; }"
    "model { y ~ dirichlet_multinomial(a); }"
)
INFLATED = (
    "data { int N; array[N] int y; }"
    "parameters { real<lower=0, upper=1> p; real<lower=0> rate; }"
    "model { for (n in 1:N) {"
    "  if (y[n] == 0) target += log_mix(p, 0, poisson_lpmf(0 | rate));"
    "  else target += log1m(p) + poisson_lpmf(y[n] | rate); } }"
)
HURDLE = (
    "data { int N; array[N] int y; }"
    "parameters { real<lower=0, upper=1> p; real<lower=0> rate; }"
    "model { for (n in 1:N) { if (y[n] == 0) target += log(p);"
    "  else target += log1m(p) + poisson_lpmf(y[n] | rate) - log1m_exp(-rate); } }"
)
ONE_GROUP = (
    "data { int N; int J; array[N] int g; vector[N] y; }"
    "parameters { real mu; real<lower=0> tau; real<lower=0> s; vector[J] u; }"
    "model { mu ~ normal(0, 5); tau ~ normal(0, 1); s ~ normal(0, 2);"
    "  u ~ normal(0, tau); y ~ normal(mu + u[g], s); }"
)
PROBIT = (
    "data { int N; array[N] int y; vector[N] x; vector[N] shift; } parameters { real a; real b; }"
    "model { y ~ bernoulli(Phi(shift + a + b * x)); }"
)
TWO_CATEGORIES = (
    "data { int N; array[N] int y; vector[N] x; } parameters { real b; ordered[1] c; }"
    "model { y ~ ordered_logistic(b * x, c); }"
)
AUTOREGRESSION = (
    "data { int N; vector[N] y; }"
    "parameters { real a; real<lower=-1, upper=1> r; real<lower=0> s; }"
    "model { y[2:N] ~ normal(a + r * y[1:(N - 1)], s); }"
)
X = np.linspace(-1.5, 1.5, 30)


@pytest.mark.parametrize(
    "counts", [[10, 2, 5, 7], pytest.param([10, 0, 5, 7], marks=pytest.mark.slow)]
)
def test_one_row_of_counts_is_multinomial_in_the_limit(model, counts):
    with pytest.raises(ConvergenceError) as raised:
        model(DIRICHLET, K=4, y=counts).mle()

    limit = raised.value.estimate.limit
    ends = {f"a[{k}]": np.inf if n else 0.0 for k, n in enumerate(counts, start=1)}
    assert limit.parameters == ends
    assert limit.names == ()  # no size of one parameter is left to estimate
    shares = np.array(counts) / sum(counts)
    assert limit.log_density == pytest.approx(
        stats.multinomial.logpmf(counts, sum(counts), shares), abs=1e-6
    )


def test_no_zeros_are_no_inflation(model):
    y = (1 + stats.poisson(4).rvs(30, random_state=7)).tolist()

    estimate = model(INFLATED, N=30, y=y).mle()

    assert estimate.status is Status.BOUNDARY
    assert float(estimate["p"]) == 0
    assert float(estimate["rate"]) == pytest.approx(np.mean(y), rel=1e-8)
    error = estimate.to_frame().loc["rate", "se"]
    assert error == pytest.approx(np.sqrt(np.mean(y) / 30), rel=1e-5)


def test_a_hurdle_that_nothing_passes_says_nothing_of_the_rate(model):
    estimate = model(HURDLE, N=25, y=[0] * 25).mle()

    assert estimate.status is Status.BOUNDARY
    assert float(estimate["p"]) == 1
    assert np.isnan(float(estimate["rate"]))
    assert any("depends on rate" in w for w in estimate.warnings)


def test_one_group_has_no_spread_of_groups(model):
    y = stats.norm(2, 1).rvs(20, random_state=7)

    estimate = model(ONE_GROUP, N=20, J=1, g=[1] * 20, y=y.tolist()).mle(marginal=True)

    assert estimate.status is Status.BOUNDARY
    assert float(estimate["tau"]) == 0
    assert float(estimate["mu"]) == pytest.approx(y.mean(), rel=1e-7)
    assert float(estimate["s"]) == pytest.approx(y.std(), rel=1e-6)


def test_separated_outcomes_with_an_offset_have_no_probit_mle(model):
    shift = stats.norm(0, 0.3).rvs(30, random_state=7)

    with pytest.raises(ConvergenceError) as raised:
        model(PROBIT, N=30, y=(X > 0.1).astype(int).tolist(), x=X, shift=shift).mle()

    assert raised.value.estimate.status is Status.AT_INFINITY


def test_two_ordered_categories_are_a_logistic_regression(model):
    y = stats.bernoulli(special.expit(X)).rvs(random_state=7)

    estimate = model(TWO_CATEGORIES, N=30, y=(1 + y).tolist(), x=X).mle()

    def deviance(b):
        eta = b[0] + b[1] * X
        return -np.sum(y * eta - np.log1p(np.exp(eta)))

    best = optimize.minimize(deviance, [0.0, 0.0], tol=1e-12).x
    assert float(estimate["b"]) == pytest.approx(best[1], rel=1e-5)
    assert float(estimate["c"][0]) == pytest.approx(-best[0], rel=1e-5)


def test_a_random_walk_is_a_least_squares_fit_below_one(model):
    y = np.cumsum(stats.norm(0, 1).rvs(80, random_state=7))

    estimate = model(AUTOREGRESSION, N=80, y=y.tolist()).mle()

    design = np.column_stack([np.ones(79), y[:-1]])
    (a, r), rss, *_ = np.linalg.lstsq(design, y[1:])
    assert r < 1
    assert estimate.status is Status.CONVERGED
    assert float(estimate["r"]) == pytest.approx(r, rel=1e-8)
    assert float(estimate["a"]) == pytest.approx(a, rel=1e-6)
    assert float(estimate["s"]) == pytest.approx(np.sqrt(rss[0] / 79), rel=1e-8)
