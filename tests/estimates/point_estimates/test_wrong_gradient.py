"""The statement whose gradient contradicts its values is named."""

from __future__ import annotations

import pytest

import bayeswrap as bw
from bayeswrap.estimates.point_estimates.wrong_gradient import wrong_gradient_warning
from bayeswrap.estimates.results.status import Status

TRUNCATED = """
data { int N; vector<lower=0>[N] y; }
parameters { real mu; real<lower=0> sigma; }
model {
  mu ~ normal(0, 10);
  sigma ~ normal(0, 10);
  for (n in 1:N) y[n] ~ normal(mu, sigma) T[0, ];
}
"""
WIDER_THAN_A_NORMAL = [0.1, 0.3, 0.2, 0.9, 1.4, 0.05, 2.8, 0.6, 0.4, 3.9]  # sd > mean
NARROW = [2.1, 2.9, 3.3, 2.4, 3.8, 2.7, 3.1, 2.2, 3.5, 2.6]


@pytest.fixture(scope="module")
def model():
    def bound(y):
        program = bw.Program.from_string(TRUNCATED, name="truncated")
        return bw.Model(program, {"N": len(y), "y": y}, engine="stanli")

    return bound


@pytest.mark.parametrize("seed", [1, 2])
def test_a_false_maximum_of_a_truncated_normal_is_no_estimate(model, seed):
    # the likelihood rises to that of an exponential with the mean of the data, as mu goes to minus
    # infinity and sigma^2 / -mu to that mean: -10 (1 + log 1.065) = -10.6297480
    estimate = model(WIDER_THAN_A_NORMAL).mle(seed=seed, require_converged=False)

    assert estimate.status is Status.AT_INFINITY
    assert -10.637 < estimate.log_likelihood < -10.6297480
    assert any("truncated.stan:7  y[n] ~ normal(mu, sigma) T[0, ]" in w for w in estimate.warnings)


def test_where_truncation_hardly_matters_the_maximum_stands(model):
    estimate = model(NARROW).mle(seed=1)

    assert estimate.status is Status.CONVERGED
    assert not any("contradicts" in w for w in estimate.warnings)


def test_without_a_culprit_no_statement_is_named(model):
    estimate = model(NARROW).mle(seed=1)

    sentence = wrong_gradient_warning(estimate.problem, estimate.optimum.q)

    assert "in truncated.stan" not in sentence
    assert "contradicts the values" in sentence
