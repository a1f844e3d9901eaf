"""Data sets and programs with effects of groups, with the effects integrated out by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import special
from simulated_posteriors import Effects, Simulated, log_uniform, normal_log, pick, student_log

if TYPE_CHECKING:
    from collections.abc import Callable

_NODES = np.linspace(-6, 6, 97)  # standardised effects
_STEP = _NODES[1] - _NODES[0]
_TAU_PRIORS = {
    "tau ~ normal(0, 1);": lambda t: normal_log(t, 0, 1),
    "tau ~ normal(0, 2);": lambda t: normal_log(t, 0, 2),
    "tau ~ cauchy(0, 1);": lambda t: student_log(t, 1, 0, 1),
    "tau ~ exponential(1);": lambda t: -t,
    "": np.zeros_like,
}


def _population(rng: np.random.Generator, j: int) -> tuple[bool, str, str, str]:
    """Return whether effects are centred, and the program's words for them."""
    if rng.integers(2):
        return True, f"vector[{j}] theta;", "theta ~ normal(mu, tau);", "theta"
    return False, f"vector[{j}] z;", "z ~ std_normal();", "(mu + tau * z)"


def _normal_effects(
    centred: bool,  # noqa: FBT001 - the parametrisation of the program
    means: np.ndarray,
    variances: np.ndarray | None,
    sizes: np.ndarray | None = None,
) -> Effects:
    """Return normal effects given (mu, log tau) or (mu, log tau, log sigma)."""

    def moments(q: np.ndarray, j: int) -> tuple[np.ndarray, np.ndarray]:
        mu, tau2 = q[:, 0], np.exp(2 * q[:, 1])
        error = variances[j] if variances is not None else np.exp(2 * q[:, 2]) / sizes[j]
        share = tau2 / (tau2 + error)
        center, variance = share * (means[j] - mu), share * error
        if centred:
            return mu + center, np.sqrt(variance)
        tau = np.sqrt(tau2)
        return center / tau, np.sqrt(variance) / tau

    def cdf(q: np.ndarray, j: int, x: float) -> np.ndarray:
        center, sd = moments(q, j)
        return special.ndtr((x - center) / sd)

    stem = "theta" if centred else "z"
    names = tuple(f"{stem}[{j + 1}]" for j in range(means.size))
    return Effects(names=names, moments=moments, cdf=cdf)


def schools(rng: np.random.Generator) -> Simulated:
    """Group means with known standard errors."""
    j, tau = round(log_uniform(rng, 3, 30)), float(pick(rng, (0, 0.3, 1, 3)))
    errors = rng.uniform(0.5, 2, size=j)
    y = 1 + tau * rng.normal(size=j) + errors * rng.normal(size=j)
    prior = pick(rng, ("tau ~ normal(0, 2);", "tau ~ cauchy(0, 1);", ""))
    centred, declared, statement, effect = _population(rng, j)
    code = (
        "data { int J; vector[J] y; vector[J] s; } parameters { real mu; real<lower=0> tau; "
        f"{declared} }} model {{ mu ~ normal(0, 5); {prior} {statement} y ~ normal({effect}, s); }}"
    )

    def log_density(q: np.ndarray) -> np.ndarray:
        t = np.exp(q[:, 1])
        variance = errors**2 + t[:, None] ** 2
        fit = -0.5 * (np.log(variance) + (y - q[:, :1]) ** 2 / variance).sum(axis=1)
        return fit + normal_log(q[:, 0], 0, 5) + _TAU_PRIORS[prior](t) + q[:, 1]

    return Simulated(
        code=code,
        data={"J": j, "y": y, "s": errors},
        what=f"{j} groups, tau {tau}, {'' if centred else 'non-'}centred, {prior or 'flat tau'}",
        start=np.zeros(2),
        log_density=log_density,
        values=lambda q: {"mu": q[:, 0], "tau": np.exp(q[:, 1])},
        effects=_normal_effects(centred, y, errors**2),
    )


