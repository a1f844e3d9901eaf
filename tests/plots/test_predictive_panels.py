"""The data and their predictive replications."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.plots import predictive_panels
from bayeswrap.plots.predictive_panels import plot_predictive
from bayeswrap.verdicts.predictive_checks import Prediction


@pytest.fixture
def replicated(monkeypatch):
    """Let a figure show replications made by hand."""

    def draw(comparison, observed, posterior, prior=None):
        found = Prediction(
            name="y_rep", outcome="y", observed=observed, posterior=posterior, prior=prior
        )
        monkeypatch.setattr(predictive_panels, "predictions_of", lambda _: (found,))
        figure = plot_predictive(comparison)
        figure.canvas.draw()
        return figure

    return draw


def test_counts_are_bars_that_meet_the_data(counts):
    figure = plot_predictive(counts)
    titles = [a.get_title(loc="left") for a in figure.axes]
    assert titles[0] == "posterior predictive"
    assert titles[1].startswith("prior predictive")
    dots = next(line for line in figure.axes[0].lines if line.get_marker() == "o")
    assert sum(dots.get_ydata()) == 24
    assert dots.get_ydata()[list(dots.get_xdata()).index(5)] == 6


def test_few_observations_are_drawn_one_by_one(counts, replicated):
    rng = np.random.default_rng(1)
    figure = replicated(counts, np.array([1.0, 40.0, 3.0]), rng.normal(0, 1, (500, 3)))
    (axes,) = figure.axes
    assert axes.get_xlabel() == "observation"
    dots = next(line for line in axes.lines if line.get_marker() == "o")
    np.testing.assert_array_equal(dots.get_ydata(), [1, 40, 3])
    assert axes.get_ylim()[1] > 40


def test_a_wild_prior_does_not_squeeze_the_data(counts, replicated):
    rng = np.random.default_rng(1)
    observed = rng.normal(0, 1, 100)
    posterior = rng.normal(0, 1, (400, 100))
    figure = replicated(counts, observed, posterior, 1e6 * rng.normal(0, 1, (400, 100)))
    after, before = figure.axes
    assert np.ptp(before.get_xlim()) < 10 * np.ptp(after.get_xlim())
    assert before.get_title(loc="left") == "prior predictive (100 % outside)"
    assert after.get_title(loc="left") == "posterior predictive"


def test_what_is_never_negative_is_not_drawn_below_zero(counts, replicated):
    rng = np.random.default_rng(1)
    figure = replicated(counts, rng.exponential(1, 60), rng.exponential(1, (300, 60)))
    curves = [line for line in figure.axes[0].lines if len(line.get_xdata()) > 60]
    assert min(float(np.min(c.get_xdata())) for c in curves) >= 0.0
