"""Simulated posteriors with several modes, with a prior in conflict, or at an edge."""

from __future__ import annotations

import numpy as np
from scipy import special, stats
from simulated_posteriors import Simulated, log_uniform, normal_log, pick, student_log


def two_modes(rng: np.random.Generator) -> Simulated:
    """Draw a mixture without order, a mean known up to sign, or two clusters."""
    return pick(rng, (_mixture, _sign, _clusters))(rng)


def _mixture(rng: np.random.Generator) -> Simulated:
    n, share, apart = round(log_uniform(rng, 10, 80)), pick(rng, (0.5, 0.3)), rng.uniform(0, 5)
    y = rng.normal(size=n) + np.where(rng.random(n) < share, -apart / 2, apart / 2)
    code = (
        "data { int N; vector[N] y; real w; } parameters { real mu1; real mu2; } model { "
        "mu1 ~ normal(0, 5); mu2 ~ normal(0, 5); for (n in 1:N) target += log_mix(w, "
        "normal_lpdf(y[n] | mu1, 1), normal_lpdf(y[n] | mu2, 1)); }"
    )

    def log_density(q: np.ndarray) -> np.ndarray:
        parts = [normal_log(y, q[:, [k]], 1) for k in (0, 1)]
        fit = np.logaddexp(np.log(share) + parts[0], np.log1p(-share) + parts[1]).sum(axis=1)
        return fit + normal_log(q, 0, 5).sum(axis=1)

    return Simulated(
        code=code,
        data={"N": n, "y": y, "w": share},
        what=f"mixture, n {n}, w {share}, apart {apart:.1f}",
        start=np.array([[-apart / 2, apart / 2], [apart / 2, -apart / 2]]),
        log_density=log_density,
        values=lambda q: {"mu1": q[:, 0], "mu2": q[:, 1]},
    )


def _sign(rng: np.random.Generator) -> Simulated:
    n, theta, prior = round(log_uniform(rng, 5, 80)), rng.uniform(0, 2), rng.uniform(0, 3)
    y = theta**2 + 2 * rng.normal(size=n)
    code = (
        "data { int N; vector[N] y; real m; } parameters { real theta; } model { "
        "theta ~ normal(m, 1); y ~ normal(square(theta), 2); }"
    )

    def log_density(q: np.ndarray) -> np.ndarray:
        return normal_log(q[:, 0], prior, 1) + n * normal_log(q[:, 0] ** 2, y.mean(), 2)

    return Simulated(
        code=code,
        data={"N": n, "y": y, "m": prior},
        what=f"sign, n {n}, theta {theta:.1f}, prior at {prior:.1f}",
        start=np.array([[theta], [-theta]]),
        log_density=log_density,
        values=lambda q: {"theta": q[:, 0]},
    )


def _clusters(rng: np.random.Generator) -> Simulated:
    n, other, apart = int(rng.integers(3, 12)), int(rng.integers(1, 8)), rng.uniform(1, 8)
    y = np.concatenate([rng.normal(size=n), apart + rng.normal(size=other)])
    code = (
        "data { int N; vector[N] y; } parameters { real mu; } model { "
        "mu ~ normal(0, 10); y ~ student_t(2, mu, 0.7); }"
    )

    def log_density(q: np.ndarray) -> np.ndarray:
        return normal_log(q[:, 0], 0, 10) + student_log(y, 2, q, 0.7).sum(axis=1)

    return Simulated(
        code=code,
        data={"N": y.size, "y": y},
        what=f"clusters of {n} and {other}, apart {apart:.1f}",
        start=np.array([[0.0], [apart]]),
        log_density=log_density,
        values=lambda q: {"mu": q[:, 0]},
    )


