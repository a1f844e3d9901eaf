"""Initial values of variables and of single scalars."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import bayeswrap as bw
from bayeswrap.errors import EstimandError, UnknownNameError

FRAME = pd.DataFrame({"dose": [0.5, 1, 2, 3], "age": [1.0, 0, 1, 1], "y": [0.4, 1.5, 1.9, 3.2]})
PROGRAM = bw.Program.from_string(
    "data { int N; int K; matrix[N, K] X; vector[N] y; }"
    "parameters { vector[K] beta; matrix<lower=0>[2, K] b; simplex[K] w; real<lower=0> sigma; }"
    "model { beta ~ normal(0, 1); to_vector(b) ~ exponential(1); sigma ~ exponential(1);"
    " y ~ normal(X * beta, sigma); }",
    name="line",
)


@pytest.fixture(scope="module")
def model() -> bw.Model:
    return bw.Model(PROGRAM, FRAME, X=["dose", "age"], engine="stanli")


def test_scalars_start_where_they_are_put_and_their_neighbours_at_the_centre(model):
    values = model.bound.initial_values({"beta[age]": 2, "b[1,2]": 3, "b[2,dose]": 4, "sigma": 5})

    np.testing.assert_array_equal(values["beta"], [0, 2])
    np.testing.assert_array_equal(values["b"], [[1, 3], [4, 1]])  # exp(0) = 1
    assert values["sigma"] == 5


def test_a_scalar_goes_into_the_variable_that_is_given(model):
    values = model.bound.initial_values({"beta[dose]": 7, "beta": [1, 2]})

    np.testing.assert_array_equal(values["beta"], [7, 2])


@pytest.mark.parametrize(
    ("name", "hint"),
    [("beta[ages]", "beta[age]"), ("sigm", "sigma"), ("b[3,age]", "b["), ("beta[3]", "beta[")],
)
def test_unknown_names_get_the_nearest_one(model, name, hint):
    with pytest.raises(UnknownNameError) as told:
        model.map(inits={name: 1}, seed=1)
    assert f"no parameter {name!r} in program 'line'; did you mean '{hint}" in str(told.value)


def test_elements_that_are_bound_to_each_other_are_refused(model):
    with pytest.raises(EstimandError, match="bound to each other"):
        model.map(inits={"w[age]": 0.5})
