"""What ArviZ computes from the draws of a comparison."""

from __future__ import annotations

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.errors import EstimandError

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
    np.testing.assert_array_equal(comparison.idata["observed_data"]["y"], Y)


def test_the_columns_of_the_table_are_what_psense_says(comparison):
    row = comparison.to_frame().loc["mu"]

    said = comparison.psense().loc["mu"]
    shown = row["psense_prior"], row["psense_likelihood"]
    # sums of the same numbers may differ in the last digit, by where they lie in memory
    assert shown == pytest.approx((said["prior"], said["likelihood"]), rel=1e-12)
    # the prior is worth one observation of nine
    assert row["psense_prior"] < row["psense_likelihood"]


def test_derived_quantities_have_no_sensitivity_of_their_own(comparison):
    assert comparison.to_frame("y_rep")["psense_prior"].isna().all()


def test_a_stronger_prior_is_felt_more():
    felt = {}
    for power in (0.25, 4.0):
        model = bw.Model(bw.Program.from_string(CODE, name="t"), {"y": Y}, engine="stanli")
        draws = model.weighted(prior=power).sample(seed=1)
        felt[power] = bw.compare(draws, starts=0).psense().loc["mu", "prior"]

    # to the first order a prior counts as its share of the precision: 0.25/8.25 and 4/12
    assert felt[4.0] > 3 * felt[0.25]


def test_elements_of_a_matrix_bear_the_names_of_stan():
    code = (
        "data { vector[2] y; } parameters { matrix[2, 1] b; }"
        "model { to_vector(b) ~ normal(0, 1); y ~ normal(to_vector(b), 1); }"
    )
    model = bw.Model(bw.Program.from_string(code, name="m"), {"y": [1.0, -4.0]}, engine="stanli")
    found = bw.compare(model.sample(seed=1, iter_sampling=500), starts=0)

    assert list(found.psense().index) == ["b[1,1]", "b[2,1]"]
    assert found.to_frame()["psense_prior"].notna().all()


def test_without_a_prior_there_is_no_sensitivity_and_no_column():
    code = "data { vector[3] y; } parameters { real m; } model { y ~ normal(m, 1); }"
    model = bw.Model(bw.Program.from_string(code, name="f"), {"y": [1.0, 2, 4]}, engine="stanli")
    found = bw.compare(model.mle(seed=1), model.sample(seed=1, iter_sampling=300), starts=0)

    assert not [c for c in found.to_frame() if c.startswith("psense")]
    with pytest.raises(EstimandError, match="no prior statement"):
        found.psense()


def test_an_observation_that_no_parameter_touches_is_refused_in_our_words():
    code = (
        "data { vector[3] y; } parameters { real m; }"
        "model { m ~ normal(0, 1); y ~ normal(m, 1); }"
        "generated quantities { vector[3] log_lik;"
        "for (n in 1:2) log_lik[n] = normal_lpdf(y[n] | m, 1); log_lik[3] = -1; }"
    )
    program = bw.Program.from_string(code, name="c")
    model = bw.Model(program, {"y": [1.0, 2, 4]}, engine="stanli")
    found = bw.compare(model.sample(seed=1, iter_sampling=300), starts=0)

    with (
        pytest.warns(bw.BayeswrapWarning, match="log_lik sums"),
        pytest.raises(EstimandError, match="cannot reweight"),
    ):
        found.loo()


def test_draws_that_were_loaded_can_be_left_out_by_their_own_log_lik(tmp_path):
    code = CODE.replace(
        "generated quantities {",
        "generated quantities { vector[N] log_lik;"
        "for (n in 1:N) log_lik[n] = normal_lpdf(y[n] | mu, 1);",
    )
    model = bw.Model(bw.Program.from_string(code, name="t"), {"y": Y}, engine="stanli")
    draws = model.sample(seed=1, iter_sampling=500)
    bw.save(draws, tmp_path / "draws")
    loaded = bw.compare(bw.load(tmp_path / "draws"), starts=0)

    assert loaded.loo().elpd == pytest.approx(bw.compare(draws, starts=0).loo().elpd)
    assert "observed_data" not in loaded.idata.children


def test_without_draws(made):
    with pytest.raises(bw.BayeswrapError, match="no draws"):
        bw.compare(made.map({"a": 0.0})).loo()
