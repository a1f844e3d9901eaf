"""Expected outcomes of rows, with unknown group effects integrated out by quadrature.

An effect that is unknown is normal on the scale of the link, with variance v. The expected outcome
is then the integral of the mean over N(eta, v), by the nodes of Gauss and Hermite. On the scale of
an identity link it is the mean at eta; elsewhere the two differ, and by this much a population
average differs from a typical group (Zeger, Liang & Albert 1988, doi:10.2307/2531734).
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.predictions.family_distributions import OutcomeDistribution
from bayeswrap.predictions.linear_predictors import (
    LinearPredictors,
    family_parameters,
    linear_predictors,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bayeswrap.formulas.design_matrices import Design
    from bayeswrap.predictions.group_treatment import GroupTreatment
    from bayeswrap.regression.regression import Regression

__all__ = [
    "effect_nodes",
    "expected_outcomes",
    "outcome_distribution",
]

_NODES = 32  # Gauss-Hermite, exact for polynomials up to degree 63
_NODES_EACH = 12  # where two predictors have unknown effects


def expected_outcomes(
    regression: Regression,
    design: Design,
    values: Mapping[str, np.ndarray],
    treatment: GroupTreatment,
) -> np.ndarray:
    """Return the mean of the outcome in each row, at n points of the parameters.

    Parameters
    ----------
    regression, design, values, treatment
        As for `linear_predictors`.

    Returns
    -------
    (n, rows) array
        Or (n, rows, categories): probabilities.
    """
    at = linear_predictors(regression, design, values, treatment)
    return mean_over_effects(regression, design, values, at)


def mean_over_effects(
    regression: Regression,
    design: Design,
    values: Mapping[str, np.ndarray],
    at: LinearPredictors,
) -> np.ndarray:
    """Return the mean of the outcome with the effects of `at` integrated out."""
    total: np.ndarray | float = 0.0
    for weight, eta in effect_nodes(at):
        parameters = family_parameters(regression, design, values, eta)
        total = total + weight * outcome_distribution(regression, parameters).mean()
    return np.asarray(total)


def outcome_distribution(
    regression: Regression, parameters: Mapping[str, np.ndarray]
) -> OutcomeDistribution:
    """Return the distribution of the outcome with these parameters."""
    return OutcomeDistribution(family=regression.family, parameters=parameters)


def effect_nodes(
    at: LinearPredictors, most: int = _NODES
) -> Iterator[tuple[float, dict[str, np.ndarray]]]:
    """Yield weights and linear predictors at the nodes of the unknown effects.

    Parameters
    ----------
    at : LinearPredictors
        With the variance of the effects.
    most : int, optional
        Nodes of a quadrature over one effect; over two there are 12 for each.

    Examples
    --------
    >>> at = LinearPredictors(eta={"mu": np.zeros((1, 1))}, effect_variance={})
    >>> [(weight, eta["mu"].tolist()) for weight, eta in effect_nodes(at)]
    [(1.0, [[0.0]])]
    """
    unknown = list(at.effect_variance)
    count = most if len(unknown) <= 1 else _NODES_EACH
    # nodes and weights for the density of the standard normal
    nodes, weights = np.polynomial.hermite_e.hermegauss(count)
    weights = weights / weights.sum()
    for places in product(range(count), repeat=len(unknown)):
        eta = dict(at.eta)
        for parameter, i in zip(unknown, places, strict=True):
            shift = nodes[i] * np.sqrt(at.effect_variance[parameter])
            eta[parameter] = eta[parameter] + _fitted(shift, eta[parameter])
        yield float(np.prod([weights[i] for i in places])), eta


def _fitted(shift: np.ndarray, eta: np.ndarray) -> np.ndarray:
    return shift.reshape(*shift.shape, *[1] * (eta.ndim - shift.ndim))
