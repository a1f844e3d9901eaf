"""Which parts a mode has on, and what is refused before a search."""

from __future__ import annotations

import pytest

from bayeswrap.errors import ConvergenceError, EstimandError
from bayeswrap.estimates.point_estimates.mode_options import ModeOptions
from bayeswrap.estimates.problem.estimand import Estimator, Scale
from bayeswrap.model.bound_model import ALL_ON
from bayeswrap.model.mode_estimation import estimate_mode

HIERARCHY = """
data { int J; vector[J] y; }
parameters { real mu; real<lower=0> tau; vector[J] theta; }
model {
  mu ~ normal(0, 10);
  tau ~ gamma(2, 1);
  theta ~ normal(mu, tau);
  y ~ normal(theta, 1);
}
"""
LINE = "data { real y; } parameters { real a; } model { a ~ normal(0, 1); y ~ normal(a, 1); }"


@pytest.fixture
def hierarchy(model):
    return model(HIERARCHY, J=4, y=[-4.0, -1.0, 2.0, 5.0]).bound


def test_a_joint_mle_is_refused_with_what_to_do(hierarchy):
    with pytest.raises(EstimandError, match="a joint MLE is not meaningful here") as caught:
        estimate_mode(hierarchy, ALL_ON, Estimator.MLE, None, ModeOptions(seed=1))

    assert "marginal=True" in caught.value.do
    assert "theta ~ normal(mu, tau)" in caught.value.where


def test_a_marginal_mle_leaves_the_prior_out(hierarchy):
    options = ModeOptions(marginal=True, seed=1)

    mle = estimate_mode(hierarchy, ALL_ON, Estimator.MLE, None, options)

    # y ~ normal(mu, sqrt(tau^2 + 1)) in the margin
    assert mle["mu"] == pytest.approx(0.5, abs=1e-7)
    assert mle["tau"] ** 2 == pytest.approx((4.5**2 + 1.5**2) / 2 - 1, rel=1e-6)
    assert mle.problem.weights.prior == 0
    assert mle.problem.weights.population == 1


def test_an_mle_has_the_population_off_where_nothing_asks_for_it(model):
    mle = estimate_mode(model(LINE, y=2.0).bound, ALL_ON, Estimator.MLE, None, ModeOptions(seed=1))

    assert mle["a"] == pytest.approx(2.0)
    assert (mle.problem.weights.prior, mle.problem.weights.population) == (0, 0)


def test_marginal_without_latent_variables_is_an_ordinary_estimate(model):
    options = ModeOptions(marginal=True, seed=1)

    mode = estimate_mode(
        model(LINE, y=2.0).bound, ALL_ON, Estimator.MAP, Scale.CONSTRAINED, options
    )

    assert mode["a"] == pytest.approx(1.0)
    assert mode.warnings == ("no latent variables to integrate out: an ordinary estimate",)


def test_a_joint_map_of_a_hierarchy_warns(hierarchy):
    options = ModeOptions(seed=1, require_converged=False)

    mode = estimate_mode(hierarchy, ALL_ON, Estimator.MAP, Scale.CONSTRAINED, options)

    assert "no summary of the posterior" in mode.warnings[0]


def test_without_a_maximum_it_raises_unless_told_otherwise(model):
    code = "parameters { real a; } model { target += a; }"
    bound = model(code).bound

    with pytest.raises(ConvergenceError, match="no MAP"):
        estimate_mode(bound, ALL_ON, Estimator.MAP, Scale.CONSTRAINED, ModeOptions(seed=1))
    lenient = ModeOptions(seed=1, require_converged=False)
    mode = estimate_mode(bound, ALL_ON, Estimator.MAP, Scale.CONSTRAINED, lenient)
    assert not mode.status.is_estimate


def test_no_parameters_no_mode(model):
    bound = model("generated quantities { int k = 3; }").bound

    with pytest.raises(EstimandError, match="no continuous parameters"):
        estimate_mode(bound, ALL_ON, Estimator.MAP, Scale.CONSTRAINED, ModeOptions())
