"""The delta method through a program's own transforms."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.estimates.inference.delta_method import delta_root, random_elements
from bayeswrap.estimates.problem.coordinates import Coordinates

CODE = (
    "parameters { real a; real<lower=1> b; real<upper=2> c; real<lower=0, upper=1> p;"
    "ordered[3] o; }"
    "transformed parameters { real s = a + b; real t = p * c; }"
    "model { a ~ normal(0, 1); b ~ normal(0, 1); c ~ normal(0, 1); p ~ beta(2, 2);"
    "o ~ normal(0, 1); }"
    "generated quantities { real z = normal_rng(0, 1); }"
)
Q = np.array([0.3, 0.2, -0.4, 0.7, -1.0, 0.1, 0.2])


@pytest.fixture
def parts(model):
    made = model(CODE)
    return made.program, made.density.transforms


def test_transforms_by_coordinate(parts):
    program, density = parts

    assert Coordinates(program, density).kinds == (
        *("Identity", "Lower", "Upper", "LowerUpper"),
        *("Identity", "PositiveOrdered", "PositiveOrdered"),
    )


def test_jacobian_against_closed_forms(parts):
    program, density = parts
    names = density.names(derived=True)

    root = delta_root(program, density, Q, np.eye(7), names)

    row = dict(zip(names, root, strict=True))
    logistic = 1 / (1 + np.exp(-0.7))
    slope, upper = logistic * (1 - logistic), 2 - np.exp(-0.4)
    exact = {
        "a": [1, 0, 0, 0, 0, 0, 0],
        "b": [0, np.exp(0.2), 0, 0, 0, 0, 0],
        "c": [0, 0, -np.exp(-0.4), 0, 0, 0, 0],
        "p": [0, 0, 0, slope, 0, 0, 0],
        "o[1]": [0, 0, 0, 0, 1, 0, 0],
        "o[3]": [0, 0, 0, 0, 1, np.exp(0.1), np.exp(0.2)],
        "s": [1, np.exp(0.2), 0, 0, 0, 0, 0],
        "t": [0, 0, -np.exp(-0.4) * logistic, slope * upper, 0, 0, 0],
        "z": [0] * 7,
    }
    for name, expected in exact.items():
        np.testing.assert_allclose(row[name], expected, atol=1e-10, err_msg=name)


def test_random_elements_are_found(parts):
    _, density = parts

    found = dict(zip(density.names(derived=True), random_elements(density, Q), strict=True))

    assert [n for n, is_random in found.items() if is_random] == ["z"]
