"""Data sets and programs of eight families without groups, with log densities by hand.

Nothing here uses bayeswrap. The design stands in docs/decisions, in the record on the rates of
the verdict.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import optimize, special, stats

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, kw_only=True, eq=False)
class Effects:
    """Effects of groups given the grid's parameters: mean, sd and distribution function."""

    names: tuple[str, ...]
    moments: Callable[[np.ndarray, int], tuple[np.ndarray, np.ndarray]]
    cdf: Callable[[np.ndarray, int, float], np.ndarray]


@dataclass(frozen=True, kw_only=True, eq=False)
class Simulated:
    """A program with data, and its posterior by hand.

    Attributes
    ----------
    code : str
        The Stan program.
    data : mapping
        Its data.
    what : str
        The setting in short.
    start : array or None
        Where the mode of `log_density` is sought; further rows are places of other modes.
    log_density : callable or None
        Of (m, d) unconstrained parameters, effects integrated out.
    values : callable or None
        Points to the declared scalars, by name.
    closed : mapping
        Marginals in closed form instead.
    proper : bool
        Whether the posterior is proper.
    effects : Effects or None
        Declared scalars that are integrated out.
    points : int or None
        Of the grid, an axis, where other than usual.
    """

    code: str
    data: Mapping[str, Any]
    what: str
    start: np.ndarray | None = None
    log_density: Callable[[np.ndarray], np.ndarray] | None = None
    values: Callable[[np.ndarray], dict[str, np.ndarray]] | None = None
    closed: Mapping[str, Any] = field(default_factory=dict)
    proper: bool = True
    effects: Effects | None = None
    points: int | None = None


def normal_log(x: np.ndarray, mean: float, sd: float) -> np.ndarray:
    return -0.5 * ((x - mean) / sd) ** 2


def student_log(x: np.ndarray, df: float, mean: float, sd: float) -> np.ndarray:
    return -(df + 1) / 2 * np.log1p(((x - mean) / sd) ** 2 / df)


def flat_log(x: np.ndarray, *_: float) -> np.ndarray:
    return np.zeros_like(x)


def log_uniform(rng: np.random.Generator, low: float, high: float) -> float:
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def pick(rng: np.random.Generator, options: tuple[Any, ...]) -> Any:  # noqa: ANN401 - any of them
    return options[rng.integers(len(options))]


# -- one parameter in closed form ---------------------------------------------------------------


def rate(rng: np.random.Generator) -> Simulated:
    """Poisson counts with one rate."""
    n, expected = int(rng.integers(1, 11)), log_uniform(rng, 0.3, 100)
    y = rng.poisson(expected / n, size=n)
    a, b, prior = pick(
        rng,
        (
            (0.5, 0.5, "rate ~ gamma(0.5, 0.5);"),
            (0.01, 0.01, "rate ~ gamma(0.01, 0.01);"),
            (1, 1, "rate ~ exponential(1);"),
            (20, 4, "rate ~ gamma(20, 4);"),
            (1, 0, ""),
        ),
    )
    code = (
        "data { int N; array[N] int y; } parameters { real<lower=0> rate; } "
        f"model {{ {prior} y ~ poisson(rate); }}"
    )
    posterior = stats.gamma(a + y.sum(), scale=1 / (b + n))
    what = f"{y.sum()} events in {n}, {prior or 'flat'}"
    return Simulated(code=code, data={"N": n, "y": y}, what=what, closed={"rate": posterior})


def proportion(rng: np.random.Generator) -> Simulated:
    """Successes in binomial trials."""
    n, p = round(log_uniform(rng, 5, 300)), float(pick(rng, (0, 0.02, 0.1, 0.5, 0.9, 1)))
    y = int(rng.binomial(n, p))
    a, b = pick(rng, ((1, 1), (0.5, 0.5), (2, 2), (20, 5)))
    prior = "" if a == b == 1 else f"p ~ beta({a}, {b});"
    code = (
        "data { int n; int y; } parameters { real<lower=0, upper=1> p; } "
        f"model {{ {prior} y ~ binomial(n, p); }}"
    )
    posterior = stats.beta(a + y, b + n - y)
    what = f"{y} of {n}, beta({a}, {b})"
    return Simulated(code=code, data={"n": n, "y": y}, what=what, closed={"p": posterior})


# -- samples and regressions --------------------------------------------------------------------


