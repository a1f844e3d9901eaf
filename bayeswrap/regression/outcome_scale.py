"""The location and the scale of an outcome, in units of its linear predictor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from bayeswrap.formulas.design_matrices import Response
    from bayeswrap.regression.families import Family

__all__ = [
    "OutcomeScale",
    "link_of",
    "outcome_scale",
    "spread_of",
]

_UNITLESS = frozenset({"log", "logit", "probit", "cloglog", "cauchit"})
_WITH_UNIT = frozenset({"real", "positive"})


@dataclass(frozen=True, slots=True)
class OutcomeScale:
    """What default priors take from the outcome.

    Attributes
    ----------
    location : float
        Of the linear predictor of ``mu``.
    spread : float
        One unit of that predictor: 1 where the link takes the unit away.
    outcome_mean, outcome_spread : float
        Mean and standard deviation of the outcome (of its logarithm for `lognormal`).
    """

    location: float
    spread: float
    outcome_mean: float
    outcome_spread: float


def outcome_scale(family: Family, response: Response) -> OutcomeScale:
    """Measure an outcome for the default priors.

    A link such as the logarithm or the logit takes the unit away, and the spread is 1. The location
    is that of the mean outcome where the outcome has a unit or the link is none of these, and 0
    otherwise.
    """
    if family.outcome in {"ordered", "categorical"}:
        return OutcomeScale(0.0, 1.0, 0.0, 1.0)
    y = np.asarray(response.values, dtype=np.float64)
    if family.name == "lognormal":
        y = np.log(y)
    if family.outcome == "binomial" and response.trials is not None:
        y = y / response.trials
    mean, spread = float(y.mean()), spread_of(y)
    unitless = family.link in _UNITLESS
    if unitless and family.outcome not in _WITH_UNIT:
        return OutcomeScale(0.0, 1.0, mean, spread)
    with np.errstate(all="ignore"):
        location = float(link_of(family.link, np.asarray(mean)))
        eta = link_of(family.link, y)
    of_eta = 1.0 if unitless else spread_of(eta)
    location = location if np.isfinite(location) else 0.0
    return OutcomeScale(location, of_eta, mean, spread)


def spread_of(x: np.ndarray) -> float:
    """Return the standard deviation of finite numbers; 1 where they do not vary."""
    x = x[np.isfinite(x)]
    sd = float(np.std(x, ddof=1)) if x.size > 1 else 0.0
    # what remains of equal numbers is rounding
    return sd if sd > 1e-12 * max(1.0, float(np.abs(x).max(initial=0.0))) else 1.0


def link_of(link: str, mu: np.ndarray) -> np.ndarray:
    """Return the linear predictor of a mean, for the links of outcomes with a unit."""
    match link:
        case "log":
            return np.asarray(np.log(mu))
        case "inverse":
            return np.asarray(1.0 / mu)
        case "sqrt":
            return np.asarray(np.sqrt(mu))
        case "1/mu^2":
            return np.asarray(1.0 / mu**2)
        case _:
            return mu
