"""What a marginal estimate is asked for: names, refusals, initial values."""

from __future__ import annotations

import pytest
from fixtures.marginal_models import CENTRED, DYESTUFF, EIGHT, model

from bayeswrap.errors import EstimandError, UnknownNameError, UsageError


def test_without_latent_variables_it_is_the_mle_with_a_note():
    plain = model("data { vector[8] y; } parameters { real mu; } model { y ~ normal(mu, 1); }",
                  {"y": EIGHT["y"]})  # fmt: skip

    mle = plain.mle(marginal=True, seed=1)

    assert mle.log_likelihood == plain.mle(seed=1).log_likelihood
    assert mle.title == "MLE"
    assert any("no latent variables" in w for w in mle.warnings)
    assert mle.effects.empty


def test_the_joint_mle_is_refused_with_the_marginal_one_on_offer():
    with pytest.raises(EstimandError, match=r"mle\(marginal=True\)"):
        model(CENTRED, DYESTUFF).mle(seed=1)


@pytest.mark.parametrize(
    ("keywords", "error", "match"),
    [
        ({"marginal": ["tehta"]}, UnknownNameError, "tehta"),
        ({"marginal": True, "joint": True}, UsageError, "both"),
        ({"quadrature": 32}, UsageError, "marginal=True"),
        ({"marginal": True, "quadrature": 2}, UsageError, "too few nodes"),
        ({"marginal": ["theta", "mu"], "quadrature": 32}, UsageError, "independent"),
    ],
)
def test_what_cannot_be_integrated_says_why(keywords, error, match):
    with pytest.raises(error, match=match):
        model(CENTRED, DYESTUFF).mle(seed=1, **keywords)


def test_effects_under_a_doubtful_prior_are_asked_for():
    code = """data { int N; vector[N] y; array[N] int g; }
    parameters { real<lower=0> tau; vector[6] z; }
    model { z ~ std_normal(); y ~ normal(tau * z[g], tau); }"""
    data = {k: DYESTUFF[k] for k in ("N", "y", "g")}

    with pytest.raises(EstimandError, match=r'roles=\{"3": "population"\}'):
        model(code, data).mle(marginal=["z"], seed=1)


def test_an_effect_that_is_not_named_is_maximised_with_a_warning():
    code = CENTRED.replace("vector[J] theta;", "vector[J] theta; vector[J] v;")
    code = code.replace("model { theta ~ normal(mu, tau);", "model { theta ~ normal(0, tau);")
    code = code.replace("y ~ normal(theta[g],", "v ~ normal(mu, 20); y ~ normal(theta[g] + v[g],")

    found = model(code, DYESTUFF).mle(marginal="theta", require_converged=False, seed=1)

    assert any("v not integrated out" in w for w in found.warnings)


def test_parameters_that_only_a_prior_knows_are_flat():
    code = CENTRED.replace("parameters {", "parameters { real extra;")
    code = code.replace("model {", "model { extra ~ normal(0, 1);")

    mle = model(code, DYESTUFF).mle(marginal=True, seed=1)

    assert -2 * mle.log_likelihood == pytest.approx(327.3271, abs=5e-5)
    assert "extra" in mle.warnings[-1]


def test_initial_values_are_taken():
    mle = model(CENTRED, DYESTUFF).mle(marginal=True, inits={"tau": 30, "mu": 1500}, seed=1)

    assert mle["tau"] == pytest.approx(37.260, abs=5e-4)
