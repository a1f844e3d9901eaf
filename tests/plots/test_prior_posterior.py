"""Prior against posterior, and the data among replications of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.errors import UsageError
from bayeswrap.plots import predictive_panels
from bayeswrap.plots.predictive_panels import plot_predictive
from bayeswrap.plots.prior_posterior import plot_prior_posterior
from bayeswrap.verdicts.predictive_checks import Prediction

CODE = """
data { int N; array[N] int k; }
parameters { real<lower=0> rate; }
model { rate ~ exponential(0.1); k ~ poisson(rate); }
generated quantities { array[N] int k_rep = poisson_rng(rep_vector(rate, N)); }
"""
DATA = {"N": 24, "k": [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8] * 2}


@pytest.fixture(scope="module")
def comparison():
    model = bw.Model(bw.Program.from_string(CODE, name="counts"), DATA, engine="stanli")
    return bw.compare(model.sample(seed=1), model.prior(seed=1), starts=0)


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


def test_the_window_shows_the_prior_up_to_the_edge_of_the_support(comparison):
    axes = plot_prior_posterior(comparison).axes[0]
    low, high = axes.get_xlim()
    assert low == 0.0
    posterior = comparison.lineup.posterior["rate"]
    # an exponential of mean 10 against a posterior near 4: the prior's tail is drawn, cut
    assert high > 2 * posterior.max()
    assert axes.get_xlabel() == "rate"


def test_both_densities_are_drawn_once_each(comparison):
    figure = plot_prior_posterior(comparison)
    assert [t.get_text() for t in figure.legends[0].get_texts()] == ["prior", "posterior"]
    areas = [np.trapezoid(line.get_ydata(), line.get_xdata()) for line in figure.axes[0].lines[:2]]
    assert areas[1] == pytest.approx(1, abs=0.02)
    assert areas[0] < 1


def test_a_prior_far_from_the_posterior_has_a_note(comparison):
    prior = comparison.lineup.prior
    moved = replace(prior, draws=prior.draws + 1e4)
    results = [moved if r is prior else r for r in comparison.results]
    axes = plot_prior_posterior(replace(comparison, results=tuple(results))).axes[0]
    assert [t.get_text() for t in axes.texts] == ["100 % of the prior outside"]


def test_without_draws_of_the_prior_there_is_nothing_to_draw(shapes_of_points):
    with pytest.raises(UsageError, match="draws of both"):
        plot_prior_posterior(shapes_of_points)
    with pytest.raises(UsageError, match="no replications"):
        plot_predictive(shapes_of_points)


@pytest.fixture(scope="module")
def shapes_of_points():
    model = bw.Model(bw.Program.from_string(CODE, name="counts"), DATA, engine="stanli")
    return bw.compare(model.map(seed=1), starts=0)


def test_counts_are_bars_that_meet_the_data(comparison):
    figure = plot_predictive(comparison)
    titles = [a.get_title(loc="left") for a in figure.axes]
    assert titles[0] == "posterior predictive"
    assert titles[1].startswith("prior predictive")
    dots = next(line for line in figure.axes[0].lines if line.get_marker() == "o")
    assert sum(dots.get_ydata()) == 24
    assert dots.get_ydata()[list(dots.get_xdata()).index(5)] == 6


def test_few_observations_are_drawn_one_by_one(comparison, replicated):
    rng = np.random.default_rng(1)
    figure = replicated(comparison, np.array([1.0, 40.0, 3.0]), rng.normal(0, 1, (500, 3)))
    (axes,) = figure.axes
    assert axes.get_xlabel() == "observation"
    dots = next(line for line in axes.lines if line.get_marker() == "o")
    np.testing.assert_array_equal(dots.get_ydata(), [1, 40, 3])
    assert axes.get_ylim()[1] > 40


def test_a_wild_prior_does_not_squeeze_the_data(comparison, replicated):
    rng = np.random.default_rng(1)
    observed = rng.normal(0, 1, 100)
    posterior = rng.normal(0, 1, (400, 100))
    figure = replicated(comparison, observed, posterior, 1e6 * rng.normal(0, 1, (400, 100)))
    after, before = figure.axes
    assert np.ptp(before.get_xlim()) < 10 * np.ptp(after.get_xlim())
    assert before.get_title(loc="left") == "prior predictive (100 % outside)"
    assert after.get_title(loc="left") == "posterior predictive"


def test_what_is_never_negative_is_not_drawn_below_zero(comparison, replicated):
    rng = np.random.default_rng(1)
    figure = replicated(comparison, rng.exponential(1, 60), rng.exponential(1, (300, 60)))
    curves = [line for line in figure.axes[0].lines if len(line.get_xdata()) > 60]
    assert min(float(np.min(c.get_xdata())) for c in curves) >= 0.0
