"""`Predictors`: the linear predictor of each observation, as a design matrix over parameters.

The matrix is measured: a derived program lists the predictors (see `program.predictors`), and their
differences between points are its columns. Imports `engine`, `program` and its own neighbours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from scipy import special

from bayeswrap.engine.density import InProcessDensity, translate
from bayeswrap.errors import EngineError, EstimandError
from bayeswrap.estimates.layout import variable_of
from bayeswrap.estimates.pointwise import observation_names
from bayeswrap.program import Role
from bayeswrap.program.predictors import FAMILIES, predictor_listing
from bayeswrap.program.start import UNBOUNDED
from bayeswrap.program.text import without_prints

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bayeswrap.estimates.request import Request
    from bayeswrap.program import Program
    from bayeswrap.program.pointwise import PointwiseSource

__all__ = ["Observed", "Predictors", "predictors_of"]

_Link: TypeAlias = "Callable[[np.ndarray], np.ndarray]"

_FAMILIES = tuple(FAMILIES.values())
_HEAD = 5  # numbers that stand before the predictors of an observation
_POINTS = 4  # random ones, at which the predictors must be affine
_AFFINE = 1e-7  # relative
_STEP = (
    0.5  # a power of two, so that differences of whole numbers are exact; cut points stay sorted
)
_SMALL_STEP = 2.0**-7
_TINY = 1e-9  # of the largest entry of a column: rounding


@dataclass(frozen=True, slots=True)
class Observed:
    """One observation.

    Attributes
    ----------
    name : str
        Such as ``y[3]``.
    kind : str
        As in `program.predictors.Family`.
    outcome, trials : int
        What was seen, and of how many; trials are 0 where there are none.
    weight : float
        The power of its likelihood; an observation of weight 0 says nothing.
    rows : slice
        Its rows of the design: one, or one a category; of an ordered outcome the predictor and the
        cut points.
    """

    name: str
    kind: str
    outcome: int
    trials: int
    weight: float
    rows: slice


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
    observed : tuple of Observed
        The observations, and which rows are theirs.
    """

    names: tuple[str, ...]
    design: np.ndarray
    offset: np.ndarray
    observed: tuple[Observed, ...]


def predictors_of(request: Request) -> Predictors | None:
    """Return the linear predictors of a likelihood of generalised linear form.

    Parameters with a part in a likelihood statement of another form are left out, as if they were
    known.

    Parameters
    ----------
    request : Request
        The program with its data; which parts are on does not matter.

    Returns
    -------
    Predictors or None
        None where no likelihood statement has a known form, or a predictor is not affine in
        parameters without bounds.
    """
    try:
        listing = _Listing.of(request)
        return None if listing is None else _measured(request, listing)
    except (EngineError, EstimandError):
        return None


