"""`plot_predictive`: the data and their predictive replications."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.errors import UsageError
from bayeswrap.estimates.problem.lookup import unknown_name
from bayeswrap.plots.density_curve import density_curve, varies
from bayeswrap.plots.outcome_types import OutcomeType, density_of, type_of_outcome
from bayeswrap.plots.predictive_values import (
    Bands,
    calibration,
    frequencies,
    group_means,
    grouping_variables,
    leave_one_out_pit,
    names_of_groups,
    pit_bands,
)
from bayeswrap.plots.sheet import COLOURS, DASHED, Canvas, FigureSheet, SeriesStyle
from bayeswrap.verdicts.predictive_checks import predictions_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from bayeswrap.verdicts.comparison_result import ComparisonResult
    from bayeswrap.verdicts.predictive_checks import Prediction

__all__ = [
    "no_replications",
    "plot_predictive",
]


_CURVES = 50
_GROUPINGS = 2  # variables whose groups have a panel
_NAMED_GROUPS = 12
_TALLEST = 3.0  # how far above the data's density a panel reaches
_MOST_TICKS = 12
_TAILS = (0.005, 0.995)
_FEWEST = 20  # observations that make a density
_WIDEST = 3.0  # widths of the posterior predictive to each side that a panel may show
_NOTE_BEYOND = 0.01  # share of the replications that lie outside a panel


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    """One panel: its title, how it is drawn, and whose colour it has."""

    title: str
    kind: str
    draw: Callable[[FigureSheet, int], None]


def plot_predictive(
    comparison: ComparisonResult,
    names: str | Sequence[str] | None = None,
    canvas: Canvas | None = None,
    *,
    predictions: Sequence[Prediction] | None = None,
    log_weights: np.ndarray | None = None,
) -> Figure:
    """Draw the data beside their replications, as the type of the outcome asks.

    Densities of a continuous outcome; a rootogram of counts; the calibration of a binary outcome,
    by isotonic regression; frequencies of ordered and other categories. Fewer than twenty
    observations are drawn one by one. Then the distribution of the leave-one-out PIT, which is
    uniform under the model, and the mean of each group where the data have groups.

    Parameters
    ----------
    comparison : ComparisonResult
        Of a program that generates replications such as ``y_rep``, or of a regression, with draws
        of its posterior.
    names : str or sequence of str, optional
        Outcomes, or the quantities that replicate them; all by default.
    canvas : Canvas, optional
        Where it is drawn.
    predictions : sequence of Prediction, optional
        What is drawn, where that is at hand.
    log_weights : (draws, observations) array, optional
        Of leaving each observation out, where they are at hand; without them no PIT is drawn.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each outcome, distribution and check.

    Raises
    ------
    UsageError
        The program generates no replications of its data.
    UnknownNameError
        A name that is no outcome.
    """
    if predictions is None:
        predictions = _named(predictions_of(comparison.lineup), names)
    if not predictions:
        raise no_replications(comparison)
    single = len(predictions) == 1
    views = [
        view
        for prediction in predictions
        for view in _views(comparison, prediction, log_weights if single else None)
    ]
    kinds = dict.fromkeys(view.kind for view in views)
    styles = [SeriesStyle(colour=COLOURS["data"], label="data", marker="o")]
    styles += [
        SeriesStyle(colour=COLOURS[k], label=f"replications from the {k}", patch=True)
        for k in kinds
    ]
    sheet = FigureSheet(len(views), styles, titled=True, canvas=canvas)
    for i, view in enumerate(views):
        view.draw(sheet, i)
        title = sheet.panels[i].get_title(loc="left")
        sheet.panels[i].set_title(view.title + title, loc="left", fontsize=9, parse_math=False)
    return sheet.figure


def no_replications(comparison: ComparisonResult) -> UsageError:
    """Return the error for a program that generates no replications of its data."""
    return UsageError(
        "there are no replications of data to draw",
        where=comparison.record.program_name,
        do="generate them, such as array[N] real y_rep = normal_rng(mu, sigma)",
    )


def _named(
    predictions: Sequence[Prediction],
    names: str | Sequence[str] | None,
) -> Sequence[Prediction]:
    if names is None:
        return predictions
    wanted = [names] if isinstance(names, str) else [*names]
    known = {name for p in predictions for name in (p.name, p.outcome)}
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise unknown_name(unknown[0], sorted(known), {}, what="outcome", where="to draw")
    return [p for p in predictions if p.name in wanted or p.outcome in wanted]


def _views(
    comparison: ComparisonResult, prediction: Prediction, log_weights: np.ndarray | None
) -> Iterator[_View]:
    draws = comparison.lineup.posterior
    problem = None if draws is None else draws.problem
    variable = prediction.variable or prediction.outcome
    density = "" if problem is None else density_of(variable, problem.program)
    kind = type_of_outcome(density, (prediction.observed, prediction.posterior))
    for of, rows in (("posterior", prediction.posterior), ("prior", prediction.prior)):
        if rows is not None:
            draw = functools.partial(_draw, prediction=prediction, kind=kind, of=of, rows=rows)
            yield _View(title=f"{of} predictive", kind=of, draw=draw)
    enough = prediction.observed.size >= _FEWEST
    if log_weights is not None and prediction.kept is not None:
        log_weights = log_weights[prediction.kept]
    fits = log_weights is not None and log_weights.shape == prediction.posterior.shape
    if log_weights is not None and fits and enough and kind is not OutcomeType.CATEGORICAL:
        pit = leave_one_out_pit(prediction.observed, prediction.posterior, log_weights)
        yield _View(
            title="leave-one-out PIT", kind="posterior", draw=functools.partial(_draw_pit, pit=pit)
        )
    if problem is None or kind is OutcomeType.CATEGORICAL:
        return
    for index, groups in [*grouping_variables(prediction, problem).items()][:_GROUPINGS]:
        bands = group_means(prediction, groups, names_of_groups(problem, index))
        name = problem.data.columns.get(index, index.removeprefix("level_"))
        draw = functools.partial(_draw_groups, bands=bands, name=name, kind=kind)
        yield _View(title=f"by {name}", kind="posterior", draw=draw)


def _draw(
    sheet: FigureSheet,
    i: int,
    *,
    prediction: Prediction,
    kind: OutcomeType,
    of: str,
    rows: np.ndarray,
) -> None:
    """Draw one distribution; where much of it lies outside the panel, the title says so."""
    axes, outcome, observed = sheet.panels[i], prediction.outcome, prediction.observed
    colour, enough = COLOURS[of], observed.size >= _FEWEST
    outside = 0.0
    if kind is OutcomeType.BINARY and enough and of == "posterior":
        _draw_calibration(sheet, i, calibration(observed, rows), outcome, colour)
    elif kind is OutcomeType.BINARY or (enough and kind is not OutcomeType.CONTINUOUS):
        bands = frequencies(observed, prediction.posterior, rows)
        _draw_bars(axes, bands, colour, root=kind is OutcomeType.COUNT)
        half = bands.step / 2
        outside = _outside(rows, (bands.x[0] - half, bands.x[-1] + half))
        sheet.label_x(i, outcome)
        _tick_bars(axes, bands)
    elif not enough:
        window = _window(observed, _middle(prediction.posterior), _middle(rows))
        _draw_singles(axes, observed, rows, colour)
        sheet.label_x(i, "observation")
        axes.set_ylabel(outcome, parse_math=False)
        axes.set_ylim(window)
        outside = _outside(_middle(rows), window)
    else:
        axes.set_ylabel("density")
        window = _window(observed, *(np.quantile(r, _TAILS) for r in (prediction.posterior, rows)))
        _draw_curves(axes, prediction, rows, colour, window)
        sheet.label_x(i, outcome)
        outside = _outside(rows, window)
    if outside > _NOTE_BEYOND:
        axes.set_title(f" ({100 * outside:.0f} % outside)", loc="left")


def _middle(rows: np.ndarray) -> np.ndarray:
    """Return lower end, median and upper end of each observation's replications."""
    return np.asarray(np.quantile(rows, [0.025, 0.5, 0.975], axis=0))


