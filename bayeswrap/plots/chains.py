"""`plot_rank` and `plot_trace`: whether the chains agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from bayeswrap.plots.density_curve import varies
from bayeswrap.plots.selection import scalars_named, worst_first
from bayeswrap.plots.sheet import CHAIN_COLOURS, DASHED, Canvas, FigureSheet, SeriesStyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from bayeswrap.estimates.posterior.draws import Posterior

__all__ = [
    "plot_rank",
    "plot_trace",
]


_BINS = 20
_ROW = 1.75  # a chain's row, in heights of the uniform expectation


def plot_rank(
    posterior: Posterior,
    names: str | Sequence[str] | None = None,
    canvas: Canvas | None = None,
) -> Figure:
    """Draw, for each chain, the ranks of its draws among the draws of all chains.

    Chains that agree have uniform ranks. The ranks of a chain that lies higher or lower than the
    others have a slope. Those of a chain with more spread are frequent at both ends.

    Parameters
    ----------
    posterior : Posterior
        Draws of several chains.
    names : sequence of str, optional
        Scalars or variables; by default the declared parameters, at most 24, those with the
        largest R-hat first.
    canvas : Canvas, optional
        Where it is drawn.

    Returns
    -------
    matplotlib.figure.Figure

    References
    ----------
    Vehtari, Gelman, Simpson, Carpenter & Bürkner, Bayesian Analysis 16 (2021) 667-718,
    doi:10.1214/20-BA1221, section 5.
    """
    names, note = _selection(posterior, names)
    styles = [
        SeriesStyle(colour=CHAIN_COLOURS[0], label="draws of one chain, by rank", patch=True),
        SeriesStyle(colour="#444444", label="expected where the chains agree", line=DASHED),
    ]
    sheet = FigureSheet(len(names), styles, plain=True, canvas=canvas)
    for i, name in enumerate(names):
        _draw_ranks(sheet.panels[i], _by_chain(posterior, name))
        sheet.label_x(i, f"rank of {posterior.labels.get(name, name)}")
        sheet.label_y(i, "chain")
    sheet.note(note)
    return sheet.figure


def plot_trace(
    posterior: Posterior,
    names: str | Sequence[str] | None = None,
    canvas: Canvas | None = None,
) -> Figure:
    """Draw each chain over its iterations; divergent transitions are ticks at the bottom.

    Parameters
    ----------
    posterior : Posterior
        Draws.
    names, canvas
        As for `plot_rank`.

    Returns
    -------
    matplotlib.figure.Figure
    """
    names, note = _selection(posterior, names)
    chains = posterior.draws.shape[0]
    styles = [SeriesStyle(colour=_colour(c), label=f"chain {c + 1}") for c in range(chains)]
    divergent = _divergent(posterior)
    if divergent.any():
        styles.append(
            SeriesStyle(colour="black", label="divergent transition", marker="|", line="")
        )
    sheet = FigureSheet(len(names), styles, canvas=canvas)
    for i, name in enumerate(names):
        _draw_trace(sheet.panels[i], _by_chain(posterior, name), divergent)
        sheet.label_x(i, "iteration after warmup")
        sheet.panels[i].set_ylabel(posterior.labels.get(name, name), parse_math=False)
    sheet.note(note)
    return sheet.figure


def _selection(posterior: Posterior, names: str | Sequence[str] | None) -> tuple[list[str], str]:
    if names is not None:
        return scalars_named(names, posterior.layout.names, posterior.labels), ""
    if not posterior.layout.parameters:
        return [], ""
    return worst_first(posterior.to_frame()["r_hat"])


def _by_chain(posterior: Posterior, name: str) -> np.ndarray:
    return np.asarray(posterior.draws[:, :, posterior.layout.names.index(name)])


def _colour(chain: int) -> str:
    return CHAIN_COLOURS[chain % len(CHAIN_COLOURS)]


def _divergent(posterior: Posterior) -> np.ndarray:
    if "divergent__" not in posterior.method_names:
        return np.zeros(posterior.draws.shape[:2], dtype=bool)
    return posterior.method_column("divergent__") > 0


def _draw_ranks(axes: Axes, draws: np.ndarray) -> None:
    chains, count = draws.shape
    axes.set_ylim(-0.1, _ROW * chains)
    axes.set_yticks([_ROW * c + 0.5 for c in range(chains)], [str(c + 1) for c in range(chains)])
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(0, draws.size)
    axes.spines["left"].set_visible(False)
    if not varies(draws):
        axes.text(0.5, 0.5, "the draws do not vary", transform=axes.transAxes, ha="center")
        return
    ranks = stats.rankdata(draws, method="average").reshape(draws.shape)
    edges = np.linspace(0.5, draws.size + 0.5, _BINS + 1)
    for c in range(chains):
        share = np.histogram(ranks[c], edges)[0] * _BINS / count
        base = _ROW * c
        axes.stairs(share + base, edges, baseline=base, fill=True, color=_colour(c), alpha=0.45)
        axes.plot([0, draws.size], [base + 1] * 2, color="#444444", linewidth=0.8, dashes=(4, 2))
        axes.plot([0, draws.size], [base] * 2, color="#444444", linewidth=0.5)


def _draw_trace(axes: Axes, draws: np.ndarray, divergent: np.ndarray) -> None:
    steps = np.arange(1, draws.shape[1] + 1)
    for c, chain in enumerate(draws):
        # pixels, not paths: thousands of vertices would make a vector figure slow to show
        axes.plot(steps, chain, color=_colour(c), linewidth=0.5, alpha=0.7, rasterized=True)
    iterations = steps[divergent.any(axis=0)]
    axes.plot(
        iterations,
        np.full(iterations.size, 0.02),
        "|",
        color="black",
        markersize=7,
        transform=axes.get_xaxis_transform(),
    )
    axes.set_xlim(1, max(draws.shape[1], 2))
