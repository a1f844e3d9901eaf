"""`plot_study`: the results of a study against the quantity that it varied."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np

from bayeswrap.plots.sheet import COLOURS, DASHED, Canvas, Dashes, FigureSheet, SeriesStyle

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


__all__ = [
    "StudyFigure",
    "plot_study",
]


_KINDS = ("map_constrained", "posterior", "mle", "laplace")
_MARKERS = ("D", "o", "s", "^")
_LINES: tuple[Dashes, ...] = (DASHED, (0, (1, 2)))
_PANELS = 24
_ROOM = 1.3  # beside the ends of a logarithmic axis, as a factor
_CROWDED = 60  # points, beyond which markers are a band
_TICKED = 6  # values of a logarithmic axis that each have a tick of their own
_WIDE, _NARROW = 7, 4  # powers of ten that have a tick on an axis that is alone, or one of several
_ROUNDING = 1e-6  # relative: what differs by less is level
_MARGIN = 0.05  # relative: room around what is level
_NORMAL = 1.959964  # standard deviations to each side that hold 95 % of a normal distribution
_WIDEST = 2.0  # ranges of the points beyond which a band is cut
_BAND = "band"  # key of its entry in the legend


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StudyFigure:
    """What a figure of a study needs: a table, its columns, and their names in words.

    Attributes
    ----------
    table : pandas.DataFrame
        One row a point, long: all parameters below each other.
    x, x_label : str
        Column of the horizontal axis, and its name in words.
    y : mapping of str to str
        Columns that are drawn against it, with their names in words.
    y_label : str
        Name of the vertical axis.
    x_scale : {"linear", "log", "symlog", "category"}
        ``"symlog"`` is logarithmic with room for zero.
    errors : mapping of str to str
        By column of `y`: the column with its Monte Carlo standard error.
    bands : mapping of str to str
        By column of `y`: the column with its standard error or deviation.
    references : mapping of str to str
        Columns with levels to hold the others against, with their names in words.
    joined : bool
        Whether a line joins the points of `y`.
    panels : str or None
        Column whose values have a panel each.
    labels : mapping of str to str
        The data frame's own names for parameters.
    notes : tuple of str
        Remarks on single rows.
    """

    table: pd.DataFrame
    x: str
    x_label: str
    y: Mapping[str, str]
    y_label: str
    x_scale: Literal["linear", "log", "symlog", "category"] = "linear"
    errors: Mapping[str, str] = field(default_factory=dict)
    bands: Mapping[str, str] = field(default_factory=dict)
    references: Mapping[str, str] = field(default_factory=dict)
    joined: bool = True
    panels: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def plot_study(study: StudyFigure, canvas: Canvas | None = None) -> Figure:
    """Draw a study, a panel for each parameter.

    Parameters
    ----------
    study : StudyFigure
        What a function of `bayeswrap.studies` returned.
    canvas : Canvas, optional
        Where it is drawn.

    Returns
    -------
    matplotlib.figure.Figure
        At most 24 panels, those of the first parameters. Vertical bars are two Monte Carlo
        standard errors to each side. A band, or a wide bar, is a 95 % interval by the normal
        approximation.
    """
    names, tables = _panels(study)
    styles = _styles(study)
    alone = [style.label for style in styles.values()] == [study.y_label]
    sheet = FigureSheet(
        len(tables[:_PANELS]), [] if alone else list(styles.values()), canvas=canvas
    )
    most = _WIDE if len(tables) == 1 else _NARROW
    for i, table in enumerate(tables[:_PANELS]):
        axes = sheet.panels[i]
        _draw(axes, study, styles, _positions(study, axes, table, most), table)
        axes.set_xlabel(study.x_label)
        axes.set_title(names[i], loc="left", fontsize=9, parse_math=False)
        sheet.label_y(i, study.y_label)
    cut = f"The figure shows the first {_PANELS} of {len(tables)} parameters."
    sheet.note(" ".join([*study.notes, *[cut] * (len(tables) > _PANELS)]))
    return sheet.figure


def _panels(study: StudyFigure) -> tuple[list[str], list[pd.DataFrame]]:
    if study.panels is None:
        return [""], [study.table]
    groups = list(study.table.groupby(study.panels, sort=False))
    return [study.labels.get(str(name), str(name)) for name, _ in groups], [
        table for _, table in groups
    ]


def _styles(study: StudyFigure) -> dict[str, SeriesStyle]:
    crowded = len(_panels(study)[1][0]) > _CROWDED
    styles = {
        column: SeriesStyle(
            colour=COLOURS[kind],
            label=label,
            marker="" if crowded else marker,
            line="-" if study.joined else "",
        )
        for (column, label), kind, marker in zip(study.y.items(), _KINDS, _MARKERS, strict=False)
    }
    if any(np.isfinite(study.table[column]).any() for column in study.bands.values()):
        styles[_BAND] = SeriesStyle(
            colour=COLOURS[_KINDS[0]], label="95 % interval (normal approximation)", patch=True
        )
    alone = study.x_scale == "category"
    for (column, label), line in zip(study.references.items(), _LINES, strict=False):
        styles[column] = SeriesStyle(
            colour=COLOURS["prior"],
            label=label,
            line="" if alone else line,
            marker="_" if alone else "",
        )
    return styles


def _positions(study: StudyFigure, axes: Axes, table: pd.DataFrame, most: int) -> np.ndarray:
    """Scale the horizontal axis, with so many ticks; return where the rows lie on it."""
    if study.x_scale == "category":
        # what is in brackets goes to a second line: neighbours would meet
        words = [str(word).replace(" (", "\n").rstrip(")") for word in table[study.x]]
        axes.set_xticks(range(len(words)), words, fontsize=7)
        axes.set_xlim(-0.6, len(words) - 0.4)
        return np.arange(len(words), dtype=float)
    x = table[study.x].to_numpy(dtype=float)
    if study.x_scale == "symlog":
        positive = x[x > 0]
        least = float(positive.min()) if positive.size else 1.0
        # zero stands one short step before the least positive value
        axes.set_xscale("symlog", linthresh=least, linscale=0.8)
        axes.set_xlim(-0.15 * least, _ROOM * float(x.max()) or 1.0)
        axes.set_xticks([0.0, *_decades(least, float(x.max()), most)])
    elif study.x_scale == "log":
        axes.set_xscale("log")
        axes.set_xlim(float(x.min()) / _ROOM, float(x.max()) * _ROOM)
        steps = np.unique(x)
        if steps.size <= _TICKED:
            axes.set_xticks(steps, [f"{step:g}" for step in steps])
            axes.set_xticks([], minor=True)
        else:
            axes.set_xticks(_decades(float(x.min()), float(x.max()), most))
    return x


def _decades(least: float, largest: float, most: int) -> list[float]:
    """Return powers of ten within a range, evenly spaced, at most so many."""
    first, last = math.ceil(math.log10(least) - _ROUNDING), math.floor(math.log10(largest))
    step = max(1, -(-(last - first + 1) // most))
    return [10.0**k for k in range(first, last + 1, step)]


def _draw(
    axes: Axes,
    study: StudyFigure,
    styles: dict[str, SeriesStyle],
    x: np.ndarray,
    table: pd.DataFrame,
) -> None:
    for column, style in styles.items():
        if column == _BAND:
            continue
        y = table[column].to_numpy(dtype=float)
        finite_y = np.where(np.isfinite(y), y, np.nan)
        level = column in study.references
        axes.plot(
            x,
            finite_y,
            color=style.colour,
            linestyle=style.line,
            linewidth=1.1 if level else 1.6,
            marker=style.marker,
            markersize=18.0 if level else 4.0,
            zorder=2 if level else 3,
        )
        if column in study.errors:
            spread = 2 * table[study.errors[column]].to_numpy(dtype=float)
            axes.errorbar(x, finite_y, yerr=spread, fmt="none", ecolor=style.colour, elinewidth=1.0)
        elif not level:
            _mark_end(axes, x, finite_y, style)
    low, high = axes.dataLim.intervaly
    size = max(abs(low), abs(high))
    if any(np.isfinite(table[column]).any() for column in study.bands.values()):
        _draw_bands(axes, study, styles, x, table)
    elif 0 < high - low <= _ROUNDING * size:
        axes.set_ylim(low - _MARGIN * size, high + _MARGIN * size)


def _draw_bands(
    axes: Axes,
    study: StudyFigure,
    styles: dict[str, SeriesStyle],
    x: np.ndarray,
    table: pd.DataFrame,
) -> None:
    """Draw intervals, cut where they would squeeze what they belong to."""
    low, high = axes.dataLim.intervaly
    first, last, usual = low, high, 0.0
    for column, spread in study.bands.items():
        y, half = table[column].to_numpy(float), _NORMAL * table[spread].to_numpy(float)
        shown = np.isfinite(y) & np.isfinite(half)
        if not shown.any():
            continue
        first = min(first, float((y - half)[shown].min()))
        last = max(last, float((y + half)[shown].max()))
        usual = max(usual, _ROOM * float(np.median(half[shown])))
        colour = styles[column].colour
        if study.joined:
            below, above = (np.where(shown, y + side * half, np.nan) for side in (-1, 1))
            axes.fill_between(x, below, above, color=colour, alpha=0.18, linewidth=0)
        else:
            ends = half[shown]
            axes.errorbar(
                x[shown], y[shown], yerr=ends, fmt="none", ecolor=colour, elinewidth=3, alpha=0.35
            )
    room = max(_WIDEST * (high - low), usual)
    if high - low > _ROUNDING * max(abs(low), abs(high)):
        first, last = max(first, low - room), min(last, high + room)
    margin = _MARGIN * ((last - first) or max(abs(low), abs(high)) or 1.0)
    axes.set_ylim(first - margin, last + margin)


def _mark_end(axes: Axes, x: np.ndarray, y: np.ndarray, style: SeriesStyle) -> None:
    """Put a cross where a line stops before the axis does."""
    finite = np.flatnonzero(np.isfinite(y))
    if finite.size and finite[-1] < y.size - 1:
        axes.plot(x[finite[-1]], y[finite[-1]], "x", color=style.colour, markersize=8, zorder=3)
