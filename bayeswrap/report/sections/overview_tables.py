"""The table of the first screen: what to report for each parameter, long vectors in one row."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.report.document.glossary import MEANINGS
from bayeswrap.report.document.numbers import DASH, decimals_for, fixed, interval
from bayeswrap.report.document.parts import Cell, Column, Interval, Row, Section, Strip, Table
from bayeswrap.report.sections.first_screen import caution
from bayeswrap.report.sections.group_differences import difference_sentences
from bayeswrap.report.sections.recommended import LONGEST, groups_of, marked_points

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bayeswrap.report.sections.recommended import Recommended
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "overview_section",
]


_COMPARABLE = 12.0  # widest over narrowest interval that one scale can show
_ROOM = 0.03  # beside the ends of a strip, as a part of its width
_SHOWN = 500  # elements of one vector that have a row in the page
_R_HAT = "R\N{NON-BREAKING HYPHEN}hat"
_OWN = "each row on its own scale"


def overview_section(
    comparison: ComparisonResult, estimates: Mapping[str, Recommended], doubtful: str
) -> Section:
    """Return the table of the first screen, with a folded section for each long vector."""
    groups = groups_of(comparison, [*estimates])
    vectors = {v: names for v, names in groups if len(names) > LONGEST}
    shown = [[estimates[n] for n in names] for v, names in groups if v not in vectors]
    singles = [one for of_one in shown for one in of_one]
    # single rows decide on the scale: beside a wide vector they would be dots
    everything = [*singles, *(estimates[n] for ns in vectors.values() for n in ns)]
    common = _common_scale(singles or everything, everything)
    rows = [_row(one, common or _own_scale([one])) for one in singles]
    rows += [_vector_row(v, [estimates[n] for n in names], common) for v, names in vectors.items()]
    # population parameters first, whether they are single numbers or long vectors
    order = [v for v, _ in groups]
    names = [*(one.name for one in singles), *vectors]
    place = {n: order.index(n.split("[")[0].split(".")[0]) for n in names}
    ranked = sorted(zip(names, rows, strict=True), key=lambda pair: place[pair[0]])
    judged = any(one.judged for one in estimates.values())
    which = "Recommended estimate" if judged else "Estimate at hand"
    caption = f"{which} of each parameter, and the estimates side by side"
    return Section(
        key="overview",
        title="What to report",
        tables=(_table(comparison, [row for _, row in ranked], common, "overview", caption),),
        parts=tuple(
            _vector_section(comparison, v, [estimates[n] for n in names], doubtful)
            for v, names in vectors.items()
        ),
        text=tuple(filter(None, [caution(comparison)])),
        doubtful=doubtful,
    )


def _table(
    comparison: ComparisonResult,
    rows: Sequence[Row],
    common: tuple[float, float] | None,
    key: str,
    caption: str,
) -> Table:
    percent = f"{100 * comparison.ci_prob:g} %"
    scale = _OWN if common is None else _ends_in_words(common)
    return Table(
        key=key,
        caption=caption,
        stub=Column("parameter"),
        columns=(
            Column("estimate", "(spread)", meaning=MEANINGS["recommended"]),
            Column(f"{percent} interval", "kind", meaning=MEANINGS["interval_kind"]),
            Column("estimates compared", scale, meaning=MEANINGS["strip"]),
            Column("flag", words=True, meaning=MEANINGS["flag"]),
        ),
        rows=tuple(rows),
        marks=_key(comparison),
    )


def _ends_in_words(scale: tuple[float, float]) -> str:
    return f"{fixed_end(scale[0])} to {fixed_end(scale[1])}"


def fixed_end(value: float) -> str:
    """Return the end of a scale with three digits."""
    return f"{value:.3g}".replace("-", "\N{MINUS SIGN}")


def _key(comparison: ComparisonResult) -> tuple[tuple[str, str], ...]:
    draws = () if comparison.lineup.posterior is None else (("posterior", "posterior mean"),)
    return (*draws, *((kind, name) for kind, (_, name) in marked_points(comparison).items()))


def _row(one: Recommended, scale: tuple[float, float]) -> Row:
    decimals = decimals_for([one.spread])
    spread = f"({fixed(one.spread, decimals)})" if math.isfinite(one.spread) else ""
    tone = "" if one.judged else "open" if one.of_draws else "firm"
    return Row(
        one.label,
        (
            Cell(f"{fixed(one.value, decimals)} {spread}".strip(), one.source, tone),
            Cell(interval(one.lower, one.upper, decimals), one.interval, tone),
            Cell("", strip=_strip(one, scale)),
            Cell(", ".join(one.flags), tone="bad" if one.flags else ""),
        ),
    )


def _strip(one: Recommended, scale: tuple[float, float]) -> Strip:
    words = "; ".join(
        f"{m.kind} {fixed_end(m.value)}, {fixed_end(m.lower)} to {fixed_end(m.upper)}"
        for m in one.marks
        if math.isfinite(m.value)
    )
    return Strip(
        *scale,
        marks=one.marks,
        words=f"{one.label}: {words or 'no estimate'}",
        decimals=decimals_for([one.spread]),
    )


def _vector_row(name: str, ones: Sequence[Recommended], common: tuple[float, float] | None) -> Row:
    """Sum up a vector: ranges of its estimates and spreads, and how many are flagged."""
    values, spreads = _finite(o.value for o in ones), _finite(o.spread for o in ones)
    decimals = decimals_for([float(np.median(spreads))] if spreads.size else [])
    flagged = sum(bool(o.flags) for o in ones)
    spread = f"({_range(spreads, decimals)})" if spreads.size else ""
    own = _own_scale(ones)
    visible = common is not None and common[1] - common[0] <= _COMPARABLE * (own[1] - own[0])
    scale, note = (common, "") if common is not None and visible else (own, _ends_in_words(own))
    ends = [_finite(o.lower for o in ones), _finite(o.upper for o in ones)]
    outer = (
        f"{fixed(ends[0].min(), decimals)} to {fixed(ends[1].max(), decimals)}"
        if all(e.size for e in ends)
        else DASH
    )
    return Row(
        name,
        (
            Cell(f"{_range(values, decimals)} {spread}".strip(), _sources(ones)),
            Cell(outer, "all intervals together"),
            Cell("", note, strip=_caterpillar(name, ones, scale)),
            Cell(_flag_counts(ones), tone="bad" if flagged else ""),
        ),
        below=f"{len(ones)} elements",
        link=f"vector-{name}",
    )


def _sources(ones: Sequence[Recommended]) -> str:
    counts = Counter(o.source for o in ones)
    return ", ".join(
        source if len(counts) == 1 else f"{source} ({n})" for source, n in counts.items()
    )


def _flag_counts(ones: Sequence[Recommended]) -> str:
    flagged = sum(bool(o.flags) for o in ones)
    if not flagged:
        return ""
    # an R-hat has a number of its own for each element
    counts = Counter(_R_HAT if f.startswith(_R_HAT) else f for o in ones for f in o.flags)
    kinds = ", ".join(f"{word} ({n})" for word, n in counts.most_common())
    return f"{flagged} of {len(ones)} flagged: {kinds}"


def _range(values: np.ndarray, decimals: int) -> str:
    if not values.size:
        return DASH
    low, high = fixed(float(values.min()), decimals), fixed(float(values.max()), decimals)
    return low if low == high else f"{low} to {high}"


def _finite(values: Iterable[float]) -> np.ndarray:
    return np.array([v for v in values if math.isfinite(v)])


def _caterpillar(name: str, ones: Sequence[Recommended], scale: tuple[float, float]) -> Strip:
    kept = sorted((m for o in ones for m in o.marks[:1] if math.isfinite(m.value)), key=_value)
    words = f"{name}: {len(kept)} elements in ascending order"
    return Strip(*scale, elements=tuple(kept), words=words)


def _value(mark: Interval) -> float:
    return mark.value


def _vector_section(
    comparison: ComparisonResult, name: str, ones: Sequence[Recommended], doubtful: str
) -> Section:
    scale = _common_scale(ones, ones)
    shown = ones if len(ones) <= _SHOWN else sorted(ones, key=lambda o: -len(o.flags))[:_SHOWN]
    table = _table(
        comparison,
        [_row(one, scale or _own_scale([one])) for one in shown],
        scale,
        "elements",
        f"Elements of {name}",
    )
    left_out = (f"The table shows {_SHOWN} of {len(ones)} elements, those with flags first.",) * (
        len(ones) > _SHOWN
    )
    names = [one.name for one in ones]
    differences = () if doubtful else difference_sentences(comparison, name, names)
    return Section(
        key=f"vector-{name}",
        title=f"{name}: {len(ones)} elements",
        text=(*differences, *left_out),
        tables=(table,),
        folded=True,
    )


def _own_scale(ones: Sequence[Recommended]) -> tuple[float, float]:
    """Return a range with the posterior in full and no estimate beyond thrice its width."""
    windows = np.array([_window(o.marks) for o in ones])
    windows = windows[np.isfinite(windows).all(axis=1)]
    if not windows.size:
        return 0.0, 1.0
    low, high = float(windows[:, 0].min()), float(windows[:, 1].max())
    room = _ROOM * (high - low) or max(abs(high), 1.0) * _ROOM
    return low - room, high + room


def _common_scale(
    ones: Sequence[Recommended], everything: Sequence[Recommended]
) -> tuple[float, float] | None:
    """Return one range for everything, or None where some of the intervals would be dots on it."""
    windows = np.array([_window(o.marks) for o in ones]).reshape(-1, 2)
    windows = windows[np.isfinite(windows).all(axis=1)]
    widths = windows[:, 1] - windows[:, 0]
    widths = widths[widths > 0]
    if not widths.size:
        return None
    low, high = _own_scale(everything)
    return (low, high) if high - low <= _COMPARABLE * float(np.quantile(widths, 0.05)) else None


def _window(marks: Sequence[Interval]) -> tuple[float, float]:
    """Return the range of the first interval, widened for the others by its width at most."""
    ends = [e for m in marks for e in (m.lower, m.value, m.upper) if math.isfinite(e)]
    if not ends:
        return math.nan, math.nan
    first = [e for e in (marks[0].lower, marks[0].upper) if math.isfinite(e)]
    if len(first) < 2:  # noqa: PLR2004 - two ends
        return min(ends), max(ends)
    low, high = first
    width = high - low
    return max(min(ends), low - width), min(max(ends), high + width)
