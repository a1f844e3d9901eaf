"""`Observation`: the observations of a derived program that lists their linear predictors.

What the program lists is read here (see `program.predictors`): which numbers are predictors, and
what stands before them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.pointwise.listing import Listing, observation_names
from bayeswrap.program.listings.linear_predictor_program import FAMILIES, predictor_listing
from bayeswrap.program.roles.role import Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.engine.stanli import InProcessDensity
    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.program.listings.linear_predictor_program import Family
    from bayeswrap.program.program import Program

__all__ = [
    "Observation",
    "ObservedPredictors",
]


_HEAD = 5  # numbers that stand before the predictors of an observation


@dataclass(frozen=True, slots=True)
class Observation:
    """One observation.

    Attributes
    ----------
    name : str
        Such as ``y[3]``.
    kind : str
        As in `program.predictors.Family`.
    outcome : float
        What was seen: a whole number where the kind is discrete.
    trials : int
        Of how many; 0 where there are none.
    weight : float
        The power of its likelihood; an observation of weight 0 says nothing.
    rows : slice
        Its rows of the design: one, or one a category; of an ordered outcome the predictor and the
        cut points.
    """

    name: str
    kind: str
    outcome: float
    trials: int
    weight: float
    rows: slice


@dataclass(frozen=True, slots=True)
class ObservedPredictors:
    """The predictors of all observations, at any values of the parameters."""

    built: InProcessDensity
    columns: Sequence[int]
    observed: tuple[Observation, ...]
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
    def of(
        cls, problem: Problem, families: Mapping[str, Family] = FAMILIES
    ) -> ObservedPredictors | None:
        """Read the list at the origin; None where no observation has one of the known forms.

        Raises
        ------
        EngineError
            The in-process density cannot evaluate the program.
        EstimandError
            No likelihood can be listed.
        """
        ordered = problem.coordinates.ordered_vectors
        q = _position(np.zeros(problem.density.transforms.dimension), ordered)
        listing = Listing.of(predictor_listing(problem.program, families), problem.density, q)
        built = listing.built()
        columns = listing.columns(built, "log_lik")[: listing.count]
        listed = built.constrain(q, derived=True)[columns]
        firsts, others = _starts(listed)
        if not firsts or any(listed[i + _HEAD - 2] < 0 for i in firsts):
            return None
        keys = listing.keys()
        names = observation_names(listing.sites(keys[firsts]), keys[firsts])
        observations, rows, means = _observed(listed, firsts, names, tuple(families.values()))
        heads = np.setdiff1d(np.arange(listing.count), rows)
        return cls(
            built=built,
            columns=columns,
            observed=observations,
            heads=heads,
            rows=rows,
            fixed=listed[heads],
            means=np.array(means),
            held=_held(problem.program, {site.line for site in listing.sites(keys[others])}),
            ordered=ordered,
        )

    def raw(self, values: np.ndarray) -> np.ndarray:
        """Return all predictors, and means in their place; NaN where observations change."""
        q = _position(values, self.ordered)
        listing = self.built.constrain(q, derived=True)[self.columns]
        if not np.array_equal(listing[self.heads], self.fixed):
            return np.full(self.rows.size, np.nan)
        return np.asarray(listing[self.rows])


def _position(values: np.ndarray, ordered: Sequence[tuple[int, ...]]) -> np.ndarray:
    """Return the unconstrained position; ordered vectors come as departures from 0, 1, 2, ..."""
    q = np.array(values, dtype=float)
    for members in ordered:
        at = list(members)
        sorted_ones = values[at] + np.arange(len(at))
        q[at] = np.concatenate([sorted_ones[:1], np.log(np.diff(sorted_ones))])
    return q


def _starts(listed: np.ndarray) -> tuple[list[int], list[int]]:
    """Return where observations begin in the list, and where something else stands."""
    firsts, others, at = list[int](), list[int](), 0
    while at < listed.size:
        if listed[at] == 0:
            others.append(at)
            at += 1
        else:
            firsts.append(at)
            at += _HEAD + int(listed[at + _HEAD - 1])
    return firsts, others


def _observed(
    listed: np.ndarray, firsts: Sequence[int], names: Sequence[str], families: Sequence[Family]
) -> tuple[tuple[Observation, ...], np.ndarray, list[bool]]:
    """Return the observations, the positions of their predictors, and which are means."""
    observations, rows, means = list[Observation](), list[int](), list[bool]()
    for i, name in zip(firsts, names, strict=True):
        code, outcome, trials, weight, size = (float(v) for v in listed[i : i + _HEAD])
        family = families[int(code) - 1]
        own = slice(len(rows), len(rows) + int(size))
        observations.append(Observation(name, family.kind, outcome, int(trials), weight, own))
        rows += range(i + _HEAD, i + _HEAD + int(size))
        means += [family.mean] * int(size)
    return tuple(observations), np.array(rows, dtype=int), means


def _held(program: Program, lines: set[int]) -> frozenset[str]:
    rows = [s for s in program.of_role(Role.LIKELIHOOD) if s.line in lines]
    return frozenset[str]().union(*(s.parents | s.outcome for s in rows))
