"""The figures of a report, each with a caption and a text that stands for it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bayeswrap.plots.chains import plot_rank
from bayeswrap.plots.comparison_panels import plot_comparison
from bayeswrap.plots.predictive_panels import plot_predictive
from bayeswrap.plots.prior_posterior import plot_prior_posterior
from bayeswrap.plots.sheet import figure_image
from bayeswrap.report.document.parts import Picture
from bayeswrap.thresholds import R_HAT_MAX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.estimates.posterior.draws import Posterior
    from bayeswrap.report.sections.assessment import Assessment
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "density_figures",
    "predictive_figures",
    "prior_figures",
    "rank_figures",
]


_PANELS = 6
# by a word in the titles of the panels: what a reader looks for
_PREDICTIVE = {
    "predictive": "Bars and lines are means and central 95 % intervals of the replications, curves "
    "are densities of fifty replications. Of a binary outcome the line is the observed frequency "
    "at each predicted probability, by isotonic regression, and the band holds that of the "
    "replications.",
    "PIT": "The leave-one-out PIT of a good fit is uniform: its line stays within the band, which "
    "holds the whole line with probability 0.95.",
    "by ": "By group: the mean of the data, and the central 95 % of the means of the replications.",
}


def density_figures(comparison: ComparisonResult, flagged: Sequence[str]) -> tuple[Picture, ...]:
    """Return estimates over the posterior for a few flagged parameters, or the widest gaps.

    Parameters
    ----------
    comparison : ComparisonResult
        The estimates.
    flagged : sequence of str
        The scalars that a check names.
    """
    frame = comparison.to_frame()
    if not len(frame):
        return ()
    size = frame["shape_gap_mean"].abs() if "shape_gap_mean" in frame else None
    rest = frame.index if size is None else size.sort_values(ascending=False, kind="stable").index
    names = [*dict.fromkeys([*flagged, *map(str, rest)])][:_PANELS]
    return (_comparison_figure(comparison, names, len(frame)),)


def rank_figures(comparison: ComparisonResult) -> tuple[Picture, ...]:
    """Return the ranks of the chains for parameters whose chains disagree; nothing without any."""
    posterior, frame = comparison.lineup.posterior, comparison.to_frame()
    if posterior is None or "r_hat" not in frame:
        return ()
    high = frame["r_hat"][frame["r_hat"] > R_HAT_MAX.value]
    names = [str(n) for n in high.sort_values(ascending=False, kind="stable").index[:_PANELS]]
    return (_rank_figure(posterior, names),) if names else ()


def _comparison_figure(comparison: ComparisonResult, names: list[str], count: int) -> Picture:
    few = f" The figure shows {len(names)} of {count} parameters." if len(names) < count else ""
    return Picture(
        image=partial(figure_image, plot_comparison(comparison, names)),
        alt="Posterior and prior density of each parameter, and below them the point estimates "
        "with their intervals. The numbers are in the tables above.",
        caption="Posterior density of each parameter, with the estimates below it. A marker with "
        "a line is an estimate with its interval. An arrow at the edge is an estimate that lies "
        "outside the figure." + few,
    )


def _rank_figure(posterior: Posterior, names: list[str]) -> Picture:
    return Picture(
        image=partial(figure_image, plot_rank(posterior, names)),
        alt="Histograms of the ranks of each chain's draws, one row a chain. They are flat where "
        "the chains agree. R-hat of each parameter is in the table above.",
        caption="Rank plots (Vehtari et al. 2021). Where the chains agree, every bar reaches the "
        "dashed line up to Monte Carlo error.",
    )


def prior_figures(comparison: ComparisonResult) -> tuple[Picture, ...]:
    """Return prior and posterior of each parameter, or nothing without draws of both."""
    lineup = comparison.lineup
    if lineup.prior is None or lineup.posterior is None or not len(comparison.to_frame()):
        return ()
    return (
        Picture(
            image=partial(figure_image, plot_prior_posterior(comparison)),
            alt="Densities of the draws of prior and posterior, a panel for each parameter.",
            caption="Prior (grey) and posterior (blue) of each parameter. Where the two are the "
            "same, the data hold no information about the parameter.",
        ),
    )


def predictive_figures(comparison: ComparisonResult, assessment: Assessment) -> tuple[Picture, ...]:
    """Return data and their replications as the type of the outcome asks, from what is at hand.

    Parameters
    ----------
    comparison : ComparisonResult
        With draws of the posterior.
    assessment : Assessment
        Its predictions, and the weights of leave-one-out cross-validation.
    """
    weights = None if assessment.loo is None else assessment.loo.log_weights
    figure = plot_predictive(comparison, predictions=assessment.predictions, log_weights=weights)
    titles = " ".join(axes.get_title(loc="left") for axes in figure.axes)
    captions = [text for word, text in _PREDICTIVE.items() if word in titles]
    return (
        Picture(
            image=partial(figure_image, figure),
            alt="Data and replications from the posterior predictive distribution, and from the "
            "prior predictive distribution where there are draws of it. Statistics are in the "
            "table above.",
            caption=" ".join(
                ["Data (dots, or a thick line) and predictive replications.", *captions]
            ),
        ),
    )
