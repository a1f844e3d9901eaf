"""Replications of a regression: of the outcome's distribution, and on the page without a y_rep."""

from __future__ import annotations

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.predictions.simulated_outcomes import replications
from bayeswrap.verdicts.predictive_checks import predictions_of

X = np.linspace(-1, 1, 40)
DATA = {"y": np.random.default_rng(1).poisson(np.exp(0.5 + X)), "x": X, "g": [*"abcd"] * 10}


@pytest.fixture(scope="module")
def fit():
    model = bw.glm("y ~ x + (1 | g)", DATA, family="poisson", engine="stanli")
    draws = model.sample(seed=1, chains=2, show_progress=False)
    return model, bw.compare(draws, starts=0)


def test_their_mean_is_the_expected_outcome(fit):
    model, comparison = fit
    draws = comparison.lineup.posterior
    flat = draws.draws.reshape(-1, draws.draws.shape[-1])
    rows = replications(model.regression, draws.layout, flat)
    assert rows.shape == (len(flat), 40)
    values = draws.layout.split(flat)
    effects = values["r_g"][:, np.tile(np.arange(4), 10)]
    mean = np.exp(values["alpha"][:, None] + values["beta"] * X + effects).mean(axis=0)
    assert np.abs(rows.mean(axis=0) / mean - 1).max() < 5 / np.sqrt(mean.min() * len(flat))


def test_a_regression_is_checked_by_type_pit_and_group(fit):
    _, comparison = fit
    (prediction,) = predictions_of(comparison.lineup)
    assert prediction.outcome == "y"
    np.testing.assert_array_equal(prediction.observed, DATA["y"])
    assert len(prediction.posterior) == prediction.kept.size <= 1000
    figure = comparison.plot("predictive")
    titles = [a.get_title(loc="left") for a in figure.axes]
    assert titles == ["posterior predictive", "leave-one-out PIT", "by g"]
    assert [t.get_text() for t in figure.axes[2].get_xticklabels()] == [*"abcd"]


def test_an_ordered_outcome_is_no_group_of_its_own():
    data = {"grade": [1, 2, 3] * 10, "x": list(range(30))}
    model = bw.glm("grade ~ x", data, family="cumulative", engine="stanli")
    draws = model.sample(seed=1, chains=2, show_progress=False)
    figure = bw.compare(draws, starts=0).plot("predictive")
    titles = [a.get_title(loc="left") for a in figure.axes]
    assert titles == ["posterior predictive", "leave-one-out PIT"]
    assert figure.axes[0].get_yscale() == "linear"
    dots = next(line for line in figure.axes[0].lines if line.get_marker() == "o")
    np.testing.assert_array_equal(dots.get_ydata(), [10, 10, 10])


def test_censored_outcomes_are_not_replicated(fit):
    times = {"t": [1.0, 2.0, 3.0, 4.0], "c": [0, 1, 0, 0], "x": [0.0, 1.0, 0.0, 1.0]}
    model = bw.glm("t | cens(c) ~ x", times, family="weibull", engine="stanli")
    _, comparison = fit
    draws = comparison.lineup.posterior
    assert replications(model.regression, draws.layout, draws.draws[0, :1]) is None
