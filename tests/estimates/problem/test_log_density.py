"""The density of any part of a program, with and without Jacobian."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from bayeswrap.errors import UnsupportedProgramError
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


def test_the_jacobian_alone_leaves_out_what_is_computed(model):
    code = (
        "data { real<lower=0> top; } parameters { real<lower=0, upper=top> a; simplex[3] p; }"
        "transformed parameters { real b = inv(a); } model { b ~ normal(0, 1); }"
    )
    density = model(code, top=2.0).density
    q = np.array([0.3, -1.0, 0.5])

    value, slope = density.log_jacobian.evaluate(q)
    whole, its_slope = density.transforms.evaluate(q)

    assert value == whole
    assert (slope == its_slope).all()
    assert "b" not in density.log_jacobian.names(derived=True)


def test_terms_of_the_program_are_not_left_out_of_the_jacobian(model):
    code = (
        "parameters { real a; } transformed parameters { real b = exp(a); jacobian += a; }"
        "model { b ~ gamma(2, 1); }"
    )
    # the in-process engine does not take such terms, and the Jacobian does not pretend to have them
    with pytest.raises(UnsupportedProgramError):
        _ = model(code).density.log_jacobian
