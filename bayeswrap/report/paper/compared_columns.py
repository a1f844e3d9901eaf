"""The columns of a comparison: its estimates side by side, or the recommended one alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.arguments import one_of
from bayeswrap.errors import UsageError
from bayeswrap.estimates.problem.estimand import Estimator
from bayeswrap.plots.panel_values import distinct_modes
from bayeswrap.report.paper.estimate_columns import (
    EstimateColumn,
    Number,
    absent_column,
    estimate_column,
)
from bayeswrap.report.sections.check_tables import all_missing
from bayeswrap.report.sections.recommended import recommended_estimates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.report.paper.estimate_columns import Result
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "KINDS",
    "absences",
    "compared_columns",
]


KINDS = ("mle", "map", "posterior", "laplace", "pathfinder")
_HEADS = {
    "mle": "MLE",
    "map": "MAP",
    "posterior": "posterior",
    "laplace": "Laplace approximation",
    "pathfinder": "Pathfinder approximation",
}
_WHOLE = ("all", "recommended")


def compared_columns(
    comparison: ComparisonResult,
    estimates: Sequence[str],
    names: Sequence[str],
    ci_prob: float,
) -> tuple[EstimateColumn, ...]:
    """Return the columns that a user asks for.

    Parameters
    ----------
    comparison : ComparisonResult
        The estimates.
    estimates : sequence of str
        ``"all"``: MLE, MAP and posterior, as far as they exist; ``"recommended"``: for each
        parameter the one that the verdict recommends; or some of `KINDS`.
    names : sequence of str
        The scalars, in Stan's spelling.
    ci_prob : float
        Coverage.

    Raises
    ------
    UsageError
        No such kind.
    """
    for kind in estimates:
        one_of(kind, (*_WHOLE, *KINDS), "estimates")
    if not estimates:
        raise UsageError("a table without estimates", where="estimates=", do='pass "all"')
    columns: list[EstimateColumn] = []
    for kind in estimates:
        if kind == "recommended":
            columns.append(_recommended(comparison, names, ci_prob))
        elif kind == "all":
            columns += _everything(comparison, names, ci_prob)
        else:
            found = _of_kind(comparison, kind, names, ci_prob)
            columns += found or [absent_column(_HEADS[kind], _why_not(comparison, kind))]
    return tuple(columns)


def absences(comparison: ComparisonResult) -> dict[str, str]:
    """Return why estimates that were looked for do not exist, by title."""
    return {one.title: one.reason for one in all_missing(comparison)}


def _why_not(comparison: ComparisonResult, kind: str) -> str:
    reasons = absences(comparison)
    word = _HEADS[kind].split()[0]
    return next((why for title, why in reasons.items() if word in title), "it was not asked for")


def _everything(
    comparison: ComparisonResult, names: Sequence[str], ci_prob: float
) -> list[EstimateColumn]:
    kinds = ["mle", "map", "posterior"]
    if comparison.lineup.posterior is None:
        kinds += ["laplace", "pathfinder"]
    found = [c for kind in kinds for c in _of_kind(comparison, kind, names, ci_prob)]
    return found or [absent_column("estimate", "there is none")]


def _of_kind(
    comparison: ComparisonResult, kind: str, names: Sequence[str], ci_prob: float
) -> list[EstimateColumn]:
    if kind == "map":
        return _maps(comparison, names, ci_prob)
    lineup = comparison.lineup
    candidates: dict[str, tuple[Result | None, ...]] = {
        "mle": (lineup.mle, lineup.marginal_mle),
        "posterior": (lineup.posterior,),
        "laplace": (lineup.laplace,),
        "pathfinder": (lineup.pathfinder,),
    }
    columns = [estimate_column(r, names, ci_prob) for r in candidates[kind] if r is not None]
    return [column for column in columns if not column.absence]


def _maps(
    comparison: ComparisonResult, names: Sequence[str], ci_prob: float
) -> list[EstimateColumn]:
    """Return the modes of the posterior, one where both scales have the same."""
    lineup = comparison.lineup
    modes = distinct_modes(comparison)
    points = [p for p in modes.values() if p.estimator is Estimator.MAP]
    found = [p for p in (lineup.map_constrained, lineup.map_unconstrained) if p is not None]
    both = len(points) == 1 and len([p for p in found if p.status.is_estimate]) > 1
    scales = "on either scale" if both else ""
    columns = []
    if lineup.marginal_map is not None and lineup.marginal_map.status.is_estimate:
        columns.append(estimate_column(lineup.marginal_map, names, ci_prob))
    for point in points:
        head = "MAP" + f" ({point.scale})" * (len(points) > 1) + point.record.powers
        columns.append(estimate_column(point, names, ci_prob, head, scales=scales))
    return columns


def _recommended(
    comparison: ComparisonResult, names: Sequence[str], ci_prob: float
) -> EstimateColumn:
    """Return for each scalar the estimate that the verdict recommends, or what there is."""
    point = comparison.lineup.mode or comparison.lineup.mle
    point_column = _named_point(comparison, point, names, ci_prob)
    draws = comparison.lineup.posterior
    draws_column = None if draws is None else estimate_column(draws, names, ci_prob)
    advice = recommended_estimates(comparison)
    parts: dict[str, EstimateColumn] = {}
    for name in names:
        sampled = name in advice and advice[name].source.startswith("posterior")
        if name not in advice:  # a derived quantity
            sampled = not comparison.verdict.point_is_enough
        order = (draws_column, point_column) if sampled else (point_column, draws_column)
        part = next((c for c in order if c is not None and name in c.numbers), None)
        if part is not None:
            parts[name] = part
    return _mixed(parts, [c for c in (point_column, draws_column) if c is not None])


def _named_point(
    comparison: ComparisonResult,
    point: PointEstimate | None,
    names: Sequence[str],
    ci_prob: float,
) -> EstimateColumn | None:
    if point is None or not point.status.is_estimate:
        return None
    of_maps = _maps(comparison, names, ci_prob)
    same = (c for c in of_maps if c.results[0] is point)
    return next(same, None) or estimate_column(point, names, ci_prob)


def _mixed(
    parts: dict[str, EstimateColumn], candidates: Sequence[EstimateColumn]
) -> EstimateColumn:
    if not parts:
        return absent_column("recommended", "there is no estimate")
    numbers: dict[str, Number] = {name: part.numbers[name] for name, part in parts.items()}
    remarks = {n: p.remarks[n] for n, p in parts.items() if n in p.remarks}
    heads = list(dict.fromkeys(part.head for part in parts.values()))
    used = {id(part) for part in parts.values()}
    results = [r for c in candidates if id(c) in used or c.draws is not None for r in c.results]
    return EstimateColumn(
        head=heads[0] if len(heads) == 1 else "recommended",
        what="recommended estimate",
        spread="spread",
        interval="interval",
        numbers=numbers,
        results=tuple(results),
        remarks=remarks,
        parts=parts,
    )
