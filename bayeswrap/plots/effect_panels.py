"""`plot_effect`: effects of predictors with their intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from bayeswrap.plots.sheet import CHAIN_COLOURS, DASHED, FigureSheet, SeriesStyle

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "EffectFigure",
    "plot_effect",
]

_PANELS = 12
_CURVE = 8  # values of a number, from which on they are a curve
_SIDE = 0.12  # of the distance between two levels, between colours


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EffectFigure:
    """What a figure of effects needs.

    Attributes
    ----------
    table : DataFrame
        With ``estimate``, ``ci_lower``, ``ci_upper`` and the columns below.
    x : str
        Column of the horizontal axis.
    quantity : str
        Name of the vertical axis.
    ci_prob : float
        Coverage of the intervals.
    colour, panels : str or None
        Columns whose values have a colour, or a panel, each.
    level : float or None
        Where there is no effect: a horizontal line.
    notes : tuple of str
        What stands under the panels.
    """

    table: pd.DataFrame
    x: str
    quantity: str
    ci_prob: float
    colour: str | None = None
    panels: str | None = None
    level: float | None = None
    notes: tuple[str, ...] = ()


def plot_effect(effect: EffectFigure) -> Figure:
    """Draw a line with a band over a number, points with intervals over a factor.

    Parameters
    ----------
    effect : EffectFigure
        A table with the columns to draw.

    Returns
    -------
    matplotlib.figure.Figure
        At most 12 panels, the first ones.
    """
    panels = _groups(effect.table, effect.panels)
    series = [name for name, _ in _groups(effect.table, effect.colour)]
    sheet = FigureSheet(len(panels[:_PANELS]), _legend(effect, series))
    for i, (name, table) in enumerate(panels[:_PANELS]):
        axes = sheet.panels[i]
        _draw(axes, effect, table, series)
        sheet.label_x(i, effect.x)
        if not _is_curve(effect.table[effect.x]):
            _name_levels(axes, table[effect.x])
        if effect.level is not None:
            axes.axhline(effect.level, color="#6E6E6E", linewidth=0.8, linestyle=DASHED, zorder=1)
        if effect.panels is not None:
            axes.set_title(f"{effect.panels} = {name}", loc="left", fontsize=9, parse_math=False)
        sheet.label_y(i, effect.quantity)
    cut = f"The figure shows the first {_PANELS} of {len(panels)} panels."
    sheet.note(" ".join([*effect.notes, *[cut] * (len(panels) > _PANELS)]))
    return sheet.figure


def _groups(table: pd.DataFrame, column: str | None) -> list[tuple[Any, pd.DataFrame]]:
    if column is None:
        return [("", table)]
    return [(name, part) for name, part in table.groupby(column, sort=False, observed=True)]


def _legend(effect: EffectFigure, series: list[Any]) -> list[SeriesStyle]:
    interval = f"{100 * effect.ci_prob:g} % interval"
    curve = _is_curve(effect.table[effect.x])
    marker = "" if curve else "o"
    if effect.colour is None:
        return [SeriesStyle(colour=CHAIN_COLOURS[0], label=interval, patch=curve, marker=marker)]
    return [
        SeriesStyle(colour=_colour(i), label=f"{effect.colour} = {_short(name)}", marker=marker)
        for i, name in enumerate(series)
    ] + [SeriesStyle(colour="#6E6E6E", label=interval, patch=curve)]


def _short(value: Any) -> str:  # noqa: ANN401 - a level or a number
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _colour(i: int) -> str:
    return CHAIN_COLOURS[i % len(CHAIN_COLOURS)]


def _is_curve(x: pd.Series[Any]) -> bool:
    return is_numeric_dtype(x) and not is_bool_dtype(x) and x.nunique() >= _CURVE


def _draw(axes: Axes, effect: EffectFigure, table: pd.DataFrame, series: list[Any]) -> None:
    parts = dict(_groups(table, effect.colour))
    levels = {v: i for i, v in enumerate(table[effect.x].unique())}
    for i, name in enumerate(series):
        if name not in parts:
            continue
        part = parts[name]
        estimate, lower, upper = (
            part[c].to_numpy(dtype=float) for c in ("estimate", "ci_lower", "ci_upper")
        )
        colour = _colour(i)
        if _is_curve(effect.table[effect.x]):
            x = part[effect.x].to_numpy(dtype=float)
            axes.fill_between(x, lower, upper, color=colour, alpha=0.2, linewidth=0)
            axes.plot(x, estimate, color=colour, linewidth=1.6)
        else:
            side = _SIDE * (i - (len(series) - 1) / 2)
            x = np.array([levels[v] for v in part[effect.x]], dtype=float) + side
            ends = np.clip(np.stack([estimate - lower, upper - estimate]), 0, None)
            axes.errorbar(
                x, estimate, yerr=ends, fmt="o", color=colour, markersize=4.5, elinewidth=1.4
            )


def _name_levels(axes: Axes, x: pd.Series[Any]) -> None:
    names = [_short(v) for v in x.unique()]
    axes.set_xticks(range(len(names)), names)
    axes.set_xlim(-0.6, len(names) - 0.4)
