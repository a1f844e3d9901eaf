"""The density of any part of a program, with and without Jacobian."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

import bayeswrap as bw
from bayeswrap.program.weights.part_weights import PartWeights

CODE = (
    "data { int n; int y; } parameters { real<lower=0, upper=1> p; }"
    "model { p ~ beta(2, 3); y ~ binomial(n, p); }"
)


@pytest.fixture
def coin(model):
    return model(CODE, n=10, y=7)


def test_parts_with_all_constants(coin):
    q = np.array([0.4])
    p = 1 / (1 + np.exp(-0.4))

    log_parts = coin.density.log_parts(q)

    assert log_parts["likelihood"] == pytest.approx(stats.binom.logpmf(7, 10, p))
    assert log_parts["prior"] == pytest.approx(stats.beta.logpdf(p, 2, 3))
    assert log_parts["population"] == 0


@pytest.mark.parametrize("jacobian", [False, True])
def test_log_density_of_a_model(coin, jacobian):
    expected = stats.binom.logpmf(7, 10, 0.3) + stats.beta.logpdf(0.3, 2, 3)
    expected += np.log(0.3 * 0.7) * jacobian

    assert coin.log_density({"p": 0.3}, jacobian=jacobian) == pytest.approx(expected)
    prior = coin.log_density({"p": 0.3}, likelihood=False)
    assert prior == pytest.approx(stats.beta.logpdf(0.3, 2, 3))


@pytest.mark.parametrize("jacobian", [False, True])
def test_the_gradient_is_that_of_the_value(coin, jacobian):
    objective = coin.density.objective(PartWeights(), jacobian=jacobian)
    q, h = np.array([0.4]), 1e-6

    slope = (objective(q + h)[0] - objective(q - h)[0]) / (2 * h)

    assert objective(q)[1][0] == pytest.approx(slope, rel=1e-7)


def test_a_refused_point_has_no_density(model):
    refused = model("parameters { real x; } model { target += sqrt(x); }")

    value, gradient = refused.density.objective(PartWeights(), jacobian=False)(np.array([-1.0]))

    assert value == -np.inf
    assert np.isnan(gradient).all()


def test_densities_are_built_once(coin):
    assert coin.density.of(PartWeights()) is coin.density.of(PartWeights())


@pytest.mark.parametrize(
    ("declared", "element"),
    [
        ("array[2] vector[3] v", "v[i]"),
        ("array[2, 3] real v", "v[i]"),
        ("matrix[2, 3] v", "v[i]'"),
        ("array[2] row_vector<lower=-99>[3] v", "v[i]'"),
    ],
)
def test_every_element_of_an_array_has_its_own_standard_error(declared, element):
    code = (
        f"data {{ array[2] vector[3] y, s; }} parameters {{ {declared}; }}"
        f"model {{ for (i in 1:2) y[i] ~ normal({element}, s[i]); }}"
    )
    s = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
    model = bw.Model(bw.Program.from_string(code), {"y": s, "s": s}, engine="stanli")

    table = model.mle(seed=1).to_frame()

    for i, row in enumerate(s, start=1):
        for j, sd in enumerate(row, start=1):
            assert table.loc[f"v[{i},{j}]", "se"] == pytest.approx(sd, rel=1e-6)
            assert table.loc[f"v[{i},{j}]", "estimate"] == pytest.approx(sd, rel=1e-6)
