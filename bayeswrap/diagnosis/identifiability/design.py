"""`Predictors`: the linear predictor of each observation, as a design matrix over parameters.

The matrix is measured: a derived program lists the predictors (see `observed`), and their
differences between points are its columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from scipy import special

from bayeswrap.diagnosis.identifiability.observations import Observation, ObservedPredictors
from bayeswrap.errors import EngineError, EstimandError
from bayeswrap.program.listings.linear_predictor_program import CONTINUOUS, FAMILIES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bayeswrap.estimates.problem.problem import Problem

__all__ = [
    "Predictors",
    "every_predictor_of",
    "predictors_of",
]


_Link: TypeAlias = "Callable[[np.ndarray], np.ndarray]"

_LOGS = ("count", "duration")  # whose means have a log link
_POINTS = 4  # random ones, at which the predictors must be affine
_AFFINE = 1e-7  # relative
# a power of two, so that differences of whole numbers are exact; cut points stay sorted
_STEP = 0.5
_SMALL_STEP = 2.0**-7
_TINY = 1e-9  # of the largest entry of a column: rounding


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Predictors:
    """Linear predictors as ``offset + design @ values``.

    Attributes
    ----------
    names : tuple of str
        Coordinates that the predictors move with: unconstrained ones, and elements of ordered
        vectors as they are declared.
    design : (rows, n) array
        One column a name.
    offset : (rows,) array
        What is left where all of them are 0.
    observed : tuple of Observation
        The observations, and which rows are theirs.
    """

    names: tuple[str, ...]
    design: np.ndarray
    offset: np.ndarray
    observed: tuple[Observation, ...]


def predictors_of(problem: Problem) -> Predictors | None:
    """Return the linear predictors of a likelihood of generalised linear form.

    Parameters with a part in a likelihood statement of another form are left out, as if they were
    known.

    Parameters
    ----------
    problem : Problem
        The program with its data; which parts are on does not matter.

    Returns
    -------
    Predictors or None
        None where no likelihood statement has a known form, or a predictor is not affine in
        parameters without bounds.
    """
    try:
        listing = ObservedPredictors.of(problem)
        affine_map = None if listing is None else _measured(problem, listing)
    except (EngineError, EstimandError):
        return None
    return None if affine_map is None or listing is None else _kept(problem, listing, *affine_map)


def every_predictor_of(problem: Problem) -> Predictors | None:
    """Return the linear predictors of continuous outcomes too, as far as they have no bounds.

    Parameters
    ----------
    problem : Problem
        As for `predictors_of`.

    Returns
    -------
    Predictors or None
        As for `predictors_of`; parameters that another statement shares are not left out, and
        those with bounds are.
    """
    try:
        listing = ObservedPredictors.of(problem, FAMILIES | CONTINUOUS)
        affine_map = None if listing is None else _measured(problem, listing)
    except (EngineError, EstimandError):
        return None
    if affine_map is None or listing is None:
        return None
    return _chosen(problem, listing, *affine_map, _is_free(problem))


def _probit_like(p: np.ndarray) -> np.ndarray:
    """Return the inverse of Stan's ``Phi_approx``, ``inv_logit(0.07056 x^3 + 1.5976 x)``."""
    a, b = 0.07056, 1.5976
    half = special.logit(p) / (2 * a)
    root = np.sqrt(half**2 + (b / (3 * a)) ** 3)
    return np.asarray(np.cbrt(half + root) + np.cbrt(half - root))


_LINKS: tuple[_Link, ...] = (
    special.logit,
    special.ndtri,
    lambda p: np.log(-np.log1p(-p)),
    _probit_like,
)


def _links(listing: ObservedPredictors) -> list[_Link]:
    """Return the links that may turn the means into predictors."""
    if not listing.means.any():
        return [lambda raw: raw]
    counts = np.zeros(listing.means.size, dtype=bool)
    for o in listing.observed:
        counts[o.rows] = o.kind in _LOGS
    logs, others = listing.means & counts, listing.means & ~counts
    return [_linked(link, logs, others) for link in _LINKS]


def _linked(link: _Link, logs: np.ndarray, others: np.ndarray) -> _Link:
    def apply(raw: np.ndarray) -> np.ndarray:
        predictors = raw.copy()
        with np.errstate(all="ignore"):
            predictors[logs], predictors[others] = np.log(raw[logs]), link(raw[others])
        return predictors

    return apply


