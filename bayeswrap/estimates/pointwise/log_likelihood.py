"""`PointwiseLogLikelihood`: the log likelihood of each observation at each draw.

It is the program's own ``log_lik`` where there is one; otherwise it is derived from the likelihood
statements (see `bayeswrap.program.listings`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.errors import EngineDisagreementError, EngineError, EstimandError
from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
from bayeswrap.estimates.pointwise.drawn_values import DrawnValues
from bayeswrap.estimates.pointwise.listing import Listing, observation_names
from bayeswrap.estimates.pointwise.log_densities import Result, positions_of, shown_rows
from bayeswrap.estimates.problem.layout import Layout
from bayeswrap.program.listings.listing_program import pointwise

if TYPE_CHECKING:
    from bayeswrap.estimates.problem.log_density import ModelDensity
    from bayeswrap.program.listings.listing_program import PointwiseSource
    from bayeswrap.program.program import Program

__all__ = [
    "DECLARED",
    "DERIVED",
    "PointwiseLogLikelihood",
    "checked_listing",
    "pointwise_log_likelihood",
]


DECLARED, DERIVED = "log_lik of the program", "derived"

_NAME = "log_lik"
_RELATIVE = 1e-8
# with and without derivatives, solvers of equations take other steps to the same tolerance
_SOLVED = 1e-4
_SOLVER = re.compile(r"\b(ode_|dae|integrate_|algebra_solver|solve_)\w*\s*\(")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PointwiseLogLikelihood:
    """Log likelihood by observation: nats, all constants in, no weights.

    Attributes
    ----------
    values : (chains, draws, observations) array
        Of each draw; (observations,) for one point. NaN where Stan refuses.
    names : tuple of str
        Observations, such as ``y[3]``; ``line 12[3]`` where the outcome is no variable.
    lines : tuple of int
        Line of the statement that each comes from; 0 for those of ``log_lik``.
    source : str
        ``"log_lik of the program"`` or ``"derived"``.
    notes : tuple of str
        What a reader must know: above all, which numbers are not those of one observation.
    """

    values: np.ndarray
    names: tuple[str, ...]
    lines: tuple[int, ...]
    source: str
    notes: tuple[str, ...] = ()

    @property
    def total(self) -> np.ndarray:
        """Sum over the observations."""
        return np.asarray(self.values.sum(axis=-1))


def pointwise_log_likelihood(
    program: Program, density: ModelDensity, result: Result, *, show_progress: bool = False
) -> PointwiseLogLikelihood:
    """Return the log likelihood of each observation at each draw.

    The sum over the observations is compared with the log likelihood of the program at the first
    draw, always.

    Parameters
    ----------
    program : Program
        The program.
    density : ModelDensity
        Its density, with the data.
    result : Draws, PointEstimate or mapping
        Draws, an estimate, or values of all parameters on the declared scale.
    show_progress : bool, optional
        Whether to show a progress bar where it takes more than a second.

    Raises
    ------
    EstimandError
        The program has no likelihood, a statement cannot be evaluated outside the model block, or
        the number of observations changes from draw to draw.
    EngineDisagreementError
        The sum over the observations is not the log likelihood.
    EngineError
        stanli cannot evaluate the derived program.
    """
    declared = program.variables.get(_NAME)
    if declared is not None and declared.block != "parameters":
        own = _declared(program, density, result, show_progress=show_progress)
        lost = np.isnan(own.values).any(axis=-1)
        if not lost.any():
            return own
        return _in_place_of(own, lost, program, density, result, show_progress=show_progress)
    return _derived(program, density, result, show_progress=show_progress)


def _in_place_of(
    own: PointwiseLogLikelihood,
    lost: np.ndarray,
    program: Program,
    density: ModelDensity,
    result: Result,
    *,
    show_progress: bool,
) -> PointwiseLogLikelihood:
    """Return what the likelihood statements give, where ``log_lik`` is missing at some draws."""
    note = f"log_lik is missing at {int(lost.sum())} of {lost.size} draws"
    if own.notes:  # it is not the log likelihood of the statements: nothing can stand for it
        return replace(own, notes=(note, *own.notes))
    try:
        derived = _derived(program, density, result, show_progress=show_progress)
    except (EstimandError, EngineError):
        return replace(own, notes=(note,))
    note += ": in its place stands the log likelihood of the statements"
    return replace(derived, notes=(note, *derived.notes))


def _derived(
    program: Program, density: ModelDensity, result: Result, *, show_progress: bool
) -> PointwiseLogLikelihood:
    """Return the log likelihood of each observation by the likelihood statements."""
    positions = positions_of(density.transforms, result)
    rows = positions.reshape(-1, positions.shape[-1])
    listing = checked_listing(pointwise(program), density, rows)
    values = _values(listing, rows, show_progress=show_progress)
    keys = listing.keys()
    sites = listing.sites(keys)
    names = observation_names(sites, keys)
    bad = np.count_nonzero(np.isnan(values).any(axis=1))
    notes = [site.note for site in listing.source.sites if site.note]
    if bad:
        notes.append(f"Stan refuses {bad} of {len(rows)} draws: their log likelihood is NaN")
    return PointwiseLogLikelihood(
        values=values.reshape(*positions.shape[:-1], len(names)),
        names=names,
        lines=tuple(site.line for site in sites),
        source=DERIVED,
        notes=tuple(notes),
    )


def checked_listing(source: PointwiseSource, density: ModelDensity, rows: np.ndarray) -> Listing:
    """Return the program on its data, its sum compared at the first row that has a likelihood."""
    first, log_likelihood = _first_finite(density, rows)
    listing = Listing.of(source, density, first)
    _require_same_sum(listing.generated("log_lik", first)[: listing.count], log_likelihood, density)
    return listing


def _first_finite(density: ModelDensity, rows: np.ndarray) -> tuple[np.ndarray, float]:
    """Return the first position with a finite log likelihood, and that."""
    for q in rows:
        if np.isfinite(q).all():
            log_likelihood = density.log_parts(q)["likelihood"]
            if np.isfinite(log_likelihood):
                return q, log_likelihood
    raise EstimandError(
        "no draw has a finite log likelihood",
        where=density.name,
        do="check the draws, or pass parameter values inside the support",
    )


def _require_same_sum(values: np.ndarray, expected: float, density: ModelDensity) -> None:
    total = float(np.sum(values))
    relative = _SOLVED if _SOLVER.search(density.source.text) else _RELATIVE
    if not abs(total - expected) <= relative * max(1.0, float(np.abs(values).sum())):
        raise EngineDisagreementError(
            "the log likelihoods of the observations do not sum to that of the program",
            where=density.name,
            got=f"{total:.12g}",
            expected=f"{expected:.12g}",
            do="declare log_lik in generated quantities; please report the program",
        )


def _values(listing: Listing, rows: np.ndarray, *, show_progress: bool) -> np.ndarray:
    """Return log likelihoods, (draws, observations)."""
    built = listing.built()
    columns = listing.columns(built, "log_lik")[: listing.count]
    counted = listing.columns(built, "count")[0]
    values = np.full((len(rows), listing.count), np.nan)
    for i, q in shown_rows(rows, "pointwise log likelihood", show_progress=show_progress):
        try:
            generated = built.constrain(q, derived=True)
        except EngineError:
            continue  # Stan refuses the draw
        if generated[counted] != listing.count:
            raise _moving_count(listing.density.name, listing.count, int(generated[counted]))
        values[i] = generated[columns]
    return values


def _moving_count(name: str, first: int, other: int) -> EstimandError:
    return EstimandError(
        "the number of observations changes from draw to draw",
        where=name,
        got=f"{first} and {other}",
        do="declare log_lik in generated quantities, one element an observation",
    )


def _declared(
    program: Program, density: ModelDensity, result: Result, *, show_progress: bool
) -> PointwiseLogLikelihood:
    """Return the program's own ``log_lik``."""
    layout, values = _own_values(program, density, result, show_progress=show_progress)
    taken = layout.take(values, _NAME)
    lead = np.shape(values)[:-1]
    shape = taken.shape[len(lead) :]
    flat = taken.reshape(*lead, -1)
    names = [f"{_NAME}[{','.join(str(i + 1) for i in at)}]" for at in np.ndindex(shape)]
    notes = _other_sum(density, result, flat)
    return PointwiseLogLikelihood(
        values=flat,
        names=tuple(names) if shape else (_NAME,),
        lines=(0,) * flat.shape[-1],
        source=DECLARED,
        notes=notes,
    )