def conflict(rng: np.random.Generator) -> Simulated:
    """Draw a normal mean with a prior that may lie elsewhere."""
    n, away, known = round(log_uniform(rng, 1, 50)), rng.uniform(0, 10), bool(rng.integers(2))
    n = n if known else max(n, 4)
    y = rng.normal(size=n)
    name, df = pick(
        rng, (("normal({}, 1)", None), ("student_t(4, {}, 1)", 4), ("cauchy({}, 1)", 1))
    )
    prior = name.format(f"{away:.6f}")
    away = float(f"{away:.6f}")
    sigma = "" if known else "real<lower=0> sigma;"
    rest = "y ~ normal(mu, 1);" if known else "sigma ~ exponential(1); y ~ normal(mu, sigma);"
    code = (
        f"data {{ int N; vector[N] y; }} parameters {{ real mu; {sigma} }} "
        f"model {{ mu ~ {prior}; {rest} }}"
    )
    mean, squares = y.mean(), ((y - y.mean()) ** 2).sum()

    def log_density(q: np.ndarray) -> np.ndarray:
        mu = q[:, 0]
        log_sigma = np.zeros_like(mu) if known else q[:, 1]
        of_prior = normal_log(mu, away, 1) if df is None else student_log(mu, df, away, 1)
        fit = -n * log_sigma - (squares + n * (mu - mean) ** 2) / 2 * np.exp(-2 * log_sigma)
        return of_prior + fit + (0 if known else log_sigma - np.exp(log_sigma))

    def values(q: np.ndarray) -> dict[str, np.ndarray]:
        return {"mu": q[:, 0]} if known else {"mu": q[:, 0], "sigma": np.exp(q[:, 1])}

    return Simulated(
        code=code,
        data={"N": n, "y": y},
        what=f"n {n}, sd {'known' if known else 'unknown'}, prior {prior}",
        start=np.array([[place, 0.0][: 1 if known else 2] for place in (mean, away)]),
        log_density=log_density,
        values=values,
    )


def edges(rng: np.random.Generator) -> Simulated:
    """Draw a mean with a lower bound, a share with two, or a correlation."""
    return pick(rng, (_bounded_mean, _bounded_share, _correlation))(rng)


def _bounded_mean(rng: np.random.Generator) -> Simulated:
    n, truth = round(log_uniform(rng, 1, 60)), float(pick(rng, (0, 0.2, 1, 4)))
    y, prior = truth + rng.normal(size=n), bool(rng.integers(2))
    code = (
        "data { int N; vector[N] y; } parameters { real<lower=0> theta; } model { "
        f"{'theta ~ exponential(1);' if prior else ''} y ~ normal(theta, 1); }}"
    )
    center, sd = y.mean() - prior / n, n**-0.5
    posterior = stats.truncnorm(-center / sd, np.inf, center, sd)
    what = f"bounded mean {y.mean():.2f}, n {n}, {'exponential' if prior else 'flat'}"
    return Simulated(code=code, data={"N": n, "y": y}, what=what, closed={"theta": posterior})


def _bounded_share(rng: np.random.Generator) -> Simulated:
    n, truth = round(log_uniform(rng, 2, 60)), float(pick(rng, (0, 0.1, 0.5, 1)))
    y = truth + 0.3 * rng.normal(size=n)
    code = (
        "data { int N; vector[N] y; } parameters { real<lower=0, upper=1> theta; } "
        "model { y ~ normal(theta, 0.3); }"
    )
    center, sd = y.mean(), 0.3 * n**-0.5
    posterior = stats.truncnorm(-center / sd, (1 - center) / sd, center, sd)
    what = f"bounded share {center:.2f}, n {n}"
    return Simulated(code=code, data={"N": n, "y": y}, what=what, closed={"theta": posterior})


def _correlation(rng: np.random.Generator) -> Simulated:
    n, rho = round(log_uniform(rng, 4, 60)), float(pick(rng, (0, 0.5, 0.9, 0.99)))
    x = rng.normal(size=n)
    y = rho * x + np.sqrt(1 - rho**2) * rng.normal(size=n)
    code = (
        "data { int N; vector[N] x; vector[N] y; } parameters { real<lower=-1, upper=1> rho; } "
        "model { y ~ normal(rho * x, sqrt(1 - square(rho))); }"
    )

    def log_density(q: np.ndarray) -> np.ndarray:
        r = np.tanh(q[:, 0] / 2)
        rest = special.expit(q[:, 0]) * special.expit(-q[:, 0]) * 4  # 1 - rho^2
        squares = (y @ y - 2 * r * (x @ y) + r**2 * (x @ x)) / rest
        return (1 - n / 2) * np.log(rest) - squares / 2

    return Simulated(
        code=code,
        data={"N": n, "x": x, "y": y},
        what=f"correlation {rho}, n {n}",
        start=np.array([2 * np.arctanh(0.9 * rho)]),
        log_density=log_density,
        values=lambda q: {"rho": np.tanh(q[:, 0] / 2)},
    )
