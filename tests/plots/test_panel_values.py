"""The numbers of a panel and the range of its axis."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bayeswrap.plots.comparison_panels import plot_comparison
from bayeswrap.plots.panel_values import panels_of


def drawn(figure):
    figure.canvas.draw()
    return figure


@pytest.fixture(scope="module")
def figure(full):
    return drawn(plot_comparison(full))


def test_the_window_is_that_of_the_posterior_not_of_an_estimate_far_out(shapes):
    comparison = shapes("far")
    (panel,) = panels_of(comparison, ["mu"])
    low, high = panel.window
    assert high - low < 3.2 * np.ptp(np.quantile(panel.draws, [0.001, 0.999]))
    (axes,) = plot_comparison(comparison, ["mu"]).axes
    assert "49.5" in [t.get_text() for t in axes.texts], "its value stands at the arrow"


def test_the_prior_does_not_widen_the_window(full):
    (panel,) = panels_of(full, ["mu"])
    assert panel.window == replace(panel, prior=np.empty(0)).window


def test_a_flat_prior_has_a_note(shapes):
    (panel,) = panels_of(shapes("no prior"), ["a"])
    assert panel.note == "flat prior"
    (other,) = panels_of(shapes("edge"), ["mu"])
    assert other.note == "prior not drawn"
