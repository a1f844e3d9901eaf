"""Results aligned by parameter; the two gaps kept apart."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr
from scipy.stats import wasserstein_distance

from bayeswrap.estimates.results.status import Status
from bayeswrap.verdicts.alignment import _distances_of, _masses_of, align, interval_overlap
from bayeswrap.verdicts.lineup import Lineup

ENDS = st.tuples(st.floats(-10, 10), st.floats(0.1, 10)).map(lambda p: (p[0], p[0] + p[1]))


def test_each_result_has_its_place(made):
    mle, mode, other = (
        made.mle({"a": 0.0}),
        made.map({"a": 0.0}),
        made.map_unconstrained({"a": 1.0}),
    )
    prior = made.posterior({"a": 0.0}, of_prior=True)
    posterior, laplace = made.posterior({"a": 0.0}), made.laplace(np.zeros(100))

    lineup = Lineup([prior, laplace, other, posterior, mode, mle])

    assert (lineup.mle, lineup.map_constrained, lineup.map_unconstrained) == (mle, mode, other)
    assert (lineup.prior, lineup.posterior, lineup.laplace) == (prior, posterior, laplace)
    assert lineup.map is mode
    assert lineup.points == (mle, mode, other)


def test_of_each_kind_the_first_counts(made):
    first, second = made.mle({"a": 0.0}), made.mle({"a": 1.0})

    assert Lineup([first, second]).mle is first


def test_a_mode_that_does_not_exist_gives_way_to_the_other_scale(made):
    lost = made.map({"a": 0.0}, status=Status.UNBOUNDED)
    other = made.map_unconstrained({"a": 1.0})

    assert Lineup([lost, other]).map is other
    assert Lineup([lost]).map is None


def test_gaps_and_their_units(made):
    lineup = Lineup(
        [
            made.mle({"a": 1.0}, 0.5),
            made.map({"a": 2.0}, 0.8),
            made.posterior({"a": 3.0}, 2.0),
        ]
    )

    row = align(lineup, ["a"], 0.95).loc["a"]

    assert row["prior_pull"] == pytest.approx((2 - 1) / 0.5)
    assert row["shape_gap_mean"] == pytest.approx((2 - 3) / 2)
    assert row["shape_gap_median"] == pytest.approx((2 - row["posterior_median"]) / 2)
    assert row["shape_gap_mcse"] == pytest.approx(row["posterior_mcse_mean"] / 2)
    assert row["se_sd_ratio"] == pytest.approx(0.8 / 2)
    assert row["se_sd_ratio_mcse"] == pytest.approx(row["posterior_mcse_sd"] / 2)


def test_the_pull_of_the_prior_is_measured_on_one_scale_only(made):
    lineup = Lineup([made.mle({"a": 1.0}), made.map_unconstrained({"a": 2.0})])

    assert "prior_pull" not in align(lineup, ["a"], 0.95)


def test_a_point_that_was_merely_reached_is_blank(made):
    lineup = Lineup([made.mle({"a": 37.0}, status=Status.AT_INFINITY), made.map({"a": 1.0})])

    table = align(lineup, ["a"], 0.95)

    assert table[["mle", "mle_se"]].isna().all().all()
    assert "prior_pull" not in table


def test_rows_that_one_result_lacks_are_blank(made):
    lineup = Lineup([made.map({"a": 0.0}), made.posterior({"a": 0.0, "g": 5.0}, derived=("g",))])

    table = align(lineup, ["a", "g"], 0.95)

    assert np.isnan(table.loc["g", "map_constrained"])
    assert table.loc["g", "posterior_mean"] == pytest.approx(5)
    assert table.loc["a", "shape_gap_mean"] == pytest.approx(0, abs=1e-12)


@given(ENDS, ENDS)
def test_overlap_is_a_share_and_symmetric(one, other):
    first, second = (np.array(e)[:, np.newaxis] for e in (one, other))

    share = interval_overlap(first, second)[0]

    assert 0 <= share <= 1
    assert share == interval_overlap(second, first)[0]
    assert interval_overlap(first, first)[0] == 1


def test_overlap_of_nothing():
    assert interval_overlap(np.array([[0.0], [1]]), np.array([[2.0], [3]]))[0] == 0
    assert np.isnan(interval_overlap(np.array([[np.nan], [1]]), np.array([[2.0], [3]]))[0])


def test_the_masses_beyond_an_interval_are_those_of_a_normal(made):
    lineup = Lineup([made.map({"a": 0.5}, 0.8), made.posterior({"a": 0.0}, draws=10_000)])

    row = align(lineup, ["a"], 0.5).loc["a"]  # whatever the coverage of the table

    error = 3 * 0.5 / np.sqrt(40_000)
    assert row["interval_below"] == pytest.approx(ndtr(0.5 - 1.96 * 0.8), abs=error)
    assert row["interval_above"] == pytest.approx(ndtr(-0.5 - 1.96 * 0.8), abs=error)
    assert row["estimate_below"] == pytest.approx(ndtr(0.5), abs=error)
    assert row["interval_ratio"] == pytest.approx(0.8, abs=4 * row["interval_ratio_mcse"])
    # each end: sqrt(p (1 - p) / n) over the density, here 2.67 sd / sqrt(n)
    assert row["interval_ratio_mcse"] == pytest.approx(
        np.sqrt(2) * 2.67 / np.sqrt(40_000) / 3.92, rel=0.25
    )


def test_rows_that_one_result_lacks_have_no_masses(made):
    lineup = Lineup([made.map({"a": 0.0}), made.posterior({"a": 0.0, "g": 5.0}, derived=("g",))])

    assert np.isnan(align(lineup, ["a", "g"], 0.95).loc["g", "interval_below"])


@pytest.mark.parametrize("sizes", [(400, 400), (400, 300)])
def test_many_derived_scalars_have_the_masses_and_distances_of_each_alone(sizes):
    rng = np.random.default_rng(1)
    one, other = (rng.normal(size=(n, 3)) ** 3 for n in sizes)
    one[5, 1] = np.nan
    intervals = np.array([[-1.0, 0.0, 1.0], [-1.0, 0.0, 1.0], [-8.0, np.nan, 8.0]])
    ess = np.array([300.0, 300.0, 300.0])

    masses = _masses_of(intervals, other, ess)
    distances = _distances_of(one, other)

    assert distances[[0, 2]] == pytest.approx(
        [wasserstein_distance(one[:, k], other[:, k]) for k in (0, 2)], rel=1e-12
    )
    assert np.isnan(distances[1])
    width = np.subtract(*np.quantile(other[:, 0], [0.975, 0.025]))
    error = np.sqrt(0.025 * 0.975 / 300)
    shifted = [
        np.subtract(*np.quantile(other[:, 0], [p + error / 2, p - error / 2]))
        for p in (0.025, 0.975)
    ]
    assert masses[0] == pytest.approx(
        [
            np.mean(other[:, 0] < -1),
            np.mean(other[:, 0] < 0),
            np.mean(other[:, 0] > 1),
            2 / width,
            np.hypot(*shifted) / width,
        ],
        rel=1e-12,
    )
    assert np.isfinite(masses[1]).all()
    assert np.isnan(masses[2]).all()


def test_draws_that_are_no_numbers_have_no_masses():
    draws = np.full((50, 1), 1.0)
    draws[3] = np.inf

    assert np.isnan(_masses_of(np.array([[0.0, 1.0, 2.0]]), draws, np.array([50.0]))).all()
