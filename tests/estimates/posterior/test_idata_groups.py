"""The groups of ArviZ's container, by value."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

import bayeswrap as bw
from bayeswrap.estimates.posterior.idata_groups import container_with

SAMPLING = {"seed": 1, "chains": 2, "iter_warmup": 100, "iter_sampling": 20}


def sample(code, data, **options):
    model = bw.Model(bw.Program.from_string(code, name="t"), data, engine="stanli", **options)
    return model.sample(**SAMPLING, show_progress=False)


TWO = """data { int N; int K; matrix[N, K] X; vector[N] y; array[N] int k; int M; vector[M] w; }
parameters { real a; vector[K] b; }
model { a ~ normal(0, 2); b ~ normal(0, 1); y ~ normal(a + X * b, 1);
        k ~ poisson_log(a); w ~ normal(0, 1); }"""
DATA = {
    "X": np.arange(6.0).reshape(3, 2),
    "y": np.array([1.0, 2, 4]),
    "k": [0, 3, 1],
    "w": [0.5, 0.1],
}


@pytest.fixture(scope="module")
def draws():
    return sample(TWO, DATA, labels={"K": ["age", "dose"]})


def test_each_outcome_has_its_log_likelihood(draws):
    found = draws.idata["log_likelihood"]

    assert set(found.data_vars) == {"y", "k", "w"}
    means = draws["a"][..., None] + draws["b"] @ DATA["X"].T
    np.testing.assert_allclose(found["y"], stats.norm.logpdf(DATA["y"], means), rtol=1e-9)
    rate = np.exp(draws["a"])[..., None]
    np.testing.assert_allclose(found["k"], stats.poisson.logpmf(DATA["k"], rate), rtol=1e-9)


def test_the_log_prior_is_that_of_the_prior_statements(draws):
    expected = stats.norm.logpdf(draws["a"], 0, 2) + stats.norm.logpdf(draws["b"]).sum(-1)
    np.testing.assert_allclose(draws.idata["log_prior"]["log_prior"], expected, rtol=1e-9)


def test_data_share_the_rows_of_the_outcome(draws):
    container = draws.idata

    assert set(container["observed_data"].data_vars) == {"y", "k", "w"}
    assert next(iter(container["constant_data"].data_vars)) == "X"
    assert container["constant_data"]["X"].dims == ("y_dim_0", "X_dim_1")
    assert container["constant_data"]["X"].coords["X_dim_1"].to_numpy().tolist() == ["age", "dose"]
    assert int(container["constant_data"]["N"]) == 3


def test_a_vector_of_an_array_is_one_observation():
    code = """data { int N; array[N] vector[2] y; } parameters { vector[2] m; }
    model { m ~ normal(0, 1); y ~ multi_normal(m, identity_matrix(2)); }"""
    values = np.array([[0.0, 1], [2, 1], [0.5, 0.5]])
    found = sample(code, {"y": values}).idata

    assert found["log_likelihood"]["y"].dims == ("chain", "draw", "y_dim_0")
    assert found["observed_data"]["y"].dims == ("y_dim_0", "y_dim_1")


def test_the_elements_of_a_matrix_keep_their_places():
    code = """data { matrix[2, 3] y; } parameters { real m; }
    model { m ~ normal(0, 1); to_vector(y) ~ normal(m, 1); }"""
    values = np.arange(6.0).reshape(2, 3)
    draws = sample(code, {"y": values})
    found = draws.idata["log_likelihood"]

    if "y" in found:
        expected = stats.norm.logpdf(values, draws["m"][..., None, None])
        np.testing.assert_allclose(found["y"], expected, rtol=1e-9)
    else:
        assert found["log_lik"].shape == (2, 20, 6)


def test_a_log_lik_of_the_programs_own_gets_the_name_of_its_outcome():
    code = """data { int N; vector[N] y; } parameters { real m; }
    model { m ~ normal(0, 1); y ~ normal(m, 1); }
    generated quantities { vector[N] log_lik;
      for (n in 1:N) log_lik[n] = normal_lpdf(y[n] | m, 1); }"""
    draws = sample(code, {"y": np.array([0.1, 0.7])})
    container = draws.idata

    np.testing.assert_array_equal(container["log_likelihood"]["y"], draws["log_lik"])
    assert "log_lik" not in container["posterior"]


def test_loaded_draws_keep_the_names_that_the_program_gives(tmp_path):
    code = """data { int N; vector[N] y; } parameters { real m; }
    model { m ~ normal(0, 1); y ~ normal(m, 1); }
    generated quantities { vector[N] log_lik; array[N] real y_rep;
      for (n in 1:N) { log_lik[n] = normal_lpdf(y[n] | m, 1); y_rep[n] = normal_rng(m, 1); } }"""
    draws = sample(code, {"y": np.array([0.1, 0.7])})
    bw.save(draws, tmp_path / "it")
    plain = bw.load(tmp_path / "it").idata
    whole = bw.load(tmp_path / "it", density=True).idata

    assert list(plain["posterior_predictive"]) == list(plain["log_likelihood"]) == ["y"]
    assert "observed_data" not in plain.children
    assert "log_prior" not in plain.children
    np.testing.assert_array_equal(whole["observed_data"]["y"], [0.1, 0.7])
    np.testing.assert_allclose(whole["log_prior"]["log_prior"], stats.norm.logpdf(draws["m"]))


def test_a_weighted_prior_counts_with_its_power():
    code = """data { vector[2] y; } parameters { real m; }
    model { m ~ normal(0, 1); y ~ normal(m, 1); }"""
    model = bw.Model(bw.Program.from_string(code, name="t"), {"y": [0.1, 0.7]}, engine="stanli")
    draws = model.weighted(prior=0.5).sample(**SAMPLING, show_progress=False)

    prior = draws.idata["log_prior"]["log_prior"]
    np.testing.assert_allclose(prior, 0.5 * stats.norm.logpdf(draws["m"]))


def test_a_program_without_prior_or_likelihood_has_no_such_group():
    flat = "data { vector[2] y; } parameters { real m; } model { y ~ normal(m, 1); }"
    prior = "parameters { real m; } model { m ~ normal(0, 1); }"

    assert "log_prior" not in sample(flat, {"y": [0.0, 1]}).idata.children
    assert "log_likelihood" not in sample(prior, {}).idata.children


def test_whole_numbers_are_integers():
    code = """data { int k; } parameters { real<lower=0> m; }
    model { m ~ exponential(1); k ~ poisson(m); }
    generated quantities { int k_rep = poisson_rng(m); }"""
    found = sample(code, {"k": 3}).idata["posterior_predictive"]["k"]

    assert found.dtype.kind == "i"


def test_a_container_with_a_given_log_likelihood(made):
    draws = made.posterior({"a": 0.0})
    values = np.zeros((*draws.draws.shape[:2], 3))

    assert container_with(draws, values)["log_likelihood"]["log_lik"].shape[-1] == 3
