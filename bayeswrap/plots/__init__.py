"""Figures: estimates against the posterior, and the chains against each other."""

from bayeswrap.plots.chains import plot_rank, plot_trace
from bayeswrap.plots.panels import plot_comparison

__all__ = ["plot_comparison", "plot_rank", "plot_trace"]
