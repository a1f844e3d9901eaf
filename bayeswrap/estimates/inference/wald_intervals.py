"""Wald intervals on a link that keeps them inside the support."""

from __future__ import annotations

import numpy as np
from scipy.special import expit, ndtri

from bayeswrap.arguments import check_ci_prob
from bayeswrap.thresholds import NEAR_EDGE

__all__ = [
    "near_an_end",
    "wald_interval",
]


def wald_interval(
    values: np.ndarray, errors: np.ndarray, supports: np.ndarray, ci_prob: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return Wald intervals that stay inside the support.

    Each scalar is taken to a link on which its support is the whole line (identity, log, logit;
    Fisher's z is the logit of a correlation), the interval is formed there by the delta method,
    and mapped back (Pawitan, In All Likelihood, 2001, ch. 2 and 9).

    Parameters
    ----------
    values, errors : (n,) array
        Estimates and standard errors on their own scale.
    supports : (n, 2) array
        Lower and upper ends, infinite where there is none.
    ci_prob : float
        Coverage.

    Returns
    -------
    lower, upper : (n,) array
        NaN where the error is NaN.

    Examples
    --------
    >>> import numpy as np
    >>> low, high = wald_interval(np.array([0.1]), np.array([0.0948683]),
    ...                           np.array([[0.0, 1.0]]), 0.95)
    >>> low.round(4), high.round(4)
    (array([0.0139]), array([0.4672]))
    """
    z = ndtri((1 + check_ci_prob(ci_prob)) / 2)
    low_end, high_end = supports.T
    lower, upper = values - z * errors, values + z * errors
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        log_low = np.isfinite(low_end) & ~np.isfinite(high_end)
        reach = np.exp(z * errors / (values - low_end))
        lower = np.where(log_low, low_end + (values - low_end) / reach, lower)
        upper = np.where(log_low, low_end + (values - low_end) * reach, upper)
        log_high = ~np.isfinite(low_end) & np.isfinite(high_end)
        reach = np.exp(z * errors / (high_end - values))
        lower = np.where(log_high, high_end - (high_end - values) * reach, lower)
        upper = np.where(log_high, high_end - (high_end - values) / reach, upper)
        both = np.isfinite(low_end) & np.isfinite(high_end)
        log_odds = np.log(values - low_end) - np.log(high_end - values)
        reach = z * errors * (1 / (values - low_end) + 1 / (high_end - values))
        lower = np.where(both, low_end + (high_end - low_end) * expit(log_odds - reach), lower)
        upper = np.where(both, low_end + (high_end - low_end) * expit(log_odds + reach), upper)
    # rounding may carry an end past the support by its last digit
    lower, upper = np.maximum(lower, low_end), np.minimum(upper, high_end)
    # a scalar without any spread (the diagonal of a correlation matrix) has no interval to widen
    still = errors == 0
    return np.where(still, values, lower), np.where(still, values, upper)


def near_an_end(values: np.ndarray, errors: np.ndarray, supports: np.ndarray) -> np.ndarray:
    """Return which scalars are too near an end of their support for a Wald interval.

    On the link the standard error is that of the logarithm of the distance, and the interval from
    2e-6 to 916 of a standard deviation of 0.04 says no more than that the quadratic fails.

    Parameters
    ----------
    values, errors, supports
        As for `wald_interval`.

    Examples
    --------
    >>> import numpy as np
    >>> near_an_end(np.array([0.04, 4.0]), np.array([0.2, 0.2]), np.array([[0, np.inf]] * 2))
    array([ True, False])
    """
    with np.errstate(invalid="ignore"):  # what has become infinite is at no end
        distance = np.abs(supports - values[:, np.newaxis]).min(axis=1)
    return np.asarray((errors > 0) & (distance < NEAR_EDGE.value * errors))
