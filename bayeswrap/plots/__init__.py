"""Figures: estimates, prior and data against the posterior; chains; studies."""

from bayeswrap.plots.chains import plot_rank, plot_trace
from bayeswrap.plots.learning import plot_prior_posterior
from bayeswrap.plots.panels import plot_comparison
from bayeswrap.plots.predictive import plot_predictive
from bayeswrap.plots.studies import plot_study

__all__ = [
    "plot_comparison",
    "plot_predictive",
    "plot_prior_posterior",
    "plot_rank",
    "plot_study",
    "plot_trace",
]
