"""What ArviZ computes from the draws of a comparison."""

from __future__ import annotations

import numpy as np
import pytest

import bayeswrap as bw

CODE = """
data { int N; vector[N] y; }
parameters { real mu; }
model { mu ~ normal(0, 1); y ~ normal(mu, 1); }
generated quantities { array[N] real y_rep = normal_rng(rep_vector(mu, N), 1); }
"""
Y = np.array([0.3, -0.8, 1.9, 0.4, 2.2, 1.1, -0.2, 0.9])


@pytest.fixture(scope="module")
def comparison():
    model = bw.Model(bw.Program.from_string(CODE, name="t"), {"y": Y}, engine="stanli")
    return bw.compare(
        model.mle(seed=1),
        model.map(seed=1),
        model.sample(seed=1, iter_sampling=5000),
        model.prior(seed=1),
    )


def test_loo_is_that_of_the_conjugate_model(comparison):
    n, exact = Y.size, 0.0
    for i in range(n):
        rest = np.delete(Y, i)
        mean, variance = rest.sum() / n, 1 + 1 / n
        exact += -0.5 * np.log(2 * np.pi * variance) - (Y[i] - mean) ** 2 / (2 * variance)

    # eight terms share about 7000 effective draws, and a log weight has sd 0.5: 8 * 0.5 / 7000**0.5
    assert comparison.loo().elpd == pytest.approx(exact, abs=3 * 0.048)


def test_a_conflict_of_prior_and_data_shows_in_the_sensitivity(comparison):
    table = comparison.psense()

    assert list(table.index) == ["mu"]
    assert table.loc["mu", "likelihood"] > 0.02


def test_the_container_holds_all_groups(comparison):
    groups = set(comparison.idata.children)

    assert groups >= {"posterior", "prior", "posterior_predictive", "prior_predictive"}


def test_without_draws(made):
    with pytest.raises(bw.BayeswrapError, match="no draws"):
        bw.compare(made.map({"a": 0.0})).loo()