def normal(rng: np.random.Generator) -> Simulated:
    """Mean and sd of a sample."""
    n, kind = round(log_uniform(rng, 3, 200)), int(rng.integers(4))
    center = 4.0 if kind == 3 else 0.0  # noqa: PLR2004 - the prior that conflicts
    y = center + log_uniform(rng, 0.3, 3) * rng.normal(size=n)
    width = (0, 10, 1, 1)[kind]
    prior = f"mu ~ normal(0, {width}); sigma ~ exponential(1);" if width else ""
    code = (
        "data { int N; vector[N] y; } parameters { real mu; real<lower=0> sigma; } "
        f"model {{ {prior} y ~ normal(mu, sigma); }}"
    )
    mean, squares = y.mean(), ((y - y.mean()) ** 2).sum()

    def log_density(q: np.ndarray) -> np.ndarray:
        mu, log_sigma = q.T
        fit = -(n - 1) * log_sigma - (squares + n * (mu - mean) ** 2) / 2 * np.exp(-2 * log_sigma)
        return fit + (normal_log(mu, 0, width) - np.exp(log_sigma) if width else 0)

    return Simulated(
        code=code,
        data={"N": n, "y": y},
        what=f"n {n}, prior {prior or 'flat'}, mean {center}",
        start=np.array([mean, np.log(y.std() + 0.1)]),
        log_density=log_density,
        values=lambda q: {"mu": q[:, 0], "sigma": np.exp(q[:, 1])},
    )


_COEFFICIENTS = {
    "normal(0, 1)": lambda b: normal_log(b, 0, 1),
    "normal(0, 2.5)": lambda b: normal_log(b, 0, 2.5),
    "normal(0, 5)": lambda b: normal_log(b, 0, 5),
    "normal(0, 10)": lambda b: normal_log(b, 0, 10),
    "student_t(3, 0, 2.5)": lambda b: student_log(b, 3, 0, 2.5),
    "student_t(4, 0, 2.5)": lambda b: student_log(b, 4, 0, 2.5),
    "cauchy(0, 2.5)": lambda b: student_log(b, 1, 0, 2.5),
    "": flat_log,
}


def _binary(x: np.ndarray, y: np.ndarray, prior: str, what: str) -> Simulated:
    """Return a logistic regression with intercept; equal priors for all coefficients."""
    n, k = x.shape
    stated = f"alpha ~ {prior}; beta ~ {prior};" if prior else ""
    code = (
        "data { int N; int K; matrix[N, K] X; array[N] int y; } parameters { real alpha; "
        f"vector[K] beta; }} model {{ {stated} y ~ bernoulli_logit(alpha + X * beta); }}"
    )
    design, sign = np.column_stack([np.ones(n), x]), 2 * y - 1

    def log_density(q: np.ndarray) -> np.ndarray:
        fit = special.log_expit(sign * (q @ design.T)).sum(axis=1)
        return fit + _COEFFICIENTS[prior](q).sum(axis=1)

    return Simulated(
        code=code,
        data={"N": n, "K": k, "X": x, "y": y},
        what=f"n {n}, k {k}, {what}, prior {prior or 'flat'}",
        start=np.zeros(k + 1),
        log_density=log_density,
        values=lambda q: {"alpha": q[:, 0]} | {f"beta[{j}]": q[:, j] for j in range(1, k + 1)},
        proper=bool(prior) or not _is_separated(design, sign),
    )


def _is_separated(design: np.ndarray, sign: np.ndarray) -> bool:
    """Ask a linear program for a direction that no outcome speaks against."""
    rows = sign[:, None] * design
    found = optimize.linprog(
        -rows.sum(axis=0), A_ub=-rows, b_ub=np.zeros(len(rows)), bounds=(-1, 1)
    )
    return bool(-found.fun > 1e-8)  # noqa: PLR2004 - rounding


def logistic(rng: np.random.Generator) -> Simulated:
    """Binary outcomes with one or two predictors."""
    n, k = round(log_uniform(rng, 10, 500)), int(rng.integers(1, 3))
    x = rng.normal(size=(n, k))
    eta = rng.normal() + x @ rng.normal(size=k)
    y = (rng.random(n) < special.expit(eta)).astype(int)
    prior = pick(rng, ("normal(0, 2.5)", "normal(0, 1)", "student_t(3, 0, 2.5)", ""))
    return _binary(x, y, prior, "random")


def separated(rng: np.random.Generator) -> Simulated:
    """Binary outcomes that one predictor separates, but for a few."""
    n = round(log_uniform(rng, 6, 60))
    x = np.sort(rng.normal(size=n))
    cut, swaps = int(rng.integers(2, n - 1)), int(pick(rng, (0, 0, 1, 2)))
    y = (np.arange(n) >= cut).astype(int)
    for _ in range(swaps):
        near = int(np.clip(cut + rng.integers(-2, 2), 0, n - 1))
        y[near] = 1 - y[near]
    names = ("normal(0, 2.5)", "normal(0, 10)", "student_t(4, 0, 2.5)", "cauchy(0, 2.5)", "")
    return _binary(x[:, None], y, pick(rng, names), f"{swaps} swaps")


