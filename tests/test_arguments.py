"""Checks of arguments: what is accepted, and what the error names."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.arguments import at_least, check_ci_prob, check_seed, one_of
from bayeswrap.errors import UsageError


def test_a_value_among_the_allowed_passes() -> None:
    assert one_of("b", ("a", "b"), "engine") is None


def test_a_value_outside_names_argument_value_and_choices() -> None:
    with pytest.raises(UsageError) as caught:
        one_of("c", ("a", "b"), "engine")
    message = str(caught.value)
    assert all(part in message for part in ("engine", "'c'", "'a', 'b'"))


@pytest.mark.parametrize("value", [3, np.int64(3), 4])
def test_whole_numbers_from_the_smallest_on_pass(value: object) -> None:
    assert at_least("chains", value, 3) is None


@pytest.mark.parametrize("value", [2, True, 3.0, "3", None, np.nan])
def test_other_counts_are_refused(value: object) -> None:
    with pytest.raises(UsageError, match="chains is a count"):
        at_least("chains", value, 3)


@pytest.mark.parametrize("seed", [None, 0, 7, np.int64(3), 2**32 - 1])
def test_seeds_of_stan_pass(seed: object) -> None:
    assert check_seed(seed) is None


@pytest.mark.parametrize("seed", [-1, 2**32, 1.5, True, "1"])
def test_other_seeds_are_refused(seed: object) -> None:
    with pytest.raises(UsageError, match="a whole number from 0 to 4294967295"):
        check_seed(seed)


@pytest.mark.parametrize("value", [0.5, np.float32(0.25)])
def test_a_probability_comes_back_as_a_float(value: float) -> None:
    assert type(check_ci_prob(value)) is float


@pytest.mark.parametrize("value", [0, 1, 95, -0.1, np.nan])
def test_what_is_no_probability_is_refused(value: float) -> None:
    with pytest.raises(UsageError, match="ci_prob="):
        check_ci_prob(value)
