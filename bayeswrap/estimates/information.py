"""Observed information, what it does not identify, and covariances from pointwise scores.

Imports `optimum`, `curvature` and its own neighbours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
import pandas as pd

from bayeswrap.errors import EstimandError, UsageError
from bayeswrap.estimates.curvature import coordinate_transforms
from bayeswrap.estimates.layout import variable_of
from bayeswrap.estimates.optimum import hessian_along
from bayeswrap.estimates.profile import require_request
from bayeswrap.estimates.status import Estimator, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.estimates.point import PointEstimate
    from bayeswrap.estimates.request import Request

__all__ = [
    "CovarianceKind",
    "Flat",
    "correlation",
    "digits_left",
    "flat_directions",
    "information",
    "middle_of",
]

CovarianceKind: TypeAlias = Literal["observed", "sandwich", "opg"]

_STEP = 1e-3
_SINGULAR = 1e-7  # of the largest eigenvalue of the scaled matrix; differences leave 1e-10
_SMALLEST_SCALE = 1e-6
_ABSENT = 1e-4  # of the largest entry of a direction
_LARGEST_DENOMINATOR = 12
_RATIONAL = 1e-4
_BALANCED = 1e-3  # standard errors: how far summed scores may be from the gradient
_POINTWISE = "log_lik"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flat:
    """Directions along which the log density has no curvature.

    Attributes
    ----------
    coordinates : tuple of str
        Unconstrained coordinates, as `information` names them.
    directions : (m, dimension) array
        One row a direction, as small numbers where they fit.
    free : tuple of str
        Each direction in words: which parameters may move together, and by how much.
    identified : tuple of str
        The combinations of those parameters that the data do determine.
    """

    coordinates: tuple[str, ...]
    directions: np.ndarray
    free: tuple[str, ...]
    identified: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.free)

    def __str__(self) -> str:
        if not self.free:
            return "every direction has curvature: nothing is left undetermined"
        alone = "; ".join(self.free)
        if not self.identified:
            return f"not identified: {alone}"
        verb = "is" if len(self.identified) == 1 else "are"
        return f"only {' and '.join(self.identified)} {verb} identified; not identified: {alone}"

    __repr__ = __str__


def information(estimate: PointEstimate) -> pd.DataFrame:
    """Return the observed information on the unconstrained scale.

    Minus the Hessian of what was maximised, by fourth-order differences of exact gradients along
    whitened directions (Efron & Hinkley 1978, doi:10.1093/biomet/65.3.457).

    Parameters
    ----------
    estimate : PointEstimate
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
    request = require_request(estimate, "information()")
    _require_curvature(estimate)
    matrix = _minus_hessian(estimate, request)
    excluded = list(estimate.optimum.excluded)
    matrix[excluded], matrix[:, excluded] = np.nan, np.nan
    names = _coordinate_names(request)
    return pd.DataFrame(matrix, index=names, columns=names)


def _require_curvature(estimate: PointEstimate) -> None:
    if estimate.status.is_estimate or estimate.status is Status.FLAT:
        return
    raise EstimandError(
        "no observed information exists here",
        got=estimate.status.sentence,
        do=estimate.status.advice,
    )


def _minus_hessian(estimate: PointEstimate, request: Request) -> np.ndarray:
    """Return -H, formed along the columns of T and taken back."""
    optimum, objective = estimate.optimum, request.objective
    if not optimum.status.is_estimate:
        scale = _diagonal_scale(request, optimum.q)
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


def _diagonal_scale(request: Request, q: np.ndarray) -> np.ndarray:
    """Return rough standard errors, one coordinate at a time; 1 where there is no curvature."""
    objective, scale = request.objective, np.ones(q.size)
    for i in range(q.size):
        for h in (1e-2, 1e-5):
            step = np.zeros(q.size)
            step[i] = h * max(1.0, abs(q[i]))
            bend = (objective(q - step)[1] - objective(q + step)[1])[i] / (2 * step[i])
            if np.isfinite(bend) and abs(bend) > _SMALLEST_SCALE**2:
                scale[i] = 1 / np.sqrt(abs(bend))
                break
    return scale


def _coordinate_names(request: Request) -> list[str]:
    """Name unconstrained coordinates by what they are."""
    transforms, names = request.density.transforms, []
    kinds = coordinate_transforms(request.program, transforms)
    for name, kind in zip(transforms.coordinates, kinds, strict=True):
        bounds = request.program.variables[variable_of(name)].declaration.bounds
        zero = len(bounds) == 1 and bounds[0].name in {"0", "0.0"}
        if kind == "Identity":
            names.append(name)
        elif kind == "Lower" and zero:
            names.append(f"log({name})")
        else:
            names.append(f"unconstrained {name}")
    return names


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


