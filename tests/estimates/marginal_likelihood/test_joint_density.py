"""The joint density keeps the Jacobian of the effects, not that of the hyperparameters."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from bayeswrap.errors import EstimandError
from bayeswrap.estimates.marginal_likelihood.joint_density import joint_density

CODE = """data { vector[2] y; } parameters { real<lower=0> tau; vector<lower=0>[2] u; }
model { u ~ normal(0, tau); y ~ normal(u, 1); }"""
Y = np.array([0.5, 2.0])


@pytest.fixture(scope="module")
def problem(model):
    return model(CODE, y=Y).mle(joint=True, require_converged=False, seed=1).problem


def test_effects_are_densities_of_their_declared_scale(problem):
    q = np.array([0.3, -0.2, 0.4])
    tau, u = np.exp(q[0]), np.exp(q[1:])

    value, gradient = joint_density(problem, ["u"])(q)

    constant = joint_density(problem, ["u"])(np.zeros(3))[0]
    one = norm.logpdf([1, 1]).sum() + norm.logpdf(Y, [1, 1]).sum()
    expected = norm.logpdf(u, 0, tau).sum() + norm.logpdf(Y, u).sum() + q[1:].sum()
    assert value - constant == pytest.approx(expected - one, rel=1e-10)
    assert gradient[0] == pytest.approx((u**2).sum() / tau**2 - 2, rel=1e-10)


def test_only_the_effects_are_latent(problem):
    joint = joint_density(problem, ["u"])

    np.testing.assert_array_equal(joint.latent, [False, True, True])
    assert joint.log_jacobian(np.ones(3)) == 0


def test_a_support_that_depends_on_an_effect_is_refused(model):
    code = CODE.replace("vector<lower=0>[2] u;", "vector<lower=0>[2] u; real<lower=u[1]> top;")
    code = code.replace("model {", "model { top ~ normal(0, 1);")
    problem = model(code, y=Y).mle(joint=True, require_converged=False, seed=1).problem

    with pytest.raises(EstimandError, match="depends on u"):
        joint_density(problem, ["u"])
