"""`plot_study`: what a study varied against what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.plots.sheet import COLOURS, DASHED, Dashes, Look, Sheet

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from bayeswrap.studies import Study

__all__ = ["plot_study"]

_KINDS = ("map_constrained", "posterior", "mle", "laplace")
_MARKERS = ("D", "o", "s", "^")
_LINES: tuple[Dashes, ...] = (DASHED, (0, (1, 2)))
_PANELS = 24
_ROOM = 1.3  # beside the ends of a logarithmic axis, as a factor
_CROWDED = 60  # points, beyond which markers are a band


def plot_study(study: Study) -> Figure:
    """Draw a study, a panel for each parameter.

    Parameters
    ----------
    study : Study
        What a function of `bayeswrap.studies` returned.

    Returns
    -------
    matplotlib.figure.Figure
        At most 24 panels, those of the first parameters; vertical bars are two Monte Carlo
        standard errors to each side.
    """
    names, tables = _panels(study)
    looks = _looks(study)
    sheet = Sheet(len(tables[:_PANELS]), list(looks.values()))
    for i, table in enumerate(tables[:_PANELS]):
        axes = sheet.panels[i]
        x = _positions(study, axes, table)
        _draw(axes, study, looks, x, table)
        axes.set_xlabel(study.x_label)
        axes.set_title(names[i], loc="left", fontsize=9, parse_math=False)
        sheet.label_y(i, study.y_label)
    if len(tables) > _PANELS:
        sheet.note(f"The first {_PANELS} of {len(tables)} parameters.")
    return sheet.figure


def _panels(study: Study) -> tuple[list[str], list[pd.DataFrame]]:
    if study.panels is None:
        return [""], [study.table]
    groups = list(study.table.groupby(study.panels, sort=False))
    return [study.labels.get(str(name), str(name)) for name, _ in groups], [
        table for _, table in groups
    ]


def _looks(study: Study) -> dict[str, Look]:
    crowded = len(_panels(study)[1][0]) > _CROWDED
    looks = {
        column: Look(
            colour=COLOURS[kind],
            label=label,
            marker="" if crowded else marker,
            line="-" if study.joined else "",
        )
        for (column, label), kind, marker in zip(study.y.items(), _KINDS, _MARKERS, strict=False)
    }
    alone = study.x_scale == "category"
    for (column, label), line in zip(study.references.items(), _LINES, strict=False):
        looks[column] = Look(
            colour=COLOURS["prior"],
            label=label,
            line="" if alone else line,
            marker="_" if alone else "",
        )
    return looks


def _positions(study: Study, axes: Axes, table: pd.DataFrame) -> np.ndarray:
    """Scale the horizontal axis; return where the rows lie on it."""
    if study.x_scale == "category":
        words = [str(word) for word in table[study.x]]
        axes.set_xticks(range(len(words)), words)
        axes.set_xlim(-0.6, len(words) - 0.4)
        return np.arange(len(words), dtype=float)
    x = table[study.x].to_numpy(dtype=float)
    if study.x_scale == "symlog":
        positive = x[x > 0]
        least = float(positive.min()) if positive.size else 1.0
        # zero stands one short step before the least positive value
        axes.set_xscale("symlog", linthresh=least, linscale=0.4)
        axes.set_xlim(-0.15 * least, _ROOM * float(x.max()) or 1.0)
    elif study.x_scale == "log":
        axes.set_xscale("log")
        axes.set_xlim(float(x.min()) / _ROOM, float(x.max()) * _ROOM)
    return x


def _draw(
    axes: Axes, study: Study, looks: dict[str, Look], x: np.ndarray, table: pd.DataFrame
) -> None:
    for column, look in looks.items():
        y = table[column].to_numpy(dtype=float)
        shown = np.where(np.isfinite(y), y, np.nan)
        level = column in study.references
        axes.plot(
            x,
            shown,
            color=look.colour,
            linestyle=look.line,
            linewidth=1.1 if level else 1.6,
            marker=look.marker,
            markersize=18.0 if level else 4.0,
            zorder=2 if level else 3,
        )
        if column in study.errors:
            spread = 2 * table[study.errors[column]].to_numpy(dtype=float)
            axes.errorbar(x, shown, yerr=spread, fmt="none", ecolor=look.colour, elinewidth=1.0)
        elif not level:
            _mark_end(axes, x, shown, look)


def _mark_end(axes: Axes, x: np.ndarray, y: np.ndarray, look: Look) -> None:
    """Put a cross where a line stops before the axis does."""
    found = np.flatnonzero(np.isfinite(y))
    if found.size and found[-1] < y.size - 1:
        axes.plot(x[found[-1]], y[found[-1]], "x", color=look.colour, markersize=8, zorder=3)
