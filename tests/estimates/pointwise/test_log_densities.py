"""Log likelihood, prior and population of draws, in bulk."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from scipy import stats

from bayeswrap import progress
from bayeswrap.errors import DataError, UnknownNameError, UsageError

GROUPS = (
    "data { int J; vector[J] y; }"
    "parameters { real mu; real<lower=0> tau; vector[J] theta; simplex[3] p; matrix[2, 3] b; }"
    "model { mu ~ normal(0, 5); tau ~ exponential(1); theta ~ normal(mu, tau);"
    "  to_vector(b) ~ normal(0, 2); y ~ normal(theta, 2); }"
)
Y = np.array([1.0, -0.5, 2.5, 0.3])


@pytest.fixture(scope="module")
def groups(model):
    return model(GROUPS, J=4, y=Y)


@pytest.fixture(scope="module")
def posterior(groups):
    return groups.sample(seed=3, chains=2, iter_warmup=200, iter_sampling=25)


def test_every_draw_has_its_densities(groups, posterior):
    found = groups.log_parts(posterior)

    mu, tau, theta, b = (posterior[n] for n in ("mu", "tau", "theta", "b"))
    likelihood = stats.norm.logpdf(Y, theta, 2).sum(axis=-1)
    prior = stats.norm.logpdf(mu, 0, 5) + stats.expon.logpdf(tau)
    prior = prior + stats.norm.logpdf(b, 0, 2).sum(axis=(-1, -2))
    population = stats.norm.logpdf(theta, mu[..., None], tau[..., None]).sum(axis=-1)
    assert found.likelihood.shape == (2, 25)
    np.testing.assert_allclose(found.likelihood, likelihood, rtol=1e-11)
    np.testing.assert_allclose(found.prior, prior, rtol=1e-11)
    np.testing.assert_allclose(found.population, population, rtol=1e-11)
    np.testing.assert_allclose(found.joint, likelihood + prior + population, rtol=1e-11)
    assert found.notes == ()


def test_weights_do_not_count(groups, posterior):
    weighted = groups.weighted(prior=0.5, likelihood=2)

    np.testing.assert_array_equal(
        weighted.log_parts(posterior).joint, groups.log_parts(posterior).joint
    )


def test_a_point_has_one_number(bernoulli):
    estimate = bernoulli.mle(seed=1)

    found = bernoulli.log_parts(estimate)

    assert found.likelihood.shape == ()
    assert float(found.likelihood) == pytest.approx(estimate.log_likelihood, rel=1e-12)
    values = bernoulli.log_parts({"theta": 0.25})
    assert float(values.likelihood) == pytest.approx(2 * np.log(0.25) + 8 * np.log(0.75))


def test_draws_of_an_approximation(bernoulli):
    draws = bernoulli.laplace(draws=10, seed=1)

    theta = draws["theta"]
    expected = 2 * np.log(theta) + 8 * np.log1p(-theta)
    np.testing.assert_allclose(bernoulli.log_parts(draws).likelihood, expected, rtol=1e-11)


def test_refused_draws_are_told(groups, posterior):
    draws = posterior.draws.copy()
    draws[0, 3, posterior.layout.names.index("tau")] = -1

    found = groups.log_parts(dataclasses.replace(posterior, draws=draws))

    assert np.isnan(found.joint[0, 3])
    assert np.isfinite(np.delete(found.joint.ravel(), 3)).all()
    assert found.notes[0].startswith("1 of 50 draws have no finite log likelihood")


def test_results_of_other_parameters_are_refused(groups, posterior, bernoulli):
    with pytest.raises(UsageError, match="other parameters"):
        bernoulli.log_parts(posterior)
    with pytest.raises(UsageError, match="other parameters"):
        groups.log_parts(bernoulli.mle(seed=1))
    with pytest.raises(UnknownNameError):
        bernoulli.log_parts({"phi": 0.5})
    with pytest.raises(DataError):
        bernoulli.log_parts({"theta": 1.5})


def test_each_draw_is_a_step_of_the_progress_that_is_shown(bernoulli, monkeypatch):
    draws = bernoulli.laplace(draws=50, seed=1)
    seen = []
    monkeypatch.setattr(progress._line, "enter", seen.append)
    monkeypatch.setattr(progress._line, "leave", lambda _: None)

    bernoulli.log_parts(draws, show_progress=False)
    assert seen == []
    bernoulli.log_parts(draws)
    assert [str(work) for work in seen] == ["log densities 50/50 draws"]
