"""`plot_comparison`: the estimates of each parameter under its posterior density."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.plots.density_curve import density_curve, varies
from bayeswrap.plots.estimate_styles import estimate_styles, missing_note
from bayeswrap.plots.panel_values import panels_of
from bayeswrap.plots.selection import scalars_named, worst_first
from bayeswrap.plots.sheet import COLOURS, DASHED, Canvas, FigureSheet, SeriesStyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from bayeswrap.plots.panel_values import Mark, Panel
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "plot_comparison",
]


_ROW = 0.13  # height of an interval's row, as a part of the posterior's peak
_PRIOR_ROOM = 1.6  # a prior that is narrower than the posterior may rise this far above it


def plot_comparison(
    comparison: ComparisonResult,
    names: str | Sequence[str] | None = None,
    canvas: Canvas | None = None,
) -> Figure:
    """Draw posterior, prior, MLE and MAP with their intervals, a panel for each parameter.

    Parameters
    ----------
    comparison : ComparisonResult
        What `compare` or `analyze` returned.
    names : sequence of str, optional
        Scalars or variables, derived ones too; by default the declared parameters, at most 24
        of them, those whose mode and posterior mean differ most.
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
        frame = comparison.to_frame()
        gaps = frame["shape_gap_mean"] if "shape_gap_mean" in frame else frame.iloc[:, -1] * np.nan
        names, note = worst_first(gaps.abs())
    else:
        names = scalars_named(names, [str(n) for n in comparison.frame.index], comparison.labels)
    panels = panels_of(comparison, names)
    styles = _styles(comparison, panels)
    sheet = FigureSheet(len(panels), list(styles.values()), plain=True, canvas=canvas)
    for i, panel in enumerate(panels):
        _draw(sheet.panels[i], panel, styles)
        sheet.label_x(i, panel.label)
        sheet.label_y(i, "density")
    sheet.note(" ".join([note, missing_note(comparison)]).strip())
    return sheet.figure


def _styles(comparison: ComparisonResult, panels: Sequence[Panel]) -> dict[str, SeriesStyle]:
    styles: dict[str, SeriesStyle] = {}
    if comparison.lineup.posterior is not None:
        styles["density"] = SeriesStyle(
            colour=COLOURS["posterior"], label="posterior density", patch=True
        )
    styles |= estimate_styles(comparison)
    if any(varies(p.prior) for p in panels):
        styles["prior"] = SeriesStyle(colour=COLOURS["prior"], label="prior density", line=DASHED)
    return styles


def _draw(axes: Axes, panel: Panel, styles: dict[str, SeriesStyle]) -> None:
    window = panel.window
    top = _draw_densities(axes, panel, window)
    axes.axhline(0.0, color="#444444", linewidth=0.7)
    for row, mark in enumerate(panel.marks, start=1):
        _draw_mark(axes, mark, styles[mark.kind], -_ROW * (row - 0.25) * top, window)
    axes.set_xlim(window)
    axes.set_ylim(-_ROW * (len(panel.marks) + 0.6) * top, 1.08 * top)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    if panel.note:
        axes.text(0.99, 0.98, panel.note, transform=axes.transAxes, ha="right", va="top", size=8)


def _draw_densities(axes: Axes, panel: Panel, window: tuple[float, float]) -> float:
    """Draw posterior and prior; return the height that the panel needs."""
    colour = COLOURS["posterior"]
    top = 0.0
    if varies(panel.draws):
        x, density = density_curve(panel.draws, panel.support, window)
        axes.fill_between(x, density, color=colour, alpha=0.35, linewidth=0)
        axes.plot(x, density, color=colour, linewidth=1.2)
        top = float(density.max())
    elif panel.draws.size:
        axes.axvline(panel.draws[0], color=colour, linewidth=2)
        axes.text(0.01, 0.98, "the draws do not vary", transform=axes.transAxes, va="top", size=8)
    if varies(panel.prior):
        x, density = density_curve(panel.prior, panel.support, window)
        axes.plot(x, density, color=COLOURS["prior"], linewidth=1.1, linestyle=DASHED)
        peak = float(density.max())
        top = max(top, min(peak, _PRIOR_ROOM * top) if top else peak)
    return top or 1.0


def _draw_mark(
    axes: Axes, mark: Mark, style: SeriesStyle, height: float, window: tuple[float, float]
) -> None:
    low, high = window
    if np.isfinite(mark.lower) and np.isfinite(mark.upper):
        ends = np.clip([mark.lower, mark.upper], low, high)
        axes.plot(ends, [height] * 2, color=style.colour, linewidth=1.6, solid_capstyle="butt")
    if not np.isfinite(mark.value):
        return
    outside = not low <= mark.value <= high
    # an estimate far from the posterior: an arrow at the edge, with its value
    marker = (">" if mark.value > high else "<") if outside else style.marker
    axes.plot(
        float(np.clip(mark.value, low, high)),
        height,
        marker=marker,
        markersize=6.5 if outside else 5.0,
        color=style.colour,
        markerfacecolor=style.colour if style.filled else "white",
        clip_on=False,
        zorder=3,
    )
    if outside:
        right = mark.value > high
        axes.annotate(
            f"{mark.value:.3g}",
            (high if right else low, height),
            xytext=(-6 if right else 6, 0),
            textcoords="offset points",
            ha="right" if right else "left",
            va="center",
            size=7.5,
            color=style.colour,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
        )
