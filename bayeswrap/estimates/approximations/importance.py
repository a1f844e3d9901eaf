"""Importance weights of an approximation: how far they can be trusted, and what they correct.

Pareto smoothed importance sampling (PSIS): Vehtari, Simpson, Gelman, Yao & Gabry, Journal of
Machine Learning Research 25(72) (2024) 1-58, arXiv:1507.02646. The smoothing is ArviZ's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import logsumexp

from bayeswrap.estimates.results.draws_summary import arviz_functions
from bayeswrap.thresholds import K_HAT_DRAWS_MIN, K_HAT_MAX

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "Importance",
    "importance_of",
    "quantity_k_hats",
    "weighted_table",
]


_EQUAL_RATIOS = 1e-6  # nats: an approximation that is exact up to rounding


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Importance:
    """Smoothed importance weights of independent draws from an approximation.

    Attributes
    ----------
    log_ratios : (draws,) array
        log p - log q on the unconstrained scale, Jacobian in; -inf where the density is zero.
    log_weights : (draws,) array
        Smoothed, and normalised: their exponentials add to 1. NaN where nothing can be weighted.
    k_hat : float
        Shape of the weights' tail: below `threshold`, averages of weighted draws converge at a
        usable rate. -inf for weights that are all equal: the approximation is exact; NaN where
        a ratio is not a number, or where there are too few draws to tell.
    ess : float
        Effective number of draws, 1 / sum of squared weights.
    threshold : float
        min(0.7, 1 - 1 / log10(draws)): with fewer draws k-hat itself is too noisy for 0.7.
    log_evidence : float
        Log of the integral of likelihood times prior, nats; NaN where constants of the two
        densities are not known.
    log_evidence_mcse : float
        Its Monte Carlo standard error.
    """

    log_ratios: np.ndarray = field(repr=False)
    log_weights: np.ndarray = field(repr=False)
    k_hat: float
    ess: float
    threshold: float
    log_evidence: float
    log_evidence_mcse: float

    @property
    def reliable(self) -> bool:
        """Whether averages of the weighted draws can be trusted."""
        return self.k_hat <= self.threshold

    @property
    def outside(self) -> int:
        """Number of draws where the density is zero."""
        return int(np.isneginf(self.log_ratios).sum())

    @property
    def shift_bound(self) -> float:
        """How far a posterior mean can lie from that of the unweighted draws, in their sds.

        By the inequality of Cauchy and Schwarz, the square root of the variance of the weights
        relative to their mean. Meaningful where the weights are `reliable`.
        """
        return float(np.sqrt(max(self.log_weights.size / self.ess - 1, 0.0)))

    @property
    def sentence(self) -> str:
        """What the weights say, in words."""
        if np.isneginf(self.k_hat):
            return "the approximation is exact: all importance weights are equal"
        if np.isnan(self.k_hat):
            few = self.log_ratios.size < K_HAT_DRAWS_MIN.value
            why = (
                f"fewer than {K_HAT_DRAWS_MIN.value} draws"
                if few
                else "a density that is not a number"
            )
            return f"Pareto k-hat cannot be computed: {why}"
        side = "below" if self.reliable else "above"
        return f"Pareto k-hat {self.k_hat:.2f} is {side} its threshold {self.threshold:.2f}"


def importance_of(log_ratios: np.ndarray, offset: float = 0.0) -> Importance:
    """Smooth the importance weights of independent draws.

    Parameters
    ----------
    log_ratios : (draws,) array
        log p - log q at the draws, each up to a constant.
    offset : float, optional
        What these constants add to the ratio of the two normalised densities, for the evidence.

    Returns
    -------
    Importance
        Nothing is raised: what is not defined is NaN.
    """
    ratios = np.asarray(log_ratios, dtype=float).ravel()
    n = ratios.size
    # with one draw, the logarithm is 0
    threshold = min(K_HAT_MAX.value, 1 - 1 / np.log10(n)) if n > 1 else -np.inf
    log_weights, k_hat = _smoothed(ratios)
    with np.errstate(over="ignore"):
        squared = float(np.exp(2 * log_weights).sum())
    return Importance(
        log_ratios=ratios,
        log_weights=log_weights,
        k_hat=k_hat,
        ess=1 / squared,
        threshold=float(threshold),
        log_evidence=_log_mean(ratios, log_weights) + offset,
        log_evidence_mcse=float(np.sqrt(max(squared - 1 / n, 0.0))),
    )


def _smoothed(ratios: np.ndarray) -> tuple[np.ndarray, float]:
    """Return normalised log weights and k-hat."""
    inside = ratios[~np.isneginf(ratios)]
    if not inside.size or not np.isfinite(inside).all():
        return np.full(ratios.size, np.nan), np.nan
    plain = ratios - logsumexp(ratios)
    if np.ptp(inside) <= _EQUAL_RATIOS:
        return plain, -np.inf
    if ratios.size < K_HAT_DRAWS_MIN.value:
        return plain, np.nan
    try:
        # ArviZ takes log likelihoods, whose weights in cross-validation are their inverses
        weights, k_hat = arviz_functions().psislw(-ratios)
    except ValueError:  # the largest weights are all equal: a tail that ends at once
        return plain, -np.inf
    return np.asarray(weights, dtype=float), float(k_hat)


def _log_mean(ratios: np.ndarray, log_weights: np.ndarray) -> float:
    """Return the log of the mean smoothed ratio.

    Smoothing leaves all but the tail alone, so the smallest ratio tells what the weights were
    divided by.
    """
    finite = np.where(np.isfinite(ratios), ratios, np.inf)
    at = int(np.argmin(finite))
    return float(ratios[at] - log_weights[at] - np.log(ratios.size))


def quantity_k_hats(values: np.ndarray, importance: Importance) -> np.ndarray:
    """Return k-hat of the weighted mean of each quantity.

    The larger one of two: that of the weights, and that of quantity times weight, whose tails
    decide on the mean of a quantity that is not bounded (Vehtari et al. 2024, section 3).

    Parameters
    ----------
    values : (draws, n) array
        The quantities.
    importance : Importance
        Of the same draws.

    Returns
    -------
    (n,) array
        NaN where a quantity is not finite.
    """
    if np.isnan(importance.k_hat):
        return np.full(values.shape[1], np.nan)
    weights = np.exp(importance.log_ratios - importance.log_ratios.max())
    return np.array([_product_k_hat(column, weights, importance.k_hat) for column in values.T])


def _product_k_hat(values: np.ndarray, weights: np.ndarray, joint: float) -> float:
    if not np.isfinite(values).all():
        return np.nan
    few_values = 2  # a constant or an indicator is bounded: the weights alone decide
    if values.size < K_HAT_DRAWS_MIN.value or np.unique(values).size <= few_values:
        return joint
    try:
        product = (values * weights)[np.newaxis]
        of_product = arviz_functions().pareto_khat(product, r_eff=1.0, tail="both")
    except ValueError:  # a tail of equal values
        return joint
    return max(joint, float(of_product))


def weighted_table(
    values: np.ndarray, log_weights: np.ndarray, names: Sequence[str], ci_prob: float
) -> pd.DataFrame:
    """Summarise weighted draws.

    Parameters
    ----------
    values : (draws, n) array
        On the declared scale.
    log_weights : (draws,) array
        Normalised.
    names : sequence of str
        Of the n scalars.
    ci_prob : float
        Coverage of the equal-tailed interval.

    Returns
    -------
    pandas.DataFrame
        ``mean sd median mcse_mean mcse_sd ci_lower ci_upper``. Monte Carlo errors are those of
        a ratio of averages (Owen, Monte Carlo theory, methods and examples, 2013, eq. 9.9).
    """
    index = pd.Index(names, name="parameter")
    weights = np.exp(log_weights)
    mean = weights @ values
    square = (values - mean) ** 2
    moment = weights @ square
    # with equal weights the divisor is n - 1
    sd = np.sqrt(moment / (1 - weights @ weights))
    tail = (1 - ci_prob) / 2
    lower, median, upper = _weighted_quantiles(values, weights, (tail, 0.5, 1 - tail))
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = np.sqrt(weights**2 @ (square - moment) ** 2)
        columns = {
            "mean": mean,
            "sd": sd,
            "median": median,
            "mcse_mean": np.sqrt(weights**2 @ square),
            "mcse_sd": np.where(sd > 0, spread / (2 * sd), np.nan),
            "ci_lower": lower,
            "ci_upper": upper,
        }
    return pd.DataFrame(columns, index=index)


def _weighted_quantiles(
    values: np.ndarray, weights: np.ndarray, probabilities: tuple[float, ...]
) -> np.ndarray:
    """Return quantiles of each column, (probabilities, n): the first value that is enough."""
    if not values.shape[1]:
        return np.empty((len(probabilities), 0))
    columns = [
        np.full(len(probabilities), np.nan)
        if np.isnan(column).any()
        else np.quantile(column, probabilities, weights=weights, method="inverted_cdf")
        for column in values.T
    ]
    return np.array(columns).T