@dataclass(frozen=True, slots=True)
class _Listing:
    """The derived program on the data, and what it lists that does not move."""

    built: InProcessDensity
    columns: Sequence[int]
    observed: tuple[Observed, ...]
    heads: np.ndarray
    """Positions of all that is listed, but for the predictors."""
    rows: np.ndarray
    """Positions of the predictors."""
    fixed: np.ndarray
    means: np.ndarray
    """Which rows are means."""
    held: frozenset[str]
    """Variables in likelihood statements of another form."""
    ordered: tuple[tuple[int, ...], ...]
    """Coordinates of each ordered vector."""

    @classmethod
    def of(cls, request: Request) -> _Listing | None:
        source, density = predictor_listing(request.program), request.density
        mir = translate(without_prints(source.text), density.name)
        ordered = _ordered(request)
        q = _position(np.zeros(density.transforms.dimension), ordered)

        def built(stored: int, *, keys: bool = False) -> InProcessDensity:
            data = density.data.json(source.data(stored, keys=keys))
            return InProcessDensity(mir=mir, data=data, name=density.name)

        counting = built(0)
        count = int(counting.constrain(q, derived=True)[_columns(counting, source, "count")][0])
        listing, keyed = built(count), built(count, keys=True)
        columns = _columns(listing, source, "log_lik")[:count]
        fixed = listing.constrain(q, derived=True)[columns]
        flat = keyed.constrain(q, derived=True)[_columns(keyed, source, "keys")].astype(int)
        keys = flat.reshape(-1, count + 1).T[:count]
        firsts, others = _starts(fixed)
        if not firsts or any(fixed[i + _HEAD - 2] < 0 for i in firsts):
            return None
        found, rows, means = _observed(fixed, firsts, keys, source)
        heads = np.setdiff1d(np.arange(count), rows)
        held = _held(request.program, {source.sites[keys[i][0] - 1].line for i in others})
        return cls(
            listing, columns, found, heads, rows, fixed[heads], np.array(means), held, ordered
        )

    def raw(self, values: np.ndarray) -> np.ndarray:
        """Return all predictors, and means in their place; NaN where observations change."""
        q = _position(values, self.ordered)
        found = self.built.constrain(q, derived=True)[self.columns]
        if not np.array_equal(found[self.heads], self.fixed):
            return np.full(self.rows.size, np.nan)
        return np.asarray(found[self.rows])

    def links(self) -> list[_Link]:
        """Return the links that may turn the means into predictors."""
        if not self.means.any():
            return [lambda raw: raw]
        counts = np.zeros(self.means.size, dtype=bool)
        for o in self.observed:
            counts[o.rows] = o.kind == "count"
        return [self._linked(link, counts) for link in _LINKS]

    def _linked(self, link: _Link, counts: np.ndarray) -> _Link:
        logs, others = self.means & counts, self.means & ~counts

        def apply(raw: np.ndarray) -> np.ndarray:
            found = raw.copy()
            with np.errstate(all="ignore"):
                found[logs], found[others] = np.log(raw[logs]), link(raw[others])
            return found

        return apply


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


def _ordered(request: Request) -> tuple[tuple[int, ...], ...]:
    declared, found = request.program.variables, dict[str, list[int]]()
    for i, name in enumerate(request.density.transforms.coordinates):
        if declared[variable_of(name)].declaration.transform == "Ordered":
            found.setdefault(re.sub(r",?\d+\]$", "", name), []).append(i)
    return tuple(tuple(members) for members in found.values())


def _position(values: np.ndarray, ordered: Sequence[tuple[int, ...]]) -> np.ndarray:
    """Return the unconstrained position; ordered vectors come as departures from 0, 1, 2, ..."""
    q = np.array(values, dtype=float)
    for members in ordered:
        at = list(members)
        sorted_ones = values[at] + np.arange(len(at))
        q[at] = np.concatenate([sorted_ones[:1], np.log(np.diff(sorted_ones))])
    return q


def _columns(built: InProcessDensity, source: PointwiseSource, name: str) -> list[int]:
    wanted, names = f"{source.prefix}_{name}", built.names(derived=True)
    return [i for i, n in enumerate(names) if n.split("[", 1)[0] == wanted]


def _starts(fixed: np.ndarray) -> tuple[list[int], list[int]]:
    """Return where observations begin in the list, and where something else stands."""
    firsts, others, at = list[int](), list[int](), 0
    while at < fixed.size:
        if fixed[at] == 0:
            others.append(at)
            at += 1
        else:
            firsts.append(at)
            at += _HEAD + int(fixed[at + _HEAD - 1])
    return firsts, others


def _observed(
    fixed: np.ndarray, firsts: Sequence[int], keys: np.ndarray, source: PointwiseSource
) -> tuple[tuple[Observed, ...], np.ndarray, list[bool]]:
    """Return the observations, the positions of their predictors, and which are means."""
    sites = [source.sites[keys[i][0] - 1] for i in firsts]
    names = observation_names(sites, keys[list(firsts)])
    found, rows, means = list[Observed](), list[int](), list[bool]()
    for i, name in zip(firsts, names, strict=True):
        code, outcome, trials, _, size = (int(v) for v in fixed[i : i + _HEAD])
        family = _FAMILIES[code - 1]
        own = slice(len(rows), len(rows) + size)
        weight = float(fixed[i + _HEAD - 2])
        found.append(Observed(name, family.kind, outcome, trials, weight, own))
        rows += range(i + _HEAD, i + _HEAD + size)
        means += [family.mean] * size
    return tuple(found), np.array(rows, dtype=int), means


