"""The range of an expected outcome, inside which its interval stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from bayeswrap.regression.families import Family

__all__ = [
    "mean_support",
]

_PROBABILITIES = frozenset({"binary", "proportion", "ordered", "categorical"})
_POSITIVE = frozenset({"positive", "count", "binomial"})


def mean_support(family: Family, *, one_trial: bool = False) -> tuple[float, float]:
    """Return the range of the expected outcome, by the kind of the outcome and the link.

    Parameters
    ----------
    family : Family
        Of the outcome.
    one_trial : bool, optional
        Whether an outcome with trials is taken for one trial: a probability.

    Examples
    --------
    >>> from bayeswrap.regression.families import family_of
    >>> mean_support(family_of("poisson"))
    (0.0, inf)
    """
    if family.outcome in _PROBABILITIES or (one_trial and family.outcome == "binomial"):
        return 0.0, 1.0
    if family.outcome in _POSITIVE or family.link in {"log", "sqrt"}:
        return 0.0, np.inf
    return -np.inf, np.inf
