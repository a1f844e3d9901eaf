"""`WeakIdentification`: coefficients whose 95 % interval is wider than anything plausible.

What an interval leaves open is measured where it matters, on the linear predictor: how far the
predictor of the outcome moves, over the observed range of a coefficient's predictor, between the
middle and an end of the interval.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg import orth

from bayeswrap.diagnosis.identifiability.design import every_predictor_of
from bayeswrap.estimates.inference.flat_directions import flat_along
from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.thresholds import (
    HARMLESS_CONDITION,
    OUTCOMES_MIN,
    PLAUSIBLE_LOG,
    PLAUSIBLE_LOGIT,
    WEAK_HALF_WIDTH,
    WEAK_REACH,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bayeswrap.diagnosis.identifiability.design import Predictors
    from bayeswrap.diagnosis.identifiability.observations import Observation
    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.estimates.results.optimum import Optimum

__all__ = [
    "WeakIdentification",
    "tied_columns",
    "weakness_of",
]


_SAME = 1e-9  # relative: a product, computed twice
_MANY = 40  # columns: more would take seconds
_ROWS = 8  # twice as many as the four columns of a fit


def tied_columns(design: np.ndarray) -> list[list[int]]:
    """Return sets of columns of which one is a product of two others, shifted and scaled or not.

    Parameters
    ----------
    design : (rows, n) array
        Without columns that are sums of multiples of others.

    Returns
    -------
    list of list of int
        Disjoint sets of at least two columns. A column is a product of two where it is a sum of
        multiples of them, of their product and of a constant.
    """
    rows = np.unique(design, axis=0)
    varying = np.flatnonzero(np.ptp(rows, axis=0) > 0) if len(rows) else np.array([], dtype=int)
    if len(rows) < _ROWS or varying.size > _MANY:
        return []
    centred = rows - rows.mean(axis=0)
    length = np.linalg.norm(centred, axis=0)
    sets = {int(k): {int(k)} for k in varying}
    for i, j in combinations_with_replacement(sets, 2):
        a, b = centred[:, i] / length[i], centred[:, j] / length[j]
        basis = orth(np.column_stack([a, b, a * b - (a * b).mean()]), rcond=_SAME)
        left = centred - basis @ (basis.T @ centred)
        made = np.linalg.norm(left, axis=0) < _SAME * length
        for k in (k for k in sets if made[k] and k not in {i, j}):
            joined = sets[i] | sets[j] | sets[k]
            sets.update(dict.fromkeys(joined, joined))
    distinct = {min(s): sorted(s) for s in sets.values() if len(s) > 1}
    return list(distinct.values())


_PRESENT = 1e-2  # of the largest part of a direction, each as it moves the predictor


@dataclass(frozen=True, slots=True, kw_only=True)
class WeakIdentification:
    """What the data leave open beyond all that is plausible.

    Attributes
    ----------
    parameters : tuple of str
        Coefficients whose interval is too wide, the widest first.
    reach : float
        How many times the plausible range of the predictor the widest interval covers.
    free, identified : tuple of str
        The directions that are nearly flat, and what is known well all the same.
    """

    parameters: tuple[str, ...] = ()
    width: float = 0.0
    free: tuple[str, ...] = ()
    identified: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parameters)

    @property
    def sentence(self) -> str:
        """The result in words."""
        if not self:
            return "no 95 % interval of a coefficient is much wider than its plausible range"
        text = (
            f"the likelihood is nearly flat along {' and '.join(self.free)}; half of the 95 % "
            f"interval of {self.parameters[0]} moves the linear predictor, over its observed "
            f"range, by {float(f'{self.width:.2g}'):,.0f} times its plausible range"
        )
        if not self.identified:
            return text
        return f"{text}; of these only {' and '.join(self.identified)} is well identified"


@dataclass(frozen=True, slots=True)
class _Group:
    """Observations of one outcome: their design, and the plausible range of their predictor."""

    design: np.ndarray
    plausible: float


def weakness_of(problem: Problem, optimum: Optimum) -> WeakIdentification | None:
    """Look for coefficients of which the data say next to nothing.

    Parameters
    ----------
    problem : Problem
        Asks for the likelihood.
    optimum : Optimum
        Its maximum, of status CONVERGED.

    Returns
    -------
    Weakness or None
        None where the likelihood has no linear predictor (see `every_predictor_of`), or where
        parameters overlap so little that the intervals of a regression cannot be too wide.

    Notes
    -----
    Plausible is, for an identity link, the range of the outcome; for probabilities a change of 10
    on the scale of the logit, for counts and durations the range of their logs, at least 5: Gelman,
    Jakulin, Pittau and Su (2008), doi:10.1214/08-AOAS191. Effects of predictors that move together
    may cancel, so that each is larger than what is seen of both: an interval must reach ten times
    as far. Of powers and products of predictors none moves without the others: they are judged
    together, by the change of their sum between two observations.
    """
    predictors = (
        every_predictor_of(problem) if optimum.condition >= HARMLESS_CONDITION.value else None
    )
    if predictors is None:
        return None
    groups = list(_groups(predictors))
    own = list(problem.coordinates.names)
    free = [
        i
        for i, name in enumerate(predictors.names)
        if not problem.program.variables[variable_of(name)].declaration.constraint.is_ordered
    ]
    root = optimum.root[[own.index(predictors.names[i]) for i in free]]
    groups = [_Group(g.design[:, free], g.plausible) for g in groups]
    if not groups or not root.size or not np.isfinite(root).all():
        return WeakIdentification()
    return _found([predictors.names[i] for i in free], root, groups)


def _groups(predictors: Predictors) -> Iterator[_Group]:
    """Yield what was observed of each outcome, where the plausible range is known."""
    members = dict[tuple[str, str], list["Observation"]]()
    for one in predictors.observed:
        if one.weight > 0:
            members.setdefault((one.kind, one.name.split("[", 1)[0]), []).append(one)
    for (kind, _), observed in members.items():
        plausible = _plausible(kind, np.array([one.outcome for one in observed]))
        if plausible > 0:
            rows = [_contrasts(kind, predictors.design[one.rows]) for one in observed]
            yield _Group(np.vstack(rows), plausible)


def _plausible(kind: str, outcomes: np.ndarray) -> float:
    """Return the plausible range of a predictor; 0 where it is not known."""
    if kind == "location":
        return float(np.ptp(outcomes)) if outcomes.size >= OUTCOMES_MIN.value else 0.0
    if kind in {"count", "duration", "log_location"}:
        logs = np.log(outcomes + 1) if kind == "count" else np.log(outcomes[outcomes > 0])
        return max(PLAUSIBLE_LOG.value, float(np.ptp(logs)) if logs.size else 0.0)
    return PLAUSIBLE_LOGIT.value


def _contrasts(kind: str, rows: np.ndarray) -> np.ndarray:
    """Return the rows of the design that bear on an outcome."""
    if kind == "categorical":
        return np.asarray(rows - rows.mean(axis=0))
    return rows[:1]  # cut points are constants of all observations


def _found(names: Sequence[str], root: np.ndarray, groups: Sequence[_Group]) -> WeakIdentification:
    scale = np.max([np.ptp(g.design, axis=0) / g.plausible for g in groups], axis=0)
    width = WEAK_HALF_WIDTH.value * np.linalg.norm(root, axis=1) * scale
    if (width > WEAK_REACH.value).any():
        for tied in tied_columns(np.vstack([g.design for g in groups])):
            together = max(_reach_together(root[tied], g.design[:, tied], g) for g in groups)
            width[tied] = np.minimum(width[tied], together)
    weak = np.flatnonzero(width > WEAK_REACH.value)
    if not weak.size:
        return WeakIdentification()
    ranked = weak[np.argsort(-width[weak], kind="stable")]
    moving, directions = _directions(root[weak] * scale[weak, np.newaxis])
    readable = flat_along(directions / scale[weak][moving], [names[i] for i in weak[moving]])
    return WeakIdentification(
        parameters=tuple(names[i] for i in ranked),
        width=float(width[ranked[0]]),
        free=readable.free,
        identified=readable.identified,
    )


def _reach_together(root: np.ndarray, columns: np.ndarray, group: _Group) -> float:
    """Return how far a sum of effects moves between two observations that are far apart."""
    points = (columns - columns.mean(axis=0)) @ root
    outermost = points[np.argmax((points**2).sum(axis=1))]
    farthest = np.linalg.norm(points - outermost, axis=1).max()
    return float(WEAK_HALF_WIDTH.value * farthest / group.plausible)


def _directions(root: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return which coordinates the nearly flat directions move, and the directions, as rows."""
    vectors, sizes, _ = np.linalg.svd(root, full_matrices=False)
    rows = vectors[:, WEAK_HALF_WIDTH.value * sizes > WEAK_REACH.value].T
    present = np.abs(rows) > _PRESENT * np.abs(rows).max(axis=1, keepdims=True)
    moving = np.flatnonzero(present.any(axis=0))
    return moving, rows[:, moving]
