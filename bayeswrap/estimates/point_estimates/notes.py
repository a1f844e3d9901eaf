"""Notes beside scalars of an estimate, and its warnings: why a standard error is missing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.inference.delta_method import random_elements
from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.estimates.results.status import Status
from bayeswrap.thresholds import ILL_CONDITIONED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.estimates.problem.quantity_failures import QuantityFailure
    from bayeswrap.estimates.results.optimum import Optimum

__all__ = [
    "BOUNDARY_TOLERANCE",
    "FIXED",
    "FLAT",
    "NO_CURVATURE",
    "estimate_warnings",
    "failures_at",
    "following_notes",
    "free_note",
    "predecessor",
    "scalar_notes",
    "selected",
    "zero_spread_notes",
]

BOUNDARY_TOLERANCE = 1e-12  # relative; an optimum on a boundary is put within 1e-26 of it
NO_CURVATURE = {
    Status.BOUNDARY: "on the boundary of its support, where no standard error exists",
    Status.NONSMOOTH: "at a kink of the density, where no curvature exists",
}
_DIGITS = 12  # after the point: what has run to an edge is the edge
_HELD = "a function of a parameter that has no standard error"
FLAT = "flat, as no active statement depends on it"
FIXED = "fixed"
_FOLLOWS = "a function of fixed parameters"
_UNCOMPUTED = "not computable by the program near the estimate"


def failures_at(problem: Problem, q: np.ndarray, values: np.ndarray) -> tuple[QuantityFailure, ...]:
    """Return the generated quantities that cannot be computed at a position.

    Parameters
    ----------
    problem : Problem
        What was maximised.
    q : (dimension,) array
        Unconstrained position.
    values : array
        All scalars there.
    """
    parameters = len(problem.coordinates.layout.names)
    if not np.isnan(values[parameters:]).any():
        return ()
    return problem.density.quantities.failures(q)


def following_notes(problem: Problem, names: tuple[str, ...], root: np.ndarray) -> dict[str, str]:
    """Name derived quantities that do not move because all they depend on is held."""
    if not problem.fixed:
        return {}
    parameters = set(problem.coordinates.layout.names)
    still = [n for n, row in zip(names, root, strict=True) if not row.any()]
    return dict.fromkeys((n for n in still if n not in parameters), _FOLLOWS)


def selected(names: Iterable[str], mask: np.ndarray) -> list[str]:
    """Return the names where a mask is true."""
    return [n for n, is_it in zip(names, mask, strict=True) if is_it]


def scalar_notes(
    problem: Problem,
    optimum: Optimum,
    names: tuple[str, ...],
    values: np.ndarray,
    supports: np.ndarray,
) -> dict[str, str]:
    """Return why scalars have no standard error: the status, a boundary, a kink, no derivative."""
    if not optimum.status.is_estimate:
        return dict.fromkeys(names, optimum.status.sentence)
    reason = NO_CURVATURE.get(optimum.status, "")
    with np.errstate(invalid="ignore"):  # what has become infinite is at no end
        gap = np.abs(supports - values[:, np.newaxis]).min(axis=1)
    at_end = set(selected(names, gap <= BOUNDARY_TOLERANCE * np.maximum(1.0, np.abs(values))))
    notes: dict[str, str] = {}
    for i in optimum.excluded:
        name = problem.coordinates.names[i]
        notes |= dict.fromkeys(_scalars_behind(problem, name, names, at_end), reason)
    return notes | _without_derivative(problem, optimum, names)


def _scalars_behind(
    problem: Problem, coordinate: str, names: tuple[str, ...], at_end: set[str]
) -> list[str]:
    """Name the declared scalars that a coordinate on an edge or a kink stands for."""
    variable = variable_of(coordinate)
    if problem.program.variables[variable].declaration.constraint.elementwise:
        return [coordinate]
    members = [n for n in names if variable_of(n) == variable]
    if variable in problem.coordinates.ordered_variables:
        # a gap of 0 merges two scalars, and both keep the standard error of what they now are
        return [n for n in members if n in at_end]
    # coordinates of a simplex or a matrix are no scalars of it: those that ended tell themselves
    return [n for n in members if n in at_end] or members


def _without_derivative(
    problem: Problem, optimum: Optimum, names: tuple[str, ...]
) -> dict[str, str]:
    """Name derived quantities that have no derivative: random or whole numbers."""
    if len(names) == len(problem.coordinates.layout.names):
        return {}
    declared, notes = problem.program.variables, {}
    random = random_elements(problem.density.transforms, optimum.q)
    # whole numbers come out the same by chance: where one is random, all of its variable are
    random_variables = {variable_of(n) for n in selected(names, random)}
    for name, is_random in zip(names, random, strict=True):
        variable = variable_of(name)
        is_whole = declared[variable].declaration.base == "int"
        if is_random or (is_whole and variable in random_variables):
            notes[name] = "random, one draw at the estimate"
        elif is_whole:
            notes[name] = "an integer, without standard error"
    return notes


def zero_spread_notes(
    problem: Problem,
    optimum: Optimum,
    names: tuple[str, ...],
    root: np.ndarray,
    notes: dict[str, str],
) -> dict[str, str]:
    """Name what has no spread only because a coordinate without curvature was left out."""
    if not optimum.status.is_estimate:
        return {}
    left_out = {problem.coordinates.variables[i] for i in optimum.excluded}
    parameters = set(problem.coordinates.layout.names)
    reasons: dict[str, str] = {}
    for name, row in zip(names, root, strict=True):
        if name in notes:
            continue
        if np.isnan(row).any():
            reasons[name] = _UNCOMPUTED
        elif (
            left_out and not row.any() and (name not in parameters or variable_of(name) in left_out)
        ):
            reasons[name] = _HELD
    return reasons


def free_note(problem: Problem, optimum: Optimum) -> str:
    """Say why some parameters have no value: where others are on their edge, nothing needs them."""
    coordinates = problem.coordinates
    names = coordinates.layout.names
    at = coordinates.constrain(optimum.at_limit)
    ended = [coordinates.names[i] for i in optimum.excluded]
    where = [f"{n} = {_rounded(at[names.index(n)])}" for n in ended if n in names]
    place = " and ".join(where) or "others are on the edge of their support"
    return f"free, as the density does not depend on it where {place}"


def _rounded(value: float) -> str:
    return f"{round(float(value), _DIGITS):.6g}"


def _merged(problem: Problem, optimum: Optimum) -> tuple[str, ...]:
    """Name the neighbours of an ordered vector whose gap is 0."""
    if optimum.status is not Status.BOUNDARY:
        return ()
    coordinates = problem.coordinates
    pairs = []
    for i in optimum.excluded:
        if coordinates.variables[i] not in coordinates.ordered_variables:
            continue
        name = coordinates.names[i]
        before = predecessor(name)
        if before:
            pairs.append(f"{before} = {name}")
    if not pairs:
        return ()
    where = "merged on the edge of their order, where they are one parameter"
    return (f"{', '.join(pairs)}: {where} with one value and one standard error",)


def predecessor(name: str) -> str:
    """Return the scalar before one of a vector: c[2] of c[3]; empty for the first."""
    head, last = re.fullmatch(r"(.*\b)(\d+)\]", name).groups()  # type: ignore[union-attr]
    return f"{head}{int(last) - 1}]" if int(last) > 1 else ""


def _safe_digits(optimum: Optimum, values: np.ndarray, spread: np.ndarray) -> int:
    """Return how many digits of the worst estimate survive rounding.

    Whitened coordinates lose the square root of the condition number, in standard errors (the
    slope is exact to rounding along each column of the root); an estimate that is small beside
    its standard error loses their ratio besides.
    """
    lost = max(optimum.decrement, np.finfo(np.float64).eps * np.sqrt(optimum.condition))
    usable = np.isfinite(spread) & (spread > 0) & (values != 0)
    if not usable.any() or not np.isfinite(lost):
        return 0
    worst = float((spread[usable] / np.abs(values[usable])).max()) * lost
    return int(np.clip(-np.log10(max(worst, 1e-16)), 0, 16))


def estimate_warnings(
    problem: Problem,
    optimum: Optimum,
    values: np.ndarray,
    spread: np.ndarray,
    free: list[str],
) -> tuple[str, ...]:
    """Return what a reader must know: the status, lost digits, parameters without a statement."""
    warnings = list(_merged(problem, optimum))
    if optimum.status is not Status.CONVERGED:
        warnings.append(f"{optimum.status.sentence}; {optimum.status.advice}")
    if optimum.status.is_estimate and optimum.condition > ILL_CONDITIONED.value:
        digits = _safe_digits(optimum, values, spread)
        warnings.append(
            f"ill-conditioned (condition number {optimum.condition:.0e}): about {digits} digits "
            "of the estimates are correct; centre and scale the predictors"
        )
    parameters = {v.name for v in problem.program.variables_in("parameters")}
    flat = sorted({variable_of(n) for n in free} & parameters)
    if flat:
        warnings.append(
            f"no active statement depends on {', '.join(flat)}, so nothing determines it"
        )
    return tuple(warnings)
