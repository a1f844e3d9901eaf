"""From an optimum on the unconstrained scale to a `PointEstimate` on the declared one.

Every scalar without a standard error gets a note that says why. Imports its own neighbours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.errors import EngineError
from bayeswrap.estimates.curvature import delta_root, random_elements
from bayeswrap.estimates.layout import Layout, variable_of
from bayeswrap.estimates.point import LogParts, PointEstimate
from bayeswrap.estimates.status import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bayeswrap.engine.cmdstan import OptimizeRun
    from bayeswrap.estimates.ending import Optimum
    from bayeswrap.estimates.request import Request

__all__ = ["FIXED", "ILL_CONDITIONED", "describe"]

# with a unit diagonal: a standard error is up to a thousand times what it were if the other
# parameters were known, and as many digits of the estimate go as this number has zeros
ILL_CONDITIONED = 1e6
_AT_THE_END = 1e-12  # an optimum on an edge was moved to within 1e-26 of it
_ELEMENTWISE = frozenset(
    {"Identity", "Lower", "Upper", "LowerUpper", "Offset", "Multiplier", "OffsetMultiplier"}
)
_REASONS = {
    Status.BOUNDARY: "on the edge of its support: no standard error exists there",
    Status.NONSMOOTH: "on a kink of the density: no curvature exists there",
}
_HELD = "follows a parameter on an edge or a kink: no standard error exists there"
_FLAT = "flat: no statement that is on reaches it"
FIXED = "fixed"
_FOLLOWS = "follows from fixed parameters"
_UNCOMPUTED = "cannot be computed by the program next to the estimate"


def describe(
    request: Request, optimum: Optimum, flat: np.ndarray, run: OptimizeRun | None, started: float
) -> PointEstimate:
    """Return the estimate that an optimum amounts to.

    Parameters
    ----------
    request : Request
        What was maximised.
    optimum : Optimum
        The point, with all coordinates.
    flat : (dimension,) array of bool
        Coordinates that no statement reaches.
    run : OptimizeRun or None
        What Stan's optimizer returned.
    started : float
        ``time.perf_counter()`` at the start of the search.
    """
    transforms = request.density.transforms
    values, names = _all_values(request, optimum)
    layout = Layout.of(request.program, names)
    free = _moved_by(request, optimum.q, flat, len(names))
    values = np.where(free, np.nan, values)
    supports = layout.supports(request.program, values, request.data.values)
    root = _declared_root(request, optimum, names)
    notes = _notes(request, optimum, names, values, supports)
    notes |= _zero_spread(request, optimum, names, root, notes)
    notes |= dict.fromkeys(_chosen(names, free), _FLAT)
    if request.fixed:
        notes |= _held(request, names, root) | dict.fromkeys(request.fixed, FIXED)
        values = np.array([request.fixed.get(n, v) for n, v in zip(names, values, strict=True)])
    if optimum.status is Status.BOUNDARY:
        values = _on_the_edge(values, supports, names, notes)
    spread = np.linalg.norm(root, axis=1)
    spread[[n in notes for n in names]] = np.nan
    own = len(transforms.names())
    return PointEstimate(
        estimator=request.estimator,
        scale=request.scale,
        status=optimum.status,
        log_parts=_log_parts(request, optimum.q, flat),
        layout=layout,
        values=values,
        spread=spread,
        supports=supports,
        notes=notes,
        root=root,
        optimum=optimum,
        coordinates=transforms.coordinates,
        warnings=_warnings(request, optimum, values[:own], spread[:own], _chosen(names, free)),
        record=request.record(
            str(request.estimator).lower(),
            _options(request),
            run.output if run else None,
            started,
        ),
        labels=request.labels,
        output=run.output if run else None,
        request=request,
    )


def _held(request: Request, names: tuple[str, ...], root: np.ndarray) -> dict[str, str]:
    """Name derived quantities that do not move because all they depend on is held."""
    own = set(request.density.transforms.names())
    still = [n for n, row in zip(names, root, strict=True) if not row.any()]
    return dict.fromkeys((n for n in still if n not in own), _FOLLOWS)


def _chosen(names: Iterable[str], mask: np.ndarray) -> list[str]:
    return [n for n, is_it in zip(names, mask, strict=True) if is_it]


def _all_values(request: Request, optimum: Optimum) -> tuple[np.ndarray, tuple[str, ...]]:
    """Return parameters and derived quantities; parameters alone where the latter fail."""
    transforms = request.density.transforms
    try:
        values = transforms.constrain(optimum.q, derived=True)
        return values, transforms.names(derived=True)
    except EngineError:
        return transforms.constrain(optimum.q), transforms.names()


def _moved_by(request: Request, q: np.ndarray, flat: np.ndarray, n: int) -> np.ndarray:
    """Tell which scalars depend on coordinates that nothing determines."""
    if not flat.any():
        return np.zeros(n, dtype=bool)
    transforms = request.density.transforms
    here, there = (
        _constrained(request, q + shift * flat, n, derived=n > len(transforms.names()))
        for shift in (0.0, 0.4)
    )
    return np.asarray(~((here == there) | (np.isnan(here) & np.isnan(there))))


def _constrained(request: Request, q: np.ndarray, n: int, *, derived: bool) -> np.ndarray:
    transforms = request.density.transforms
    try:
        return transforms.constrain(q, derived=derived)
    except EngineError:  # a derived quantity that depends on what nothing determines
        known = transforms.constrain(q)
        return np.concatenate([known, np.full(n - known.size, np.inf)])


def _declared_root(request: Request, optimum: Optimum, names: tuple[str, ...]) -> np.ndarray:
    """Return R with covariance R R'; NaN where the program cannot compute a scalar nearby."""
    transforms = request.density.transforms
    if not optimum.status.is_estimate:
        return np.full((len(names), 1), np.nan)
    try:
        return delta_root(request.program, transforms, optimum.q, optimum.root, names)
    except EngineError:
        own = transforms.names()
        known = delta_root(request.program, transforms, optimum.q, optimum.root, own)
        return np.vstack([known, np.full((len(names) - len(own), known.shape[1]), np.nan)])


