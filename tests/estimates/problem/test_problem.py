"""What a problem derives from its program, its weights and what is fixed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bayeswrap.estimates.problem.estimand import Estimator, Scale
from bayeswrap.program.weights.part_weights import PartWeights

CODE = (
    "data { int N; vector[N] y; } parameters { real mu; real<lower=0> sigma; unit_vector[2] u; }"
    "model { mu ~ normal(0, 1); sigma ~ exponential(1); y ~ normal(mu * u[1], sigma); }"
)


@pytest.fixture
def problem(model):
    return model(CODE, N=3, y=[1.0, 2.0, 4.0]).map(seed=1, require_converged=False).problem


def test_the_scale_decides_on_the_jacobian(problem):
    q = np.array([0.2, 0.3, 0.6, 0.8])
    weights = PartWeights()
    constrained = replace(problem, scale=Scale.CONSTRAINED, weights=weights)
    unconstrained = replace(problem, scale=Scale.UNCONSTRAINED, weights=weights)

    difference = unconstrained.objective(q)[0] - constrained.objective(q)[0]

    # log Jacobian of sigma = exp(q[1]), and of a direction from a vector of length 1
    assert difference == pytest.approx(0.3 - 0.5)
    assert (unconstrained.jacobian, constrained.jacobian) == (True, False)


def test_the_length_of_a_unit_vector_is_held_on_the_constrained_scale(problem):
    assert problem.spheres == ((2, 3),)
    assert problem.objective.spheres == ((2, 3),)
    assert replace(problem, scale=Scale.UNCONSTRAINED).objective.spheres == ()


def test_fixed_scalars_become_coordinates(problem):
    fixed = replace(problem, fixed={"sigma": 2.0, "u[1]": 0.6, "u[2]": 0.8})

    values = fixed.fixed_coordinates

    assert values == pytest.approx({1: np.log(2.0), 2: 0.6, 3: 0.8})
    assert problem.fixed_coordinates == {}


def test_a_value_on_the_edge_becomes_a_finite_coordinate(problem):
    assert replace(problem, fixed={"sigma": 0.0}).fixed_coordinates == {1: -60.0}


def test_coordinates_are_made_once(problem):
    assert replace(problem, seed=2).coordinates is problem.coordinates


@pytest.mark.parametrize(
    ("estimator", "weights", "recorded"),
    [
        (Estimator.MLE, PartWeights(prior=0, population=0), {}),
        (Estimator.MAP, PartWeights(), {}),
        (Estimator.MAP, PartWeights(prior=0.5), {"prior": 0.5}),
        (Estimator.MLE, PartWeights(prior=0, likelihood=2), {"likelihood": 2.0}),
    ],
)
def test_the_record_holds_weights_that_the_estimator_does_not_set(
    problem, estimator, weights, recorded
):
    record = replace(problem, estimator=estimator, weights=weights).record("m", {}, None, 0.0)

    assert record.weights == recorded


def test_the_record_keeps_plain_options(problem):
    record = problem.record("map", {"draws": 5, "array": np.zeros(2)}, None, 0.0)

    assert record.options == {"draws": 5}
    assert (record.method, record.seed) == ("map", problem.seed)


def test_the_record_names_the_outcome_with_its_observations(problem):
    record = problem.record("map", {}, None, 0.0)

    assert (dict(record.outcomes), record.data_file) == ({"y": 3}, "")
