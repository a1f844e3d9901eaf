"""`plot_predictive`: the data and their predictive replications."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.errors import UsageError
from bayeswrap.plots.density_curve import density_curve, varies
from bayeswrap.plots.sheet import COLOURS, FigureSheet, SeriesStyle
from bayeswrap.verdicts.predictive_checks import predictions_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from bayeswrap.verdicts.comparison_result import ComparisonResult
    from bayeswrap.verdicts.predictive_checks import Prediction

__all__ = [
    "plot_predictive",
]


_OBSERVED = "#222222"
_CURVES = 50
_MOST_BARS = 25
_BINARY = 2
_TALLEST = 3.0  # how far above the data's density a panel reaches
_MOST_TICKS = 12
_TAILS = (0.005, 0.995)
_FEWEST = 20  # observations that make a density
_WIDEST = 3.0  # widths of the posterior predictive to each side that a panel may show
_NOTE_BEYOND = 0.01  # share of the replications that lie outside a panel


def plot_predictive(comparison: ComparisonResult) -> Figure:
    """Draw the data and their replications from the posterior, and from the prior if available.

    Fewer than twenty observations are drawn one by one, with the central 95 % of their
    replications. Whole numbers with few distinct values are drawn as bars in the same way.
    Everything else is drawn as densities of the data and of fifty replications.

    Parameters
    ----------
    comparison : ComparisonResult
        Of a program with generated quantities such as ``y_rep``, with draws of its posterior.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each outcome and distribution.

    Raises
    ------
    UsageError
        The program generates no replications of its data.
    """
    predictions = predictions_of(comparison.lineup)
    if not predictions:
        raise UsageError(
            "there are no replications of data to draw",
            where=comparison.record.program_name,
            do="generate them, such as array[N] real y_rep = normal_rng(mu, sigma)",
        )
    panels = [
        (p, kind, rows)
        for p in predictions
        for kind, rows in (("posterior", p.posterior), ("prior", p.prior))
        if rows is not None
    ]
    kinds = dict.fromkeys(kind for _, kind, _ in panels)
    styles = [SeriesStyle(colour=_OBSERVED, label="data", marker="o")]
    styles += [
        SeriesStyle(colour=COLOURS[k], label=f"replications from the {k}", patch=True)
        for k in kinds
    ]
    sheet = FigureSheet(len(panels), styles)
    for i, (prediction, kind, rows) in enumerate(panels):
        outside = _draw(sheet, i, prediction, rows, COLOURS[kind])
        note = f" ({100 * outside:.0f} % outside)" if outside > _NOTE_BEYOND else ""
        title = f"{kind} predictive{note}"
        sheet.panels[i].set_title(title, loc="left", fontsize=9)
    return sheet.figure


def _draw(
    sheet: FigureSheet, i: int, prediction: Prediction, rows: np.ndarray, colour: str
) -> float:
    """Draw one panel; return the share of the replications that lie outside it."""
    axes, outcome, observed = sheet.panels[i], prediction.outcome, prediction.observed
    values = _few_values(prediction)
    if observed.size < _FEWEST and (values is None or values.size > _BINARY):
        sheet.label_x(i, "observation")
        axes.set_ylabel(outcome, parse_math=False)
        window = _window(observed, _middle(prediction.posterior), _middle(rows))
        _draw_singles(axes, observed, rows, colour)
        axes.set_ylim(window)
        return _outside(_middle(rows), window)
    sheet.label_x(i, outcome)
    if values is not None:
        axes.set_ylabel("observations")
        _draw_bars(axes, values, observed, rows, colour)
        return _outside(rows, (values[0] - 0.5, values[-1] + 0.5))
    axes.set_ylabel("density")
    window = _window(observed, *(np.quantile(r, _TAILS) for r in (prediction.posterior, rows)))
    _draw_curves(axes, prediction, rows, colour, window)
    return _outside(rows, window)


def _middle(rows: np.ndarray) -> np.ndarray:
    """Return lower end, median and upper end of each observation's replications."""
    return np.asarray(np.quantile(rows, [0.025, 0.5, 0.975], axis=0))


