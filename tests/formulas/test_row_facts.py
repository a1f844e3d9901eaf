"""Trials, weights and censoring, row by row."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from bayeswrap.data.row_names import Rows
from bayeswrap.errors import DataError
from bayeswrap.formulas.row_facts import censored_codes, check_trials, check_upper, check_weights

ROWS = Rows()


def test_all_spellings_of_censoring_are_one() -> None:
    words = censored_codes(pd.Series(["none", "Right", "left", "interval"]), "c", ROWS)
    assert words.tolist() == [0, 1, -1, 2]
    assert censored_codes(pd.Series([0, 1, -1, 2.0]), "c", ROWS).tolist() == [0, 1, -1, 2]
    assert censored_codes(pd.Series([True, False]), "c", ROWS).tolist() == [1, 0]


def test_other_words_of_censoring_are_refused() -> None:
    with pytest.raises(DataError, match="did you mean 'right'"):
        censored_codes(pd.Series(["none", "rigt"]), "c", ROWS)
    with pytest.raises(DataError, match="row 2"):
        censored_codes(pd.Series([0, 3]), "c", ROWS)


def test_trials_are_whole_and_enough() -> None:
    check_trials(np.array([3.0, 0]), np.array([3, 0]), "n", ROWS)
    with pytest.raises(DataError, match="4 successes in 3 trials"):
        check_trials(np.array([3.0]), np.array([4]), "n", ROWS)
    with pytest.raises(DataError, match="value 2"):
        check_trials(np.array([2.5]), None, "n", ROWS)


def test_weights_are_not_negative_and_not_all_zero() -> None:
    check_weights(np.array([0.0, 1.5]), "w", ROWS)
    with pytest.raises(DataError, match="value -1"):
        check_weights(np.array([1.0, -1]), "w", ROWS)
    with pytest.raises(DataError, match="all weights"):
        check_weights(np.zeros(2), "w", ROWS)


def test_intervals_have_an_upper_end_above() -> None:
    censored, values = np.array([0, 2]), np.array([1.0, 2])
    check_upper(censored, values, np.array([np.nan, 3]), ROWS)
    check_upper(np.array([0, 1]), values, None, ROWS)
    with pytest.raises(DataError, match="need an upper end"):
        check_upper(censored, values, None, ROWS)
    with pytest.raises(DataError, match="is empty"):
        check_upper(censored, values, np.array([3.0, 2]), ROWS)
    with pytest.raises(DataError, match="missing"):
        check_upper(censored, values, np.array([3.0, np.nan]), ROWS)
