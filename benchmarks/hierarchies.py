"""Hierarchical programs of hundreds of effects, for the rows on marginal and joint modes."""

from __future__ import annotations

import numpy as np

import bayeswrap as bw

_ITEMS = """data { int N; int K; array[K, N] int y; }
parameters { vector[K] a; vector[N] theta; real<lower=0> slope; }
model { a ~ normal(0, 5); theta ~ normal(0, 1); slope ~ normal(0, 2);
  for (k in 1:K) y[k] ~ bernoulli_logit(slope * theta - a[k]); }"""

_PROCESS = """data { int N; int S; int T; array[N] int s; array[N] int t; vector[N] y; }
transformed data { array[T] real x; for (i in 1:T) x[i] = i; }
parameters { matrix[T, S] z; vector[T] zc; vector[S] zs; real mu; real<lower=0> alpha_c;
  real<lower=0> alpha_s; real<lower=0> l_c; real<lower=0> l_s; real<lower=0> tau;
  real<lower=0> sigma; }
model {
  matrix[T, T] A = cholesky_decompose(gp_exp_quad_cov(x, alpha_c, l_c) + 1e-8 * identity_matrix(T));
  matrix[T, T] B = cholesky_decompose(gp_exp_quad_cov(x, alpha_s, l_s) + 1e-8 * identity_matrix(T));
  vector[T] common = A * zc; matrix[T, S] own = B * z;
  to_vector(z) ~ normal(0, 1); zc ~ normal(0, 1); zs ~ normal(0, 1);
  for (n in 1:N) y[n] ~ normal(mu + tau * zs[s[n]] + common[t[n]] + own[t[n], s[n]], sigma); }"""


def items(persons: int = 1000) -> bw.Model:
    """Return an item response model of five items."""
    rng = np.random.default_rng(1)
    a = np.array([-2.8, -1.0, -0.2, -1.3, -2.1])
    chance = 1 / (1 + np.exp(-(0.8 * rng.normal(size=persons) - a[:, np.newaxis])))
    data = {"N": persons, "K": 5, "y": (rng.random(chance.shape) < chance).astype(int)}
    return bw.Model(bw.Program.from_string(_ITEMS, name="items"), data, engine="stanli")


def processes(groups: int = 45, times: int = 11) -> bw.Model:
    """Return a Gaussian process of each group beside a common one: 551 effects."""
    rng = np.random.default_rng(3)
    s, t = np.repeat(np.arange(groups), times), np.tile(np.arange(times), groups)
    apart = np.subtract.outer(np.arange(times), np.arange(times))
    slow, fast = (
        np.exp(-0.5 * (apart / scale) ** 2) + 1e-9 * np.eye(times) for scale in (4.0, 2.0)
    )
    common = 0.6 * np.linalg.cholesky(slow) @ rng.normal(size=times)
    own = 0.3 * np.linalg.cholesky(fast) @ rng.normal(size=(times, groups))
    y = common[t] + own[t, s] + rng.normal(0, 0.4, groups)[s] + rng.normal(0, 0.2, s.size)
    data = {"N": s.size, "S": groups, "T": times, "s": s + 1, "t": t + 1, "y": y}
    return bw.Model(bw.Program.from_string(_PROCESS, name="processes"), data, engine="stanli")
