"""Ranks and traces of chains."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bayeswrap.plots.chains import plot_rank, plot_trace
from bayeswrap.plots.comparison_panels import plot_comparison
from bayeswrap.plots.selection import MOST_PANELS


def legend(figure):
    return [t.get_text() for t in figure.legends[0].get_texts()]


def drawn(figure):
    figure.canvas.draw()
    return figure


@pytest.fixture(scope="module")
def figure(full):
    return drawn(plot_comparison(full))


@pytest.mark.parametrize("plot", [plot_rank, plot_trace])
def test_chains_are_drawn_with_labels_and_legend(full, shapes, plot):
    posterior = full.lineup.posterior
    figure = drawn(plot(posterior))
    assert len(figure.axes) == 2
    assert all(a.get_xlabel() and len(figure.legends) == 1 for a in figure.axes)
    assert figure.axes[0].get_ylabel()
    assert len(plot(shapes("thirty parameters").lineup.posterior).axes) == MOST_PANELS
    drawn(plot(shapes("still").lineup.posterior))


def test_a_chain_that_lies_elsewhere_shows_in_its_ranks(full):
    posterior = full.lineup.posterior
    draws = posterior.draws.copy()
    draws[3] += 5.0
    (axes,) = plot_rank(replace(posterior, draws=draws), ["mu"]).axes
    values, _, base = axes.patches[3].get_data()
    share = values - base
    assert share[:10].max() == 0
    assert share[-5:].min() == pytest.approx(4.0, abs=0.1)


def test_divergent_transitions_are_ticks(full):
    posterior = full.lineup.posterior
    columns = posterior.method_draws.copy()
    columns[0, 9, 1] = 1.0
    figure = plot_trace(replace(posterior, method_draws=columns), ["mu"])
    assert legend(figure)[-1] == "divergent transition"
    assert list(figure.axes[0].lines[-1].get_xdata()) == [10]
