"""From a request (which parts, which scale) to a verified `PointEstimate`.

Stan's own optimizer goes first; the in-process density verifies and polishes what it returns.
Imports `engine`, `program`, `data` and its own neighbours.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize

from bayeswrap.errors import DataError, EngineError, EngineRunError
from bayeswrap.estimates.curvature import coordinate_transforms, delta_root, random_elements
from bayeswrap.estimates.ending import Optimum, edges_of, find_optimum
from bayeswrap.estimates.layout import Layout, variable_of
from bayeswrap.estimates.objective import Objective, SwitchedDensity
from bayeswrap.estimates.point import LogParts, PointEstimate
from bayeswrap.estimates.status import Estimator, Scale, Status
from bayeswrap.program import Parts
from bayeswrap.record import RunRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bayeswrap.data import ModelData
    from bayeswrap.engine.cmdstan import Executable, OptimizeRun
    from bayeswrap.program import Program

__all__ = ["Request", "maximise"]

_TRIES = 5
_RADIUS = 2.0  # Stan's own default for random initial values
_CONDITION_WARNING = 1e10
_PROOFS = 2  # points where a slope must be zero before its coordinate is called flat
_PARAMETERS = "parameters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is to be maximised, of which program and data, by which engine.

    Attributes
    ----------
    program, data : Program, ModelData
        The model.
    density : SwitchedDensity
        Its in-process density.
    executable : Executable or None
        The compiled program; None lets stanli alone evaluate.
    estimator, scale : Estimator, Scale or None
        Which mode.
    parts : Parts
        Which statements are on.
    seed : int
        Stan's seed.
    inits : mapping
        Initial values by variable; the rest is drawn at random.
    engine : str
        Description for the record.
    """

    program: Program
    data: ModelData
    density: SwitchedDensity
    executable: Executable | None
    estimator: Estimator
    scale: Scale | None
    parts: Parts
    seed: int
    inits: Mapping[str, np.ndarray]
    engine: str
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def jacobian(self) -> bool:
        """Stan's flag: True for a mode of the unconstrained scale."""
        return self.scale is Scale.UNCONSTRAINED

    @property
    def objective(self) -> Objective:
        """The function to maximise."""
        return self.density.objective(self.parts, jacobian=self.jacobian)

    @property
    def stan_data(self) -> str:
        """JSON of the data with the switches of this request."""
        return self.data.json(self.density.source.data(self.parts))


def maximise(request: Request, warnings: Sequence[str] = ()) -> PointEstimate:
    """Find, verify and describe a mode.

    Parameters
    ----------
    request : Request
        What is to be maximised.
    warnings : sequence of str
        To stay with the estimate.

    Returns
    -------
    PointEstimate
        With its status; the caller decides what raises.

    Raises
    ------
    DataError
        The initial values do not fit the program.
    EngineRunError
        No starting point with a finite density was found.
    """
    started = time.perf_counter()
    objective = request.objective
    start, run = _start(request, objective)
    flat = _flat_coordinates(objective, start)
    edges = edges_of(coordinate_transforms(request.program, request.density.transforms))
    optimum = find_optimum(_held(objective, start, flat), start[~flat], edges.of(~flat))
    optimum = _whole(optimum, start, flat)
    estimate = _describe(request, optimum, flat, run, time.perf_counter() - started)
    return replace(estimate, warnings=(*warnings, *estimate.warnings))


def _start(request: Request, objective: Objective) -> tuple[np.ndarray, OptimizeRun | None]:
    """Return where Stan's optimizer ended, or a climb from random points where it could not."""
    run, failure = None, None
    if request.executable is not None:
        try:
            run = _stan_optimum(request, request.executable)
            q = request.density.transforms.unconstrain(_parameters(request, run.values))
            if np.isfinite(q).all() and np.isfinite(objective(q)[0]):
                return q, run
        except (EngineRunError, DataError) as error:
            # Stan gives no point where the density has no maximum: that is for us to tell
            failure = error
    climbed = _rough_climb(request, objective)
    if climbed is None:
        raise failure or _no_start(request)
    return climbed, run


def _stan_optimum(request: Request, executable: Executable) -> OptimizeRun:
    return executable.optimize(
        request.stan_data,
        jacobian=request.jacobian,
        seed=request.seed,
        inits={k: np.asarray(v).tolist() for k, v in request.inits.items()} or None,
    )