def zero_counts(rng: np.random.Generator) -> Simulated:
    """Draw counts of two groups, one of them with few events or none."""
    m, rates = int(rng.integers(5, 41)), (log_uniform(rng, 0.5, 5), log_uniform(rng, 0.005, 1))
    x = np.repeat([0.0, 1.0], m)
    y = rng.poisson(np.repeat(rates, m))
    prior = pick(rng, ("normal(0, 5)", "normal(0, 1)", "student_t(4, 0, 2.5)"))
    code = (
        "data { int N; vector[N] x; array[N] int y; } parameters { real alpha; real beta; } "
        f"model {{ alpha ~ {prior}; beta ~ {prior}; y ~ poisson_log(alpha + beta * x); }}"
    )
    first, second = y[:m].sum(), y[m:].sum()

    def log_density(q: np.ndarray) -> np.ndarray:
        a, both = q[:, 0], q.sum(axis=1)
        fit = first * a - m * np.exp(a) + second * both - m * np.exp(both)
        return fit + _COEFFICIENTS[prior](q).sum(axis=1)

    return Simulated(
        code=code,
        data={"N": 2 * m, "x": x, "y": y},
        what=f"{first} and {second} events in {m} rows each, prior {prior}",
        start=np.array([np.log(first / m + 0.1), 0.0]),
        log_density=log_density,
        values=lambda q: {"alpha": q[:, 0], "beta": q[:, 1]},
    )


# -- counts and times ---------------------------------------------------------------------------


def overdispersion(rng: np.random.Generator) -> Simulated:
    """Negative binomial counts."""
    n, mean = round(log_uniform(rng, 10, 300)), log_uniform(rng, 0.5, 30)
    phi = pick(rng, (0.5, 2, 10, None))
    y = rng.poisson(mean * (1 if phi is None else rng.gamma(phi, 1 / phi, size=n)), size=n)
    prior, of_prior = pick(
        rng,
        (
            ("gamma(2, 0.1)", lambda p: np.log(p) - 0.1 * p),
            ("exponential(0.2)", lambda p: -0.2 * p),
            ("cauchy(0, 5)", lambda p: student_log(p, 1, 0, 5)),
        ),
    )
    code = (
        "data { int N; array[N] int y; } parameters { real<lower=0> mu; real<lower=0> phi; } "
        f"model {{ mu ~ exponential(0.1); phi ~ {prior}; y ~ neg_binomial_2(mu, phi); }}"
    )
    kinds, times = np.unique(y, return_counts=True)

    def log_density(q: np.ndarray) -> np.ndarray:
        mu, p = np.exp(q[:, :1]), np.exp(q[:, 1:])
        each = special.gammaln(kinds + p) - special.gammaln(p) - special.gammaln(kinds + 1)
        each = each - kinds * np.log1p(p / mu) - p * np.log1p(mu / p)
        return each @ times - 0.1 * mu[:, 0] + of_prior(p[:, 0]) + q.sum(axis=1)

    return Simulated(
        code=code,
        data={"N": n, "y": y},
        what=f"n {n}, mean {mean:.1f}, phi {phi}, prior {prior}",
        start=np.log([y.mean() + 0.1, 2.0]),
        log_density=log_density,
        values=lambda q: {"mu": np.exp(q[:, 0]), "phi": np.exp(q[:, 1])},
    )


def survival(rng: np.random.Generator) -> Simulated:
    """Weibull times with censoring."""
    n, shape = round(log_uniform(rng, 8, 150)), pick(rng, (0.7, 1.0, 2.5))
    t = rng.weibull(shape, size=n)
    end = float(np.quantile(t, 1 - pick(rng, (0.0, 0.4, 0.8))))
    event, t = t <= end, np.minimum(t, end)
    wide = bool(rng.integers(2))
    prior = "shape ~ gamma(2, 1); scale ~ lognormal(0, 2);"
    prior = prior if wide else "shape ~ lognormal(0, 1); scale ~ lognormal(0, 0.5);"
    code = (
        "data { int N; int M; vector[N] t; vector[M] c; } parameters { real<lower=0> shape; "
        f"real<lower=0> scale; }} model {{ {prior} t ~ weibull(shape, scale); "
        "target += weibull_lccdf(c | shape, scale); }"
    )
    logs = np.log(t)

    def log_density(q: np.ndarray) -> np.ndarray:
        k, log_scale = np.exp(q[:, :1]), q[:, 1:]
        hazard = np.exp(k * (logs - log_scale)).sum(axis=1)
        seen = (q[:, :1] + (k - 1) * (logs - log_scale) - log_scale)[:, event].sum(axis=1)
        of_shape = 2 * q[:, 0] - np.exp(q[:, 0]) if wide else normal_log(q[:, 0], 0, 1)
        return seen - hazard + of_shape + normal_log(q[:, 1], 0, 2 if wide else 0.5)

    return Simulated(
        code=code,
        data={"N": int(event.sum()), "M": int((~event).sum()), "t": t[event], "c": t[~event]},
        what=f"n {n}, events {event.sum()}, shape {shape}, {'wide' if wide else 'narrow'}",
        start=np.zeros(2),
        log_density=log_density,
        values=lambda q: {"shape": np.exp(q[:, 0]), "scale": np.exp(q[:, 1])},
    )
