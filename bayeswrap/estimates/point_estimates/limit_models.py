"""From an optimum at the end of a range to the model that remains there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.errors import EngineError
from bayeswrap.estimates.inference.delta_method import delta_root
from bayeswrap.estimates.point_estimates.notes import predecessor
from bayeswrap.estimates.problem.estimand import Estimator
from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.estimates.results.limit_model import LimitModel
from bayeswrap.estimates.results.status import Status
from bayeswrap.program.limit_families import limit_family

if TYPE_CHECKING:
    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.estimates.results.optimum import Optimum

__all__ = [
    "with_limit",
]

_FURTHER = 1.0  # log units
_END = 1e-9  # relative: a value this close to an end of its support is the end


def with_limit(estimate: PointEstimate) -> PointEstimate:
    """Return an estimate with the model that remains where some parameters are at their limit.

    Parameters
    ----------
    estimate : PointEstimate
        Any; one without a limit comes back as it is.
    """
    optimum, problem = estimate.optimum, estimate.problem
    at_end = estimate.status in {Status.BOUNDARY, Status.AT_INFINITY}
    if problem is None or not (at_end and optimum.excluded):
        return estimate
    ended = _ended(problem, optimum)
    spread = _spread(problem, optimum)
    names = problem.coordinates.layout.names
    kept = [i for i, n in enumerate(names) if spread[i] > 0 and n not in ended]
    variables = {variable_of(problem.coordinates.names[i]) for i in optimum.excluded}
    families = {limit_family(problem.program, v) for v in variables if _is_infinite(v, ended)}
    limit = LimitModel(
        parameters=ended,
        family=families.pop() if len(families) == 1 else "",
        names=tuple(names[i] for i in kept),
        values=estimate.values[kept],
        spread=spread[kept],
        spread_name=estimate.spread_name,
        log_density=_log_density(estimate, problem),
    )
    warnings = estimate.warnings
    if estimate.status is Status.AT_INFINITY:
        warnings = (*warnings, limit.sentence)
    return replace(estimate, limit=limit, warnings=warnings)


def _is_infinite(variable: str, ended: dict[str, float]) -> bool:
    return any(np.isinf(value) for name, value in ended.items() if variable_of(name) == variable)


def _ended(problem: Problem, optimum: Optimum) -> dict[str, float]:
    """Return the declared scalars at the end of their range, and the end."""
    coordinates = problem.coordinates
    names = coordinates.layout.names
    here = coordinates.constrain(optimum.at_limit)
    supports = coordinates.layout.supports(problem.program, here, problem.data.values)
    ended: dict[str, float] = {}
    for i in optimum.excluded:
        name, variable = coordinates.names[i], coordinates.variables[i]
        before = predecessor(name) if variable in coordinates.ordered_variables else ""
        if before and optimum.status is Status.BOUNDARY:
            ended[f"{name} - {before}"] = 0.0
            continue
        further = optimum.at_limit
        towards = further if optimum.direction is None else optimum.direction
        further[i] += np.sign(towards[i] or further[i]) * _FURTHER
        moved = coordinates.constrain(further) - here
        members = [k for k, n in enumerate(names) if variable_of(n) == variable]
        for k in [names.index(name)] if coordinates.is_scalar(i) else members:
            gap = np.abs(supports[k] - here[k])
            nearest = int(np.argmin(gap))
            if gap[nearest] <= _END * max(1.0, abs(here[k])):
                ended[names[k]] = float(supports[k][nearest])
            elif abs(moved[k]) > _END * abs(here[k]):
                # an infinite end, or a finite one that is still far off
                ended[names[k]] = float(supports[k][int(moved[k] > 0)])
    return ended


def _spread(problem: Problem, optimum: Optimum) -> np.ndarray:
    """Return the standard errors of the declared scalars in the limit."""
    declared = problem.coordinates.layout.names
    try:
        transforms = problem.density.transforms
        root = delta_root(problem.program, transforms, optimum.q, optimum.root, declared)
    except EngineError:
        return np.full(len(declared), np.nan)
    return np.asarray(np.linalg.norm(root, axis=1))


def _log_density(estimate: PointEstimate, problem: Problem) -> float:
    """Return the log density in the limit: at the position, and what is still to come."""
    parts = estimate.log_parts
    here = parts.likelihood if estimate.estimator is Estimator.MLE else parts.joint
    return here + estimate.optimum.value - problem.objective(estimate.optimum.q)[0]
