"""The tables of estimates and of intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from bayeswrap.plots.panel_values import centre_and_ends, distinct_modes
from bayeswrap.report.document.glossary import INTERVALS, MEANINGS, NO_MODES
from bayeswrap.report.document.numbers import DASH, fixed, interval, plain, signed
from bayeswrap.report.document.parts import Cell, Column, Row, Table
from bayeswrap.report.sections.recommended import LONGEST, groups_of
from bayeswrap.report.sections.row_words import (
    Recommendation,
    decimals_of,
    derived_names,
    row_words,
)
from bayeswrap.thresholds import LARGE_GAP, R_HAT_MAX

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "comparison_table",
    "derived_table",
    "interval_table",
    "mode_heads",
    "warnings_of",
]


_TONES: Mapping[str, str] = {
    Recommendation.MAP: "good",
    Recommendation.MLE: "good",
    Recommendation.MARGINAL_MLE: "good",
    Recommendation.MARGINAL_MAP: "good",
    Recommendation.ROUGH_MAP: "open",
    Recommendation.ROUGH_MLE: "open",
    Recommendation.ROUGH_MARGINAL_MLE: "open",
    Recommendation.ROUGH_MARGINAL_MAP: "open",
    Recommendation.POSTERIOR: "bad",
}
_HEADS = {
    "prior_pull": ("prior shift", "in SE"),
    "shape_gap_mean": ("(mode\N{NO-BREAK SPACE}\N{MINUS SIGN}\N{NO-BREAK SPACE}mean)/sd", ""),
    "se_sd_ratio": ("SE/sd", ""),
}
_ON_EDGE = "boundary"
_LOCAL = ", a local maximum"


def mode_heads(comparison: ComparisonResult) -> dict[str, str]:
    """Return the heads of the modes that exist, by kind."""
    modes = distinct_modes(comparison)
    heads = {kind: _mode_head(kind, point) for kind, point in modes.items()}
    lineup = comparison.lineup
    both = lineup.map_unconstrained is not None and lineup.map_unconstrained.status.is_estimate
    if "map_constrained" in heads and "map_unconstrained" not in heads and both:
        heads["map_constrained"] = "MAP, both scales"
    local = {kind for kind, point in modes.items() if point.title in comparison.local}
    return {kind: head + _LOCAL * (kind in local) for kind, head in heads.items()}


def _mode_head(kind: str, point: PointEstimate) -> str:
    if kind == "mle":
        return "MLE" if point.marginal is None else "marginal MLE"
    return f"MAP, {point.scale}"


def comparison_table(
    comparison: ComparisonResult,
    names: Sequence[str] | None = None,
    caption: str = "Estimates of the declared parameters, side by side",
) -> Table:
    """Return the table of declared parameters: estimates, differences, recommendation.

    Parameters
    ----------
    comparison : ComparisonResult
        The estimates.
    names : sequence of str, optional
        The scalars of a long vector; all declared ones by default, with the warnings.
    caption : str, optional
        What they are.
    """
    words, modes = row_words(comparison), distinct_modes(comparison)
    rows = comparison.frame.to_dict("index")
    return Table(
        key="comparison",
        caption=caption,
        stub=Column("parameter", "recommendation", "", MEANINGS["use"], "recommendation"),
        columns=_columns(comparison),
        rows=tuple(
            _row(comparison, modes, name, rows[name], words[name])
            for name in (words if names is None else names)
        ),
    )


def derived_table(comparison: ComparisonResult, names: Sequence[str] | None = None) -> Table | None:
    """Return the table of derived quantities, or None where the program has none that fit.

    Parameters
    ----------
    comparison : ComparisonResult
        The estimates.
    names : sequence of str, optional
        Some of them; all that fit by default.
    """
    names = derived_names(comparison) if names is None else names
    if not names:
        return None
    modes = distinct_modes(comparison)
    rows = comparison.frame.to_dict("index")
    return Table(
        key="derived",
        caption="Transformed parameters and generated quantities",
        stub=Column("quantity"),
        columns=_columns(comparison),
        rows=tuple(_row(comparison, modes, name, rows[name]) for name in names),
        notes=(MEANINGS["derived"],),
    )


def warnings_of(comparison: ComparisonResult) -> tuple[str, ...]:
    """Return the warnings of the estimates, each once; searches have a section of their own."""
    lineup = comparison.lineup
    searched = {w for census in comparison.censuses.values() for w in census.sentences()}
    titles: dict[str, list[str]] = {}
    told = [(p.title, p.warnings) for p in lineup.points]
    told += [(draws.title, draws.warnings) for draws in lineup.approximations]
    for title, warnings in told:
        for warning in dict.fromkeys(warnings):
            if warning and warning not in searched:
                titles.setdefault(warning, []).append(title)
    notes = [f"{' and '.join(of)}: {warning}" for warning, of in titles.items()]
    notes = [note[0].upper() + note[1:] for note in notes]
    return (*notes,) if distinct_modes(comparison) else (NO_MODES, *notes)


def _columns(comparison: ComparisonResult) -> tuple[Column, ...]:
    frame, lineup = comparison.frame, comparison.lineup
    columns = [_mode_column(kind, head) for kind, head in mode_heads(comparison).items()]
    for draws in lineup.approximations:
        name = draws.method.capitalize()
        columns.append(Column("mean", "(sd)", name, MEANINGS[draws.method], f"{name} mean"))
    if lineup.posterior is not None:
        group = "Posterior (NUTS)"
        columns += [
            Column("mean", "(sd)", group, MEANINGS["posterior"], "posterior mean"),
            Column("median", "", group, MEANINGS["median"], "posterior median"),
            Column("MCSE", "of mean", group, MEANINGS["mcse"]),
            Column("R\N{NON-BREAKING HYPHEN}hat", "", group, MEANINGS["r_hat"]),
            Column("ESS bulk", "tail", group, MEANINGS["ess"], "ESS"),
        ]
    columns += [
        Column(head, below, group="Differences", meaning=MEANINGS[key])
        for key, (head, below) in _HEADS.items()
        if key in frame
    ]
    return tuple(columns)


def _mode_column(kind: str, head: str) -> Column:
    if kind == "mle":
        meaning = MEANINGS["mle"] + MEANINGS["marginal"] * head.startswith("marginal")
        return Column(head, "(se)", "Likelihood", meaning)
    meaning = MEANINGS["map_both"] if "both scales" in head else MEANINGS[kind]
    return Column(head, "(sd_laplace)", "Mode of the posterior", meaning)


def _row(
    comparison: ComparisonResult,
    modes: Mapping[str, PointEstimate],
    name: str,
    row: Mapping[Any, Any],
    word: str = "",
) -> Row:
    decimals = decimals_of(row)
    lineup = comparison.lineup
    cells = [_mode_cell(point, name, row, kind, decimals) for kind, point in modes.items()]
    for draws in lineup.approximations:
        mean, sd = row[f"{draws.method}_mean"], row[f"{draws.method}_sd"]
        cells.append(_pair(float(mean), float(sd), decimals))
    if lineup.posterior is not None:
        cells += _posterior_cells(row, decimals)
    cells += _gap_cells(row)
    return Row(comparison.labels.get(name, name), tuple(cells), _TONES.get(word, ""), word)


def _mode_cell(
    point: PointEstimate, name: str, row: Mapping[Any, Any], kind: str, decimals: int
) -> Cell:
    value, spread = row[kind], row[f"{kind}_{point.spread_name}"]
    why = point.notes.get(name, "")
    if np.isnan(spread) and _ON_EDGE in why:
        return Cell(fixed(value, decimals), "on the edge", "open", why)
    cell = _pair(value, spread, decimals)
    return Cell(cell.text, cell.below, cell.tone, why)


def _pair(value: float, spread: float, decimals: int) -> Cell:
    return Cell(fixed(value, decimals), f"({_spread(spread, decimals)})")


def _spread(value: float, decimals: int) -> str:
    """Return a spread; one far below those of its row is not rounded to zero."""
    text = fixed(value, decimals)
    return text if text.strip("0.") or value == 0 else plain(value)


def _posterior_cells(row: Mapping[Any, Any], decimals: int) -> list[Cell]:
    r_hat = row["r_hat"]
    still = "the draws do not vary" if np.isnan(r_hat) else ""
    return [
        _pair(row["posterior_mean"], row["posterior_sd"], decimals),
        Cell(fixed(row["posterior_median"], decimals)),
        Cell(plain(row["posterior_mcse_mean"])),
        Cell(fixed(r_hat, 3), tone="bad" if r_hat > R_HAT_MAX.value else "", hint=still),
        Cell(fixed(row["ess_bulk"], 0), fixed(row["ess_tail"], 0), hint=still),
    ]


def _gap_cells(row: Mapping[Any, Any]) -> list[Cell]:
    cells = []
    if "prior_pull" in row:
        cells.append(Cell(signed(row["prior_pull"])))
    if "shape_gap_mean" in row:
        gap = row["shape_gap_mean"]
        cells.append(Cell(signed(gap), tone="bad" if abs(gap) > LARGE_GAP.value else ""))
    if "se_sd_ratio" in row:
        cells.append(Cell(fixed(row["se_sd_ratio"], 2)))
    return cells


def interval_table(comparison: ComparisonResult, names: Sequence[str] | None = None) -> Table:
    """Return the intervals of declared parameters, each kind under its own name.

    Parameters
    ----------
    comparison : ComparisonResult
        The estimates.
    names : sequence of str, optional
        Scalars; all declared ones by default.
    """
    names = [str(n) for n in comparison.to_frame().index] if names is None else names
    records = comparison.frame.to_dict("index")
    percent = f"{100 * comparison.ci_prob:g} %"
    lanes = _lanes(comparison, names)
    columns = tuple(
        Column(head, f"{percent} {kind} interval", kind.capitalize(), meaning)
        for head, kind, meaning, _ in lanes
    )
    rows = []
    for name in names:
        decimals = decimals_of(records[name])
        cells = tuple(_interval_cell(ends.get(name), decimals) for *_, ends in lanes)
        rows.append(Row(comparison.labels.get(name, name), cells))
    return Table(
        key="intervals",
        caption=f"{percent} intervals, by kind",
        stub=Column("parameter"),
        columns=columns,
        rows=tuple(rows),
        notes=_reasons(comparison),
    )


def _reasons(comparison: ComparisonResult) -> tuple[str, ...]:
    """Return why some point estimates have no interval, each reason once."""
    declared_names = {str(n) for n in comparison.to_frame().index}
    heads = mode_heads(comparison)
    names: dict[str, list[str]] = {}
    for kind, point in distinct_modes(comparison).items():
        for name in point.notes.keys() & declared_names:
            names.setdefault(f"{heads[kind]}: {point.notes[name]}", []).append(name)
    return tuple(f"No interval for {_listed(comparison, n)} ({why})." for why, n in names.items())


def _listed(comparison: ComparisonResult, names: Sequence[str]) -> str:
    """Return the names of scalars; a long vector is named once, with the number of elements."""
    groups = groups_of(comparison, sorted(names))
    return ", ".join(
        f"{len(of_one)} elements of {variable}"
        if len(of_one) > LONGEST
        else ", ".join(comparison.labels.get(n, n) for n in of_one)
        for variable, of_one in groups
    )


_Ends = tuple[float, float, str]


def _lanes(
    comparison: ComparisonResult, names: Sequence[str]
) -> list[tuple[str, str, str, Mapping[str, _Ends]]]:
    heads = mode_heads(comparison)
    lanes: list[tuple[str, str, str, Mapping[str, _Ends]]] = []
    for kind, point in distinct_modes(comparison).items():
        word = "confidence" if kind == "mle" else "approximate"
        ends = _point_ends(point, comparison.ci_prob)
        lanes.append((heads[kind], word, INTERVALS["mle" if kind == "mle" else "map"], ends))
    lineup = comparison.lineup
    for draws in lineup.approximations:
        table = centre_and_ends(draws, names, comparison.ci_prob)
        ends = {n: (low, high, "") for n, (_, low, high) in table.items()}
        lanes.append((draws.method.capitalize(), "approximate", INTERVALS[draws.method], ends))
    if lineup.posterior is not None:
        columns = comparison.frame.loc[list(names), ["posterior_lower", "posterior_upper"]]
        ends = _frame_ends(columns.set_axis(["ci_lower", "ci_upper"], axis=1))
        lanes.append(("Posterior", "credible", INTERVALS["posterior"], ends))
    return lanes


def _point_ends(point: PointEstimate, ci_prob: float) -> dict[str, _Ends]:
    ends = _frame_ends(point.to_frame(ci_prob))
    return {n: (low, high, point.notes.get(n, "")) for n, (low, high, _) in ends.items()}


def _frame_ends(frame: pd.DataFrame) -> dict[str, _Ends]:
    pairs = zip(frame.index, frame["ci_lower"], frame["ci_upper"], strict=True)
    return {str(n): (float(low), float(high), "") for n, low, high in pairs}


def _interval_cell(ends: _Ends | None, decimals: int) -> Cell:
    if ends is None:
        return Cell(DASH)
    low, high, why = ends
    return Cell(interval(low, high, decimals), hint=why)
