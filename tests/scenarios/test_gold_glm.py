"""Generalised linear and survival models against R: estimates, standard errors, log likelihood."""

from __future__ import annotations

import pytest
from fixtures.folders import GOLD

from bayeswrap.estimates.results.status import Status

NAMES = sorted(p.name for p in (GOLD / "glm").iterdir())


@pytest.mark.parametrize("name", NAMES)
def test_agrees_with_r(gold_model, name):
    model, numbers = gold_model(f"glm/{name}")

    mle = model.mle(seed=4)

    table = mle.to_frame()
    assert mle.status is Status.CONVERGED
    for scalar, value in numbers["mle"].items():
        error = numbers["se_observed_information"][scalar]
        assert abs(table.loc[scalar, "estimate"] - value) < 1e-6 * error
        assert table.loc[scalar, "se"] == pytest.approx(error, rel=1e-5)
    assert mle.log_likelihood == pytest.approx(numbers["loglik"], rel=1e-8)


@pytest.mark.parametrize("name", ["logistic_wells", "poisson_dobson", "weibull_lung"])
def test_without_priors_the_map_is_the_mle(gold_model, name):
    model, _ = gold_model(f"glm/{name}")

    mle, mode = model.mle(seed=1), model.map(seed=1)

    assert (mle.to_frame()["estimate"] - mode.to_frame()["estimate"]).abs().max() < 1e-9
    assert mode.log_prior == 0
