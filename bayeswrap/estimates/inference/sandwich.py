"""Covariances from the gradients of single observations: sandwich and outer product."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from bayeswrap.errors import EstimandError, UsageError
from bayeswrap.estimates.problem.estimand import Estimator

if TYPE_CHECKING:
    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.estimates.results.mode_result import ModeResult

__all__ = [
    "CovarianceKind",
    "sandwich_middle",
]


CovarianceKind: TypeAlias = Literal["observed", "sandwich", "opg"]

_STEP = 1e-3  # of a standard error
_SINGULAR = 1e14  # condition number
_BALANCED = 1e-3  # standard errors: how far summed scores may be from the gradient
_POINTWISE = "log_lik"


def sandwich_middle(estimate: ModeResult, kind: str) -> np.ndarray:
    """Return M with covariance R M R', where R is the root of the observed-information one.

    In whitened coordinates minus the Hessian is the identity, so that the sandwich is the outer
    product of the scores itself, and the outer-product estimate its inverse.

    Raises
    ------
    UsageError
        Another kind than ``observed``, ``sandwich`` and ``opg``.
    EstimandError
        As for `_scores`.
    """
    if kind == "observed":
        return np.eye(estimate.root.shape[1])
    if kind not in {"sandwich", "opg"}:
        raise UsageError(
            "not a kind of covariance",
            where="kind=",
            got=repr(kind),
            expected="'observed', 'sandwich' or 'opg'",
            do="pass one of these",
        )
    found = _scores(estimate)
    product = found.T @ found
    if kind == "sandwich":
        return np.asarray(product)
    if np.linalg.cond(product) > _SINGULAR:
        raise EstimandError(
            "the outer product of the gradients is singular",
            got=f"{len(found)} observations",
            do="use the observed information",
        )
    return np.linalg.inv(product)


def _scores(estimate: ModeResult) -> np.ndarray:
    """Return the gradient of each observation's log likelihood along whitened directions.

    Parameters
    ----------
    estimate : ModeResult
        An MLE whose program declares a generated quantity ``log_lik``.

    Returns
    -------
    (N, k) array
        S, so that S'S estimates the variance of the gradient where -H is the identity.

    Raises
    ------
    EstimandError
        Not an MLE, no ``log_lik``, one that is not the pointwise log likelihood, fewer
        observations than parameters, or the estimate was loaded from a file.
    """
    problem = estimate.problem_for("a covariance from scores")
    if estimate.estimator is not Estimator.MLE or not estimate.status.is_estimate:
        raise EstimandError(
            "a covariance from scores belongs to a verified MLE",
            got=str(estimate.status) if estimate.status.is_estimate is False else estimate.title,
            do="use mle()",
        )
    if estimate.layout.blocks.get(_POINTWISE) not in {
        "generated quantities",
        "transformed parameters",
    }:
        raise EstimandError(
            "a covariance from scores needs the log likelihood of each observation",
            where=estimate.record.program_name,
            do=f"declare vector[N] {_POINTWISE} in generated quantities",
        )
    found = _differences(estimate, problem)
    _require_balance(estimate, found)
    return found


def _differences(estimate: ModeResult, problem: Problem) -> np.ndarray:
    optimum, transforms = estimate.optimum, problem.density.transforms
    where = estimate.layout.indices(_POINTWISE)
    columns = []
    for column in optimum.root.T:
        at = [
            transforms.constrain(optimum.q + k * _STEP * column, derived=True)[where]
            for k in (-2, -1, 1, 2)
        ]
        columns.append((8 * (at[2] - at[1]) - (at[3] - at[0])) / (12 * _STEP))
    return np.column_stack(columns)


def _require_balance(estimate: ModeResult, found: np.ndarray) -> None:
    """Require scores that sum to the gradient, which is zero at the maximum."""
    if len(found) <= found.shape[1]:
        raise EstimandError(
            "a covariance from scores needs more observations than parameters",
            got=f"{len(found)} elements of {_POINTWISE}, {found.shape[1]} free parameters",
            do="use the observed information",
        )
    excess = np.abs(found.sum(axis=0)).max(initial=0.0)
    if not excess < _BALANCED * max(1.0, float(np.sqrt((found**2).sum(axis=0)).max(initial=0.0))):
        raise EstimandError(
            f"{_POINTWISE} is not the log likelihood of each observation",
            where=estimate.record.program_name,
            got=f"gradients that sum to {excess:.3g} per standard error at the maximum, not to 0",
            do=f"let {_POINTWISE} hold every term of the likelihood once",
        )
