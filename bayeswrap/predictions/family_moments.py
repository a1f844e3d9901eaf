"""Mean and variance of the outcome of each family, in closed form.

The parameters are those of Stan's densities in the generated programs: the scale of a Weibull, the
median of a log-logistic and the log median of a lognormal distribution are ``mu``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import special

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = [
    "MEANS",
    "VARIANCES",
]

_TWO = 2.0  # a moment of order r of a heavy tail exists beyond r degrees of freedom


def _where(condition: np.ndarray, value: np.ndarray, otherwise: float) -> np.ndarray:
    return np.where(condition, value, otherwise)


def _student_mean(p: Mapping[str, np.ndarray]) -> np.ndarray:
    return _where(p["nu"] > 1, p["mu"] + 0 * p["sigma"], np.nan)


def _student_variance(p: Mapping[str, np.ndarray]) -> np.ndarray:
    nu = p["nu"]
    return _where(nu > _TWO, p["sigma"] ** 2 * nu / (nu - 2) + 0 * p["mu"], np.inf)


def _asym_laplace_mean(p: Mapping[str, np.ndarray]) -> np.ndarray:
    q = p["quantile"]
    return np.asarray(p["mu"] + p["sigma"] * (1 - 2 * q) / (q * (1 - q)))


def _asym_laplace_variance(p: Mapping[str, np.ndarray]) -> np.ndarray:
    q = p["quantile"]
    return np.asarray(p["sigma"] ** 2 * (1 - 2 * q + 2 * q**2) / (q * (1 - q)) ** 2 + 0 * p["mu"])


def _beta_binomial_variance(p: Mapping[str, np.ndarray]) -> np.ndarray:
    n, mu = p["trials"], p["mu"]
    return np.asarray(n * mu * (1 - mu) * (1 + (n - 1) / (p["phi"] + 1)))


def _zero_inflated(
    variance: Callable[[Mapping[str, np.ndarray]], np.ndarray],
) -> Callable[[Mapping[str, np.ndarray]], np.ndarray]:
    """Return the variance of a mixture with a point mass at 0."""

    def mixed(p: Mapping[str, np.ndarray]) -> np.ndarray:
        mu, zi = p["mu"], p["zi"]
        # Var y = (1 - zi) (V + mu^2) - ((1 - zi) mu)^2
        return np.asarray((1 - zi) * (variance(p) + zi * mu**2))

    return mixed


def _negbinomial_variance(p: Mapping[str, np.ndarray]) -> np.ndarray:
    return np.asarray(p["mu"] + p["mu"] ** 2 / p["phi"])


def _hurdle_mean(p: Mapping[str, np.ndarray]) -> np.ndarray:
    return np.asarray((1 - p["hu"]) * p["mu"] / -np.expm1(-p["mu"]))


def _hurdle_variance(p: Mapping[str, np.ndarray]) -> np.ndarray:
    mean = _hurdle_mean(p)
    # E y^2 = (1 - hu) (mu + mu^2) / (1 - exp(-mu))
    return np.asarray(mean * (1 + p["mu"]) - mean**2)


def _lognormal_mean(p: Mapping[str, np.ndarray]) -> np.ndarray:
    return np.exp(p["mu"] + p["sigma"] ** 2 / 2)


def _lognormal_variance(p: Mapping[str, np.ndarray]) -> np.ndarray:
    return np.asarray(np.expm1(p["sigma"] ** 2) * _lognormal_mean(p) ** 2)


def _weibull_mean(p: Mapping[str, np.ndarray]) -> np.ndarray:
    return np.asarray(p["mu"] * special.gamma(1 + 1 / p["shape"]))


def _weibull_variance(p: Mapping[str, np.ndarray]) -> np.ndarray:
    return np.asarray(p["mu"] ** 2 * special.gamma(1 + 2 / p["shape"]) - _weibull_mean(p) ** 2)


def _loglogistic_moment(p: Mapping[str, np.ndarray], order: int) -> np.ndarray:
    """Return E y^r = mu^r (r pi / shape) / sin(r pi / shape), infinite where shape <= r."""
    shape = p["shape"]
    angle = order * np.pi / np.where(shape > order, shape, 2.0 * order)
    return _where(shape > order, p["mu"] ** order * angle / np.sin(angle), np.inf)


def _loglogistic_variance(p: Mapping[str, np.ndarray]) -> np.ndarray:
    exists = p["shape"] > _TWO
    with np.errstate(invalid="ignore"):
        value = _loglogistic_moment(p, 2) - _loglogistic_moment(p, 1) ** 2
    return _where(exists, value, np.inf)


MEANS: Mapping[str, Callable[[Mapping[str, np.ndarray]], np.ndarray]] = {
    "gaussian": lambda p: p["mu"],
    "student": _student_mean,
    "asym_laplace": _asym_laplace_mean,
    "bernoulli": lambda p: p["mu"],
    "binomial": lambda p: p["trials"] * p["mu"],
    "beta_binomial": lambda p: p["trials"] * p["mu"],
    "poisson": lambda p: p["mu"],
    "negbinomial": lambda p: p["mu"],
    "zero_inflated_poisson": lambda p: (1 - p["zi"]) * p["mu"],
    "zero_inflated_negbinomial": lambda p: (1 - p["zi"]) * p["mu"],
    "hurdle_poisson": _hurdle_mean,
    "gamma": lambda p: p["mu"],
    "lognormal": _lognormal_mean,
    "inverse_gaussian": lambda p: p["mu"],
    "weibull": _weibull_mean,
    "exponential": lambda p: p["mu"],
    "loglogistic": lambda p: _loglogistic_moment(p, 1),
    "beta": lambda p: p["mu"],
}
VARIANCES: Mapping[str, Callable[[Mapping[str, np.ndarray]], np.ndarray]] = {
    "gaussian": lambda p: p["sigma"] ** 2 + 0 * p["mu"],
    "student": _student_variance,
    "asym_laplace": _asym_laplace_variance,
    "bernoulli": lambda p: p["mu"] * (1 - p["mu"]),
    "binomial": lambda p: p["trials"] * p["mu"] * (1 - p["mu"]),
    "beta_binomial": _beta_binomial_variance,
    "poisson": lambda p: p["mu"],
    "negbinomial": _negbinomial_variance,
    "zero_inflated_poisson": _zero_inflated(lambda p: p["mu"]),
    "zero_inflated_negbinomial": _zero_inflated(_negbinomial_variance),
    "hurdle_poisson": _hurdle_variance,
    "gamma": lambda p: p["mu"] ** 2 / p["shape"],
    "lognormal": _lognormal_variance,
    "inverse_gaussian": lambda p: p["mu"] ** 3 / p["shape"],
    "weibull": _weibull_variance,
    "exponential": lambda p: p["mu"] ** 2,
    "loglogistic": _loglogistic_variance,
    "beta": lambda p: p["mu"] * (1 - p["mu"]) / (1 + p["phi"]),
}
