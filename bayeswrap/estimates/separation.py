"""`Separation`: a direction along which a likelihood rises for ever, found by linear programming.

Imports its own neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linprog

from bayeswrap.estimates.identification import echelon
from bayeswrap.estimates.predictors import predictors_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayeswrap.estimates.predictors import Observed, Predictors
    from bayeswrap.estimates.request import Request

__all__ = ["Separation", "SeparationKind", "separation_in", "separation_of"]

_RANK = 1e-10  # of the largest singular value
_LARGEST = 1e6  # of a direction with margins of 1, in whitened coordinates
_STRICT = 0.5  # of margins that are 1 where there is one at all
_FEASIBLE = 1e-6  # of the same margins; linear programs are solved to 1e-7
_ABSENT = 1e-9  # of the largest entry of a direction
_SHOWN = 3  # observations


class SeparationKind(StrEnum):
    """How outcomes are separated by the predictors."""

    COMPLETE = "complete"
    QUASI = "quasi-complete"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Separation:
    """Whether a direction of the parameters never lowers the likelihood of any observation.

    Attributes
    ----------
    kind : SeparationKind
        ``"complete"`` where the direction raises the likelihood of all observations,
        ``"quasi-complete"`` where it raises that of some and leaves the others, ``"none"``.
    direction : (n,) array
        By coordinate as `predictors.names` has them; its smallest entry that is not 0 has size 1.
        Zeros where there is none.
    observations : tuple of str
        Whose likelihood rises along it.
    predictors : Predictors
        The design (`design`), and the names of its columns (`names`).
    null_space : (m, n) array
        Directions that leave the likelihood as it is: one row each, none for a design of full rank.
    """

    kind: SeparationKind
    direction: np.ndarray
    observations: tuple[str, ...]
    predictors: Predictors
    null_space: np.ndarray

    def __bool__(self) -> bool:
        return self.kind is not SeparationKind.NONE

    @property
    def names(self) -> tuple[str, ...]:
        """Coordinates of the direction."""
        return self.predictors.names

    @property
    def sentence(self) -> str:
        """What was found, in words."""
        if not self:
            return "no separation: the predictors part the outcomes in no direction"
        moving = [i for i, d in enumerate(self.direction) if d]
        names = ", ".join(self.names[i] for i in moving)
        sizes = ", ".join(f"{self.direction[i]:.4g}" for i in moving)
        along = f"({names}) = ({sizes})" if len(moving) > 1 else f"{names} = {sizes}"
        count, total = len(self.observations), len(self.predictors.observed)
        if self.kind is SeparationKind.COMPLETE:
            which = f"that of all {total} observations rises"
        else:
            more = f", and {count - _SHOWN} more" if count > _SHOWN else ""
            listed = ", ".join(self.observations[:_SHOWN]) + more
            which = f"that of {count} of {total} observations rises ({listed}), and no other falls"
        return (
            f"{self.kind} separation: without end along {along} the likelihood rises: {which}; "
            "it has no maximum"
        )

    def __str__(self) -> str:
        return self.sentence

    __repr__ = __str__


@dataclass(frozen=True, slots=True)
class _Cone:
    """Directions that lower no likelihood: ``rising @ d >= 0`` and ``level @ d = 0``."""

    rising: np.ndarray
    level: np.ndarray
    owners: np.ndarray
    """Observation of each rising row; -1 for the order of cut points."""


def separation_of(request: Request) -> Separation | None:
    """Tell whether outcomes are separated, for a likelihood of generalised linear form.

    Priors do not count: with a proper prior a posterior exists all the same.

    Parameters
    ----------
    request : Request
        The program with its data.

    Returns
    -------
    Separation or None
        None where the likelihood has no known form (see `predictors_of`).

    Notes
    -----
    A maximum of the likelihood exists and is finite, up to directions that change nothing, exactly
    where there is no separation: Albert and Anderson (1984), Biometrika 71:1,
    doi:10.1093/biomet/71.1.1. By linear programming: Konis (2007), thesis, University of Oxford.
    For counts: Correia, Guimaraes and Zylkin (2019), arXiv:1903.01633. Parameters that are
    shared with a likelihood statement of another form are held where they are.

    Examples
    --------
    >>> import bayeswrap as bw
    >>> program = bw.Program.from_string(
    ...     "data { array[4] int y; vector[4] x; } parameters { real a; real b; }"
    ...     "model { a ~ normal(0, 1); b ~ normal(0, 1); y ~ bernoulli_logit(a + b * x); }")
    >>> model = bw.Model(program, {"y": [0, 0, 1, 1], "x": [1, 2, 3, 4]}, engine="stanli")
    >>> separation_of(model.map(scale="unconstrained").request).kind.value
    'complete'
    """
    found = predictors_of(request)
    return None if found is None else separation_in(found)


def separation_in(predictors: Predictors) -> Separation:
    """Tell whether outcomes are separated by predictors (see `separation_of`)."""
    cone = _cone(predictors)
    basis, null_space = _bases(cone)
    direction, strict = _direction(cone, basis)
    owners = set(cone.owners[strict].tolist())
    kind = SeparationKind.QUASI if owners else SeparationKind.NONE
    if owners and not len(cone.level) and strict[cone.owners >= 0].all():
        kind = SeparationKind.COMPLETE
    return Separation(
        kind=kind,
        direction=direction,
        observations=tuple(predictors.observed[i].name for i in sorted(owners)),
        predictors=predictors,
        null_space=null_space,
    )


def _cone(predictors: Predictors) -> _Cone:
    n, rising, level, owners = len(predictors.names), list[np.ndarray](), list[np.ndarray](), []
    weighted = ((i, one) for i, one in enumerate(predictors.observed) if one.weight > 0)
    for i, one in weighted:
        for row, owner in _conditions(one, predictors.design[one.rows], i):
            if owner is None:
                level.append(row)
            else:
                rising.append(row)
                owners.append(owner)
    return _Cone(
        np.reshape(rising, (len(rising), n)),
        np.reshape(level, (len(level), n)),
        np.array(owners, dtype=int),
    )


def _conditions(
    one: Observed, rows: np.ndarray, owner: int
) -> Iterator[tuple[np.ndarray, int | None]]:
    """Yield what must not fall, with whose it is; what must stay level has no owner."""
    if one.kind == "binomial":
        if one.trials > 0:
            inside = 0 < one.outcome < one.trials
            yield (rows[0] if one.outcome else -rows[0]), (None if inside else owner)
    elif one.kind == "count":
        yield -rows[0], (None if one.outcome else owner)
    elif one.kind == "categorical":
        chosen = rows[one.outcome - 1]
        for j, other in enumerate(rows):
            if j != one.outcome - 1:
                yield chosen - other, owner
    else:
        yield from _of_ordered(one.outcome, rows, owner)


def _of_ordered(outcome: int, rows: np.ndarray, owner: int) -> Iterator[tuple[np.ndarray, int]]:
    """Yield the distances from the predictor to its two cut points, and between cut points."""
    predictor, cuts = rows[0], rows[1:]
    if outcome <= len(cuts):
        yield cuts[outcome - 1] - predictor, owner
    if outcome > 1:
        yield predictor - cuts[outcome - 2], owner
    for row in np.diff(cuts, axis=0):
        yield row, -1


def _bases(cone: _Cone) -> tuple[np.ndarray, np.ndarray]:
    """Return columns that whiten the conditions, and the directions that change none of them."""
    rows = np.vstack([cone.rising, cone.level])
    scale = np.abs(rows).max(axis=0, initial=0.0)
    scale[scale == 0] = 1.0
    if not rows.size:
        return np.zeros((rows.shape[1], 0)), np.eye(rows.shape[1])
    # the triangle has the singular values of the whole, and p rows
    _, singular, right = np.linalg.svd(np.linalg.qr(rows / scale, mode="r"))
    rank = int((singular > _RANK * singular[0]).sum())
    basis = (right[:rank] / singular[:rank, np.newaxis] * np.sqrt(len(rows)) / scale).T
    return basis, echelon(right[rank:] / scale)


def _direction(cone: _Cone, basis: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
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
    """Tell whether any direction of the cone is strict anywhere: cheaper than finding the most."""
    found = linprog(
        -rising[mine].sum(axis=0),
        A_ub=-rising,
        b_ub=np.zeros(len(rising)),
        A_eq=level if len(level) else None,
        b_eq=np.zeros(len(level)) if len(level) else None,
        bounds=(-1, 1),
        method="highs",
    )
    return bool(found.fun is None or found.fun < -_FEASIBLE)


def _most_strict(rising: np.ndarray, level: np.ndarray, mine: np.ndarray) -> np.ndarray:
    """Maximise the sum of margins cut off at 1: in a cone that counts the strict conditions."""
    n, p = rising.shape
    found = linprog(
        np.concatenate([np.zeros(p), -mine.astype(float)]),
        A_ub=np.hstack([-rising, np.eye(n)]),
        b_ub=np.zeros(n),
        A_eq=np.hstack([level, np.zeros((len(level), n))]) if len(level) else None,
        b_eq=np.zeros(len(level)) if len(level) else None,
        bounds=[(-_LARGEST, _LARGEST)] * p + [(0, 1)] * n,
        method="highs",
    )
    return np.zeros(p) if found.x is None else np.asarray(found.x[:p])


def _holds(rising: np.ndarray, level: np.ndarray, direction: np.ndarray) -> bool:
    lowest = (rising @ direction).min(initial=0.0)
    return bool(lowest >= -_FEASIBLE and np.abs(level @ direction).max(initial=0.0) <= _FEASIBLE)


def _sparse(cone: _Cone, strict: np.ndarray) -> np.ndarray | None:
    """Return the shortest direction, by the sum of sizes, with margins of 1 where it is strict."""
    p = cone.rising.shape[1]
    rows = np.vstack([cone.rising, cone.level])
    scale = np.abs(rows).max(axis=0, initial=0.0)
    scale[scale == 0] = 1.0
    level = np.hstack([cone.level / scale, -cone.level / scale])
    found = linprog(
        np.ones(2 * p),
        A_ub=-np.hstack([cone.rising / scale, -cone.rising / scale]),
        b_ub=-strict.astype(float),
        A_eq=level if len(level) else None,
        b_eq=np.zeros(len(level)) if len(level) else None,
        bounds=(0, None),
        method="highs",
    )
    return None if found.x is None else np.asarray((found.x[:p] - found.x[p:]) / scale)


def _readable(direction: np.ndarray, cone: _Cone, strict: np.ndarray) -> np.ndarray | None:
    """Return a multiple of the direction in which small numbers show; None where it fails."""
    sizes = np.abs(direction)
    exact = np.where(sizes > _ABSENT * sizes.max(initial=0.0), direction, 0.0)
    if not exact.any():
        return None
    exact = exact / np.abs(exact[exact != 0]).min()
    return next((d for d in (np.round(exact, 6), exact) if _separates(cone, d, strict)), None)


def _separates(cone: _Cone, direction: np.ndarray, strict: np.ndarray) -> bool:
    margins, moved = cone.rising @ direction, np.abs(cone.level @ direction)
    least = margins[strict].min()
    allowed = _FEASIBLE * least
    return bool(least > 0 and margins.min() >= -allowed and moved.max(initial=0.0) <= allowed)
