"""Whether a maximum depends on the seed: thirteen programs, seeds 1 to 20, both engines.

python benchmarks/seeds.py [--engine stanli] [--seeds 20] [--only mixture]
One line a program: how many statuses and how many heights were seen, the spread of the maximum in
units of its own rounding, and which share of the runs of Stan's own optimizer ended elsewhere. A
run ends elsewhere where it fails, or stops more than 0.01 nats below the maximum.
"""

from __future__ import annotations

import argparse
import warnings
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

import bayeswrap as bw
from bayeswrap.errors import BayeswrapError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate

_BELOW = 0.01  # nats


@dataclass(frozen=True)
class Case:
    """A program with simulated data, and the estimate that is asked for."""

    code: str
    data: Callable[[np.random.Generator], dict[str, object]]
    options: dict[str, object] = field(default_factory=dict)
    verb: str = "mle"


def _regression(rng: np.random.Generator) -> dict[str, object]:
    x = rng.normal(size=(60, 3))
    return {"N": 60, "K": 3, "X": x, "y": 3 + x @ [0.5, -1, 0] + rng.normal(size=60)}


def _groups(rng: np.random.Generator) -> dict[str, object]:
    group = np.repeat(np.arange(1, 13), 6)
    y = rng.normal(size=12)[group - 1] * 4 + rng.normal(size=72) * 3
    return {"N": 72, "J": 12, "g": group, "y": y}


def _slopes(rng: np.random.Generator) -> dict[str, object]:
    x = np.tile(np.arange(5.0) - 2, (15, 1))
    effects = rng.multivariate_normal([0, 0], [[4, -0.6], [-0.6, 0.5]], size=15)
    mean = 10 + x + effects[:, :1] + effects[:, 1:] * x
    return {"J": 15, "T": 5, "x": x[0], "y": mean + rng.normal(size=(15, 5))}


def _process(rng: np.random.Generator) -> dict[str, object]:
    x = np.sort(rng.uniform(-3, 3, 25))
    return {"N": 25, "x": x, "y": np.sin(1.5 * x) + 0.2 * rng.normal(size=25)}


def _two_groups(rng: np.random.Generator) -> dict[str, object]:
    return {"N": 120, "y": np.concatenate([rng.normal(0, 1, 70), rng.normal(4, 0.8, 50)])}


def _ordinal(rng: np.random.Generator) -> dict[str, object]:
    x = rng.normal(size=80)
    latent = 1.2 * x + rng.logistic(size=80)
    return {"N": 80, "x": x, "y": 1 + np.digitize(latent, [-1.0, 0.3, 1.5])}


def _zero_inflated(rng: np.random.Generator) -> dict[str, object]:
    counts = rng.poisson(3.0, 100) * rng.binomial(1, 0.6, 100)
    return {"N": 100, "y": counts}


def _truncated(rng: np.random.Generator) -> dict[str, object]:
    draws = rng.normal(1.5, 1.0, 300)
    y = draws[draws > 0][:150]
    return {"N": y.size, "y": y}


def _growth(rng: np.random.Generator) -> dict[str, object]:
    t = np.arange(1.0, 13)
    z = 50 / (1 + 9 * np.exp(-0.6 * t))
    return {"T": 12, "ts": t, "y": z * np.exp(0.1 * rng.normal(size=12))}


def _choices(rng: np.random.Generator) -> dict[str, object]:
    x = rng.normal(size=90)
    eta = np.column_stack([np.zeros(90), 0.5 + x, -0.5 * x])
    return {"N": 90, "x": x, "y": 1 + (eta + rng.gumbel(size=(90, 3))).argmax(axis=1)}


def _survival(rng: np.random.Generator) -> dict[str, object]:
    time = 4 * rng.weibull(1.4, 80)
    censor = rng.uniform(1, 8, 80)
    return {"N": 80, "t": np.minimum(time, censor), "dead": (time <= censor).astype(int)}


