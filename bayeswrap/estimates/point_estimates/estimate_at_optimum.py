"""From an optimum on the unconstrained scale to a `PointEstimate` on the declared one.

Every scalar without a standard error gets a note that says why.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.errors import EngineError
from bayeswrap.estimates.inference.delta_method import delta_root
from bayeswrap.estimates.point_estimates.notes import (
    BOUNDARY_TOLERANCE,
    FIXED,
    FLAT,
    NO_CURVATURE,
    estimate_warnings,
    failures_at,
    following_notes,
    free_note,
    scalar_notes,
    selected,
    zero_spread_notes,
)
from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.estimates.problem.quantity_failures import failure_sentence, point_warnings
from bayeswrap.estimates.results.mode_result import LogParts
from bayeswrap.estimates.results.status import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayeswrap.engine.run_files import CmdStanOutput
    from bayeswrap.estimates.problem.layout import Layout
    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.estimates.results.census import Census
    from bayeswrap.estimates.results.optimum import Optimum
    from bayeswrap.record import RunRecord

__all__ = [
    "VerifiedMode",
    "estimate_at_optimum",
]

_ELSEWHERE = 0.4  # units of the unconstrained scale
_SAME_DIGITS = 1e-9  # relative
# Stan's own optimizer can neither hold parameters nor start many times
_SEARCHED = "; searched in process by stanli"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class VerifiedMode:
    """Where a search ended, and what its estimate records of it.

    Attributes
    ----------
    optimum : Optimum
        The point, with all coordinates.
    flat : (dimension,) array of bool
        Coordinates that no statement reaches.
    started : float
        ``time.perf_counter()`` at the start of the search.
    output : CmdStanOutput or None
        The files of Stan's optimizer, where it ran.
    in_process : bool
        Whether the search was made in this process alone.
    starts : int or None
        Starts of the search that led here; None for a single one.
    warnings : tuple of str
        What stands before the estimate's own warnings.
    census : Census or None
        What a search from many starts came to.
    n_parameters : int
        How many parameters were estimated.
    options : mapping
        Further options for the record.
    """

    optimum: Optimum
    flat: np.ndarray
    started: float
    output: CmdStanOutput | None = None
    in_process: bool = False
    starts: int | None = None
    warnings: tuple[str, ...] = ()
    census: Census | None = None
    n_parameters: int = 0
    options: Mapping[str, object] = field(default_factory=dict)


def estimate_at_optimum(problem: Problem, mode: VerifiedMode) -> PointEstimate:
    """Return the estimate that an optimum amounts to.

    Parameters
    ----------
    problem : Problem
        What was maximised.
    mode : VerifiedMode
        Where, and how it was found.
    """
    optimum, flat = mode.optimum, mode.flat
    coordinates = problem.coordinates
    values, layout = _all_values(problem, optimum)
    names = layout.names
    failures = failures_at(problem, optimum.q, values)
    free = _moved_by(problem, optimum.q, flat, len(names))
    loose = _loose(problem, optimum, len(names)) & ~free
    values = np.where(free | loose, np.nan, values)
    supports = layout.supports(problem.program, values, problem.data.values)
    root = _declared_root(problem, optimum, names)
    notes = scalar_notes(problem, optimum, names, values, supports)
    notes |= zero_spread_notes(problem, optimum, names, root, notes)
    notes |= dict.fromkeys(selected(names, free), FLAT)
    notes |= dict.fromkeys(selected(names, loose), free_note(problem, optimum))
    notes |= following_notes(problem, names, root) | dict.fromkeys(problem.fixed, FIXED)
    missing = {f.variable: failure_sentence(f, problem.program) for f in failures}
    notes |= {n: f"not computable, {missing[v]}" for n in names if (v := variable_of(n)) in missing}
    values = np.array([problem.fixed.get(n, v) for n, v in zip(names, values, strict=True)])
    if optimum.status is Status.BOUNDARY:
        values = _on_the_edge(values, supports, names, notes)
    spread = np.linalg.norm(root, axis=1)
    spread[[n in notes for n in names]] = np.nan
    n = len(coordinates.layout.names)
    warnings = estimate_warnings(problem, optimum, values[:n], spread[:n], selected(names, free))
    warnings += point_warnings(problem.program, failures)
    return PointEstimate(
        estimator=problem.estimator,
        scale=problem.scale,
        status=optimum.status,
        log_parts=_log_parts(problem, optimum.q, flat),
        layout=layout,
        values=values,
        spread=spread,
        supports=supports,
        notes=notes,
        root=root,
        optimum=optimum,
        coordinates=coordinates.names,
        warnings=tuple(dict.fromkeys((*mode.warnings, *warnings))),
        record=_record(problem, mode),
        labels=problem.labels,
        output=mode.output,
        census=mode.census,
        n_parameters=mode.n_parameters,
        problem=problem,
    )


def _all_values(problem: Problem, optimum: Optimum) -> tuple[np.ndarray, Layout]:
    """Return parameters and derived quantities; parameters alone where the latter fail."""
    coordinates = problem.coordinates
    for q in (optimum.at_limit, optimum.q):
        try:
            return coordinates.constrain(q, derived=True), coordinates.full_layout
        except EngineError:
            continue
    return coordinates.constrain(optimum.q), coordinates.layout


def _moved_by(problem: Problem, q: np.ndarray, flat: np.ndarray, n: int) -> np.ndarray:
    """Return which scalars depend on coordinates that nothing determines."""
    if not flat.any():
        return np.zeros(n, dtype=bool)
    # a derived quantity that depends on what nothing determines may be NaN at one point alone
    coordinates = problem.coordinates
    derived = n > len(coordinates.layout.names)
    here, there = (
        coordinates.constrain(q + shift * flat, derived=derived, or_nan=True)
        for shift in (0.0, 0.4)
    )
    return np.asarray(~((here == there) | (np.isnan(here) & np.isnan(there))))


def _loose(problem: Problem, optimum: Optimum, n: int) -> np.ndarray:
    """Return which scalars move with coordinates that have no effect where others are on an edge.

    A second cell of a simplex that is 0 as well does not: it moves less than its digits show.
    """
    if not optimum.free:
        return np.zeros(n, dtype=bool)
    coordinates = problem.coordinates
    shift = np.isin(np.arange(optimum.q.size), optimum.free) * _ELSEWHERE
    derived = n > len(coordinates.layout.names)
    here, there = (
        coordinates.constrain(optimum.at_limit + s, derived=derived, or_nan=True)
        for s in (0.0 * shift, shift)
    )
    moved = np.abs(there - here) > _SAME_DIGITS * np.maximum(1.0, np.abs(here))
    return np.asarray(moved & ~(np.isnan(here) & np.isnan(there)))


def _declared_root(problem: Problem, optimum: Optimum, names: tuple[str, ...]) -> np.ndarray:
    """Return R with covariance R R'; NaN where the program cannot compute a scalar nearby."""
    transforms = problem.density.transforms
    if not optimum.status.is_estimate:
        return np.full((len(names), 1), np.nan)
    try:
        return delta_root(problem.program, transforms, optimum.q, optimum.root, names)
    except EngineError:
        declared = problem.coordinates.layout.names
        root = delta_root(problem.program, transforms, optimum.q, optimum.root, declared)
        return np.vstack([root, np.full((len(names) - len(declared), root.shape[1]), np.nan)])


