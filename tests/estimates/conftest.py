"""Small programs evaluated in this process: nothing is compiled."""

from __future__ import annotations

import functools
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy.special import expit

import bayeswrap as bw

if TYPE_CHECKING:
    from collections.abc import Callable

    from bayeswrap.estimates import PointEstimate


@pytest.fixture(scope="session")
def model() -> Callable[..., bw.Model]:
    """Return a maker of models of a program's text and its data, evaluated by stanli."""

    @functools.cache
    def made(code: str, data: str) -> bw.Model:
        program = bw.Program.from_string(code, name="test")
        return bw.Model(program, json.loads(data), engine="stanli")

    def make(code: str, **data: Any) -> bw.Model:
        plain = {k: np.asarray(v).tolist() for k, v in data.items()}
        return made(code, json.dumps(plain, sort_keys=True))

    return make


@pytest.fixture(scope="session")
def bernoulli(model: Callable[..., bw.Model]) -> bw.Model:
    """CmdStan's own example: two successes of ten, beta(1, 1)."""
    return model(
        "data { int N; array[N] int y; } parameters { real<lower=0, upper=1> theta; }"
        "model { theta ~ beta(1, 1); y ~ bernoulli(theta); }",
        N=10,
        y=[0, 1, 0, 0, 0, 0, 0, 0, 0, 1],
    )


@pytest.fixture(scope="session")
def gaussian(model: Callable[..., bw.Model]) -> Callable[[Any], bw.Model]:
    """Return a maker of Gaussian samples with flat mean and sd, and derived quantities."""
    code = (
        "data { int N; vector[N] y; } parameters { real mu; real<lower=0> sigma; }"
        "transformed parameters { real variance = sigma^2; real cv = sigma / mu; }"
        "model { y ~ normal(mu, sigma); }"
        "generated quantities { real z = normal_rng(mu, sigma); int k = 3; real log_cv = log(cv); }"
    )

    def make(y: Any) -> bw.Model:
        return model(code, N=len(y), y=y)

    return make


@pytest.fixture(scope="session")
def gaussian_mle(model: Callable[..., bw.Model]) -> PointEstimate:
    """Return the MLE of eight measurements, whose log likelihood stands in the program."""
    code = (
        "data { int N; vector[N] y; } parameters { real mu; real<lower=0> sigma; }"
        "model { y ~ normal(mu, sigma); } generated quantities { vector[N] log_lik;"
        "for (i in 1:N) log_lik[i] = normal_lpdf(y[i] | mu, sigma); }"
    )
    return model(code, N=8, y=[4.2, 5.1, 3.8, 6.0, 5.5, 4.9, 5.2, 4.4]).mle(seed=1)


@pytest.fixture(scope="session")
def logit(model: Callable[..., bw.Model]) -> tuple[PointEstimate, np.ndarray, np.ndarray]:
    """Return the MLE of a logistic regression with its log likelihood, and its data."""
    code = (
        "data { int N; matrix[N, 3] X; array[N] int y; } parameters { vector[3] b; }"
        "model { y ~ bernoulli_logit(X * b); } generated quantities { vector[N] log_lik;"
        "for (i in 1:N) log_lik[i] = bernoulli_logit_lpmf(y[i] | X[i] * b); }"
    )
    rng = np.random.default_rng(2)
    x = np.column_stack([np.ones(60), rng.normal(size=(60, 2))])
    y = (rng.uniform(size=60) < expit(x @ [0.2, 1.0, -0.5])).astype(int)
    return model(code, N=60, X=x, y=y).mle(seed=1), x, y


@pytest.fixture(scope="session")
def schools(model: Callable[..., bw.Model]) -> Callable[..., bw.Model]:
    """Return a maker of the eight schools, centred: with what prior, and how many of them."""
    code = (
        "data { int J; vector[J] y; vector[J] s; }"
        "parameters { real mu; real<lower=0> tau; vector[J] theta; }"
        "model { PRIOR theta ~ normal(mu, tau); y ~ normal(theta, s); }"
    )
    effects, errors = [28.0, 8, -3, 7, -1, 1, 18, 12], [15.0, 10, 16, 11, 9, 11, 10, 18]

    def make(prior: str = "", groups: int = 8) -> bw.Model:
        own = {"J": groups, "y": effects[:groups], "s": errors[:groups]}
        return model(code.replace("PRIOR", prior), **own)

    return make


@pytest.fixture(scope="session")
def regression(model: Callable[..., bw.Model]) -> Callable[..., bw.Model]:
    """Return a maker of regressions: a prior, a density of the outcome, a design, the outcome."""
    code = (
        "data { int N; int K; matrix[N, K] X; vector[N] y; }"
        "parameters { vector[K] beta; real<lower=0> sigma; }"
    )

    def make(
        x: np.ndarray, y: np.ndarray, prior: str = "", density: str = "normal(X * beta, sigma)"
    ) -> bw.Model:
        whole = f"{code} model {{ {prior} y ~ {density}; }}"
        return model(whole, N=x.shape[0], K=x.shape[1], X=x, y=y)

    return make
