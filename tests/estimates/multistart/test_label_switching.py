"""Two modes that are one with its labels permuted, and two that only look like it."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from bayeswrap.estimates.multistart.label_switching import is_relabelling

MIXTURE = """data { int N; vector[N] y; }
parameters { vector[2] mu; real<lower=0, upper=1> p; }
model { for (i in 1:N) target += log_mix(p, normal_lpdf(y[i] | mu[1], 1),
                                            normal_lpdf(y[i] | mu[2], 1)); }"""
Y = [-2.0, -1.5, -2.5, 3.0, 2.5]


@pytest.fixture(scope="module")
def problem(model):
    return model(MIXTURE, N=5, y=Y).mle(seed=1).problem


@pytest.fixture(scope="module")
def lopsided(model):
    """The second component is wider: the labels have a meaning."""
    wider = MIXTURE.replace("mu[2], 1)", "mu[2], 1.1)")
    return model(wider, N=5, y=Y).mle(seed=1).problem


MODE = np.array([-2.0, 2.75, 0.4])


def test_components_that_trade_places_with_their_weight(problem):
    assert is_relabelling(problem, MODE, np.array([2.75, -2.0, -0.4]))
    assert expit(0.4) == pytest.approx(1 - expit(-0.4))


def test_values_that_do_not_follow_the_labels_are_another_mode(problem):
    # the locations trade places, the weight stays
    assert not is_relabelling(problem, MODE, np.array([2.75, -2.0, 0.4]))
    assert not is_relabelling(problem, MODE, np.array([2.75, -2.1, -0.4]))


def test_a_mode_is_no_relabelling_of_itself(problem):
    assert not is_relabelling(problem, MODE, MODE)


def test_a_permutation_that_changes_the_density_elsewhere_is_none(lopsided):
    assert not is_relabelling(lopsided, MODE, np.array([2.75, -2.0, -0.4]))