def _log_parts(request: Request, q: np.ndarray, flat: np.ndarray) -> LogParts:
    parts = request.density.log_parts(q)
    if flat.any():
        # the parts that are off may depend on the coordinates that nothing determines
        parts = {k: v if getattr(request.parts, k) else np.nan for k, v in parts.items()}
    return LogParts(**parts)


def _notes(
    request: Request,
    optimum: Optimum,
    names: tuple[str, ...],
    values: np.ndarray,
    supports: np.ndarray,
) -> dict[str, str]:
    if not optimum.status.is_estimate:
        return dict.fromkeys(names, optimum.status.sentence)
    reason = _REASONS.get(optimum.status, "")
    with np.errstate(invalid="ignore"):  # what has become infinite is at no end
        gap = np.abs(supports - values[:, np.newaxis]).min(axis=1)
    at_end = set(_chosen(names, gap <= _AT_THE_END * np.maximum(1.0, np.abs(values))))
    notes: dict[str, str] = {}
    for i in optimum.excluded:
        name = request.density.transforms.coordinates[i]
        notes |= dict.fromkeys(_scalars_behind(request, name, names, at_end), reason)
    return notes | _without_derivative(request, optimum, names)


def _scalars_behind(
    request: Request, coordinate: str, names: tuple[str, ...], at_end: set[str]
) -> list[str]:
    """Name the declared scalars that a coordinate on an edge or a kink stands for."""
    variable = variable_of(coordinate)
    if request.program.variables[variable].declaration.transform in _ELEMENTWISE:
        return [coordinate]
    members = [n for n in names if variable_of(n) == variable]
    # coordinates of a simplex or a matrix are no scalars of it: those that ended tell themselves
    return [n for n in members if n in at_end] or members