def _own_values(
    program: Program, density: ModelDensity, result: Result, *, show_progress: bool
) -> tuple[Layout, np.ndarray]:
    """Return scalars that hold ``log_lik``: those of the result, or computed ones."""
    if isinstance(result, (DrawnValues, PointEstimate)):
        same = result.record.data_hash == density.data.hash
        if same and _NAME in result.layout.blocks:
            values = result.draws if isinstance(result, DrawnValues) else result.values
            return result.layout, values
    transforms = density.transforms
    names = transforms.names(derived=True)
    positions = positions_of(transforms, result)
    rows = positions.reshape(-1, positions.shape[-1])
    scalars = np.full((len(rows), len(names)), np.nan)
    for i, q in shown_rows(rows, _NAME, show_progress=show_progress):
        try:
            scalars[i] = transforms.constrain(q, derived=True)
        except EngineError:
            continue  # Stan refuses the draw
    return Layout.of(program, names), scalars.reshape(*positions.shape[:-1], len(names))


def _other_sum(density: ModelDensity, result: Result, values: np.ndarray) -> tuple[str, ...]:
    """Return a note where ``log_lik`` does not sum to the likelihood statements."""
    rows = values.reshape(-1, values.shape[-1])
    positions = positions_of(density.transforms, result)
    at = next((i for i, row in enumerate(rows) if np.isfinite(row).all()), None)
    if at is None:
        return ("no draw has a finite log_lik",)
    q = positions.reshape(-1, positions.shape[-1])[at]
    total, expected = float(rows[at].sum()), density.log_parts(q)["likelihood"]
    if abs(total - expected) <= _SOLVED * max(1.0, float(np.abs(rows[at]).sum())):
        return ()
    sums = f"log_lik sums to {total:.6g} at a draw, the likelihood statements to {expected:.6g}"
    return (f"{sums}: only the author of log_lik knows what it holds",)