def flat_directions(estimate: PointEstimate) -> Flat:
    """Find the directions without curvature and say what is identified all the same.

    Parameters
    ----------
    estimate : PointEstimate
        With status FLAT (``require_converged=False`` returns it), or any verified estimate.

    Returns
    -------
    Flat
        False, as a truth value, where every direction has curvature.

    Raises
    ------
    EstimandError
        As for `information`.

    Notes
    -----
    The directions are those of the quadratic at the point: where a product of parameters is what
    the data determine, they hold only there.
    """
    request = require_request(estimate, "flat_directions()")
    _require_curvature(estimate)
    q = estimate.optimum.q
    kept = [i for i in range(q.size) if i not in estimate.optimum.excluded]
    scale = _diagonal_scale(request, q)[kept]
    matrix = _minus_hessian(estimate, request)[np.ix_(kept, kept)] * np.outer(scale, scale)
    eigenvalues, vectors = np.linalg.eigh(matrix)
    null = vectors[:, eigenvalues < _SINGULAR * max(eigenvalues.max(initial=0.0), 0.0)]
    rows = np.zeros((null.shape[1], q.size))
    rows[:, kept] = (null * scale[:, np.newaxis]).T
    names = _coordinate_names(request)
    return _flat(rows, names)


def _flat(rows: np.ndarray, names: Sequence[str]) -> Flat:
    lengths = np.abs(rows).max(axis=1, initial=0.0, keepdims=True)
    share = np.abs(rows) / np.where(lengths > 0, lengths, 1.0)
    moving = np.flatnonzero((share > _ABSENT).any(axis=0))
    directions = np.zeros_like(rows)
    if moving.size:
        directions[:, moving] = _echelon(rows[:, moving])
    identified = _echelon(_orthogonal(directions[:, moving]))
    chosen = [names[int(i)] for i in moving]
    return Flat(
        coordinates=tuple(names),
        directions=directions,
        free=tuple(_sum(row, chosen) for row in directions[:, moving]),
        identified=tuple(_sum(row, chosen) for row in identified),
    )


def _orthogonal(rows: np.ndarray) -> np.ndarray:
    """Return a basis of what is orthogonal to some rows."""
    if not rows.size:
        return np.zeros((0, rows.shape[1]))
    _, singular, right = np.linalg.svd(rows)
    return right[int((singular > _SINGULAR * singular[0]).sum()) :]


def _echelon(rows: np.ndarray) -> np.ndarray:
    """Return the reduced row echelon form: the basis in which small multiples show."""
    rows = np.array(rows, dtype=float)
    done = 0
    for column in range(rows.shape[1]):
        if done == len(rows):
            break
        pivot = done + int(np.argmax(np.abs(rows[done:, column])))
        if abs(rows[pivot, column]) < _ABSENT * np.abs(rows[done:]).max():
            continue
        rows[[done, pivot]] = rows[[pivot, done]]
        rows[done] /= rows[done, column]
        others = np.arange(len(rows)) != done
        rows[others] -= np.outer(rows[others, column], rows[done])
        done += 1
    return np.array([_small_numbers(row) for row in rows]).reshape(rows.shape)


def _small_numbers(row: np.ndarray) -> np.ndarray:
    """Return whole multiples of a row where small ones fit, else the row itself."""
    guesses = [Fraction(float(x)).limit_denominator(_LARGEST_DENOMINATOR) for x in row]
    if any(
        abs(float(g) - x) > _RATIONAL * max(1.0, abs(x)) for g, x in zip(guesses, row, strict=True)
    ):
        return row
    common = int(np.lcm.reduce([g.denominator for g in guesses]))
    if common > _LARGEST_DENOMINATOR:
        return row
    return np.array([float(g * common) for g in guesses])


def _sum(row: np.ndarray, names: Sequence[str]) -> str:
    """Write a linear combination: ``beta[2] + 2 beta[3]``."""
    terms = []
    for factor, name in zip(row, names, strict=True):
        if abs(factor) < _ABSENT * np.abs(row).max():
            continue
        size = "" if np.isclose(abs(factor), 1) else f"{abs(factor):.4g} "
        terms.append(f"{'-' if factor < 0 else '+'} {size}{name}")
    return re.sub(r"^- ", "-", " ".join(terms).removeprefix("+ "))


def middle_of(estimate: PointEstimate, kind: str) -> np.ndarray:
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
    if np.linalg.cond(product) > 1 / _SINGULAR**2:
        raise EstimandError(
            "the outer product of the gradients is singular",
            got=f"{len(found)} observations",
            do="use the observed information",
        )
    return np.linalg.inv(product)


def _scores(estimate: PointEstimate) -> np.ndarray:
    """Return the gradient of each observation's log likelihood along whitened directions.

    Parameters
    ----------
    estimate : PointEstimate
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
    request = require_request(estimate, "a covariance from scores")
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
    found = _differences(estimate, request)
    _require_balance(estimate, found)
    return found


def _differences(estimate: PointEstimate, request: Request) -> np.ndarray:
    optimum, transforms = estimate.optimum, request.density.transforms
    where = estimate.layout.indices(_POINTWISE)
    columns = []
    for column in optimum.root.T:
        at = [
            transforms.constrain(optimum.q + k * _STEP * column, derived=True)[where]
            for k in (-2, -1, 1, 2)
        ]
        columns.append((8 * (at[2] - at[1]) - (at[3] - at[0])) / (12 * _STEP))
    return np.column_stack(columns)


def _require_balance(estimate: PointEstimate, found: np.ndarray) -> None:
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
