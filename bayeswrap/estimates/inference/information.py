"""Observed information on the unconstrained scale, and what follows from a covariance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from bayeswrap.errors import EstimandError
from bayeswrap.estimates.numerics.derivatives import diagonal_scale, hessian_along
from bayeswrap.estimates.results.status import Status

if TYPE_CHECKING:
    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.estimates.results.mode_result import ModeResult

__all__ = [
    "correlation",
    "digits_left",
    "information",
]


def information(estimate: ModeResult) -> pd.DataFrame:
    """Return the observed information on the unconstrained scale.

    Minus the Hessian of what was maximised, by fourth-order differences of exact gradients along
    whitened directions (Efron & Hinkley 1978, doi:10.1093/biomet/65.3.457).

    Parameters
    ----------
    estimate : ModeResult
        A verified estimate, or one on a flat direction.

    Returns
    -------
    pandas.DataFrame
        Indexed both ways by unconstrained coordinates; ``log(sigma)`` stands for a parameter with
        lower bound 0. NaN for coordinates on an edge or a kink, 0 for those that nothing reaches.

    Raises
    ------
    EstimandError
        The search ended where there is no curvature to speak of, or the estimate was loaded.
    """
    problem = estimate.problem_for("information()")
    _require_curvature(estimate)
    matrix = _minus_hessian(estimate, problem)
    excluded = list(estimate.optimum.excluded)
    matrix[excluded], matrix[:, excluded] = np.nan, np.nan
    names = list(problem.coordinates.display_names)
    return pd.DataFrame(matrix, index=names, columns=names)


def _require_curvature(estimate: ModeResult) -> None:
    if estimate.status.is_estimate or estimate.status is Status.FLAT:
        return
    raise EstimandError(
        "no observed information exists here",
        got=estimate.status.sentence,
        do=estimate.status.advice,
    )


def _minus_hessian(estimate: ModeResult, problem: Problem) -> np.ndarray:
    """Return -H, formed along the columns of T and taken back."""
    optimum, objective = estimate.optimum, problem.objective
    if not optimum.status.is_estimate:
        scale = diagonal_scale(objective, optimum.q, objective(optimum.q)[1])
        return _symmetric(
            -hessian_along(objective, optimum.q, np.diag(scale)) / np.outer(scale, scale)
        )
    along = -hessian_along(objective, optimum.q, optimum.root)
    back = np.zeros(optimum.root.shape).T
    reached = np.flatnonzero((optimum.root != 0).any(axis=1))
    back[:, reached] = np.linalg.inv(optimum.root[reached])
    return _symmetric(back.T @ along @ back)


def _symmetric(matrix: np.ndarray) -> np.ndarray:
    return np.asarray((matrix + matrix.T) / 2)


def digits_left(condition: float) -> int:
    """Return how many digits a condition number leaves of double precision's sixteen."""
    if not np.isfinite(condition):
        return 0
    return max(0, int(16 - np.log10(max(condition, 1.0))))


def correlation(covariance: pd.DataFrame) -> pd.DataFrame:
    """Return the correlation matrix of a covariance matrix; NaN where a variance is 0 or NaN."""
    spread = np.sqrt(np.diag(covariance))
    with np.errstate(invalid="ignore", divide="ignore"):
        matrix = covariance.to_numpy() / np.outer(spread, spread)
    np.fill_diagonal(matrix, np.where(spread > 0, 1.0, np.nan))
    return pd.DataFrame(matrix, index=covariance.index, columns=covariance.columns)
