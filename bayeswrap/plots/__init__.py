"""Figures: estimates against the posterior, chains against each other, and studies."""

from bayeswrap.plots.chains import plot_rank, plot_trace
from bayeswrap.plots.panels import plot_comparison
from bayeswrap.plots.studies import plot_study

__all__ = ["plot_comparison", "plot_rank", "plot_study", "plot_trace"]