def _parameters(request: Request, values: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    names = [v.name for v in request.program.variables_in(_PARAMETERS)]
    return {name: values[name] for name in names}


def _rough_climb(request: Request, objective: Objective) -> np.ndarray | None:
    """Climb by L-BFGS from random points (or from the initial values), in this process."""
    rng = np.random.default_rng(request.seed)
    dimension = request.density.transforms.dimension

    def downhill(q: np.ndarray) -> tuple[float, np.ndarray]:
        value, gradient = objective(q)
        if not np.isfinite(value):
            return 1e300, np.zeros_like(q)
        return -value, -gradient

    for attempt in range(20 * _TRIES):
        radius = _RADIUS / (1 + attempt // _TRIES)
        q = _with_inits(request, rng.uniform(-radius, radius, dimension))
        if np.isfinite(objective(q)[0]):
            found = minimize(downhill, q, jac=True, method="L-BFGS-B", options={"maxiter": 500})
            return np.asarray(found.x if found.fun < 1e300 else q)  # noqa: PLR2004 - as above
    return None


def _with_inits(request: Request, q: np.ndarray) -> np.ndarray:
    if not request.inits:
        return q
    transforms = request.density.transforms
    layout = Layout.of(request.program, transforms.names())
    values = layout.by_variable(transforms.constrain(q)) | dict(request.inits)
    return transforms.unconstrain(values)


def _no_start(request: Request) -> EngineError:
    return EngineRunError(
        "no starting point with a finite density was found",
        where=request.program.name,
        got=f"{20 * _TRIES} random points of the unconstrained scale",
        do="pass inits= inside the support, or check data and bounds",
    )


def _flat_coordinates(objective: Objective, q: np.ndarray) -> np.ndarray:
    """Tell which coordinates no statement reaches: their gradient is exactly zero everywhere.

    Looked for near `q` and near the origin: where a search has run away, slopes round to zero.
    """
    rng = np.random.default_rng(0)
    steps = [shift * rng.normal(size=q.size) for shift in (0.0, 0.1, 0.5)]
    gradients = [objective(centre + s)[1] for s in steps for centre in (q, np.zeros(q.size))]
    finite = [g for g in gradients if np.isfinite(g).all()]
    if len(finite) < _PROOFS:
        return np.zeros(q.size, dtype=bool)
    return np.asarray((np.array(finite) == 0).all(axis=0))


def _held(
    objective: Objective, q: np.ndarray, flat: np.ndarray
) -> Callable[[np.ndarray], tuple[float, np.ndarray]]:
    if not flat.any():
        return objective

    def inner(part: np.ndarray) -> tuple[float, np.ndarray]:
        whole = q.copy()
        whole[~flat] = part
        value, gradient = objective(whole)
        return value, gradient[~flat]

    return inner


def _whole(optimum: Optimum, start: np.ndarray, flat: np.ndarray) -> Optimum:
    """Put the coordinates that were held back in."""
    if not flat.any():
        return optimum
    q, root = start.copy(), np.zeros((flat.size, optimum.root.shape[1]))
    q[~flat], root[~flat] = optimum.q, optimum.root
    free = np.flatnonzero(~flat)
    direction = None
    if optimum.direction is not None:
        direction = np.zeros(flat.size)
        direction[free] = optimum.direction
    return replace(
        optimum,
        q=q,
        root=root,
        direction=direction,
        excluded=tuple(int(free[i]) for i in optimum.excluded),
    )


def _describe(
    request: Request,
    optimum: Optimum,
    flat: np.ndarray,
    run: OptimizeRun | None,
    seconds: float,
) -> PointEstimate:
    transforms = request.density.transforms
    values, names = _all_values(request, optimum)
    layout = Layout.of(request.program, names)
    root = np.full((len(names), 1), np.nan)
    if optimum.status.is_estimate:
        root = delta_root(request.program, transforms, optimum.q, optimum.root, names)
    notes = _notes(request, optimum, flat, names)
    spread = np.linalg.norm(root, axis=1)
    spread[[n in notes for n in names]] = np.nan
    values = _without_meaning(values, names, _named(transforms.coordinates, flat))
    supports = layout.supports(request.program, values, request.data.values)
    if optimum.status is Status.BOUNDARY:
        values = _on_the_edge(values, supports, names, notes)
    parts = request.density.log_parts(optimum.q)
    return PointEstimate(
        estimator=request.estimator,
        scale=request.scale,
        status=optimum.status,
        log_parts=LogParts(**parts),
        layout=layout,
        values=values,
        spread=spread,
        supports=supports,
        notes=notes,
        root=root,
        optimum=optimum,
        coordinates=transforms.coordinates,
        warnings=_warnings(request, optimum, flat),
        record=_record(request, run, seconds),
        labels=request.labels,
        output=run.output if run else None,
    )


def _on_the_edge(
    values: np.ndarray, supports: np.ndarray, names: tuple[str, ...], notes: Mapping[str, str]
) -> np.ndarray:
    """Report the limit itself for what was followed to the edge."""
    nearest = np.abs(supports - values[:, np.newaxis]).argmin(axis=1)
    ends = supports[np.arange(values.size), nearest]
    edge = np.array(["edge" in notes.get(n, "") for n in names]) & np.isfinite(ends)
    return np.where(edge, ends, values)


def _all_values(request: Request, optimum: Optimum) -> tuple[np.ndarray, tuple[str, ...]]:
    """Return parameters and derived quantities; parameters alone where the latter fail."""
    transforms = request.density.transforms
    try:
        values = transforms.constrain(optimum.q, derived=True)
        return values, transforms.names(derived=True)
    except EngineError:
        return transforms.constrain(optimum.q), transforms.names()


def _named(coordinates: tuple[str, ...], mask: np.ndarray) -> set[str]:
    return {variable_of(c) for c, m in zip(coordinates, mask, strict=True) if m}


def _without_meaning(values: np.ndarray, names: tuple[str, ...], flat: set[str]) -> np.ndarray:
    """Blank the parameters that nothing determines."""
    return np.where([variable_of(n) in flat for n in names], np.nan, values)


def _notes(
    request: Request, optimum: Optimum, flat: np.ndarray, names: tuple[str, ...]
) -> dict[str, str]:
    transforms = request.density.transforms
    notes: dict[str, str] = {}
    if not optimum.status.is_estimate:
        return dict.fromkeys(names, optimum.status.sentence)
    coordinates = transforms.coordinates
    reason = {
        Status.BOUNDARY: "on the edge of its support: no standard error exists there",
        Status.NONSMOOTH: "on a kink of the density: no curvature exists there",
    }.get(optimum.status, "")
    for i in optimum.excluded:
        hit = [n for n in names if n == coordinates[i]]
        hit = hit or [n for n in names if variable_of(n) == variable_of(coordinates[i])]
        notes |= dict.fromkeys(hit, reason)
    free = _named(coordinates, flat)
    notes |= {
        n: "flat: no statement that is on reaches it" for n in names if variable_of(n) in free
    }
    if len(names) > len(transforms.names()):
        notes |= _unsmooth(request, optimum, names)
    return notes


def _unsmooth(request: Request, optimum: Optimum, names: tuple[str, ...]) -> dict[str, str]:
    """Name derived quantities that have no derivative: random or whole numbers."""
    random = random_elements(request.density.transforms, optimum.q)
    declared = request.program.variables
    notes = {}
    for name, is_random in zip(names, random, strict=True):
        if is_random:
            notes[name] = "random: one draw at the estimate"
        elif declared[variable_of(name)].declaration.base == "int":
            notes[name] = "a whole number: no standard error"
    return notes


def _warnings(request: Request, optimum: Optimum, flat: np.ndarray) -> tuple[str, ...]:
    found = []
    if optimum.status is not Status.CONVERGED:
        found.append(f"{optimum.status.sentence}; {optimum.status.advice}")
    if optimum.status.is_estimate and optimum.condition > _CONDITION_WARNING:
        digits = max(0, int(16 - np.log10(optimum.condition)))
        found.append(
            f"ill-conditioned (condition number {optimum.condition:.0e}): about {digits} digits "
            "of the estimates are safe; centre and scale the predictors"
        )
    free = _named(request.density.transforms.coordinates, flat)
    if free:
        names = ", ".join(sorted(free))
        found.append(f"no statement that is on depends on {names}: nothing determines it")
    return tuple(found)


def _record(request: Request, run: OptimizeRun | None, seconds: float) -> RunRecord:
    return RunRecord(
        method=str(request.estimator).lower(),
        program_name=request.program.name,
        program=request.program.source,
        program_hash=request.program.hash,
        data_hash=request.data.hash,
        engine=request.engine,
        command=run.output.command if run else "",
        seed=request.seed,
        options={
            "scale": str(request.scale) if request.scale else None,
            "jacobian": request.jacobian,
            "prior": request.parts.prior,
            "population": request.parts.population,
            "likelihood": request.parts.likelihood,
            "inits": ", ".join(sorted(request.inits)) or None,
        },
        seconds=seconds,
    )
