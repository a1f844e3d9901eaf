"""One kind of estimate with its numbers: value, spread and interval of each scalar."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from bayeswrap.estimates.approximations.approximation import Approximation
from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
from bayeswrap.estimates.posterior.draws import Posterior
from bayeswrap.estimates.problem.estimand import Estimator
from bayeswrap.estimates.results.marginal import Integral

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "EstimateColumn",
    "Number",
    "Result",
    "absent_column",
    "estimate_column",
    "is_restricted",
]


Result: TypeAlias = PointEstimate | Posterior | Approximation

_BY_CURVATURE = "standard deviation by the curvature at the mode (Laplace)"
_HOW = {
    Integral.EXACT: "exactly",
    Integral.LAPLACE: "by Laplace's approximation",
    Integral.QUADRATURE: "by quadrature",
}
_IMPOSSIBLE = (
    "no spread, as that of the quadratic at the estimate is wider than half the range of the "
    "parameter; a profile or the posterior has an interval"
)
_NO_COLUMN = "there is no such estimate here"


@dataclass(frozen=True, slots=True)
class Number:
    """An estimate with its spread and its interval; NaN where there is none.

    Attributes
    ----------
    value, spread, lower, upper : float
        As tables show them.
    median : float
        Of draws, for functions of them.
    """

    value: float = math.nan
    spread: float = math.nan
    lower: float = math.nan
    upper: float = math.nan
    median: float = math.nan


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EstimateColumn:
    """Estimates of one kind.

    Attributes
    ----------
    head : str
        Short name.
    what, spread, interval : str
        What value, spread and interval are, in words.
    numbers : mapping of str to Number
        By Stan's name.
    results : tuple of results
        What they were taken from.
    remarks : mapping of str to str
        Why a scalar has no spread or no interval.
    parts : mapping of str to EstimateColumn
        By scalar: the column from which a mixed one has its number; empty elsewhere.
    absence : str
        Why there are no estimates; empty where there are some.
    """

    head: str
    what: str
    spread: str
    interval: str
    numbers: Mapping[str, Number]
    results: tuple[Result, ...] = ()
    remarks: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, EstimateColumn] = field(default_factory=dict)
    absence: str = ""

    def source_of(self, name: str) -> EstimateColumn:
        """Return the column that a number is of: this one, unless it is mixed."""
        return self.parts.get(name, self)

    @property
    def sources(self) -> tuple[EstimateColumn, ...]:
        """The columns that the numbers are of, the one with most of them first."""
        counts: dict[int, int] = {}
        for part in self.parts.values():
            counts[id(part)] = counts.get(id(part), 0) + 1
        unique = {id(part): part for part in self.parts.values()}
        return tuple(sorted(unique.values(), key=lambda p: -counts[id(p)])) or (self,)

    @property
    def shows_draws(self) -> bool:
        """Whether some of its numbers are of draws by NUTS."""
        return any(isinstance(r, Posterior) for source in self.sources for r in source.results)

    @property
    def draws(self) -> Posterior | None:
        """The draws by NUTS among its results."""
        return next((r for r in self.results if isinstance(r, Posterior)), None)

    @property
    def mle(self) -> PointEstimate | None:
        """The maximum of the likelihood among its results."""
        points = (r for r in self.results if isinstance(r, PointEstimate))
        return next((p for p in points if p.estimator is Estimator.MLE), None)


def estimate_column(
    result: Result, names: Sequence[str], ci_prob: float, head: str = "", *, scales: str = ""
) -> EstimateColumn:
    """Return the column of a result.

    Parameters
    ----------
    result : result
        A point estimate or draws.
    names : sequence of str
        The scalars, in Stan's spelling; what the result does not know is left out.
    ci_prob : float
        Coverage of the intervals.
    head : str, optional
        Short name; by default that of the kind.
    scales : str, optional
        On which scales a mode was found, where it is not one alone.
    """
    if isinstance(result, PointEstimate):
        return _point_column(result, names, ci_prob, head, scales)
    return _draws_column(result, names, ci_prob, head)


def absent_column(head: str, why: str = _NO_COLUMN) -> EstimateColumn:
    """Return a column without numbers for an estimate that does not exist."""
    return EstimateColumn(head=head, what="", spread="", interval="", numbers={}, absence=why)


def is_restricted(point: PointEstimate) -> bool:
    """Return whether coefficients were integrated out beside effects: REML."""
    return any("REML" in note for note in point.notes.values())


def _point_column(
    point: PointEstimate, names: Sequence[str], ci_prob: float, head: str, scales: str
) -> EstimateColumn:
    head = head or _point_head(point)
    if not point.status.is_estimate:
        return absent_column(head, point.status.sentence)
    frame = point.to_frame(ci_prob, derived=True)
    shown = [n for n in names if n in frame.index]
    columns = frame.loc[shown, ["estimate", point.spread_name, "ci_lower", "ci_upper"]]
    notes = frame["note"].to_dict() if "note" in frame else {}
    beyond = _beyond_range(point)
    columns.loc[columns.index.isin(beyond), [point.spread_name, "ci_lower", "ci_upper"]] = math.nan
    rows = columns.itertuples(index=False, name=None)
    notes |= dict.fromkeys(beyond, _IMPOSSIBLE)
    is_mle = point.estimator is Estimator.MLE
    percent = f"{100 * ci_prob:g} %"
    return EstimateColumn(
        head=head,
        what=_what_of_point(point, scales),
        spread="standard error" if is_mle else _BY_CURVATURE,
        interval=f"{percent} Wald confidence interval"
        if is_mle
        else f"{percent} interval by the curvature at the mode",
        numbers={n: Number(*map(float, row)) for n, row in zip(shown, rows, strict=True)},
        results=(point,),
        remarks={n: str(notes[n]) for n in shown if notes.get(n)},
    )


def _beyond_range(point: PointEstimate) -> set[str]:
    """Return the scalars whose spread no distribution on their support can have.

    On a range of width w no standard deviation is above w/2 (Popoviciu's inequality).
    """
    widths = point.supports[:, 1] - point.supports[:, 0]
    with np.errstate(invalid="ignore"):
        beyond = np.isfinite(widths) & (point.spread > widths / 2)
    return {point.layout.names[i] for i in np.flatnonzero(beyond)}


def _point_head(point: PointEstimate) -> str:
    name = "REML" if is_restricted(point) else str(point.estimator)
    marginal = point.marginal is not None and name != "REML"
    return "marginal " * marginal + name + point.record.powers


def _what_of_point(point: PointEstimate, scales: str) -> str:
    name = "maximum likelihood estimate"
    if point.estimator is Estimator.MAP:
        name = f"mode of the posterior {scales or f'on the {point.scale} scale'}"
    elif is_restricted(point):
        name = "restricted maximum likelihood estimate"
    name += point.record.powers
    if point.marginal is None:
        return name
    latent = " and ".join(point.layout.reported_variables(point.marginal.latent))
    return f"{name}, {latent} integrated out {_HOW[point.marginal.integral]}"


def _draws_column(
    draws: Posterior | Approximation, names: Sequence[str], ci_prob: float, head: str
) -> EstimateColumn:
    shown = [n for n in names if n in set(draws.layout.names)]
    percent = f"{100 * ci_prob:g} %"
    nuts = isinstance(draws, Posterior)
    count = draws.draws.shape[0] * draws.draws.shape[1]
    of = "prior" if nuts and draws.distribution == "prior" else "posterior"
    what = f"{of} mean of {count:,} draws by NUTS" if nuts else f"mean of the {draws.title}"
    kind = "credible interval" if nuts else "interval of the approximation"
    powers = draws.record.powers * nuts  # the title of an approximation has them
    return EstimateColumn(
        head=(head or (of if nuts else draws.title)) + powers,
        what=what.replace(",", "\N{NARROW NO-BREAK SPACE}") + powers,
        spread=f"{of} standard deviation" if nuts else "its standard deviation",
        interval=f"{percent} equal-tailed {kind}",
        numbers=_moments(draws, shown, ci_prob) if shown else {},
        results=(draws,),
    )


def _moments(
    draws: Posterior | Approximation, names: list[str], ci_prob: float
) -> dict[str, Number]:
    if isinstance(draws, Approximation):  # resampled draws have weights
        frame = draws.to_frame(ci_prob, names=names, k_hat=False, diagnosed=False)
        rows = frame.loc[names, ["mean", "sd", "ci_lower", "ci_upper", "median"]]
        pairs = zip(names, rows.itertuples(index=False, name=None), strict=True)
        return {name: Number(*map(float, row)) for name, row in pairs}
    at = {name: i for i, name in enumerate(draws.layout.names)}
    flat = draws.draws.reshape(-1, draws.draws.shape[-1])[:, [at[n] for n in names]]
    tail = (1 - ci_prob) / 2
    lower, median, upper = np.quantile(flat, [tail, 0.5, 1 - tail], axis=0)
    table = np.column_stack([flat.mean(axis=0), flat.std(axis=0, ddof=1), lower, upper, median])
    return {n: Number(*map(float, row)) for n, row in zip(names, table, strict=True)}
