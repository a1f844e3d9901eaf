"""`RecessionCone`: directions along which no observation loses likelihood.

With r_i the conditions that must not fall and l_j those that must stay level, the cone is
C = {d : r_i'd >= 0, l_j'd = 0}. The likelihood has a finite maximum, up to directions that change
nothing, exactly where r_i'd = 0 for all d in C (Albert & Anderson 1984, doi:10.1093/biomet/71.1.1).
A strict direction comes from linear programs (Konis 2007, thesis, University of Oxford).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linprog

from bayeswrap.estimates.inference.flat_directions import echelon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayeswrap.diagnosis.identifiability.design import Predictors
    from bayeswrap.diagnosis.identifiability.observations import Observation

__all__ = [
    "RecessionCone",
    "bases_of",
    "cone_of",
    "direction_in",
]


_RANK = 1e-10  # of the largest singular value
_LARGEST = 1e6  # of a direction with margins of 1, in whitened coordinates
_STRICT = 0.5  # of margins that are 1 where there is one at all
_FEASIBLE = 1e-6  # of the same margins; linear programs are solved to 1e-7
_ABSENT = 1e-9  # of the largest entry of a direction


@dataclass(frozen=True, slots=True)
class RecessionCone:
    """Directions that lower no likelihood: ``rising @ d >= 0`` and ``level @ d = 0``."""

    rising: np.ndarray
    level: np.ndarray
    owners: np.ndarray
    """Observation of each rising row; -1 for the order of cut points."""


def cone_of(predictors: Predictors) -> RecessionCone:
    """Return what a direction must keep to, by the outcomes and their predictors."""
    n, rising, level, owners = len(predictors.names), list[np.ndarray](), list[np.ndarray](), []
    weighted = ((i, one) for i, one in enumerate(predictors.observed) if one.weight > 0)
    for i, one in weighted:
        for row, owner in _conditions(one, predictors.design[one.rows], i):
            if owner is None:
                level.append(row)
            else:
                rising.append(row)
                owners.append(owner)
    return RecessionCone(
        np.reshape(rising, (len(rising), n)),
        np.reshape(level, (len(level), n)),
        np.array(owners, dtype=int),
    )


def _conditions(
    one: Observation, rows: np.ndarray, owner: int
) -> Iterator[tuple[np.ndarray, int | None]]:
    """Yield what must not fall, with whose it is; what must stay level has no owner."""
    # with predictor x'b, k successes of n: the likelihood does not fall along d where
    #   k = n: x'd >= 0;  k = 0: -x'd >= 0;  0 < k < n: x'd = 0
    if one.kind == "binomial":
        if one.trials > 0:
            inside = 0 < one.outcome < one.trials
            yield (rows[0] if one.outcome else -rows[0]), (None if inside else owner)
    # a count of 0: -x'd >= 0; a positive count bounds its mean on both sides: x'd = 0
    elif one.kind == "count":
        yield -rows[0], (None if one.outcome else owner)
    # category y: (x_y - x_j)'d >= 0 for each other category j
    elif one.kind == "categorical":
        at = int(one.outcome) - 1
        for j, other in enumerate(rows):
            if j != at:
                yield rows[at] - other, owner
    else:
        yield from _of_ordered(int(one.outcome), rows, owner)


def _of_ordered(outcome: int, rows: np.ndarray, owner: int) -> Iterator[tuple[np.ndarray, int]]:
    """Yield the distances from the predictor to its two cut points, and between cut points."""
    # category y lies between cut points: (c_y - x)'d >= 0 and (x - c_(y-1))'d >= 0
    predictor, cuts = rows[0], rows[1:]
    if outcome <= len(cuts):
        yield cuts[outcome - 1] - predictor, owner
    if outcome > 1:
        yield predictor - cuts[outcome - 2], owner
    for row in np.diff(cuts, axis=0):
        yield row, -1


def bases_of(cone: RecessionCone) -> tuple[np.ndarray, np.ndarray]:
    """Return columns that whiten the conditions, and the directions that change none of them."""
    rows = np.vstack([cone.rising, cone.level])
    scale = np.abs(rows).max(axis=0, initial=0.0)
    scale[scale == 0] = 1.0
    if not rows.size:
        return np.zeros((rows.shape[1], 0)), np.eye(rows.shape[1])
    # the triangle has the singular values of the whole, and p rows
    _, singular, right = np.linalg.svd(np.linalg.qr(rows / scale, mode="r"))
    rank = int((singular > _RANK * singular[0]).sum())
    # rows R = U S V', scaled by D: columns D^-1 V S^-1 make R B orthonormal, times sqrt(rows)
    basis = (right[:rank] / singular[:rank, np.newaxis] * np.sqrt(len(rows)) / scale).T
    return basis, echelon(right[rank:] / scale)


def direction_in(cone: RecessionCone, basis: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return a direction with as many strict conditions as possible, and which; zeros for none."""
    nowhere = np.zeros(len(basis)), np.zeros(len(cone.rising), dtype=bool)
    rising, level = cone.rising @ basis, cone.level @ basis
    mine = cone.owners >= 0
    if not (basis.size and mine.any() and _rises(rising, level, mine)):
        return nowhere
    whitened = _most_strict(rising, level, mine)
    strict = (rising @ whitened > _STRICT) & mine
    if not (strict.any() and _holds(rising, level, whitened)):
        return nowhere
    candidates = (_sparse(cone, strict), basis @ whitened)
    read = (_readable(d, cone, strict) for d in candidates if d is not None)
    return next(((d, strict) for d in read if d is not None), nowhere)


