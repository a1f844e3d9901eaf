"""Replications of a regression's outcome at draws of its parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.predictions.expected_outcomes import outcome_distribution
from bayeswrap.predictions.group_treatment import GroupTreatment
from bayeswrap.predictions.linear_predictors import family_parameters, linear_predictors

if TYPE_CHECKING:
    from bayeswrap.estimates.problem.layout import Layout
    from bayeswrap.regression.regression import Regression

__all__ = [
    "replications",
]


_SEED = 1


def replications(regression: Regression, layout: Layout, draws: np.ndarray) -> np.ndarray | None:
    """Return an outcome for each row of the data at each draw, group effects included.

    Parameters
    ----------
    regression : Regression
        Its design has the rows.
    layout : Layout
        Of the draws.
    draws : (n, scalars) array
        On the declared scale.

    Returns
    -------
    (n, rows) array or None
        Categories count from 1; None where outcomes are censored, so that they are no draws of
        their distribution.
    """
    if regression.design.response.censored is not None:
        return None
    values = layout.split(draws)
    design, treatment = regression.design, GroupTreatment.of("include", "zero", regression)
    eta = linear_predictors(regression, design, values, treatment).eta
    parameters = family_parameters(regression, design, values, eta)
    outcome = outcome_distribution(regression, parameters)
    rows = outcome.random(np.random.default_rng(_SEED))
    return np.asarray(np.broadcast_to(rows, (len(draws), design.rows)), dtype=float)
