"""Draws: shapes, tables, containers, and what is told of them."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from bayeswrap.errors import BayeswrapWarning, UnknownNameError, UsageError

CODE = (
    "data { matrix[2, 3] y; } parameters { matrix[2, 3] B; real<lower=0> s; }"
    "model { to_vector(B) ~ normal(0, 10); s ~ exponential(1);"
    "to_vector(y) ~ normal(to_vector(B), s); }"
    "generated quantities { vector[2] log_lik = rep_vector(-1, 2); real y_rep = normal_rng(0, s); }"
)


@pytest.fixture(scope="module")
def posterior(model):
    matrix = model(CODE, y=np.arange(6.0).reshape(2, 3))
    return matrix.sample(seed=2, chains=2, iter_warmup=300, iter_sampling=100)


def test_draws_have_the_declared_shape(posterior):
    assert posterior["B"].shape == (2, 100, 2, 3)
    assert posterior["s"].shape == (2, 100)
    with pytest.raises(UnknownNameError, match="no variable 'x'"):
        posterior["x"]


def test_table(posterior):
    table = posterior.to_frame(ci_prob=0.5)

    names = ["B[1,1]", "B[2,1]", "B[1,2]", "B[2,2]", "B[1,3]", "B[2,3]", "s"]
    assert list(table.index) == names
    assert list(table.columns) == [
        *("mean", "sd", "median", "mcse_mean", "mcse_sd"),
        *("ess_bulk", "ess_tail", "r_hat", "ci_lower", "ci_upper"),
    ]
    row = table.loc["B[2,1]"]
    assert row["mean"] == pytest.approx(posterior["B"][:, :, 1, 0].mean())
    expected = np.quantile(posterior["B"][:, :, 1, 0], [0.25, 0.75])
    np.testing.assert_allclose([row["ci_lower"], row["ci_upper"]], expected)
    assert list(posterior.to_frame(derived=True).index[7:]) == ["log_lik[1]", "log_lik[2]", "y_rep"]


def test_a_scalar_that_does_not_vary_has_no_r_hat(posterior):
    row = posterior.to_frame(derived=True).loc["log_lik[1]"]

    assert row["sd"] == 0
    assert row[["r_hat", "ess_bulk", "ess_tail"]].isna().all()


def test_coverage_is_checked(posterior):
    with pytest.raises(UsageError, match="probability"):
        posterior.to_frame(ci_prob=95)


def test_container_counts_from_one_and_sorts_the_groups(posterior):
    with pytest.warns(BayeswrapWarning) as told:
        found = posterior.idata

    said = sorted(str(w.message) for w in told)
    assert "log_lik sums to" in said[0]
    assert "y_rep keeps its name" in said[1]
    assert "[] is not [2, 3], the size of y" in said[1]
    assert list(found["posterior"]["B"].coords["B_dim_0"].values) == [1, 2]
    assert (
        float(found["posterior"]["B"].sel(B_dim_0=2, B_dim_1=3)[0, 0]) == posterior["B"][0, 0, 1, 2]
    )
    assert "log_lik" in found["log_likelihood"]
    assert "y_rep" in found["predictions"]
    assert found["sample_stats"]["diverging"].dtype == bool
    assert found["sample_stats"]["tree_depth"].dtype.kind == "i"


def test_a_container_is_made_once_and_copied(posterior):
    first = posterior.idata  # what is told of it was told when it was made
    del first["posterior"]

    assert "posterior" in posterior.idata.children


def test_method_columns(posterior):
    assert posterior.method_column("lp__").shape == (2, 100)
    assert (posterior.method_column("accept_stat__") <= 1).all()


def test_pickle(posterior):
    again = pickle.loads(pickle.dumps(posterior))

    np.testing.assert_array_equal(again.draws, posterior.draws)
    assert str(again) == str(posterior)
    assert again.cmdstan_fit is None


def test_text_names_the_kind(posterior):
    assert str(posterior).startswith("posterior (NUTS)")


def test_compiled_draws_carry_their_files(library_model):
    posterior = library_model("gaussian_mean_sd").sample(
        seed=1, chains=2, iter_warmup=100, iter_sampling=50, show_progress=False
    )

    again = pickle.loads(pickle.dumps(posterior))

    np.testing.assert_array_equal(again.draws, posterior.draws)
    assert again.cmdstan_fit.draws().shape[0] == 50
    assert "sample" in posterior.record.command


def test_the_former_name_of_attempts_warns(made):
    draws = made.posterior({"a": 0.0})

    with pytest.warns(DeprecationWarning, match="attempts"):
        assert draws.rungs is draws.attempts