def _outside(rows: np.ndarray, window: tuple[float, float]) -> float:
    return float(np.mean((rows < window[0]) | (rows > window[1])))


def _draw_bars(axes: Axes, bands: Bands, colour: str, *, root: bool) -> None:
    """Draw expected and observed frequencies, on the scale of the square root for counts."""
    if root:
        # equal distances are equal evidence: the root of a count has about the same error anywhere
        axes.set_yscale("function", functions=(_root, np.square))
    axes.bar(bands.x, bands.expected, width=0.8 * bands.step, color=colour, alpha=0.35, linewidth=0)
    axes.vlines(bands.x, bands.lower, bands.upper, color=colour, linewidth=2)
    axes.plot(bands.x, bands.observed, "o", color=COLOURS["data"], markersize=4)
    highest = max(float(bands.upper.max()), float(bands.observed.max()))
    axes.set_ylim(0, 1.08 * highest)
    axes.set_ylabel("observations, root scale" if root else "observations")


def _root(x: np.ndarray) -> np.ndarray:
    return np.asarray(np.sqrt(np.maximum(x, 0.0)))


def _tick_bars(axes: Axes, bands: Bands) -> None:
    half = bands.step / 2
    axes.set_xlim(bands.x[0] - half - 0.2, bands.x[-1] + half + 0.2)
    ticks = bands.x[:: -(-bands.x.size // _MOST_TICKS)]
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])


