"""Further starts, until a higher maximum is improbable."""

from __future__ import annotations

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.estimates.results.status import Status

TWO_HILLS = (
    "parameters { real x; }"
    "model { target += log_mix({share}, normal_lpdf(x | -1, 0.2), normal_lpdf(x | 1.5, 0.2)); }"
)


@pytest.fixture(scope="module")
def lower_first():
    text = TWO_HILLS.replace("{share}", "0.3")
    return bw.Model(bw.Program.from_string(text, name="hills"), {}, engine="stanli")


def test_a_sample_has_one_maximum_that_all_starts_reach(gaussian):
    census = gaussian([4.2, 5.1, 3.8]).mle(seed=1).census

    assert census.is_unanimous
    assert (census.starts, census.modes[0].hits) == (15, 15)


@pytest.mark.parametrize("seed", range(1, 9))
def test_the_higher_of_two_maxima_is_the_estimate_for_every_seed(lower_first, seed):
    estimate = lower_first.map(seed=seed)

    assert estimate.status is Status.CONVERGED
    assert float(estimate["x"]) == pytest.approx(1.5, abs=1e-6)
    assert "starts reached the best mode" in str(estimate)


def test_a_seed_gives_the_same_answer_twice(lower_first):
    first, again = (lower_first.map(seed=3) for _ in range(2))

    np.testing.assert_array_equal(first.values, again.values)
    assert first.census.to_frame().equals(again.census.to_frame())


def test_initial_values_name_the_maximum_that_is_wanted(lower_first):
    estimate = lower_first.map(seed=1, inits={"x": -1.1})

    assert float(estimate["x"]) == pytest.approx(-1, abs=1e-6)
    assert estimate.census is None


def test_a_maximum_on_an_edge_is_reached_by_its_height():
    text = (
        "data { int n; array[n] int y; } parameters { real<lower=0> rate; }"
        "model { y ~ poisson(rate); }"
    )
    model = bw.Model(
        bw.Program.from_string(text, name="zeros"), {"n": 3, "y": [0, 0, 0]}, engine="stanli"
    )

    estimate = model.mle(seed=1)

    assert estimate.status is Status.BOUNDARY
    assert estimate.census.is_unanimous
