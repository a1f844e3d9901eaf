"""`plot_census`: the modes that searches from many starts reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.plots.selection import scalars_named
from bayeswrap.plots.sheet import COLOURS, MARKERS, Canvas, FigureSheet, SeriesStyle

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from bayeswrap.estimates.results.census import Census
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "plot_census",
]


_MOST_PANELS = 6
_LARGEST = 13.0  # points: the marker of a basin that all starts reached
_SMALLEST = 3.5
_LEAST = 1.0  # nats that a panel spans at least
_DEEPEST = 30.0  # nats below the best mode; what is lower stands at the edge


def plot_census(
    comparison: ComparisonResult,
    names: str | Sequence[str] | None = None,
    canvas: Canvas | None = None,
) -> Figure:
    """Draw each mode at its value and height, its marker by the share of the starts.

    Crosses are ends of searches that are no mode. Heights count from the best mode of the search.

    Parameters
    ----------
    comparison : ComparisonResult
        With searches from several starts.
    names : str or sequence of str, optional
        Scalars, labels or variables; by default the six parameters in which the modes differ most.
    canvas : Canvas, optional
        Where it is drawn.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    UnknownNameError
        A name that the searches do not have.
    """
    censuses = comparison.censuses
    names, note = _names(comparison, censuses, names)
    sheet = FigureSheet(len(names), _styles(censuses), canvas=canvas)
    for i, name in enumerate(names):
        for title, census in censuses.items():
            _draw(sheet.panels[i], census, name, _kind(title))
        sheet.panels[i].axhline(
            0.0, color="#6E6E6E", linewidth=0.7, linestyle=(0, (2, 2)), zorder=0
        )
        sheet.panels[i].margins(x=0.15)
        low, high = sheet.panels[i].dataLim.intervaly
        # modes of one height lie on one line, which is no edge of the panel
        room = 0.15 * max(high - low, _LEAST)
        sheet.panels[i].set_ylim(min(low, -_LEAST) - room, high + room)
        sheet.label_x(i, comparison.labels.get(name, name))
        sheet.label_y(i, "log density from\nthe best mode (nats)")
    sheet.note(" ".join([note, *_counts(censuses)]).strip())
    return sheet.figure


def _kind(title: str) -> str:
    """Return how the estimate of a search is drawn."""
    if "MLE" in title:
        return "mle"
    return "map_unconstrained" if "unconstrained" in title else "map_constrained"


def _styles(censuses: Mapping[str, Census]) -> list[SeriesStyle]:
    styles = [
        SeriesStyle(
            colour=COLOURS[_kind(title)],
            label=f"mode, {title}",
            marker=MARKERS[_kind(title)],
            line="",
            filled=False,
        )
        for title in censuses
    ]
    ends = any(not b.is_mode for census in censuses.values() for b in census.basins)
    if ends:
        styles.append(
            SeriesStyle(colour="#444444", label="end that is no mode", marker="x", line="")
        )
    return styles


def _names(
    comparison: ComparisonResult,
    censuses: Mapping[str, Census],
    names: str | Sequence[str] | None,
) -> tuple[list[str], str]:
    available = [*dict.fromkeys(n for census in censuses.values() for n in census.names)]
    if names is not None:
        return scalars_named(names, available, comparison.labels), ""
    order = sorted(available, key=lambda n: -max(_difference(c, n) for c in censuses.values()))
    note = f"The figure shows {_MOST_PANELS} of {len(available)} parameters."
    return order[:_MOST_PANELS], note * (len(available) > _MOST_PANELS)


def _difference(census: Census, name: str) -> float:
    """Return how far the modes lie from each other in a scalar, relative to its size."""
    if name not in census.names:
        return 0.0
    values = np.array([mode.values[census.names.index(name)] for mode in census.modes])
    return float(np.ptp(values) / (1 + np.abs(values).max())) if values.size else 0.0


def _draw(axes: Axes, census: Census, name: str, kind: str) -> None:
    if name not in census.names:
        return
    best = census.modes[0].log_density if census.modes else 0.0
    for basin in census.basins:
        value = float(basin.values[census.names.index(name)])
        if not np.isfinite(value):
            continue
        height = float(np.clip(basin.log_density - best, -_DEEPEST, _DEEPEST))
        share = basin.hits / max(census.starts, 1)
        axes.plot(
            value,
            height,
            marker=MARKERS[kind] if basin.is_mode else "x",
            markersize=_SMALLEST + (_LARGEST - _SMALLEST) * np.sqrt(share),
            color=COLOURS[kind],
            markerfacecolor="none",
            markeredgewidth=1.4,
            linestyle="",
        )


def _counts(censuses: Mapping[str, Census]) -> list[str]:
    return [
        f"{title}: {c.summary() if c.modes else f'no start of {c.starts} reached a mode'}."
        for title, c in censuses.items()
    ]