def _measured(
    problem: Problem, listing: ObservedPredictors
) -> tuple[np.ndarray, np.ndarray] | None:
    """Return design and offset for the first link with which all predictors are affine."""
    # means outside the range of a link have no predictor
    with np.errstate(invalid="ignore"):
        return _affine(problem, listing)


def _affine(problem: Problem, listing: ObservedPredictors) -> tuple[np.ndarray, np.ndarray] | None:
    coordinates = problem.coordinates.names
    origin = np.zeros(len(coordinates))
    steps = _steps(listing, origin)
    raws = [listing.raw(origin), *(listing.raw(row) for row in np.diag(steps))]
    rng = np.random.default_rng(1)
    spread = steps / max(1.0, np.sqrt(len(coordinates) / 4)) / 2
    points = rng.uniform(-1, 1, (_POINTS, origin.size)) * spread
    trials = [listing.raw(point) for point in points]
    for link in _links(listing):
        offset, *shifts = (link(raw) for raw in raws)
        design = _design(offset, shifts, steps)
        there = [link(raw) for raw in trials]
        if _is_affine(offset, design, points, there):
            return design, offset
    return None


def _design(offset: np.ndarray, shifts: Sequence[np.ndarray], steps: np.ndarray) -> np.ndarray:
    """Return differences by their steps; what is rounding beside its column is 0."""
    if not shifts:
        return np.zeros((offset.size, 0))
    design = np.array([(m - offset) / s for m, s in zip(shifts, steps, strict=True)]).T
    largest = np.abs(design).max(axis=0, initial=0.0)
    design[np.abs(design) < _TINY * largest] = 0.0
    return np.asarray(design)


def _steps(listing: ObservedPredictors, origin: np.ndarray) -> np.ndarray:
    """Return how far to move each coordinate: means must stay off 0 and 1 to be distinct."""
    if not listing.means.any():
        return np.full(origin.size, _STEP)
    link = _links(listing)[0]
    base = link(listing.raw(origin))
    changes = [link(listing.raw(row)) - base for row in _SMALL_STEP * np.eye(origin.size)]
    largest = [np.abs(m[np.isfinite(m)]).max(initial=0.0) for m in changes]
    slopes = np.array(largest) / _SMALL_STEP
    powers = np.round(np.log2(np.where(slopes > 0, slopes, 1.0)))
    return np.asarray(np.minimum(2.0**-powers, _STEP))


def _is_affine(
    offset: np.ndarray, design: np.ndarray, points: np.ndarray, there: Sequence[np.ndarray]
) -> bool:
    for point, predictor in zip(points, there, strict=True):
        size = 1 + np.abs(offset) + np.abs(design) @ np.abs(point)
        if not (np.abs(predictor - offset - design @ point) <= _AFFINE * size).all():
            return False  # also where one is NaN
    return True


def _is_free(problem: Problem) -> np.ndarray:
    """Return which coordinates have no bounds but, perhaps, one another."""
    constraints = problem.coordinates.declared_constraints
    return np.array([constraint.unbounded for constraint in constraints], dtype=bool)


def _kept(
    problem: Problem, listing: ObservedPredictors, design: np.ndarray, offset: np.ndarray
) -> Predictors | None:
    """Leave out what is held; None where something with bounds moves the predictors."""
    moving = np.abs(design).max(axis=0, initial=0.0) > 0
    if (moving & ~_is_free(problem)).any():
        return None
    own = problem.coordinates.variables
    return _chosen(
        problem, listing, design, offset, np.array([v not in listing.held for v in own], dtype=bool)
    )


def _chosen(
    problem: Problem,
    listing: ObservedPredictors,
    design: np.ndarray,
    offset: np.ndarray,
    wanted: np.ndarray,
) -> Predictors:
    """Leave out what is not wanted, and what does not move the predictors."""
    coordinates = problem.coordinates.names
    kept = np.flatnonzero(wanted & (np.abs(design).max(axis=0, initial=0.0) > 0))
    start = np.zeros(len(coordinates))
    for members in listing.ordered:
        start[list(members)] = np.arange(len(members))
    return Predictors(
        names=tuple(coordinates[i] for i in kept),
        design=design[:, kept],
        offset=offset - design @ start,
        observed=listing.observed,
    )
