"""How far the joint mode of hyperparameters and effects lies from the marginal mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.marginal_likelihood.latent_variables import latent_variables
from bayeswrap.estimates.numerics.derivatives import hessian_along
from bayeswrap.estimates.problem.layout import variable_of

if TYPE_CHECKING:
    from bayeswrap.estimates.numerics.functions import Function
    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate

__all__ = [
    "marginal_shift",
]


_STEP = 0.1  # conditional standard deviations of a hyperparameter


def marginal_shift(mode: PointEstimate) -> dict[str, float] | None:
    """Return where integrating the effects out would move the hyperparameters, to first order.

    The log of the Laplace approximation to the marginal density is that of the joint density at
    the conditional mode of the effects, less half the log determinant of their precision (Tierney
    and Kadane 1986, doi:10.1080/01621459.1986.10478240). At the joint mode the first term is
    level, so one Newton step towards the marginal mode is the covariance of the hyperparameters
    times the slope of the second.

    Parameters
    ----------
    mode : PointEstimate
        A joint mode with its problem.

    Returns
    -------
    dict of str to float or None
        By unconstrained coordinate of a hyperparameter: the shift in its Laplace standard
        deviation. None where the program has no effects or hyperparameters, or the mode no
        curvature.
    """
    problem, optimum = mode.problem, mode.optimum
    if problem is None or optimum.excluded or not np.isfinite(optimum.root).all():
        return None
    latent = set(latent_variables(problem.program))
    of_effect = np.array([variable_of(c) in latent for c in mode.coordinates])
    root = optimum.root
    if not of_effect.any() or of_effect.all() or np.linalg.matrix_rank(root) < len(root):
        return None
    inverse = np.linalg.inv(root)
    precision = inverse.T @ inverse
    hyper = [int(j) for j in np.flatnonzero(~of_effect)]
    slopes = np.array(
        [_slope(problem.objective, optimum.q, precision, of_effect, j) for j in hyper]
    )
    covariance = (root @ root.T)[np.ix_(hyper, hyper)]
    shifts = covariance @ (-slopes / 2) / np.sqrt(np.diag(covariance))
    return {mode.coordinates[j]: float(s) for j, s in zip(hyper, shifts, strict=True)}


def _slope(
    function: Function, q: np.ndarray, precision: np.ndarray, of_effect: np.ndarray, j: int
) -> float:
    """Return the slope of the log determinant of the effects' precision along a hyperparameter."""
    step = np.zeros(q.size)
    # the effects follow their conditional mode
    follow = np.linalg.solve(precision[np.ix_(of_effect, of_effect)], precision[of_effect, j])
    h = _STEP / np.sqrt(precision[j, j])
    step[j], step[of_effect] = h, -h * follow
    columns = np.diag(1 / np.sqrt(np.diag(precision)))[:, of_effect]
    ends = [hessian_along(function, q + side * step, columns) for side in (-1, 1)]
    # the slope of a number is what its own differences tell: the scale of the columns cancels
    low, high = (float(np.linalg.slogdet(-end)[1]) for end in ends)
    return float((high - low) / (2 * h))