def _draw_calibration(sheet: FigureSheet, i: int, bands: Bands, outcome: str, colour: str) -> None:
    """Draw observed frequency over predicted probability, as the steps of isotonic regression."""
    axes = sheet.panels[i]
    axes.fill_between(bands.x, bands.lower, bands.upper, color=colour, alpha=0.35, linewidth=0)
    axes.plot([0, 1], [0, 1], color=colour, linewidth=0.8, linestyle=DASHED)
    axes.plot(bands.x, bands.observed, color=COLOURS["data"], linewidth=1.6)
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(-0.02, 1.02)
    sheet.label_x(i, f"predicted probability of {outcome}")
    axes.set_ylabel("observed frequency")


def _draw_pit(sheet: FigureSheet, i: int, *, pit: np.ndarray) -> None:
    """Draw the distribution function of the PIT minus that of a uniform distribution."""
    axes, bands = sheet.panels[i], pit_bands(pit)
    axes.fill_between(
        bands.x, bands.lower, bands.upper, color=COLOURS["posterior"], alpha=0.35, linewidth=0
    )
    axes.plot(bands.x, bands.observed, color=COLOURS["data"], linewidth=1.6)
    axes.axhline(0.0, color=COLOURS["posterior"], linewidth=0.8, linestyle=DASHED)
    axes.set_xlim(0, 1)
    sheet.label_x(i, "PIT")
    axes.set_ylabel("ECDF minus uniform")


def _draw_groups(sheet: FigureSheet, i: int, *, bands: Bands, name: str, kind: OutcomeType) -> None:
    """Draw the mean of each group, in the order of the data's means where there are many."""
    axes, many = sheet.panels[i], bands.x.size > _NAMED_GROUPS
    order = np.argsort(bands.observed, kind="stable") if many else np.arange(bands.x.size)
    axes.vlines(
        bands.x,
        bands.lower[order],
        bands.upper[order],
        color=COLOURS["posterior"],
        alpha=0.35,
        linewidth=3 if many else 6,
    )
    axes.plot(
        bands.x, bands.observed[order], "o", color=COLOURS["data"], markersize=3 if many else 4.5
    )
    sheet.label_x(i, f"{name}, by mean" if many else name)
    axes.set_ylabel("share" if kind is OutcomeType.BINARY else "mean")
    axes.set_xticks([] if many else bands.x)
    if not many:
        axes.set_xticklabels(bands.names, parse_math=False)


def _draw_singles(axes: Axes, observed: np.ndarray, rows: np.ndarray, colour: str) -> None:
    x = np.arange(1, observed.size + 1)
    lower, median, upper = _middle(rows)
    axes.vlines(x, lower, upper, color=colour, linewidth=5, alpha=0.35)
    axes.plot(x, median, "_", color=colour, markersize=12)
    axes.plot(x, observed, "o", color=COLOURS["data"], markersize=5)
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
        axes.plot(x, density, color=COLOURS["data"], linewidth=1.8)
        top = float(density.max())
    marks = np.full(observed.size, 0.015)
    across = axes.get_xaxis_transform()
    axes.plot(observed, marks, "|", color=COLOURS["data"], markersize=5, transform=across)
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
