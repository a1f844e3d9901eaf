"""Verdicts on programs that are known to be in trouble, and on regressions that are not."""

from __future__ import annotations

import json

import pytest
from fixtures.folders import GOLD

import bayeswrap as bw

ORDINARY = (
    "glm/betabinomial_lirat_intercept",
    "glm/binomial_beetles_logit",
    "glm/binomial_menarche",
    "glm/exponential_ovarian",
    "glm/logistic_wells",
    "glm/negbin_quine_main",
    "glm/ordlogit_housing",
    "glm/poisson_dobson",
    "glm/poisson_insectsprays",
    "nist/univariate_Lew",
    "nist/univariate_PiDigits",
    "bayes/normal_known_variance",
    "bayes/hierarchical_normal_known_tau",
    "bayes/beta_binomial_7_of_10",
    "bayes/ridge_diabetes_0p04",
)
# what holds of items that are ordinary otherwise
TRUE = {
    # the maximum of sigma divides by n: 0.5 and 0.6 posterior sds from its mean
    "nist/linear_Norris": {"non_gaussian_posterior"},
    "nist/linear_NoInt1": {"non_gaussian_posterior"},
    # nine observations: a gamma shape has modes of its own on each scale
    "glm/gamma_clotting_lot1": {"map_depends_on_parametrisation"},
    # flat degrees of freedom: the likelihood tends to that of the normal
    "glm/fitdistr_t_michelson": {
        "improper_posterior",
        "unbounded_density",
        "weakly_identified",
    },
    # a rate without end leaves a constant, 6 nats down
    "nist/nonlinear_BoxBOD": {"improper_posterior"},
}

# true as well, but its k-hat lies so near the limit that the draws decide whether it is shown
NEAR_A_LIMIT = {"nist/nonlinear_BoxBOD": {"laplace_unreliable"}}


def verdict_on(folder):
    return bw.analyze(
        folder / "program.stan",
        folder / "data.json",
        engine="stanli",
        seed=1,
        show_progress=False,
    ).verdict


@pytest.mark.parametrize("name", sorted(p.name for p in (GOLD / "pathological").iterdir()))
def test_every_trouble_is_flagged(name):
    folder = GOLD / "pathological" / name
    must = set(json.loads((folder / "result.json").read_text(encoding="utf-8"))["must_flag"])

    verdict = verdict_on(folder)

    assert must <= verdict.flags
    assert verdict.point_is_enough is not True


@pytest.mark.parametrize("name", ORDINARY)
def test_no_false_alarm(name):
    verdict = verdict_on(GOLD / name)

    assert not verdict.flags
    assert verdict.point_is_enough is not False


@pytest.mark.parametrize(("name", "flags"), TRUE.items())
def test_what_is_true_is_told_and_nothing_else(name, flags):
    assert verdict_on(GOLD / name).flags - NEAR_A_LIMIT.get(name, set()) == flags


def test_a_local_maximum_beside_a_spike_is_not_called_an_mle_to_report():
    summary = verdict_on(GOLD / "pathological" / "gaussian_mixture_unbounded").summary

    assert summary.startswith("There is no posterior to report")
    assert "with its profile interval" not in summary