def _rises(rising: np.ndarray, level: np.ndarray, mine: np.ndarray) -> bool:
    """Return whether any direction of the cone is strict anywhere (cheaper than the most)."""
    # maximise sum_i r_i'd  subject to  R d >= 0, L d = 0, |d_k| <= 1
    program = linprog(
        -rising[mine].sum(axis=0),
        A_ub=-rising,
        b_ub=np.zeros(len(rising)),
        A_eq=level if len(level) else None,
        b_eq=np.zeros(len(level)) if len(level) else None,
        bounds=(-1, 1),
        method="highs",
    )
    return bool(program.fun is None or program.fun < -_FEASIBLE)


def _most_strict(rising: np.ndarray, level: np.ndarray, mine: np.ndarray) -> np.ndarray:
    """Maximise the sum of margins cut off at 1: in a cone that counts the strict conditions."""
    n, p = rising.shape
    # maximise sum_i s_i  subject to  s_i <= r_i'd, 0 <= s_i <= 1, L d = 0: if any d is strict at i,
    # a multiple of it has s_i = 1, and sums of directions keep what each of them has
    program = linprog(
        np.concatenate([np.zeros(p), -mine.astype(float)]),
        A_ub=np.hstack([-rising, np.eye(n)]),
        b_ub=np.zeros(n),
        A_eq=np.hstack([level, np.zeros((len(level), n))]) if len(level) else None,
        b_eq=np.zeros(len(level)) if len(level) else None,
        bounds=[(-_LARGEST, _LARGEST)] * p + [(0, 1)] * n,
        method="highs",
    )
    return np.zeros(p) if program.x is None else np.asarray(program.x[:p])


def _holds(rising: np.ndarray, level: np.ndarray, direction: np.ndarray) -> bool:
    lowest = (rising @ direction).min(initial=0.0)
    return bool(lowest >= -_FEASIBLE and np.abs(level @ direction).max(initial=0.0) <= _FEASIBLE)


def _sparse(cone: RecessionCone, strict: np.ndarray) -> np.ndarray | None:
    """Return the shortest direction, by the sum of sizes, with margins of 1 where it is strict."""
    p = cone.rising.shape[1]
    rows = np.vstack([cone.rising, cone.level])
    scale = np.abs(rows).max(axis=0, initial=0.0)
    scale[scale == 0] = 1.0
    level = np.hstack([cone.level / scale, -cone.level / scale])
    # d = u - v with u, v >= 0: minimise sum_k (u_k + v_k)  subject to  r_i'd >= 1 where strict
    program = linprog(
        np.ones(2 * p),
        A_ub=-np.hstack([cone.rising / scale, -cone.rising / scale]),
        b_ub=-strict.astype(float),
        A_eq=level if len(level) else None,
        b_eq=np.zeros(len(level)) if len(level) else None,
        bounds=(0, None),
        method="highs",
    )
    return None if program.x is None else np.asarray((program.x[:p] - program.x[p:]) / scale)


def _readable(direction: np.ndarray, cone: RecessionCone, strict: np.ndarray) -> np.ndarray | None:
    """Return a multiple of the direction in which small numbers show; None where it fails."""
    sizes = np.abs(direction)
    exact = np.where(sizes > _ABSENT * sizes.max(initial=0.0), direction, 0.0)
    if not exact.any():
        return None
    exact = exact / np.abs(exact[exact != 0]).min()
    return next((d for d in (np.round(exact, 6), exact) if _separates(cone, d, strict)), None)


def _separates(cone: RecessionCone, direction: np.ndarray, strict: np.ndarray) -> bool:
    margins, changes = cone.rising @ direction, np.abs(cone.level @ direction)
    least = margins[strict].min()
    allowed = _FEASIBLE * least
    return bool(least > 0 and margins.min() >= -allowed and changes.max(initial=0.0) <= allowed)
