"""Covariances from the gradients of single observations: sandwich and outer product."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from bayeswrap.errors import EstimandError, UsageError
from bayeswrap.estimates.numerics.derivatives import central_difference
from bayeswrap.estimates.problem.estimand import Estimator

if TYPE_CHECKING:
    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.estimates.results.mode_result import ModeResult

__all__ = [
    "CovarianceKind",
    "sandwich_middle",
]


CovarianceKind: TypeAlias = Literal["observed", "sandwich", "opg"]

_SINGULAR = 1e14  # condition number
_IMBALANCE_MAX = 1e-3  # standard errors: how far summed scores may be from the gradient
_POINTWISE = "log_lik"


def sandwich_middle(estimate: ModeResult, kind: str) -> np.ndarray:
    """Return M with covariance R M R', where R is the root of the observed-information one.

    In whitened coordinates minus the Hessian A is the identity, so that the sandwich A^-1 B A^-1 is
    the outer product B = S'S of the scores itself, and the outer-product estimate its inverse.

    Raises
    ------
    UsageError
        Another kind than ``observed``, ``sandwich`` and ``opg``.
    EstimandError
        No MLE, no pointwise log likelihood, or an outer product that is singular.

    References
    ----------
    White 1982, Econometrica 50:1-25, doi:10.2307/1912526.
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
    scores = _scores(estimate)
    product = scores.T @ scores
    if kind == "sandwich":
        return np.asarray(product)
    if np.linalg.cond(product) > _SINGULAR:
        raise EstimandError(
            "the outer product of the gradients is singular",
            got=f"{len(scores)} observations",
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
    scores = _differences(estimate, problem)
    _require_balance(estimate, scores)
    return scores


def _differences(estimate: ModeResult, problem: Problem) -> np.ndarray:
    optimum, transforms = estimate.optimum, problem.density.transforms
    where = estimate.layout.indices(_POINTWISE)

    def log_likelihoods(q: np.ndarray) -> np.ndarray:
        return np.asarray(transforms.constrain(q, derived=True)[where])

    # S = dl/dz in whitened coordinates z, with q = q0 + T z
    columns = [central_difference(log_likelihoods, optimum.q, column) for column in optimum.root.T]
    return np.column_stack(columns)


def _require_balance(estimate: ModeResult, scores: np.ndarray) -> None:
    """Require scores that sum to the gradient, which is zero at the maximum."""
    if len(scores) <= scores.shape[1]:
        raise EstimandError(
            "a covariance from scores needs more observations than parameters",
            got=f"{len(scores)} elements of {_POINTWISE}, {scores.shape[1]} free parameters",
            do="use the observed information",
        )
    excess = np.abs(scores.sum(axis=0)).max(initial=0.0)
    if not excess < _IMBALANCE_MAX * max(
        1.0, float(np.sqrt((scores**2).sum(axis=0)).max(initial=0.0))
    ):
        raise EstimandError(
            f"{_POINTWISE} is not the log likelihood of each observation",
            where=estimate.record.program_name,
            got=f"gradients that sum to {excess:.3g} per standard error at the maximum, not to 0",
            do=f"let {_POINTWISE} hold every term of the likelihood once",
        )
