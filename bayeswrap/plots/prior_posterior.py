"""`plot_prior_posterior`: densities of prior and posterior of each parameter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.errors import UsageError
from bayeswrap.plots.density_curve import density_curve, varies
from bayeswrap.plots.panel_values import panels_of
from bayeswrap.plots.selection import scalars_named
from bayeswrap.plots.sheet import COLOURS, FigureSheet, SeriesStyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from bayeswrap.plots.panel_values import Panel
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "plot_prior_posterior",
]


_PANELS_MAX = 6  # they look alike where the data dominate
_TAILS = (0.01, 0.99)
_NOTE_BEYOND = 0.1  # share of the prior that lies outside a panel
_WIDEST = 6.0  # posterior widths to each side: beyond, a heavy tail would squeeze the posterior


def plot_prior_posterior(
    comparison: ComparisonResult, names: Sequence[str] | None = None
) -> Figure:
    """Draw the densities of the draws of prior and posterior over each other.

    Parameters
    ----------
    comparison : ComparisonResult
        With draws of `Model.sample` and of `Model.prior`.
    names : sequence of str, optional
        Scalars or variables; by default the declared parameters, at most 6, the most
        prior-sensitive ones where their power-scaling sensitivity is known.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    UsageError
        There are no draws of the prior or of the posterior.
    UnknownNameError
        A name that no result has.
    """
    lineup = comparison.lineup
    if lineup.prior is None or lineup.posterior is None:
        raise UsageError(
            "prior and posterior need draws of both",
            where=comparison.record.program_name,
            do="put sample() and prior() into compare()",
        )
    note = ""
    if names is None:
        names, note = _most_sensitive(comparison)
    else:
        names = scalars_named(names, [str(n) for n in comparison.frame.index], comparison.labels)
    panels = [replace(p, marks=()) for p in panels_of(comparison, names)]
    styles = [
        SeriesStyle(colour=COLOURS["prior"], label="prior", patch=True),
        SeriesStyle(colour=COLOURS["posterior"], label="posterior", patch=True),
    ]
    sheet = FigureSheet(len(panels), styles, plain=True)
    for i, panel in enumerate(panels):
        _draw(sheet.panels[i], panel)
        sheet.label_x(i, panel.label)
        sheet.label_y(i, "density")
    sheet.note(note)
    return sheet.figure


def _most_sensitive(comparison: ComparisonResult) -> tuple[list[str], str]:
    frame = comparison.to_frame()
    if len(frame) <= _PANELS_MAX:
        return [str(n) for n in frame.index], ""
    note = f"The figure shows {_PANELS_MAX} of {len(frame)} parameters"
    if "psense_prior" not in frame:
        return [str(n) for n in frame.index[:_PANELS_MAX]], f"{note}, the first ones."
    order = frame["psense_prior"].sort_values(ascending=False, kind="stable").index
    return [str(n) for n in order[:_PANELS_MAX]], f"{note}, the most prior-sensitive first."


def _draw(axes: Axes, panel: Panel) -> None:
    window = _window(panel)
    top = 0.0
    for kind, draws in (("prior", panel.prior), ("posterior", panel.draws)):
        if varies(draws):
            x, density = density_curve(draws, panel.support, window)
            axes.fill_between(x, density, color=COLOURS[kind], alpha=0.35, linewidth=0)
            axes.plot(x, density, color=COLOURS[kind], linewidth=1.2)
            top = max(top, float(density.max()))
        elif draws.size:
            axes.axvline(draws[0], color=COLOURS[kind], linewidth=2)
    outside = np.mean((panel.prior < window[0]) | (panel.prior > window[1]))
    if outside > _NOTE_BEYOND:
        text = f"{100 * outside:.0f} % of the prior outside"
        axes.text(0.99, 0.98, text, transform=axes.transAxes, ha="right", va="top", size=8)
    axes.axhline(0.0, color="#444444", linewidth=0.7)
    axes.set_xlim(window)
    # room for a line of text above the densities
    axes.set_ylim(0.0, (1.2 if outside > _NOTE_BEYOND else 1.08) * (top or 1.0))
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)


def _window(panel: Panel) -> tuple[float, float]:
    """Return a range that shows the prior, unless the posterior would be a spike in it."""
    low, high = panel.window
    if not varies(panel.prior):
        return low, high
    room = _WIDEST * (high - low)
    first, last = (float(q) for q in np.quantile(panel.prior, _TAILS))
    near = 0.1 * (last - first)
    # an edge of the support just beyond is shown: the prior ends there
    first, last = (
        end if abs(end - tail) < near else tail
        for end, tail in zip(panel.support, (first, last), strict=True)
    )
    return min(low, max(first, low - room)), max(high, min(last, high + room))
