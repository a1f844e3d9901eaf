"""Densities of prior and posterior of each parameter."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bayeswrap.errors import UsageError
from bayeswrap.plots.predictive_panels import plot_predictive
from bayeswrap.plots.prior_posterior import plot_prior_posterior


def test_the_window_shows_the_prior_up_to_the_edge_of_the_support(counts):
    axes = plot_prior_posterior(counts).axes[0]
    low, high = axes.get_xlim()
    assert low == 0.0
    posterior = counts.lineup.posterior["rate"]
    # an exponential of mean 10 against a posterior near 4: the prior's tail is drawn, cut
    assert high > 2 * posterior.max()
    assert axes.get_xlabel() == "rate"


def test_both_densities_are_drawn_once_each(counts):
    figure = plot_prior_posterior(counts)
    assert [t.get_text() for t in figure.legends[0].get_texts()] == ["prior", "posterior"]
    areas = [np.trapezoid(line.get_ydata(), line.get_xdata()) for line in figure.axes[0].lines[:2]]
    assert areas[1] == pytest.approx(1, abs=0.02)
    assert areas[0] < 1


def test_a_prior_far_from_the_posterior_has_a_note(counts):
    prior = counts.lineup.prior
    moved = replace(prior, draws=prior.draws + 1e4)
    results = tuple(moved if r is prior else r for r in counts.results)
    lineup = replace(counts.lineup, results=results)
    axes = plot_prior_posterior(replace(counts, lineup=lineup)).axes[0]
    assert [t.get_text() for t in axes.texts] == ["100 % of the prior outside"]


def test_without_draws_of_the_prior_there_is_nothing_to_draw(counts_mode):
    with pytest.raises(UsageError, match="draws of both"):
        plot_prior_posterior(counts_mode)
    with pytest.raises(UsageError, match="no replications"):
        plot_predictive(counts_mode)
