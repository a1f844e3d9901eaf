"""The estimate to report for each declared scalar, with its interval and what stands against it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.estimates.results.status import Status
from bayeswrap.program.roles.role import Role
from bayeswrap.report.document.parts import Interval
from bayeswrap.report.sections.flag_words import words_by_scalar
from bayeswrap.report.sections.row_words import Recommendation, row_words
from bayeswrap.verdicts.ruling import decisive_checks, failed_checks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "LONGEST",
    "Recommended",
    "effects_of",
    "groups_of",
    "marked_points",
    "recommended_estimates",
]


LONGEST = 12  # elements of a vector that have a row each
_NOTHING = (math.nan,) * 4
_POSTERIOR = "posterior mean"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommended:
    """What to report for one scalar.

    Attributes
    ----------
    name, label : str
        Stan's name and the data frame's.
    source : str
        Which estimate it is.
    value, spread, lower, upper : float
        The estimate, its standard error or standard deviation, and its interval.
    interval : str
        The kind of the interval.
    flags : tuple of str
        What stands against it, in a few words each.
    judged : bool
        Whether the verdict recommends it; else it is merely what there is.
    of_draws : bool
        Whether it rests on the draws.
    marks : tuple of Interval
        Posterior, maximum likelihood and posterior mode, where they exist.
    """

    name: str
    label: str
    source: str
    value: float
    spread: float
    lower: float
    upper: float
    interval: str
    flags: tuple[str, ...]
    judged: bool
    of_draws: bool = False
    marks: tuple[Interval, ...]


def effects_of(comparison: ComparisonResult) -> frozenset[str]:
    """Return the variables that have a population distribution, or are integrated out."""
    population = comparison.results[0].program.of_role(Role.POPULATION)
    latent = frozenset().union(*(s.outcome for s in population))
    layout = comparison.results[-1].layout
    return frozenset(layout.reported_variables(latent)) | frozenset(comparison.lineup.effects)


def groups_of(
    comparison: ComparisonResult, names: Sequence[str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return scalars by variable: what describes the population first, long vectors after it."""
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(variable_of(name), []).append(name)
    effects = effects_of(comparison)
    order = sorted(groups, key=lambda v: (v in effects, len(groups[v]) > LONGEST))
    return tuple((v, tuple(groups[v])) for v in order)


def marked_points(comparison: ComparisonResult) -> dict[str, tuple[PointEstimate, str]]:
    """Return the maximum likelihood estimate and the posterior mode that stand on the strips.

    Each with its name; the marginal one where effects are integrated out.
    """
    lineup = comparison.lineup
    marginal_mle = lineup.marginal_mle or lineup.mle
    found = {
        "mle": (marginal_mle, "MLE"),
        "map": (lineup.marginal_map if lineup.mode is lineup.marginal_map else lineup.map, "MAP"),
    }
    return {
        kind: (point, "marginal " * (point.marginal is not None) + name)
        for kind, (point, name) in found.items()
        if point is not None and point.status.is_estimate
    }


def recommended_estimates(comparison: ComparisonResult) -> dict[str, Recommended]:
    """Return what to report for each declared scalar, by its name."""
    frame = comparison.to_frame()
    words, flags, labels = row_words(comparison), words_by_scalar(comparison), comparison.labels
    point = _point_source(comparison)
    draws = _posterior_source(frame)
    marks = {
        k: _intervals(p, comparison.ci_prob) for k, (p, _) in marked_points(comparison).items()
    }
    found, firm = {}, _firm(comparison)
    for name in map(str, frame.index):
        undecided = words[name] == Recommendation.NONE
        wanted = words[name] == Recommendation.POSTERIOR or (undecided and name not in firm)
        of_draws = draws is not None and (wanted or point is None)
        source = draws if of_draws else point
        value, spread, lower, upper = (
            _NOTHING if source is None else source.by_name.get(name, _NOTHING)
        )
        found[name] = Recommended(
            name=name,
            label=labels.get(name, name),
            source="" if source is None else source.title,
            value=value,
            spread=spread,
            lower=lower,
            upper=upper,
            interval="" if source is None or math.isnan(lower) else source.interval,
            flags=flags.get(name, ()),
            judged=not undecided,
            of_draws=of_draws,
            marks=_marks(name, draws, marks),
        )
    return found


def _firm(comparison: ComparisonResult) -> frozenset[str]:
    """Return the scalars whose point estimate stands, although the chains disagree.

    A verified maximum does not rest on the draws; effects that are integrated out have none.
    """
    checks, lineup = comparison.verdict.checks, comparison.lineup
    if "sampler_not_converged" not in failed_checks(checks) or lineup.mode is None:
        return frozenset()
    if decisive_checks(checks, lineup) or lineup.mode.status is not Status.CONVERGED:
        return frozenset()
    names = map(str, comparison.to_frame().index)
    return frozenset(n for n in names if variable_of(n) not in lineup.effects)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """One kind of estimate: its name, its values by scalar, and the kind of its interval."""

    title: str
    interval: str
    by_name: Mapping[str, tuple[float, float, float, float]]


def _point_source(comparison: ComparisonResult) -> _Source | None:
    """Return the point estimate that is compared with the posterior, or the MLE without one."""
    lineup = comparison.lineup
    point = lineup.mode or lineup.mle
    if point is None or not point.status.is_estimate:
        return None
    return _Source(
        title="marginal " * (point.marginal is not None) + str(point.estimator),
        interval="confidence" if point.scale is None else "approximate",
        by_name=_intervals(point, comparison.ci_prob),
    )


def _posterior_source(frame: pd.DataFrame) -> _Source | None:
    if "posterior_mean" not in frame:
        return None
    columns = frame[["posterior_mean", "posterior_sd", "posterior_lower", "posterior_upper"]]
    return _Source(title=_POSTERIOR, interval="credible", by_name=_by_name(columns))


def _intervals(
    point: PointEstimate, ci_prob: float
) -> dict[str, tuple[float, float, float, float]]:
    frame = point.to_frame(ci_prob)
    return _by_name(frame[["estimate", point.spread_name, "ci_lower", "ci_upper"]])


def _by_name(columns: pd.DataFrame) -> dict[str, tuple[float, float, float, float]]:
    rows = columns.itertuples(index=False, name=None)
    return {str(name): row for name, row in zip(columns.index, rows, strict=True)}


def _marks(
    name: str,
    draws: _Source | None,
    points: Mapping[str, Mapping[str, tuple[float, float, float, float]]],
) -> tuple[Interval, ...]:
    sources = {} if draws is None else {"posterior": draws.by_name}
    rows = {kind: values.get(name) for kind, values in (sources | dict(points)).items()}
    return tuple(Interval(k, row[0], row[2], row[3]) for k, row in rows.items() if row is not None)
