"""`plot_pairs`: two parameters against each other, with Laplace's ellipse and divergences."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.plots.density_curve import varies
from bayeswrap.plots.estimate_styles import estimate_styles
from bayeswrap.plots.panel_values import distinct_modes
from bayeswrap.plots.selection import scalars_named
from bayeswrap.plots.sheet import COLOURS, Canvas, FigureSheet, SeriesStyle
from bayeswrap.verdicts.arviz_container import posterior_draws

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.estimates.posterior.draws import Posterior
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "ellipse",
    "plot_pairs",
]


_MOST_PANELS = 6
_MOST_POINTS = 1500
_AROUND = 200  # points of an ellipse
_TAILS = (0.0005, 0.9995)
_TWO = 2


def plot_pairs(
    comparison: ComparisonResult,
    names: str | Sequence[str] | None = None,
    canvas: Canvas | None = None,
) -> Figure:
    """Draw the posterior of pairs of parameters, with divergent transitions and the modes.

    The ellipse has the covariance of the Laplace approximation on the declared scale, around its
    mode, and the coverage of the comparison's intervals. Where the draws do not follow it, the
    approximation does not hold.

    Parameters
    ----------
    comparison : ComparisonResult
        With draws of the posterior.
    names : str or sequence of str, optional
        Scalars, labels or variables, all pairs of which are drawn; by default the six pairs with
        the largest correlation.
    canvas : Canvas, optional
        Where it is drawn.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    EstimandError
        There are no draws of the posterior.
    UnknownNameError
        A name that the draws do not have.
    """
    draws = posterior_draws(comparison.lineup)
    pairs, note = _pairs(comparison, draws, names)
    modes, mode = distinct_modes(comparison), _laplace_mode(comparison)
    divergent = _divergent(draws)
    styles = _styles(
        comparison, [*modes], ellipse=mode is not None, divergences=bool(divergent.any())
    )
    sheet = FigureSheet(len(pairs), [*styles.values()], canvas=canvas)
    for i, pair in enumerate(pairs):
        axes = sheet.panels[i]
        _draw_points(axes, draws, pair, divergent)
        if mode is not None:
            curve = ellipse(mode, pair, comparison.ci_prob)
            axes.plot(*curve, color=COLOURS["laplace"], linewidth=1.3)
        for kind, point in modes.items():
            _draw_mode(axes, point, pair, styles[kind])
        sheet.label_x(i, comparison.labels.get(pair[0], pair[0]))
        axes.set_ylabel(comparison.labels.get(pair[1], pair[1]), parse_math=False)
    sheet.note(note)
    return sheet.figure


def ellipse(mode: PointEstimate, pair: tuple[str, str], ci_prob: float) -> np.ndarray:
    """Return the ellipse of a normal distribution around a mode, (2, points).

    It is {x : (x - m)' S^-1 (x - m) = -2 log(1 - p)}, which holds probability p in two dimensions;
    S is the covariance on the declared scale. NaN where a parameter has none.

    Parameters
    ----------
    mode : PointEstimate
        The centre, with its covariance.
    pair : (str, str)
        Scalars in Stan's spelling.
    ci_prob : float
        Probability inside.
    """
    rows = [mode.layout.names.index(n) for n in pair]
    root = mode.root[rows]
    covariance = root @ root.T
    centre = mode.values[rows]
    if not np.isfinite(mode.spread[rows]).all() or np.linalg.matrix_rank(covariance) < _TWO:
        return np.full((2, _AROUND), np.nan)
    angle = np.linspace(0.0, 2 * np.pi, _AROUND)
    circle = np.sqrt(-2 * np.log1p(-ci_prob)) * np.stack([np.cos(angle), np.sin(angle)])
    return np.asarray(centre[:, None] + np.linalg.cholesky(covariance) @ circle)


def _laplace_mode(comparison: ComparisonResult) -> PointEstimate | None:
    """Return the mode that a Laplace approximation is centred on, or would be."""
    lineup = comparison.lineup
    centre = None if lineup.laplace is None else lineup.laplace.centre
    candidates = (centre, lineup.map_unconstrained, lineup.map_constrained)
    return next((p for p in candidates if p is not None and p.status.is_estimate), None)


def _pairs(
    comparison: ComparisonResult, draws: Posterior, names: str | Sequence[str] | None
) -> tuple[list[tuple[str, str]], str]:
    if names is not None:
        chosen = scalars_named(names, draws.layout.names, draws.labels)
        return [*itertools.combinations(dict.fromkeys(chosen), 2)], ""
    own = [n for n in map(str, comparison.to_frame().index) if varies(draws[n].ravel())]
    pairs = [*itertools.combinations(own, 2)]
    if len(pairs) <= _MOST_PANELS:
        return pairs, ""
    flat = np.stack([draws[n].ravel() for n in own])
    size = np.abs(np.corrcoef(flat))[np.triu_indices(len(own), 1)]
    order = np.argsort(-size, kind="stable")[:_MOST_PANELS]
    note = f"The figure shows {_MOST_PANELS} of {len(pairs)} pairs, the largest correlations first."
    return [pairs[i] for i in order], note


def _divergent(draws: Posterior) -> np.ndarray:
    if "divergent__" not in draws.method_names:
        return np.zeros(draws.draws.shape[:2], dtype=bool)
    return draws.method_column("divergent__") > 0


def _styles(
    comparison: ComparisonResult, modes: Sequence[str], *, ellipse: bool, divergences: bool
) -> dict[str, SeriesStyle]:
    percent = f"{100 * comparison.ci_prob:g} %"
    styles = {"draws": SeriesStyle(colour=COLOURS["posterior"], label="draw", marker=".", line="")}
    if divergences:
        styles["divergent"] = SeriesStyle(
            colour="black", label="divergent transition", marker="x", line=""
        )
    if ellipse:
        label = f"{percent} ellipse of the Laplace approximation"
        styles["laplace"] = SeriesStyle(colour=COLOURS["laplace"], label=label)
    for kind, style in estimate_styles(comparison).items():
        if kind in modes:
            title = style.label.partition(", ")[0]
            styles[kind] = SeriesStyle(
                colour=style.colour, label=title, marker=style.marker, line="", filled=style.filled
            )
    return styles


def _draw_points(
    axes: Axes, draws: Posterior, pair: tuple[str, str], divergent: np.ndarray
) -> None:
    x, y = (draws[n].ravel() for n in pair)
    some = np.linspace(0, x.size - 1, min(_MOST_POINTS, x.size)).astype(int)
    # pixels, not paths: thousands of points would make a vector figure slow to show
    axes.plot(
        x[some], y[some], ".", color=COLOURS["posterior"], markersize=2, alpha=0.35, rasterized=True
    )
    bad = divergent.ravel()
    axes.plot(x[bad], y[bad], "x", color="black", markersize=4, markeredgewidth=0.9, zorder=3)
    for values, limit in ((x, axes.set_xlim), (y, axes.set_ylim)):
        low, high = (float(q) for q in np.quantile(values, _TAILS))
        room = 0.05 * (high - low) or 0.5
        limit(low - room, high + room)


def _draw_mode(axes: Axes, point: PointEstimate, pair: tuple[str, str], style: SeriesStyle) -> None:
    if not all(n in point.layout.names for n in pair):
        return
    x, y = (float(point.values[point.layout.names.index(n)]) for n in pair)
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    inside = left <= x <= right and low <= y <= high
    axes.plot(
        float(np.clip(x, left, right)),
        float(np.clip(y, low, high)),
        # at the edge of the panel where the mode is further out
        marker=style.marker if inside else "*",
        markersize=5.5,
        color=style.colour,
        markerfacecolor=style.colour if style.filled else "white",
        clip_on=False,
        zorder=4,
        linestyle="",
    )
