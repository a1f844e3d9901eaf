"""Why a scalar has no standard error, and how many digits an ill-conditioned estimate keeps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.estimates.point_estimates.notes import _safe_digits
from bayeswrap.estimates.results.optimum import Optimum
from bayeswrap.estimates.results.status import Status


@pytest.fixture
def optimum():
    return Optimum(
        q=np.zeros(1),
        value=0.0,
        status=Status.CONVERGED,
        root=np.eye(1),
        decrement=0.0,
        condition=1.0,
    )


def test_digits_fall_with_the_root_of_the_condition_number(optimum):
    # rounding 2^-52 times sqrt(1e12) is 2.2e-10 standard errors
    ill = replace(optimum, condition=1e12)

    assert _safe_digits(ill, np.array([1.0]), np.array([1.0])) == 9
    assert _safe_digits(ill, np.array([1e-3]), np.array([1.0])) == 6


def test_without_a_standard_error_no_digit_is_safe(optimum):
    assert _safe_digits(optimum, np.array([1.0]), np.array([np.nan])) == 0


def test_a_random_and_a_whole_number_have_no_standard_error(gaussian):
    mle = gaussian([4.2, 5.1, 3.8, 6.0]).mle(seed=1)

    assert mle.notes == {
        "z": "random, one draw at the estimate",
        "k": "an integer, without standard error",
    }


def test_the_boundary_of_the_support(model):
    code = "data { real y; } parameters { real<lower=0> t; } transformed parameters"
    code += "{ real twice = 2 * t; } model { y ~ exponential(1); target += -t; }"

    mode = model(code, y=1.0).map(seed=1)

    assert mode.status is Status.BOUNDARY
    assert mode["t"] == 0
    assert mode.notes["t"].startswith("on the boundary of its support")
    assert mode.notes["twice"].startswith("a function of a parameter that has no standard error")


def test_what_is_held_and_what_follows_from_it(gaussian):
    mle = gaussian([4.2, 5.1, 3.8, 6.0]).mle(fixed={"sigma": 2.0}, seed=1)

    assert mle.notes["sigma"] == "fixed"
    assert mle.notes["variance"] == "a function of fixed parameters"
    assert "mu" not in mle.notes


def test_whole_numbers_of_one_random_variable_are_all_random():
    """By chance some of them come out the same with another seed."""
    code = (
        "data { real y; } parameters { real m; } model { y ~ normal(m, 1); }"
        "generated quantities { array[20] int r; int n = 3;"
        " for (i in 1:20) r[i] = bernoulli_rng(0.5); }"
    )
    estimate = bw.Model(bw.Program.from_string(code), {"y": 1.0}, engine="stanli").mle(seed=1)
    assert {v for k, v in estimate.notes.items() if k.startswith("r[")} == {
        "random, one draw at the estimate"
    }
    assert estimate.notes["n"] == "an integer, without standard error"
