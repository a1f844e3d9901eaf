"""Probabilities of the categories of an ordered or a categorical outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from bayeswrap.predictions.link_functions import inverse_link

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayeswrap.regression.families import Family

__all__ = [
    "category_probabilities",
]


def category_probabilities(family: Family, parameters: Mapping[str, np.ndarray]) -> np.ndarray:
    """Return the probability of each category, on the last axis.

    Parameters
    ----------
    family : Family
        ``cumulative``: P(y <= k) is the inverse link of cutpoint k minus the linear predictor
        (McCullagh 1980, doi:10.1111/j.2517-6161.1980.tb01109.x). ``categorical``: softmax.
    parameters : mapping of str to array
        As `OutcomeDistribution` has them.

    Returns
    -------
    (..., categories) array
        They sum to 1.

    Examples
    --------
    >>> from bayeswrap.regression.families import family_of
    >>> even = {"mu": np.array(0.0), "cutpoints": np.array([0.0])}
    >>> category_probabilities(family_of("cumulative"), even)
    array([0.5, 0.5])
    """
    mu = np.asarray(parameters["mu"])
    if family.outcome == "categorical":
        return np.asarray(special.softmax(mu, axis=-1))
    below = inverse_link(family.link, parameters["cutpoints"] - mu[..., np.newaxis])
    ends = np.broadcast_to([0.0, 1.0], (*below.shape[:-1], 2))
    return np.diff(np.concatenate([ends[..., :1], below, ends[..., 1:]], axis=-1), axis=-1)
