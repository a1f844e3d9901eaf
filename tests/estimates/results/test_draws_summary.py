"""Summaries of draws, against numpy and ArviZ."""

from __future__ import annotations

import arviz_stats
import numpy as np
import pandas as pd
import pytest

from bayeswrap.estimates.results.draws_summary import (
    constant_columns,
    draws_table,
    independent_draws_table,
)

DRAWS = np.random.default_rng(3).normal(size=(4, 100, 2)) * [1.0, 5.0] + [2.0, -1.0]
NAMES = ["a", "b"]


def test_independent_draws_have_the_error_of_a_plain_mean():
    table = independent_draws_table(DRAWS, NAMES)

    flat = pd.DataFrame(DRAWS.reshape(-1, 2), columns=NAMES)
    np.testing.assert_allclose(table["mean"], flat.mean(), rtol=1e-12)
    np.testing.assert_allclose(table["sd"], flat.std(), rtol=1e-12)
    np.testing.assert_allclose(table["median"], flat.median(), rtol=1e-12)
    np.testing.assert_allclose(table["mcse_mean"], flat.sem(), rtol=1e-12)


def test_both_tables_have_the_same_location_and_scale():
    shared = ["mean", "sd", "median"]

    pd.testing.assert_frame_equal(
        draws_table(DRAWS, NAMES)[shared], independent_draws_table(DRAWS, NAMES)[shared]
    )


@pytest.mark.parametrize(
    ("column", "function"),
    [("ess_bulk", arviz_stats.ess), ("r_hat", arviz_stats.rhat), ("mcse_mean", arviz_stats.mcse)],
)
def test_what_chains_say_is_arvizs(column, function):
    expected = [float(function(DRAWS[:, :, i])) for i in range(2)]

    np.testing.assert_allclose(draws_table(DRAWS, NAMES)[column], expected, rtol=1e-12)


def test_a_constant_scalar_has_nothing_to_converge():
    draws = np.concatenate([DRAWS, np.ones((4, 100, 1))], axis=-1)

    row = draws_table(draws, ["a", "b", "one"]).loc["one"]

    assert row["sd"] == 0
    assert row[["ess_bulk", "ess_tail", "r_hat"]].isna().all()


def test_rounding_is_no_variation():
    flat = np.array([[1.0, 1.0, 0.0], [1.0 + 2e-16, 1.0 + 1e-9, 0.0]])

    np.testing.assert_array_equal(constant_columns(flat), [True, False, True])


def test_only_some_scalars_are_diagnosed():
    draws = np.random.default_rng(1).normal(size=(4, 200, 3))
    which_one = np.array([False, True, False])

    whole, some = (draws_table(draws, ["a", "b", "c"], which) for which in (None, which_one))

    assert some.columns.tolist() == whole.columns.tolist()
    assert some[["mean", "sd", "median"]].equals(whole[["mean", "sd", "median"]])
    assert some.loc["b"].equals(whole.loc["b"])
    assert some.loc[["a", "c"], ["mcse_mean", "ess_bulk", "r_hat"]].isna().all(axis=None)
