"""`OutcomeDistribution`: the distribution of an outcome, given the parameters of its family.

Densities, distribution functions and random numbers are scipy's; what scipy does not have (zero
inflation, hurdles, categories) is made of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import special, stats

from bayeswrap.errors import UsageError
from bayeswrap.predictions.category_probabilities import category_probabilities
from bayeswrap.predictions.family_moments import MEANS, VARIANCES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bayeswrap.regression.families import Family

__all__ = [
    "OutcomeDistribution",
]

_WITH_CATEGORIES = frozenset({"ordered", "categorical"})
_ZERO = {"zero_inflated_poisson": "zi", "zero_inflated_negbinomial": "zi", "hurdle_poisson": "hu"}
_COUNTS = frozenset({"binary", "count", "binomial"})


def _asym_laplace(p: Mapping[str, np.ndarray]) -> Any:  # noqa: ANN401 - scipy's frozen distributions
    q = p["quantile"]
    # quantile / sigma = kappa / scale above mu, (1 - quantile) / sigma = 1 / (kappa scale) below
    kappa, scale = np.sqrt(q / (1 - q)), p["sigma"] / np.sqrt(q * (1 - q))
    return stats.laplace_asymmetric(kappa, loc=p["mu"], scale=scale)


def _whole(trials: np.ndarray) -> np.ndarray:
    return np.asarray(trials).astype(np.int64)


_SCIPY: Mapping[str, Callable[[Mapping[str, np.ndarray]], Any]] = {
    "gaussian": lambda p: stats.norm(p["mu"], p["sigma"]),
    "student": lambda p: stats.t(p["nu"], p["mu"], p["sigma"]),
    "asym_laplace": _asym_laplace,
    "bernoulli": lambda p: stats.bernoulli(p["mu"]),
    "binomial": lambda p: stats.binom(_whole(p["trials"]), p["mu"]),
    "beta_binomial": lambda p: stats.betabinom(
        _whole(p["trials"]), p["mu"] * p["phi"], (1 - p["mu"]) * p["phi"]
    ),
    "poisson": lambda p: stats.poisson(p["mu"]),
    "negbinomial": lambda p: stats.nbinom(p["phi"], p["phi"] / (p["phi"] + p["mu"])),
    "gamma": lambda p: stats.gamma(p["shape"], scale=p["mu"] / p["shape"]),
    "lognormal": lambda p: stats.lognorm(p["sigma"], scale=np.exp(p["mu"])),
    "inverse_gaussian": lambda p: stats.invgauss(p["mu"] / p["shape"], scale=p["shape"]),
    "weibull": lambda p: stats.weibull_min(p["shape"], scale=p["mu"]),
    "exponential": lambda p: stats.expon(scale=p["mu"]),
    "loglogistic": lambda p: stats.fisk(p["shape"], scale=p["mu"]),
    "beta": lambda p: stats.beta(p["mu"] * p["phi"], (1 - p["mu"]) * p["phi"]),
}
_UNDER_ZERO = {
    "zero_inflated_poisson": "poisson",
    "zero_inflated_negbinomial": "negbinomial",
    "hurdle_poisson": "poisson",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeDistribution:
    """The distribution of an outcome.

    Attributes
    ----------
    family : Family
        Which one.
    parameters : mapping of str to array
        ``mu`` and the family's further parameters on their own scale, with ``trials`` where the
        family has them; any shapes that broadcast. Of an ordered outcome ``mu`` is the linear
        predictor, and ``cutpoints`` have one more axis, the last; of a categorical outcome ``mu``
        has the categories on its last axis, as linear predictors.

    Examples
    --------
    >>> from bayeswrap.regression.families import family_of
    >>> outcome = OutcomeDistribution(
    ...     family=family_of("zero_inflated_poisson"),
    ...     parameters={"mu": np.array(2.0), "zi": np.array(0.25)},
    ... )
    >>> float(outcome.mean()), float(outcome.variance())
    (1.5, 2.25)
    """

    family: Family
    parameters: Mapping[str, np.ndarray]

    @property
    def has_categories(self) -> bool:
        """Whether the outcome is ordered or categorical."""
        return self.family.outcome in _WITH_CATEGORIES

    @property
    def is_discrete(self) -> bool:
        """Whether outcomes are whole numbers."""
        return self.has_categories or self.family.outcome in _COUNTS

    def mean(self) -> np.ndarray:
        """Return the expected outcome; of categories their probabilities, on the last axis."""
        if self.has_categories:
            return category_probabilities(self.family, self.parameters)
        with np.errstate(all="ignore"):
            return np.asarray(MEANS[self.family.name](self.parameters), dtype=float)

    def variance(self) -> np.ndarray:
        """Return the variance of the outcome; of each category's indicator with categories."""
        if self.has_categories:
            p = self.mean()
            return np.asarray(p * (1 - p))
        with np.errstate(all="ignore"):
            return np.asarray(VARIANCES[self.family.name](self.parameters), dtype=float)

    def log_density(self, y: np.ndarray) -> np.ndarray:
        """Return the log density or log probability of outcomes; categories count from 1."""
        with np.errstate(all="ignore"):
            if self.has_categories:
                return np.asarray(np.log(_picked(self.mean(), y)))
            if self.family.name in _ZERO:
                return self._zero_log_density(np.asarray(y))
            frozen = self._scipy()
            return np.asarray(frozen.logpmf(y) if self.is_discrete else frozen.logpdf(y))

    def cdf(self, y: np.ndarray) -> np.ndarray:
        """Return the probability of at most `y`."""
        with np.errstate(all="ignore"):
            if self.has_categories:
                self._require_order("cdf")
                below = np.cumsum(self.mean(), axis=-1)
                below = np.concatenate([np.zeros_like(below[..., :1]), below], axis=-1)
                return _picked(below, np.floor(y) + 1)
            if self.family.name in _ZERO:
                return self._zero_cdf(np.asarray(y))
            return np.asarray(self._scipy().cdf(y))

    def log_survival(self, y: np.ndarray) -> np.ndarray:
        """Return the log probability of more than `y`, as a right censored row has it."""
        with np.errstate(all="ignore"):
            return np.asarray(self._scipy().logsf(y))

    def log_cdf(self, y: np.ndarray) -> np.ndarray:
        """Return the log probability of at most `y`, as a left censored row has it."""
        with np.errstate(all="ignore"):
            return np.asarray(self._scipy().logcdf(y))

    def quantile(self, probability: np.ndarray) -> np.ndarray:
        """Return the smallest outcome with a cdf of at least `probability`."""
        p = np.asarray(probability, dtype=float)
        with np.errstate(all="ignore"):
            if self.has_categories:
                self._require_order("quantile")
                below = np.cumsum(self.mean(), axis=-1)[..., :-1]
                return np.asarray(1.0 + (below < p[..., np.newaxis]).sum(axis=-1))
            if self.family.name not in _ZERO:
                return np.asarray(self._scipy().ppf(p))
            return self._zero_quantile(p)

    def random(self, rng: np.random.Generator) -> np.ndarray:
        """Return an outcome for each element of the parameters; categories count from 1."""
        if self.has_categories:
            probabilities = self.mean()
            u = rng.random(probabilities.shape[:-1])[..., np.newaxis]
            return np.asarray(1.0 + (np.cumsum(probabilities, axis=-1)[..., :-1] < u).sum(axis=-1))
        shape = np.broadcast_shapes(*(np.shape(v) for v in self.parameters.values()))
        if self.family.name in _ZERO:
            return self.quantile(rng.random(shape))
        return np.asarray(self._scipy().rvs(size=shape, random_state=rng), dtype=float)

    def _scipy(self) -> Any:  # noqa: ANN401 - scipy's frozen distributions
        name = _UNDER_ZERO.get(self.family.name, self.family.name)
        return _SCIPY[name](self.parameters)

    def _zero_log_density(self, y: np.ndarray) -> np.ndarray:
        zero, counts = self.parameters[_ZERO[self.family.name]], self._scipy()
        above = np.log1p(-zero) + counts.logpmf(y)
        if self.family.name == "hurdle_poisson":
            truncated = above - np.log(-np.expm1(-self.parameters["mu"]))
            return np.asarray(np.where(y == 0, np.log(zero), truncated))
        at_zero = special.logsumexp(np.stack(np.broadcast_arrays(np.log(zero), above)), axis=0)
        return np.asarray(np.where(y == 0, at_zero, above))

    def _zero_cdf(self, y: np.ndarray) -> np.ndarray:
        zero, cdf = self.parameters[_ZERO[self.family.name]], self._scipy().cdf(y)
        if self.family.name == "hurdle_poisson":
            none = np.exp(-self.parameters["mu"])
            cdf = np.maximum(cdf - none, 0.0) / (1 - none)
        return np.where(y < 0, 0.0, zero + (1 - zero) * cdf)

    def _zero_quantile(self, p: np.ndarray) -> np.ndarray:
        zero, counts = self.parameters[_ZERO[self.family.name]], self._scipy()
        rest = np.clip((p - zero) / (1 - zero), 0.0, 1.0)
        if self.family.name == "hurdle_poisson":
            none = np.exp(-self.parameters["mu"])
            return np.where(p <= zero, 0.0, np.maximum(counts.ppf(none + rest * (1 - none)), 1.0))
        return np.where(rest <= 0, 0.0, np.maximum(counts.ppf(rest), 0.0))

    def _require_order(self, what: str) -> None:
        if self.family.outcome == "categorical":
            raise UsageError(
                f"categories without an order have no {what}",
                got=self.family.name,
                do="use the probabilities of the categories",
            )


def _picked(values: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Return the elements at places (from 1) on the last axis."""
    at = np.clip(np.asarray(place).astype(int) - 1, 0, values.shape[-1] - 1)
    shape = np.broadcast_shapes(values.shape[:-1], at.shape)
    values = np.broadcast_to(values, (*shape, values.shape[-1]))
    at = np.broadcast_to(at, shape)[..., np.newaxis]
    return np.asarray(np.take_along_axis(values, at, axis=-1)[..., 0])
