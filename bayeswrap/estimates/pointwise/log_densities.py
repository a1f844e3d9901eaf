"""`LogDensities`: log likelihood, prior and population of draws and points, in bulk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from bayeswrap.engine.density import look_ahead
from bayeswrap.errors import UsageError
from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
from bayeswrap.estimates.pointwise.drawn_values import DrawnValues
from bayeswrap.program.weights.part_weights import PartWeights
from bayeswrap.progress import task

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayeswrap.engine.density import Density
    from bayeswrap.estimates.problem.log_density import ModelDensity

__all__ = [
    "LogDensities",
    "Result",
    "log_densities",
    "positions_of",
    "shown_rows",
]


# a result, or parameter values by name
Result: TypeAlias = DrawnValues | PointEstimate | Mapping[str, Any]

_ALONE = {
    "likelihood": PartWeights(prior=0, population=0, normalized=True),
    "prior": PartWeights(population=0, likelihood=0, normalized=True),
    "population": PartWeights(prior=0, likelihood=0, normalized=True),
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LogDensities:
    """Log densities of the parts of a program: nats, all constants in, no Jacobian, no weights.

    Attributes
    ----------
    likelihood, prior, population : (chains, draws) array
        Of each draw; of shape ``()`` for one point. NaN or -inf where Stan refuses.
    notes : tuple of str
        What a reader must know.
    """

    likelihood: np.ndarray
    prior: np.ndarray
    population: np.ndarray
    notes: tuple[str, ...] = ()

    @property
    def joint(self) -> np.ndarray:
        """Their sum."""
        return np.asarray(self.likelihood + self.prior + self.population)


def log_densities(
    density: ModelDensity, result: Result, *, show_progress: bool = False
) -> LogDensities:
    """Return the log likelihood, prior and population of every draw.

    Parameters
    ----------
    density : ModelDensity
        Of the program whose parts are wanted.
    result : Draws, PointEstimate or mapping
        Draws, an estimate, or values of all parameters on the declared scale.
    show_progress : bool, optional
        Whether progress is shown whatever is set around it.

    Raises
    ------
    UsageError
        The result is one of other parameters.
    DataError
        Values that do not fit the declared parameters.
    """
    positions = positions_of(density.transforms, result)
    rows = positions.reshape(-1, positions.shape[-1])
    held = [name for name in _ALONE if density.source.has(name)]
    parts = {name: density.of(_ALONE[name]) for name in held}
    by_part = {name: np.full(len(rows), np.nan) for name in _ALONE}
    for part in (density.transforms, *parts.values()):
        look_ahead(part, [*rows])
    for i, q in shown_rows(rows, "log densities", show_progress=show_progress):
        log_jacobian = density.transforms.value(q)
        if np.isfinite(log_jacobian):
            for name in _ALONE:
                value = parts[name].value(q) - log_jacobian if name in parts else 0.0
                by_part[name][i] = value
    shape = positions.shape[:-1]
    notes = tuple(note for name, values in by_part.items() if (note := _refused(name, values)))
    return LogDensities(**{n: v.reshape(shape) for n, v in by_part.items()}, notes=notes)


def _refused(name: str, values: np.ndarray) -> str:
    bad = np.count_nonzero(~np.isfinite(values))
    return f"{bad} of {values.size} draws have no finite log {name}: Stan refuses them" * bool(bad)


def shown_rows(
    rows: np.ndarray, what: str, *, show_progress: bool
) -> Iterator[tuple[int, np.ndarray]]:
    """Yield the finite positions with their number, with progress for those who wait."""
    with task(what, len(rows), unit="draws", show=show_progress or None) as work:
        for i, q in enumerate(rows):
            if np.isfinite(q).all():
                yield i, q
            work.step()


def positions_of(density: Density, result: Result) -> np.ndarray:
    """Return unconstrained positions of draws, (chains, draws, dimension), or of one point.

    Parameters
    ----------
    density : Density
        Gives the transforms.
    result : Draws, PointEstimate or mapping
        Draws that Stan refuses become NaN.

    Raises
    ------
    UsageError
        The result is one of other parameters.
    DataError
        Values that do not fit the declared parameters.
    """
    if isinstance(result, PointEstimate):
        if result.coordinates != density.coordinates:
            raise _other_parameters(result.coordinates, density.coordinates)
        return np.asarray(result.optimum.q)
    if not isinstance(result, DrawnValues):
        return density.unconstrain(result)
    names = density.names()
    at = {name: i for i, name in enumerate(result.layout.names)}
    if not set(names) <= set(at):
        raise _other_parameters(tuple(at), names)
    declared = result.draws[:, :, [at[name] for name in names]]
    rows = [density.unconstrain_scalars(row) for row in declared.reshape(-1, len(names))]
    return np.reshape(rows, (*declared.shape[:2], density.dimension))


def _other_parameters(got: tuple[str, ...], expected: tuple[str, ...]) -> UsageError:
    return UsageError(
        "this result is one of other parameters",
        got=", ".join(got[:8]),
        expected=", ".join(expected[:8]),
        do="pass a result of the same program, with data of the same sizes of parameters",
    )
