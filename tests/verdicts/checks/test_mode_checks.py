"""Checks on the modes: what a search found, hierarchies, and modes far from the draws."""

from __future__ import annotations

import numpy as np
import pytest
from fixtures.folders import program_text

import bayeswrap as bw
from bayeswrap.verdicts.check import Outcome

CAUCHY = "data { vector[6] y; } parameters { real theta; } model { y ~ cauchy(theta, 1); }"
TWO = {"y": np.array([-5.1, -4.9, -5.3, 4.8, 5.2, 5.0])}
ONE = {"y": np.array([0.1, -0.2, 0.3, 0.0, -0.1, 0.2])}
MIXTURE = """
data { int N; vector[N] y; }
parameters { vector[2] mu; }
model { for (n in 1:N) target += log_mix(0.5, normal_lpdf(y[n] | mu[1], 1),
                                          normal_lpdf(y[n] | mu[2], 1)); }
"""
KNOWN = """
data { int<lower=1> J; vector[J] y; vector<lower=0>[J] s; }
parameters { real mu; vector[J] theta; }
model { mu ~ normal(0, 20); theta ~ normal(mu, 10); y ~ normal(theta, s); }
"""
CENTRED = """
data { int<lower=1> J; vector[J] y; vector<lower=0>[J] s; }
parameters { real mu; real<lower=0> tau; vector[J] theta; }
model { mu ~ normal(0, 5); tau ~ cauchy(0, 5); theta ~ normal(mu, tau); y ~ normal(theta, s); }
"""
SCHOOLS = {
    "y": np.array([28.0, 8, -3, 7, -1, 1, 18, 12]),
    "s": np.array([15.0, 10, 16, 11, 9, 11, 10, 18]),
}


def model_of(code, data):
    return bw.Model(bw.Program.from_string(code, name="t"), data, engine="stanli")


def check(comparison, code):
    [found] = [c for c in comparison.verdict.checks if c.code == code]
    return found


def test_two_modes_are_named():
    found = check(bw.compare(model_of(CAUCHY, TWO).mle(seed=1)), "multimodal")

    assert found.outcome is Outcome.FAILED
    assert "theta = -4.992" in found.evidence
    assert "theta = 4.892" in found.evidence


def test_one_mode():
    comparison = bw.compare(model_of(CAUCHY, ONE).mle(seed=1))

    assert check(comparison, "multimodal").outcome is Outcome.PASSED
    assert check(comparison, "local_optimum").outcome is Outcome.PASSED


def test_no_search_where_none_is_wanted():
    comparison = bw.compare(model_of(CAUCHY, TWO).mle(seed=1), starts=0)

    assert "multimodal" not in {c.code for c in comparison.verdict.checks}


def test_a_local_optimum_is_told():
    """Eight of nine observations lie at 5: the mode at -5 is no match for theirs."""
    code = "data { vector[9] y; } parameters { real theta; } model { y ~ cauchy(theta, 0.1); }"
    y = {"y": np.array([-5.0, 5.1, 4.9, 5.0, 5.2, 5.0, 4.8, 5.1, 4.9])}
    mle = model_of(code, y).mle(inits={"theta": -5.0}, seed=1)
    assert mle["theta"] == pytest.approx(-5, abs=0.1)

    found = check(bw.compare(mle), "local_optimum")

    assert found.outcome is Outcome.FAILED
    assert "higher than that of the estimate" in found.evidence


def test_labels_that_switch():
    y = np.array([-2.1, -1.9, -2.4, -1.6, -2.0, 1.8, 2.2, 2.5, 1.7, 2.1])
    comparison = bw.compare(model_of(MIXTURE, {"y": y}).mle(seed=1))

    assert check(comparison, "label_switching").outcome is Outcome.FAILED
    assert check(comparison, "multimodal").outcome is Outcome.PASSED


def test_a_joint_mode_that_is_the_mean():
    model = model_of(KNOWN, SCHOOLS)
    found = check(bw.compare(model.map(seed=1), starts=0), "joint_mode_degenerate")

    assert found.outcome is Outcome.PASSED


def test_a_joint_mode_that_collapses():
    comparison = bw.analyze(
        bw.Program.from_string(CENTRED, name="schools"), SCHOOLS, engine="stanli", seed=1, starts=0
    )

    assert comparison.verdict.flags >= {
        *("unbounded_density", "joint_mode_degenerate", "mle_does_not_exist"),
        "recommend_marginal_or_full_bayes",
    }


def test_a_mode_far_from_the_draws():
    model = model_of(program_text("funnel"), None)
    comparison = bw.compare(model.map("unconstrained", seed=1), model.sample(seed=1), starts=0)

    assert check(comparison, "mode_far_from_mass").outcome is Outcome.FAILED
    assert check(comparison, "joint_mode_degenerate").parameters == ("v",)
    assert "recommend_marginal_or_full_bayes" in comparison.verdict.flags
    assert "Do not report the mode" in comparison.verdict.summary or (
        "not a mode" in comparison.verdict.summary
    )


def test_an_mle_beside_the_posterior_under_a_flat_prior():
    code = """
    data { vector[40] y; } parameters { real mu; }
    model { mu ~ normal(5, 0.1); y ~ normal(mu, 1); }"""
    model = model_of(code, {"y": np.linspace(-2, 2, 40)})
    flat = model.weighted(prior=0).sample(seed=1)

    comparison = bw.compare(model.mle(seed=1), flat)
    under_prior = bw.compare(model.mle(seed=1), model.sample(seed=1))

    assert comparison.verdict.point_is_enough is True
    assert "The MLE with its standard error is an adequate summary" in comparison.verdict.summary
    assert "posterior under a flat prior" in comparison.verdict.summary
    assert "weighted(prior=0)" in under_prior.verdict.summary


def test_a_map_does_not_go_with_another_prior():
    code = "data { real y; } parameters { real m; } model { m ~ normal(0, 1); y ~ normal(m, 1); }"
    model = model_of(code, {"y": 1.0})

    with pytest.raises(bw.BayeswrapError, match="different powers"):
        bw.compare(model.map(seed=1), model.weighted(prior=0.5).map(seed=1))


def test_a_likelihood_that_is_unbounded_at_an_edge_of_the_outcomes_has_a_local_mle(model):
    code = (
        "data { int N; vector[N] y; }"
        "parameters { real<upper=min(y)> tau; real mu; real<lower=0> s; }"
        "model { tau ~ normal(0, 5); mu ~ normal(0, 2); s ~ exponential(1);"
        "  y - tau ~ lognormal(mu, s); }"
    )
    y = 3 + np.exp(np.random.default_rng(4).normal(0, 0.6, 40))
    bound = model(code, N=40, y=y.tolist())

    verdict = bw.compare(bound.mle(), bound.map()).verdict

    failed = {c.code: c for c in verdict.checks if c.outcome is Outcome.FAILED}
    assert {"mle_does_not_exist", "unbounded_density"} <= set(failed)
    assert "multimodal" not in failed
    assert "tau goes to its bound" in failed["unbounded_density"].evidence
    assert "MLE is local only" in str(verdict)