def _without_derivative(
    request: Request, optimum: Optimum, names: tuple[str, ...]
) -> dict[str, str]:
    """Name derived quantities that have no derivative: random or whole numbers."""
    if len(names) == len(request.density.transforms.names()):
        return {}
    declared, notes = request.program.variables, {}
    random = random_elements(request.density.transforms, optimum.q)
    for name, is_random in zip(names, random, strict=True):
        if is_random:
            notes[name] = "random: one draw at the estimate"
        elif declared[variable_of(name)].declaration.base == "int":
            notes[name] = "a whole number: no standard error"
    return notes


def _zero_spread(
    request: Request,
    optimum: Optimum,
    names: tuple[str, ...],
    root: np.ndarray,
    notes: dict[str, str],
) -> dict[str, str]:
    """Name what has no spread only because a coordinate without curvature was left out."""
    if not optimum.status.is_estimate:
        return {}
    left_out = {variable_of(request.density.transforms.coordinates[i]) for i in optimum.excluded}
    own = set(request.density.transforms.names())
    found = {}
    for name, row in zip(names, root, strict=True):
        if name in notes:
            continue
        if np.isnan(row).any():
            found[name] = _UNCOMPUTED
        elif left_out and not row.any() and (name not in own or variable_of(name) in left_out):
            found[name] = _HELD
    return found


def _on_the_edge(
    values: np.ndarray, supports: np.ndarray, names: tuple[str, ...], notes: dict[str, str]
) -> np.ndarray:
    """Report the limit itself for what was followed to the edge."""
    with np.errstate(invalid="ignore"):  # what has become infinite is at no end
        gaps = np.abs(supports - values[:, np.newaxis])
    nearest = np.arange(values.size), gaps.argmin(axis=1)
    near = gaps[nearest] <= _AT_THE_END * np.maximum(1.0, np.abs(values))
    edge = np.array([notes.get(n) == _REASONS[Status.BOUNDARY] for n in names]) & near
    return np.where(edge, supports[nearest], values)


def _safe_digits(optimum: Optimum, values: np.ndarray, spread: np.ndarray) -> int:
    """Return how many digits of the worst estimate survive rounding.

    Whitened coordinates lose the square root of the condition number, in standard errors (the
    slope is exact to rounding along each column of the root); an estimate that is small beside
    its standard error loses their ratio besides.
    """
    lost = max(optimum.decrement, np.finfo(np.float64).eps * np.sqrt(optimum.condition))
    known = np.isfinite(spread) & (spread > 0) & (values != 0)
    if not known.any() or not np.isfinite(lost):
        return 0
    worst = float((spread[known] / np.abs(values[known])).max()) * lost
    return int(np.clip(-np.log10(max(worst, 1e-16)), 0, 16))


def _warnings(
    request: Request,
    optimum: Optimum,
    values: np.ndarray,
    spread: np.ndarray,
    free: list[str],
) -> tuple[str, ...]:
    found = []
    if optimum.status is not Status.CONVERGED:
        found.append(f"{optimum.status.sentence}; {optimum.status.advice}")
    if optimum.status.is_estimate and optimum.condition > ILL_CONDITIONED:
        digits = _safe_digits(optimum, values, spread)
        found.append(
            f"ill-conditioned (condition number {optimum.condition:.0e}): about {digits} digits "
            "of the estimates are safe; centre and scale the predictors"
        )
    own = {v.name for v in request.program.variables_in("parameters")}
    told = sorted({variable_of(n) for n in free} & own)
    if told:
        found.append(f"no statement that is on depends on {', '.join(told)}: nothing determines it")
    return tuple(found)


def _options(request: Request) -> dict[str, object]:
    return {
        "scale": str(request.scale) if request.scale else None,
        "jacobian": request.jacobian,
        "prior": request.parts.prior,
        "population": request.parts.population,
        "likelihood": request.parts.likelihood,
        "inits": ", ".join(sorted(request.inits)) or None,
        "starts": request.starts,
        "fixed": ", ".join(f"{n} = {v:.17g}" for n, v in request.fixed.items()) or None,
    }
