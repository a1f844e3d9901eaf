"""`SeparatingSet`: the fewest predictors that separate the outcomes, by the user's names."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.diagnosis.identifiability.recession_cone import (
    RecessionCone,
    bases_of,
    direction_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bayeswrap.data.model_data import ModelData
    from bayeswrap.diagnosis.identifiability.design import Predictors

__all__ = [
    "SeparatingSet",
    "is_complete",
    "predictor_names",
    "smallest_set",
]


_MOST = 2  # predictors that are tried together, before single ones are taken away from all
_PROGRAMS = 300  # linear programs for one number of predictors
_ROWS = 500_000  # rows of all of them: a second or two
_FEW = 100  # rows that mostly show that a set does not separate
_NAMED = 5  # predictors in a sentence
_SAME = 7  # decimals of columns that are compared


@dataclass(frozen=True, slots=True, kw_only=True)
class SeparatingSet:
    """Predictors that separate outcomes, none of which can be left out.

    Attributes
    ----------
    names : tuple of str
        The user's names of the predictors; empty where intercepts or cut points alone do it.
    coordinates : tuple of str
        Coefficients of these predictors.
    complete : bool
        Whether the likelihood of every observation increases.
    outcomes : tuple of str
        Stan's names of the outcomes.
    """

    names: tuple[str, ...]
    coordinates: tuple[str, ...]
    complete: bool
    outcomes: tuple[str, ...]

    @property
    def clause(self) -> str:
        """The set in words."""
        how, what = (
            "completely" if self.complete else "quasi-completely",
            " and ".join(self.outcomes),
        )
        if not self.names:
            return f"{what} is separated without any predictor: an outcome does not occur"
        if len(self.names) == 1:
            return f"{self.names[0]} {how} separates {what}"
        more = len(self.names) - _NAMED
        named = [*self.names[:_NAMED], f"{more} more"] if more > 0 else self.names
        return f"{', '.join(named[:-1])} and {named[-1]} together {how} separate {what}"


def is_complete(cone: RecessionCone, strict: np.ndarray) -> bool:
    """Return whether the likelihood of every observation increases along a direction."""
    return bool(not len(cone.level) and strict[cone.owners >= 0].all())


def smallest_set(
    predictors: Predictors, cone: RecessionCone, names: Mapping[str, str]
) -> SeparatingSet | None:
    """Return the fewest predictors that separate the outcomes, with all intercepts.

    Parameters
    ----------
    predictors : Predictors
        The design.
    cone : RecessionCone
        Its conditions, of outcomes that are separated by all predictors together.
    names : mapping of str to str
        The user's names of predictors, by coefficient.

    Returns
    -------
    SeparatingSet or None
        Of sets of the same size the one that separates most observations; None where there are
        too many predictors for the search.

    Notes
    -----
    One predictor at a time, then pairs; beyond that one predictor after another is left out as
    long as the rest still separates, which ends at a set that is minimal but need not be smallest.
    """
    free, groups = _groups(predictors)
    search = _Search(cone, free, groups)
    chosen = search.smallest()
    if chosen is None:
        return None
    columns = [c for g in chosen for c in groups[g]]
    coordinates = tuple(predictors.names[c] for c in columns)
    firsts = [predictors.names[groups[g][0]] for g in chosen]
    heads = (o.name.partition("[")[0] for o in predictors.observed)
    return SeparatingSet(
        names=tuple(names.get(n, f"the predictor of {n}") for n in firsts),
        coordinates=coordinates,
        complete=search.reach(chosen)[0],
        outcomes=tuple(dict.fromkeys(heads)),
    )


@dataclass(frozen=True, slots=True)
class _Search:
    """The search for few groups of columns that separate."""

    cone: RecessionCone
    free: list[int]
    groups: list[list[int]]

    def reach(self, chosen: Sequence[int]) -> tuple[bool, int]:
        """Return whether these groups separate completely, and how many conditions are strict."""
        columns = [*self.free, *(c for g in chosen for c in self.groups[g])]
        cone = self.cone
        part = RecessionCone(cone.rising[:, columns], cone.level[:, columns], cone.owners)
        if _is_excluded(part):
            return False, 0
        _, strict = direction_in(part, bases_of(part)[0])
        return is_complete(part, strict), int(strict.sum())

    def smallest(self) -> tuple[int, ...] | None:
        """Return the groups of the smallest set; None where that takes too long."""
        for size in range(min(_MOST, len(self.groups)) + 1):
            if not self._affordable(comb(len(self.groups), size)):
                break
            found = [(self.reach(c), c) for c in combinations(range(len(self.groups)), size)]
            best = max(found, key=lambda one: one[0])
            if best[0][1]:
                return best[1]
        return self._without_needless()

    def _affordable(self, programs: int) -> bool:
        rows = len(self.cone.rising) + len(self.cone.level)
        return programs <= _PROGRAMS and programs * rows <= _ROWS

    def _without_needless(self) -> tuple[int, ...] | None:
        if not self._affordable(len(self.groups)):
            return None
        kept = tuple(range(len(self.groups)))
        for group in reversed(range(len(self.groups))):
            rest = tuple(g for g in kept if g != group)
            if self.reach(rest)[1]:
                kept = rest
        return kept


def _is_excluded(cone: RecessionCone) -> bool:
    """Return whether a few rows are enough to see that nothing separates.

    Where these rows have full rank and no direction is strict in one of them, every direction that
    keeps to them is level in all of them, and so it is 0.
    """
    step = len(cone.owners) // _FEW
    if step < 2:  # noqa: PLR2004 - no rows to leave out
        return False
    rows = cone.rising[::step]
    few = RecessionCone(rows, cone.level[:0], np.zeros(len(rows), dtype=int))
    basis, null_space = bases_of(few)
    return not len(null_space) and not direction_in(few, basis)[1].any()


def _groups(predictors: Predictors) -> tuple[list[int], list[list[int]]]:
    """Return columns that are intercepts, and the columns of each predictor.

    A predictor has one column, or one a category: these have the same profile over observations.
    """
    heads = np.array([o.name.partition("[")[0] for o in predictors.observed])
    free, groups = list[int](), dict[bytes, list[int]]()
    for column, profile in enumerate(_profiles(predictors)):
        if all(np.ptp(profile[heads == head]) == 0 for head in set(heads)):
            free.append(column)
        else:
            groups.setdefault(_key(profile), []).append(column)
    return free, list(groups.values())


def _profiles(predictors: Predictors) -> Iterator[np.ndarray]:
    """Yield one number an observation for each column: its entry of the largest size."""
    for column in predictors.design.T:
        parts = (column[o.rows] for o in predictors.observed)
        yield np.array([part[np.abs(part).argmax()] if part.size else 0.0 for part in parts])


def _key(profile: np.ndarray) -> bytes:
    """Return the same bytes for columns that differ by a shift and a factor."""
    centred = profile - profile.mean()
    top = np.abs(centred).max()
    if not (np.isfinite(top) and top > 0):
        return b""
    scaled = centred / top
    # the sign of the first entry that is clearly off 0
    sign = np.sign(scaled[np.flatnonzero(np.abs(scaled) > 0.1)[0]])  # noqa: PLR2004 - clearly
    rounded = np.asarray(np.round(sign * scaled, _SAME) + 0.0)
    return rounded.tobytes()


def predictor_names(
    predictors: Predictors, data: ModelData, labels: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return the user's names of predictors, by coefficient.

    A predictor has the name of the data column that it equals up to shift and scale: the column of
    the data frame, or Stan's name of the variable. Where a matrix has no names for its columns, the
    label of the coefficient has: `treated` of ``beta[treated]``.

    Parameters
    ----------
    predictors : Predictors
        The design.
    data : ModelData
        Where its columns come from.
    labels : mapping of str to str, optional
        Labels of coefficients, by Stan's name.
    """
    n = len(predictors.observed)
    columns: dict[bytes, str] = {}
    # a predictor that equals the outcome has a name of its own
    outcomes = {o.name.partition("[")[0] for o in predictors.observed}
    for name, values in data.values.items():
        if name in outcomes:
            continue
        for label, column in _columns(name, np.asarray(values), data.labels.get(name), n):
            columns.setdefault(_key(column), label)
    columns.pop(b"", None)
    keys = (_key(profile) for profile in _profiles(predictors))
    named = zip(predictors.names, keys, strict=True)
    found = {name: columns[key] for name, key in named if key in columns}
    return {
        name: _column_name(shown, (labels or {}).get(name, "")) for name, shown in found.items()
    }


def _column_name(shown: str, label: str) -> str:
    """Return the index of a coefficient's label in place of the number of a column."""
    variable, bracket, index = label.partition("[")
    return index.removesuffix("]") if bracket and variable and "[, " in shown else shown


def _columns(
    name: str, values: np.ndarray, labels: tuple[str, ...] | None, n: int
) -> Iterator[tuple[str, np.ndarray]]:
    """Yield the columns of a data variable that has one row an observation."""
    if values.ndim not in {1, 2} or len(values) != n or values.dtype.kind not in "iufb":
        return
    if values.ndim == 1:
        yield name, values.astype(float)
        return
    for k, column in enumerate(values.T.astype(float)):
        yield labels[k] if labels else f"{name}[, {k + 1}]", column