def _held(program: Program, lines: set[int]) -> frozenset[str]:
    rows = [s for s in program.of_role(Role.LIKELIHOOD) if s.line in lines]
    return frozenset[str]().union(*(s.parents | s.outcome for s in rows))


def _measured(request: Request, listing: _Listing) -> Predictors | None:
    """Return the design for the first link with which all predictors are affine."""
    coordinates = request.density.transforms.coordinates
    origin = np.zeros(len(coordinates))
    steps = _steps(listing, origin)
    raws = [listing.raw(origin), *(listing.raw(row) for row in np.diag(steps))]
    rng = np.random.default_rng(1)
    spread = steps / max(1.0, np.sqrt(len(coordinates) / 4)) / 2
    points = rng.uniform(-1, 1, (_POINTS, origin.size)) * spread
    trials = [listing.raw(point) for point in points]
    for link in listing.links():
        offset, *moved = (link(raw) for raw in raws)
        design = _design(offset, moved, steps)
        there = [link(raw) for raw in trials]
        if _is_affine(offset, design, points, there):
            return _kept(request, listing, design, offset)
    return None


def _design(offset: np.ndarray, moved: Sequence[np.ndarray], steps: np.ndarray) -> np.ndarray:
    """Return differences by their steps; what is rounding beside its column is 0."""
    if not moved:
        return np.zeros((offset.size, 0))
    design = np.array([(m - offset) / s for m, s in zip(moved, steps, strict=True)]).T
    largest = np.abs(design).max(axis=0, initial=0.0)
    design[np.abs(design) < _TINY * largest] = 0.0
    return np.asarray(design)


def _steps(listing: _Listing, origin: np.ndarray) -> np.ndarray:
    """Return how far to move each coordinate: means must stay off 0 and 1 to be told apart."""
    if not listing.means.any():
        return np.full(origin.size, _STEP)
    link = listing.links()[0]
    base = link(listing.raw(origin))
    moved = [link(listing.raw(row)) - base for row in _SMALL_STEP * np.eye(origin.size)]
    slopes = np.array([np.nanmax(np.abs(m)) / _SMALL_STEP for m in moved])
    powers = np.round(np.log2(np.where(slopes > 0, slopes, 1.0)))
    return np.asarray(np.minimum(2.0**-powers, _STEP))


def _is_affine(
    offset: np.ndarray, design: np.ndarray, points: np.ndarray, there: Sequence[np.ndarray]
) -> bool:
    for point, found in zip(points, there, strict=True):
        size = 1 + np.abs(offset) + np.abs(design) @ np.abs(point)
        if not (np.abs(found - offset - design @ point) <= _AFFINE * size).all():
            return False  # also where one is NaN
    return True


def _kept(
    request: Request, listing: _Listing, design: np.ndarray, offset: np.ndarray
) -> Predictors | None:
    """Leave out what does not move the predictors, and what is held."""
    declared, coordinates = request.program.variables, request.density.transforms.coordinates
    moving = np.abs(design).max(axis=0, initial=0.0) > 0
    free = UNBOUNDED | {"Ordered"}
    own = [variable_of(name) for name in coordinates]
    if any(
        m and declared[v].declaration.transform not in free
        for m, v in zip(moving, own, strict=True)
    ):
        return None
    kept = [i for i, v in enumerate(own) if moving[i] and v not in listing.held]
    start = np.zeros(len(coordinates))
    for members in listing.ordered:
        start[list(members)] = np.arange(len(members))
    return Predictors(
        names=tuple(coordinates[i] for i in kept),
        design=design[:, kept],
        offset=offset - design @ start,
        observed=listing.observed,
    )