def intercepts(rng: np.random.Generator) -> Simulated:
    """Random intercepts with an unknown residual sd."""
    j, tau = round(log_uniform(rng, 4, 60)), float(pick(rng, (0, 0.2, 1, 3)))
    sizes = rng.integers(3, 21, size=j) if rng.integers(2) else np.full(j, rng.integers(3, 21))
    group = np.repeat(np.arange(j), sizes)
    y = 1 + tau * rng.normal(size=j)[group] + rng.normal(size=group.size)
    means = np.bincount(group, y) / sizes
    within, n = ((y - means[group]) ** 2).sum(), group.size
    prior = pick(rng, ("tau ~ normal(0, 2);", "tau ~ exponential(1);", "tau ~ cauchy(0, 1);"))
    centred, declared, statement, _ = _population(rng, j)
    code = (
        "data { int N; int J; array[N] int<lower=1, upper=J> g; vector[N] y; } parameters { "
        f"real mu; real<lower=0> tau; real<lower=0> sigma; {declared} }} model {{ "
        f"mu ~ normal(0, 5); {prior} sigma ~ exponential(1); {statement} "
        f"y ~ normal({'theta' if centred else 'mu + tau * z'}[g], sigma); }}"
    )
    kinds, place = np.unique(sizes, return_inverse=True)
    count, sums, squares = (np.bincount(place, w) for w in (np.ones(j), means, means**2))

    def log_density(q: np.ndarray) -> np.ndarray:
        mu, t, sigma = q[:, :1], np.exp(q[:, 1]), np.exp(q[:, 2])
        variance = t[:, None] ** 2 + sigma[:, None] ** 2 / kinds
        rest = squares - 2 * mu * sums + count * mu**2
        fit = -0.5 * (count * np.log(variance) + rest / variance).sum(axis=1)
        fit += -(n - j) * q[:, 2] - within / 2 / sigma**2
        return fit + normal_log(q[:, 0], 0, 5) + _TAU_PRIORS[prior](t) - sigma + q[:, 1] + q[:, 2]

    return Simulated(
        code=code,
        data={"N": n, "J": j, "g": group + 1, "y": y},
        what=f"{j} groups, {n} rows, tau {tau}, {'' if centred else 'non-'}centred, {prior}",
        start=np.zeros(3),
        log_density=log_density,
        values=lambda q: {"mu": q[:, 0], "tau": np.exp(q[:, 1]), "sigma": np.exp(q[:, 2])},
        effects=_normal_effects(centred, means, None, sizes),
    )


def count_groups(rng: np.random.Generator) -> Simulated:
    """Poisson or binomial groups with random intercepts."""
    j, tau = round(log_uniform(rng, 5, 40)), float(pick(rng, (0, 0.3, 1)))
    size, binomial = round(log_uniform(rng, 3, 25)), bool(rng.integers(2))
    theta = (0 if binomial else -1) + tau * rng.normal(size=j)
    y = rng.binomial(size, special.expit(theta)) if binomial else rng.poisson(size * np.exp(theta))
    prior = pick(rng, ("tau ~ normal(0, 1);", "tau ~ exponential(1);"))
    centred, declared, statement, effect = _population(rng, j)
    outcome = (
        f"binomial_logit({size}, {effect})" if binomial else f"poisson_log({effect} + log({size}))"
    )
    code = (
        "data { int J; array[J] int y; } parameters { real mu; real<lower=0> tau; "
        f"{declared} }} model {{ mu ~ normal(0, 2); {prior} {statement} y ~ {outcome}; }}"
    )
    kinds, times = np.unique(y, return_counts=True)

    def base(q: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        theta = q[:, :1] + np.exp(q[:, 1:2]) * _NODES
        norm = np.logaddexp(0, theta) if binomial else np.exp(theta)
        return theta, -size * norm - _NODES**2 / 2

    def log_density(q: np.ndarray) -> np.ndarray:
        theta, rest = base(q)
        fit = normal_log(q[:, 0], 0, 2) + _TAU_PRIORS[prior](np.exp(q[:, 1])) + q[:, 1]
        for count, repeats in zip(kinds, times, strict=True):
            heights = count * theta + rest
            top = heights.max(axis=1)
            fit += repeats * (top + np.log(np.exp(heights - top[:, None]).sum(axis=1)))
        return fit

    return Simulated(
        code=code,
        data={"J": j, "y": y},
        what=f"{j} groups of {'binomial' if binomial else 'Poisson'} {size}, tau {tau}, "
        f"{'' if centred else 'non-'}centred, {prior}",
        start=np.array([0.0, -1.0]),
        log_density=log_density,
        values=lambda q: {"mu": q[:, 0], "tau": np.exp(q[:, 1])},
        effects=_count_effects(centred, y, base),
        points=81,
    )


def _count_effects(
    centred: bool,  # noqa: FBT001 - the parametrisation of the program
    y: np.ndarray,
    base: Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]],
) -> Effects:
    def weights(q: np.ndarray, j: int) -> np.ndarray:
        theta, rest = base(q)
        return special.softmax(y[j] * theta + rest, axis=1)

    def moments(q: np.ndarray, j: int) -> tuple[np.ndarray, np.ndarray]:
        held = weights(q, j)
        center = held @ _NODES
        sd = np.sqrt(held @ _NODES**2 - center**2)
        tau = np.exp(q[:, 1])
        return (q[:, 0] + tau * center, tau * sd) if centred else (center, sd)

    def cdf(q: np.ndarray, j: int, x: float) -> np.ndarray:
        z = (x - q[:, 0]) / np.exp(q[:, 1]) if centred else np.full(len(q), x)
        below = np.cumsum(weights(q, j), axis=1)  # the mass up to half a step beyond each node
        place = np.clip((z - _NODES[0]) / _STEP - 0.5, 0, _NODES.size - 1.001)
        low = place.astype(int)
        rows = np.arange(len(q))
        return below[rows, low] + (place - low) * (below[rows, low + 1] - below[rows, low])

    stem = "theta" if centred else "z"
    names = tuple(f"{stem}[{j + 1}]" for j in range(y.size))
    return Effects(names=names, moments=moments, cdf=cdf)
