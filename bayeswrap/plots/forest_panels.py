"""`plot_forest`: all estimates of all parameters, a row for each parameter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.plots.estimate_styles import estimate_styles, missing_note
from bayeswrap.plots.panel_values import panels_of
from bayeswrap.plots.selection import scalars_named
from bayeswrap.plots.sheet import Canvas, FigureSheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from bayeswrap.plots.panel_values import Mark, Panel
    from bayeswrap.plots.sheet import SeriesStyle
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "plot_forest",
]


_MOST_ROWS = 40
_SPREAD = 0.62  # part of a row that the estimates of one parameter take
_ROW, _LANE = 0.16, 0.07  # inches of a row, and of each of its estimates
_AXIS = 0.55  # inches below the rows of a panel
_NARROWEST = 0.02  # part of a shared axis that the shortest interval must have
_ROOM = 0.04  # of the range, beside it


def plot_forest(
    comparison: ComparisonResult,
    names: str | Sequence[str] | None = None,
    canvas: Canvas | None = None,
) -> Figure:
    """Draw every estimate with its interval, a row for each parameter.

    The parameters share one axis. Where the intervals of some would vanish on it, each variable has
    an axis of its own.

    Parameters
    ----------
    comparison : ComparisonResult
        Estimates side by side.
    names : str or sequence of str, optional
        Scalars, labels or variables; by default the declared parameters, at most 40.
    canvas : Canvas, optional
        Where it is drawn.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    UnknownNameError
        A name that no result has.
    """
    note = ""
    if names is None:
        names = [str(n) for n in comparison.to_frame().index]
        if len(names) > _MOST_ROWS:
            note = f"The figure shows {_MOST_ROWS} of {len(names)} parameters, the first ones."
        names = names[:_MOST_ROWS]
    else:
        names = scalars_named(names, [str(n) for n in comparison.frame.index], comparison.labels)
    styles = estimate_styles(comparison)
    groups = _groups(panels_of(comparison, names))
    if canvas is not None and canvas.axes is not None and len(canvas.axes) < len(groups):
        groups = [[p for group in groups for p in group]]
    row = _ROW + _LANE * len(styles)
    heights = [row * len(group) + _AXIS for group in groups]
    sheet = FigureSheet(len(groups), [*styles.values()], canvas=canvas, heights=heights)
    for i, group in enumerate(groups):
        _draw_rows(sheet.panels[i], group, styles)
        sheet.label_x(i, _axis_name(group))
    sheet.note(" ".join([note, missing_note(comparison)]).strip())
    return sheet.figure


def _groups(rows: Sequence[Panel]) -> list[list[Panel]]:
    """Return the rows of each axis: all on one, or a variable's own."""
    ends = np.array([_ends(row) for row in rows])
    span, widths = np.ptp(ends), ends[:, 1] - ends[:, 0]
    if len(rows) == 1 or widths.min() >= _NARROWEST * span:
        return [[*rows]]
    by_variable: dict[str, list[Panel]] = {}
    for row in rows:
        by_variable.setdefault(variable_of(row.name), []).append(row)
    return [*by_variable.values()]


def _ends(row: Panel) -> tuple[float, float]:
    """Return the ends of a row's intervals, those far beyond its posterior apart."""
    low, high = row.window
    values = [v for m in row.marks for v in (m.value, m.lower, m.upper) if np.isfinite(v)]
    inside = [v for v in values if low <= v <= high] or [low, high]
    return min(inside), max(inside)


def _axis_name(group: Sequence[Panel]) -> str:
    variables = dict.fromkeys(variable_of(row.name) for row in group)
    return "estimate" if len(variables) > 1 or len(group) > 1 else group[0].label


def _draw_rows(axes: Axes, rows: Sequence[Panel], styles: dict[str, SeriesStyle]) -> None:
    ends = np.array([_ends(row) for row in rows])
    room = _ROOM * np.ptp(ends) or 0.5
    low, high = float(ends.min() - room), float(ends.max() + room)
    shown = [kind for kind in styles if any(m.kind == kind for r in rows for m in r.marks)]
    for place, row in enumerate(rows):
        for mark in row.marks:
            lane = (shown.index(mark.kind) + 0.5) / len(shown) - 0.5
            _draw_mark(axes, mark, styles[mark.kind], place + _SPREAD * lane, (low, high))
    axes.set_yticks(range(len(rows)))
    axes.set_yticklabels([row.label for row in rows], parse_math=False)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlim(low, high)
    if low < 0 < high:
        axes.axvline(0.0, color="#6E6E6E", linewidth=0.7, linestyle=(0, (2, 2)), zorder=0)


def _draw_mark(
    axes: Axes, mark: Mark, style: SeriesStyle, height: float, window: tuple[float, float]
) -> None:
    low, high = window
    if np.isfinite(mark.lower) and np.isfinite(mark.upper):
        axes.plot([mark.lower, mark.upper], [height] * 2, color=style.colour, linewidth=1.4)
    if not np.isfinite(mark.value):
        return
    outside = not low <= mark.value <= high
    marker = (">" if mark.value > high else "<") if outside else style.marker
    axes.plot(
        float(np.clip(mark.value, low, high)),
        height,
        marker=marker,
        markersize=4.2,
        color=style.colour,
        markerfacecolor=style.colour if style.filled else "white",
        clip_on=False,
        zorder=3,
    )
