"""`plot_energy`: whether the sampler's momentum reaches all energies of the posterior."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.results.draws_summary import arviz_functions
from bayeswrap.plots.density_curve import density_curve, varies
from bayeswrap.plots.sheet import COLOURS, DASHED, Canvas, FigureSheet, SeriesStyle
from bayeswrap.verdicts.arviz_container import posterior_draws

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "plot_energy",
]


_LINE = (-np.inf, np.inf)
_TAILS = (0.001, 0.999)


def plot_energy(
    comparison: ComparisonResult, names: None = None, canvas: Canvas | None = None
) -> Figure:
    """Draw the energies of the draws, and their changes from draw to draw.

    Where the changes are much narrower, the chains move slowly through the tails. E-BFMI is the
    ratio of the two variances, by chain.

    Parameters
    ----------
    comparison : ComparisonResult
        With draws of the posterior by NUTS.
    names : None
        The energy belongs to all parameters together.
    canvas : Canvas, optional
        Where it is drawn.

    Returns
    -------
    matplotlib.figure.Figure

    References
    ----------
    Betancourt (2016), arXiv:1604.00695.
    """
    del names
    energy = posterior_draws(comparison.lineup).method_column("energy__")
    centred, steps = energy - energy.mean(), np.diff(energy, axis=1)
    kinds = (
        ("energy of the draws", centred.ravel(), COLOURS["posterior"], "-"),
        ("change from draw to draw", steps.ravel(), COLOURS["data"], DASHED),
    )
    styles = [SeriesStyle(colour=c, label=label, line=line) for label, _, c, line in kinds]
    sheet = FigureSheet(1, styles, canvas=canvas)
    axes = sheet.panels[0]
    ends = np.quantile(np.concatenate([centred.ravel(), steps.ravel()]), _TAILS)
    window = (float(ends[0]), float(ends[1]))
    for _, values, colour, line in kinds:
        if varies(values):
            x, density = density_curve(values, _LINE, window)
            axes.plot(x, density, color=colour, linewidth=1.5, linestyle=line)
            axes.fill_between(x, density, color=colour, alpha=0.18, linewidth=0)
    axes.set_ylim(bottom=0)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    sheet.label_x(0, "energy from its mean (nats)")
    sheet.label_y(0, "density")
    by_chain = ", ".join(f"{v:.2f}" for v in np.ravel(arviz_functions().bfmi(energy)))
    sheet.note(f"E-BFMI by chain: {by_chain}.")
    return sheet.figure
