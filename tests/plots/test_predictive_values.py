"""The numbers of predictive figures, by hand and by theory."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.plots.predictive_values import (
    calibration,
    frequencies,
    group_means,
    leave_one_out_pit,
    pit_bands,
)
from bayeswrap.verdicts.predictive_checks import Prediction


def test_expected_frequencies_are_the_mean_of_those_of_the_replications():
    rows = np.array([[0, 0, 2], [0, 1, 2], [2, 2, 2], [0, 0, 0]])
    bands = frequencies(np.array([0, 1, 1]), rows, rows)
    np.testing.assert_array_equal(bands.x, [0, 1, 2])
    np.testing.assert_array_equal(bands.observed, [1, 2, 0])
    np.testing.assert_allclose(bands.expected, [6 / 4, 1 / 4, 5 / 4])
    np.testing.assert_allclose(bands.upper[2], np.quantile([1, 1, 3, 0], 0.975))


def test_frequencies_of_a_poisson_are_those_of_its_mass_function():
    rows = np.random.default_rng(1).poisson(2.0, (4000, 50))
    bands = frequencies(rows[0], rows, rows)
    exact = 50 * np.exp(-2.0) * np.array([1, 2, 2, 4 / 3])
    # Monte Carlo error of a mean of 4000 binomial counts of 50
    error = np.sqrt(exact * (1 - exact / 50) / 4000)
    assert (np.abs(bands.expected[:4] - exact) < 4 * error).all()


def test_large_counts_are_gathered_in_bins_that_hold_all_data():
    observed = np.arange(0, 400, 4)
    rows = np.random.default_rng(1).integers(0, 400, (100, 100))
    bands = frequencies(observed, rows, rows)
    assert bands.x.size <= 40
    assert bands.step == 10
    assert bands.observed.sum() == 100


def test_calibration_is_isotonic_regression():
    # probabilities 1/4, 2/4, 3/4 and outcomes 1, 0, 1: the first two are pooled
    rows = np.array([[1, 1, 1], [0, 1, 1], [0, 0, 1], [0, 0, 0]], dtype=float)
    bands = calibration(np.array([1.0, 0.0, 1.0]), rows)
    np.testing.assert_allclose(bands.x, [0.25, 0.5, 0.75])
    np.testing.assert_allclose(bands.observed, [0.5, 0.5, 1.0])


def test_observations_of_one_probability_are_one_place_with_their_mean():
    rows = np.array([[1, 0, 1], [0, 1, 1]], dtype=float)
    bands = calibration(np.array([1.0, 0.0, 1.0]), rows)
    np.testing.assert_allclose(bands.x, [0.5, 1.0])
    np.testing.assert_allclose(bands.observed, [0.5, 1.0])


def test_a_right_model_lies_in_the_band_of_calibration():
    rng = np.random.default_rng(2)
    p = rng.uniform(0.1, 0.9, 300)
    rows = rng.binomial(1, p, (1000, 300)).astype(float)
    bands = calibration(rng.binomial(1, p).astype(float), rows)
    inside = (bands.observed >= bands.lower - 1e-9) & (bands.observed <= bands.upper + 1e-9)
    assert inside.mean() > 0.9
    wrong = calibration(rng.binomial(1, p**3).astype(float), rows)
    assert ((wrong.observed >= wrong.lower) & (wrong.observed <= wrong.upper)).mean() < 0.6


def test_the_pit_of_equal_weights_is_the_share_of_smaller_replications():
    rows = np.array([[1.0, 5.0], [2.0, 6.0], [3.0, 7.0], [4.0, 8.0]])
    pit = leave_one_out_pit(np.array([3.5, 4.0]), rows, np.zeros((4, 2)))
    np.testing.assert_allclose(pit, [0.75, 0.0])


def test_the_pit_weighs_the_draws():
    rows = np.array([[1.0], [3.0]])
    weights = np.log([[0.2], [0.8]])
    assert leave_one_out_pit(np.array([2.0]), rows, weights)[0] == pytest.approx(0.2)


def test_the_pit_of_a_tie_lies_within_its_step():
    rows = np.array([[0.0], [1.0], [1.0], [2.0]])
    assert 0.25 <= leave_one_out_pit(np.array([1.0]), rows, np.zeros((4, 1)))[0] <= 0.75


@pytest.mark.parametrize("n", [30, 400])
def test_the_band_of_a_uniform_pit_holds_with_its_probability(n):
    bands = pit_bands(np.linspace(0.01, 0.99, n))
    counts = np.random.default_rng(3).multinomial(n, np.full(60, 1 / 60), 2000).cumsum(axis=1)
    paths = counts[:, :-1] / n - bands.x
    inside = ((paths >= bands.lower - 1e-9) & (paths <= bands.upper + 1e-9)).all(axis=1)
    # the band rests on 1000 simulations, the check on 2000: errors of 0.007 and 0.005
    assert inside.mean() == pytest.approx(0.95, abs=0.03)


def test_means_of_groups_are_those_of_their_members():
    prediction = Prediction(
        name="y_rep",
        outcome="y",
        observed=np.array([1.0, 3.0, 10.0]),
        posterior=np.array([[0.0, 2.0, 8.0], [2.0, 4.0, 12.0]]),
        prior=None,
    )
    bands = group_means(prediction, np.array([1, 1, 2]), ("north", "south"))
    np.testing.assert_allclose(bands.observed, [2.0, 10.0])
    np.testing.assert_allclose(bands.expected, [2.0, 10.0])
    assert bands.names == ("north", "south")