def _log_parts(problem: Problem, q: np.ndarray, flat: np.ndarray) -> LogParts:
    parts = problem.density.log_parts(q)
    if flat.any():
        # the parts that are off may depend on the coordinates that nothing determines
        parts = {k: v if getattr(problem.weights, k) else np.nan for k, v in parts.items()}
    return LogParts(**parts)


def _on_the_edge(
    values: np.ndarray, supports: np.ndarray, names: tuple[str, ...], notes: dict[str, str]
) -> np.ndarray:
    """Report the limit itself for what was followed to the edge."""
    with np.errstate(invalid="ignore"):  # what has become infinite is at no end
        gaps = np.abs(supports - values[:, np.newaxis])
    nearest = np.arange(values.size), gaps.argmin(axis=1)
    near = gaps[nearest] <= BOUNDARY_TOLERANCE * np.maximum(1.0, np.abs(values))
    edge = np.array([notes.get(n) == NO_CURVATURE[Status.BOUNDARY] for n in names]) & near
    return np.where(edge, supports[nearest], values)


def _record(problem: Problem, mode: VerifiedMode) -> RunRecord:
    options = {
        "scale": str(problem.scale) if problem.scale else None,
        "jacobian": problem.jacobian,
        "prior": problem.weights.prior,
        "population": problem.weights.population,
        "likelihood": problem.weights.likelihood,
        "inits": ", ".join(sorted(problem.initial_values)) or None,
        "starts": mode.starts,
        "fixed": ", ".join(f"{n} = {v:.17g}" for n, v in problem.fixed.items()) or None,
        **mode.options,
    }
    engine = problem.engine + (_SEARCHED if mode.in_process else "")
    method = str(problem.estimator).lower()
    return problem.record(method, options, mode.output, mode.started, engine=engine)
