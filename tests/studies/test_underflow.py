from __future__ import annotations

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.errors import DataError, EstimandError


def test_the_product_is_zero_where_doubles_end_and_the_sum_goes_on():
    study = bw.studies.product_and_log_sum(np.full(3020, np.log(0.5)))
    table = study.table.set_index("n")
    assert table.loc[1000, "log_product"] == pytest.approx(-1000 * np.log(2))
    # the least double is 2^-1074
    assert table.loc[1074, "product"] > 0
    assert table.loc[1076, "product"] == 0
    assert table.loc[3020, "log_sum"] == pytest.approx(-3020 * np.log(2), rel=1e-12)
    assert "The product is 0 from observation 107" in study.finding


def test_a_product_may_overflow_as_well():
    study = bw.studies.product_and_log_sum(np.full(400, np.log(10.0)))
    assert study.finding.startswith("The product is infinite from observation 309 on")


def test_few_observations_lose_nothing():
    study = bw.studies.product_and_log_sum([-1.0, -2.0])
    np.testing.assert_allclose(study.table["log_product"], [-1, -3])
    assert "not underflowed yet" in study.finding


def test_a_hierarchical_model_is_refused_and_its_array_is_not():
    program = bw.Program.from_string(
        "data { int J; vector[J] y; } parameters { real mu; vector[J] theta; }"
        "model { theta ~ normal(mu, 1); y ~ normal(theta, 1); }",
        name="groups",
    )
    model = bw.Model(program, {"J": 3, "y": [1.0, 2.0, 4.0]}, engine="stanli")
    with pytest.raises(EstimandError, match="pointwise_log_likelihood"):
        bw.studies.product_and_log_sum(model)
    found = model.pointwise_log_likelihood(model.mle(marginal=True, seed=1))
    study = bw.studies.product_and_log_sum(np.ravel(found.values))
    assert study.table["log_sum"].iloc[-1] == pytest.approx(float(found.total))


def test_a_model_gives_its_observations_at_the_mle():
    program = bw.Program.from_string(
        "data { int N; array[N] int<lower=0, upper=1> y; } parameters { real<lower=0, upper=1> p; }"
        "model { p ~ beta(2, 2); y ~ bernoulli(p); }",
        name="tosses",
    )
    model = bw.Model(program, {"y": [1, 0, 0, 0]}, engine="stanli")
    study = bw.studies.product_and_log_sum(model, seed=1)
    np.testing.assert_allclose(study.table["product"], [0.25, 0.1875, 0.140625, 0.10546875])
    assert len(study.records) == 1


@pytest.mark.parametrize("values", [[], [np.nan], [[1.0]]])
def test_what_is_no_log_likelihood_is_refused(values):
    with pytest.raises(DataError, match="not log likelihoods"):
        bw.studies.product_and_log_sum(values)