def _outside(rows: np.ndarray, window: tuple[float, float]) -> float:
    return float(np.mean((rows < window[0]) | (rows > window[1])))


def _few_values(prediction: Prediction) -> np.ndarray | None:
    """Return the whole numbers that make the bars, or None where they are too many."""
    if not prediction.whole:
        return None
    low, high = (float(q) for q in np.quantile(prediction.posterior, _TAILS))
    low, high = min(low, prediction.observed.min()), max(high, prediction.observed.max())
    return np.arange(np.floor(low), high + 1) if high - low < _MOST_BARS else None


def _draw_bars(
    axes: Axes, values: np.ndarray, observed: np.ndarray, rows: np.ndarray, colour: str
) -> None:
    edges = np.append(values - 0.5, values[-1] + 0.5)
    counts = np.array([np.histogram(row, edges)[0] for row in rows])
    lower, median, upper = np.quantile(counts, [0.025, 0.5, 0.975], axis=0)
    axes.bar(values, median, width=0.8, color=colour, alpha=0.35, linewidth=0)
    axes.vlines(values, lower, upper, color=colour, linewidth=2)
    axes.plot(values, np.histogram(observed, edges)[0], "o", color=_OBSERVED, markersize=4)
    axes.set_ylim(bottom=0)
    axes.set_xlim(edges[0] - 0.2, edges[-1] + 0.2)
    axes.set_xticks(values[:: -(-values.size // _MOST_TICKS)])


def _draw_singles(axes: Axes, observed: np.ndarray, rows: np.ndarray, colour: str) -> None:
    x = np.arange(1, observed.size + 1)
    lower, median, upper = _middle(rows)
    axes.vlines(x, lower, upper, color=colour, linewidth=5, alpha=0.35)
    axes.plot(x, median, "_", color=colour, markersize=12)
    axes.plot(x, observed, "o", color=_OBSERVED, markersize=5)
    axes.set_xlim(0.4, observed.size + 0.6)
    axes.set_xticks(x[:: -(-x.size // _MOST_TICKS)])


def _draw_curves(
    axes: Axes,
    prediction: Prediction,
    rows: np.ndarray,
    colour: str,
    window: tuple[float, float],
) -> None:
    observed = prediction.observed
    # data and replications without a negative value: nothing is drawn below zero
    support = (0.0 if min(observed.min(), rows.min()) >= 0 else -np.inf, np.inf)
    sample = rows[np.linspace(0, len(rows) - 1, min(_CURVES, len(rows))).astype(int)]
    top = 0.0
    for row in (r for r in sample if varies(r)):
        x, density = density_curve(row, support, window)
        axes.plot(x, density, color=colour, linewidth=0.6, alpha=0.45)
    if varies(observed):
        x, density = density_curve(observed, support, window)
        axes.plot(x, density, color=_OBSERVED, linewidth=1.8)
        top = float(density.max())
    marks = np.full(observed.size, 0.015)
    across = axes.get_xaxis_transform()
    axes.plot(observed, marks, "|", color=_OBSERVED, markersize=5, transform=across)
    axes.set_xlim(window)
    highest = max(float(np.max(line.get_ydata())) for line in axes.lines[:-1]) if top else 1.0
    # a replication on nearly one value must not flatten the data
    axes.set_ylim(0.0, 1.05 * min(highest, _TALLEST * top) if top else None)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)


def _window(
    observed: np.ndarray, usual: np.ndarray, replications: np.ndarray
) -> tuple[float, float]:
    """Return a range that shows the replications, unless the data would be a spike in it.

    Parameters
    ----------
    observed : array
        The data, which are always inside.
    usual, replications : array
        Ends of the posterior predictive, and of the replications that are drawn.
    """
    first = min(float(usual.min()), float(observed.min()))
    last = max(float(usual.max()), float(observed.max()))
    room = _WIDEST * (last - first)
    low = min(first, max(float(replications.min()), first - room))
    high = max(last, min(float(replications.max()), last + room))
    margin = 0.03 * (high - low) or 0.5
    return low - margin, high + margin
