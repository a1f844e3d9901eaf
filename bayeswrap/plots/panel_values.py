"""The numbers of a panel: draws, point estimates with intervals, range of the axis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.plots.density_curve import varies
from bayeswrap.program.flat_priors import improper_parameters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.estimates.approximations.approximation import Approximation
    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.estimates.posterior.draws import Posterior
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "Mark",
    "Panel",
    "centre_and_ends",
    "distinct_modes",
    "panels_of",
]


_TAILS = (0.001, 0.999)
_SAME = 1e-6  # relative, far below the digits of any table or figure
_EMPTY = np.empty(0)
_NO_LINE = (-np.inf, np.inf)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A value with its interval; NaN ends where there is none."""

    kind: str
    value: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Panel:
    """One parameter.

    Attributes
    ----------
    name, label : str
        Stan's name and the data frame's.
    draws, prior : (n,) array
        Draws; empty where there are none.
    support : (float, float)
        Ends of the support.
    marks : tuple of Mark
        Estimates, in the order in which they are drawn.
    note : str
        A note on the prior where no density of it is drawn.
    """

    name: str
    label: str
    draws: np.ndarray
    prior: np.ndarray
    support: tuple[float, float]
    marks: tuple[Mark, ...]
    note: str = ""

    @property
    def window(self) -> tuple[float, float]:
        """Range of the horizontal axis.

        The bulk of the posterior and all intervals, but never more than thrice the posterior's
        own width: an estimate that lies further out is drawn as an arrow at the edge.
        """
        ends = [e for m in self.marks for e in (m.value, m.lower, m.upper) if np.isfinite(e)]
        if not varies(self.draws):
            low, high = (min(ends), max(ends)) if ends else (0.0, 1.0)
            room = 0.1 * (high - low) or max(0.1 * abs(high), 0.5)
            return low - room, high + room
        low, high = (float(q) for q in np.quantile(self.draws, _TAILS))
        width = high - low
        low, high = (
            max(min([low, *ends]), low - width),
            min(max([high, *ends]), high + width),
        )
        room = 0.03 * (high - low)
        return low - room, high + room


def distinct_modes(comparison: ComparisonResult) -> dict[str, PointEstimate]:
    """Return the point estimates that exist, by kind; one MAP where both scales agree.

    Without a transformed parameter the Jacobian is constant, and the two modes are one.
    """
    lineup = comparison.lineup
    candidates = {
        "mle": lineup.mle,
        "marginal_mle": lineup.marginal_mle,
        "map_constrained": lineup.map_constrained,
        "map_unconstrained": lineup.map_unconstrained,
        "marginal_map": lineup.marginal_map,
    }
    points = {k: p for k, p in candidates.items() if p is not None and p.status.is_estimate}
    first, second = points.get("map_constrained"), points.get("map_unconstrained")
    if first is not None and second is not None and _same(first, second):
        del points["map_unconstrained"]
    return points


def _same(first: PointEstimate, second: PointEstimate) -> bool:
    ours, theirs = first.to_frame(), second.to_frame()
    slack = _SAME * ours[first.spread_name].fillna(0.0).to_numpy()
    gap = np.abs(ours["estimate"].to_numpy() - theirs["estimate"].to_numpy())
    return bool((gap <= slack + _SAME * np.abs(ours["estimate"].to_numpy())).all())


def panels_of(comparison: ComparisonResult, names: Sequence[str]) -> tuple[Panel, ...]:
    """Return the panels of some scalars."""
    lineup = comparison.lineup
    tables = _tables(comparison, names)
    supports = _supports(comparison)
    program = comparison.results[0].program
    flat = frozenset(improper_parameters(program) if lineup.prior is None else ())
    return tuple(
        Panel(
            name=name,
            label=comparison.labels.get(name, name),
            draws=_column(lineup.posterior, name),
            prior=_column(lineup.prior, name),
            support=supports.get(name, _NO_LINE),
            marks=tuple(_mark(kind, table, name) for kind, table in tables.items()),
            note=_prior_note(name, flat) if lineup.prior is None else "",
        )
        for name in names
    )


def _prior_note(name: str, flat: frozenset[str]) -> str:
    return "flat prior" if variable_of(name) in flat else "prior not drawn"


def _tables(
    comparison: ComparisonResult, names: Sequence[str]
) -> dict[str, Mapping[str, tuple[float, ...]]]:
    """Return value, lower and upper end of each scalar, by kind of estimate."""
    modes = {k: _of_point(p, comparison.ci_prob) for k, p in distinct_modes(comparison).items()}
    lineup = comparison.lineup
    tables: dict[str, Mapping[str, tuple[float, ...]]] = {
        "posterior": centre_and_ends(lineup.posterior, names, comparison.ci_prob),
        **modes,
        "laplace": centre_and_ends(lineup.laplace, names, comparison.ci_prob),
        "pathfinder": centre_and_ends(lineup.pathfinder, names, comparison.ci_prob),
    }
    return {kind: table for kind, table in tables.items() if table}


def _of_point(point: PointEstimate, ci_prob: float) -> dict[str, tuple[float, ...]]:
    frame = point.to_frame(ci_prob, derived=True)[["estimate", "ci_lower", "ci_upper"]]
    return dict(zip(point.layout.names, frame.itertuples(index=False, name=None), strict=True))


def centre_and_ends(
    result: Posterior | Approximation | None, names: Sequence[str], ci_prob: float
) -> dict[str, tuple[float, float, float]]:
    """Return mean and equal-tailed interval of some scalars' draws.

    Without the diagnostics of `to_frame`, which take seconds for hundreds of scalars.
    """
    tail = (1 - ci_prob) / 2
    summaries = {}
    for name in names:
        draws = _column(result, name)
        if draws.size:
            low, high = np.quantile(draws, [tail, 1 - tail])
            summaries[name] = (float(draws.mean()), float(low), float(high))
    return summaries


def _mark(kind: str, table: Mapping[str, tuple[float, ...]], name: str) -> Mark:
    value, lower, upper = table.get(name, (np.nan, np.nan, np.nan))
    return Mark(kind=kind, value=float(value), lower=float(lower), upper=float(upper))


def _column(result: Posterior | Approximation | None, name: str) -> np.ndarray:
    if result is None or name not in result.layout.names:
        return _EMPTY
    return np.asarray(result.draws[:, :, result.layout.names.index(name)]).ravel()


def _supports(comparison: ComparisonResult) -> dict[str, tuple[float, float]]:
    lineup = comparison.lineup
    point = next(iter(lineup.points), lineup.laplace.centre if lineup.laplace else None)
    if point is not None:
        ends, names = point.supports, point.layout.names
    else:
        program, layout = comparison.results[0].program, comparison.results[0].layout
        # only constant bounds are known without the data; a histogram's edge shows the others
        ends, names = layout.supports(program, np.full(len(layout.names), np.nan), {}), layout.names
    return {n: (float(low), float(high)) for n, (low, high) in zip(names, ends, strict=True)}