def _sparse(rng: np.random.Generator) -> dict[str, object]:
    x = rng.normal(size=(50, 8))
    return {"N": 50, "K": 8, "X": x, "y": x @ [3, -2, 0, 0, 0, 0, 0, 0] + rng.normal(size=50)}


CASES = {
    "regression": Case(
        "data { int N; int K; matrix[N, K] X; vector[N] y; }"
        "parameters { real a; vector[K] b; real<lower=0> sigma; }"
        "model { b ~ normal(0, 1); y ~ normal(a + X * b, sigma); }",
        _regression,
    ),
    "centred": Case(
        "data { int N; int J; array[N] int g; vector[N] y; }"
        "parameters { real mu; real<lower=0> tau; real<lower=0> sigma; vector[J] u; }"
        "model { u ~ normal(0, tau); y ~ normal(mu + u[g], sigma); }",
        _groups,
        {"marginal": True},
    ),
    "non_centred": Case(
        "data { int N; int J; array[N] int g; vector[N] y; }"
        "parameters { real mu; real<lower=0> tau; real<lower=0> sigma; vector[J] z; }"
        "model { z ~ std_normal(); y ~ normal(mu + tau * z[g], sigma); }",
        _groups,
        {"marginal": True},
    ),
    "random_slopes_integrated": Case(
        "data { int J; int T; vector[T] x; matrix[J, T] y; }"
        "parameters { real a; real b; vector<lower=0>[2] tau; real<lower=-1, upper=1> rho;"
        " real<lower=0> sigma; }"
        "model { matrix[2, 2] G = [[tau[1]^2, rho * tau[1] * tau[2]],"
        " [rho * tau[1] * tau[2], tau[2]^2]];"
        "matrix[T, 2] Z = append_col(rep_vector(1, T), x);"
        "matrix[T, T] V = quad_form_sym(G, Z') + diag_matrix(rep_vector(sigma^2, T));"
        "for (j in 1:J) y[j] ~ multi_normal((a + b * x)', V); }",
        _slopes,
    ),
    "gaussian_process": Case(
        "data { int N; array[N] real x; vector[N] y; }"
        "parameters { real<lower=0> rho; real<lower=0> alpha; real<lower=0> sigma; }"
        "model { matrix[N, N] K = gp_exp_quad_cov(x, alpha, rho)"
        " + diag_matrix(rep_vector(sigma^2, N)); y ~ multi_normal(rep_vector(0, N), K); }",
        _process,
    ),
    "mixture": Case(
        "data { int N; vector[N] y; }"
        "parameters { simplex[2] w; ordered[2] mu; real<lower=0> sigma; }"
        "model { for (n in 1:N) target += log_mix(w[1], normal_lpdf(y[n] | mu[1], sigma),"
        " normal_lpdf(y[n] | mu[2], sigma)); }",
        _two_groups,
    ),
    "ordinal": Case(
        "data { int N; vector[N] x; array[N] int y; } parameters { real b; ordered[3] c; }"
        "model { y ~ ordered_logistic(b * x, c); }",
        _ordinal,
    ),
    "zero_inflated": Case(
        "data { int N; array[N] int y; }"
        "parameters { real<lower=0, upper=1> zi; real<lower=0> mu; }"
        "model { for (n in 1:N) { if (y[n] == 0) target += log_mix(zi, 0, poisson_lpmf(0 | mu));"
        " else target += log1m(zi) + poisson_lpmf(y[n] | mu); } }",
        _zero_inflated,
    ),
    "truncated": Case(
        "data { int N; vector<lower=0>[N] y; } parameters { real mu; real<lower=0> sigma; }"
        "model { for (n in 1:N) y[n] ~ normal(mu, sigma) T[0, ]; }",
        _truncated,
    ),
    "ode": Case(
        "functions { vector growth(real t, vector z, real r, real K)"
        " { return [r * z[1] * (1 - z[1] / K)]'; } }"
        "data { int T; array[T] real ts; vector<lower=0>[T] y; }"
        "parameters { real<lower=0> r; real<lower=0> K; real<lower=0> z0; real<lower=0> s; }"
        "model { array[T] vector[1] z = ode_rk45(growth, [z0]', 0, ts, r, K);"
        "for (t in 1:T) y[t] ~ lognormal(log(z[t, 1]), s); }",
        _growth,
    ),
    "multinomial": Case(
        "data { int N; vector[N] x; array[N] int y; } parameters { vector[2] a; vector[2] b; }"
        "model { for (n in 1:N) y[n] ~ categorical_logit(append_row(0, a + b * x[n])); }",
        _choices,
    ),
    "survival": Case(
        "data { int N; vector<lower=0>[N] t; array[N] int dead; }"
        "parameters { real<lower=0> shape; real<lower=0> scale; }"
        "model { for (n in 1:N) { if (dead[n]) t[n] ~ weibull(shape, scale);"
        " else target += weibull_lccdf(t[n] | shape, scale); } }",
        _survival,
    ),
    "horseshoe": Case(
        "data { int N; int K; matrix[N, K] X; vector[N] y; }"
        "parameters { vector[K] z; vector<lower=0>[K] lambda; real<lower=0> tau;"
        " real<lower=0> sigma; }"
        "transformed parameters { vector[K] b = tau * lambda .* z; }"
        "model { z ~ std_normal(); lambda ~ cauchy(0, 1); tau ~ cauchy(0, 0.5);"
        " sigma ~ normal(0, 2); y ~ normal(X * b, sigma); }",
        _sparse,
        {"scale": "unconstrained"},
        "map",
    ),
}


