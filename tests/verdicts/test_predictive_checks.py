"""Replications beside the data that they replicate."""

from __future__ import annotations

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.verdicts.predictive_checks import Prediction, predictions_of

CODE = """
data { int N; array[N] int k; array[N] int n; }
parameters { real<lower=0, upper=1> p; }
model { p ~ beta(2, 2); k ~ binomial(n, p); }
generated quantities {
  array[N] int k_rep = binomial_rng(n, p);
  array[N] real k_pred = to_array_1d(p * to_vector(n));
  int y_rep = binomial_rng(n[1], p);
}
"""
DATA = {"N": 3, "k": [3, 1, 4], "n": [9, 9, 9]}


@pytest.fixture(scope="module")
def found():
    model = bw.Model(bw.Program.from_string(CODE, name="t"), DATA, engine="stanli")
    draws = (model.sample(seed=1, iter_sampling=500), model.prior(seed=1))
    return predictions_of(bw.compare(*draws, starts=0).lineup)


def test_only_random_replications_of_the_shape_of_the_data_count(found):
    (only,) = found
    assert (only.name, only.outcome) == ("k_rep", "k")
    assert list(only.observed) == DATA["k"]
    assert only.posterior.shape == (2000, 3)
    assert only.prior.shape == (1000, 3)
    assert only.whole


def test_the_statistics_are_those_of_the_beta_binomial(found):
    row = found[0].statistics().loc["mean"]

    assert row["observed"] == pytest.approx(8 / 3)
    # 8 of 27 and beta(2, 2): the mean of nine trials is 9 * 10/31, near the data
    assert row["lower"] < 9 * 10 / 31 < row["upper"]
    assert 0.2 < row["tail"] < 0.8


def test_the_tail_counts_ties_half():
    same = Prediction(
        name="y_rep", outcome="y", observed=np.ones(4), posterior=np.ones((10, 4)), prior=None
    )

    assert same.statistics().loc["mean", "tail"] == 0.5


def test_binary_data_have_a_mean_alone():
    rng = np.random.default_rng(1)
    zeros_and_ones = Prediction(
        name="y_rep",
        outcome="y",
        observed=np.array([0.0, 1.0, 1.0]),
        posterior=rng.integers(0, 2, (50, 3)).astype(float),
        prior=None,
    )

    assert list(zeros_and_ones.statistics().index) == ["mean"]


def test_an_outcome_whose_replications_end_at_it_is_seen():
    beyond = Prediction(
        name="y_rep",
        outcome="y",
        observed=np.array([0.0, 1.0, 30.0]),
        posterior=np.random.default_rng(1).normal(0, 1, (400, 3)),
        prior=None,
    )

    assert beyond.statistics().loc["largest", "tail"] == 0.0


def test_points_alone_predict_nothing(made):
    assert predictions_of(bw.compare(made.map({"a": 0.0})).lineup) == ()