def main() -> None:
    """Print one line a program."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", default="stanli")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--only")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    print("program                    statuses              heights  spread   Stan elsewhere")
    for name, case in CASES.items():
        if arguments.only in {None, name}:
            print(_line(name, case, arguments.engine, arguments.seeds), flush=True)


def _line(name: str, case: Case, engine: str, seeds: int) -> str:
    program = bw.Program.from_string(case.code, name=name)
    model = bw.Model(program, case.data(np.random.default_rng(1)), engine=engine)
    estimates = [_estimate(model, case, seed) for seed in range(1, seeds + 1)]
    statuses = Counter(e.status.name.lower() for e in estimates)
    heights = np.array([e.optimum.value for e in estimates])
    rough = np.unique(np.round(heights, 4)).size
    spread = np.ptp(heights) / (1e-12 * (1 + np.abs(heights).max()))
    seen = " ".join(f"{k} {v}" for k, v in statuses.items())
    elsewhere = _elsewhere(estimates)
    return f"{name:26} {seen:21} {rough:7}  {spread:7.1f}   {elsewhere}"


def _estimate(model: bw.Model, case: Case, seed: int) -> PointEstimate:
    verb = getattr(model, case.verb)
    estimate: PointEstimate = verb(seed=seed, require_converged=False, **case.options)
    return estimate


def _elsewhere(estimates: list[PointEstimate]) -> str:
    """Return how many runs of Stan's own optimizer ended below the maximum, or failed."""
    best = max(estimates, key=lambda e: e.optimum.value)
    problem = best.problem
    if problem is None or problem.executable is None or best.marginal is not None:
        return "-"
    missed = 0
    for seed in range(1, len(estimates) + 1):
        try:
            run = problem.executable.optimize(
                problem.stan_data, jacobian=problem.jacobian, seed=seed
            )
            names = [v.name for v in problem.program.variables_in("parameters")]
            q = problem.density.transforms.unconstrain({n: run.values[n] for n in names})
            missed += not problem.objective(q)[0] > best.optimum.value - _BELOW
        except BayeswrapError:
            missed += 1
    return f"{missed} of {len(estimates)}"


if __name__ == "__main__":
    main()
