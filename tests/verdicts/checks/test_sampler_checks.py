"""Checks of the sampler: sentences from numbers."""

from __future__ import annotations

from dataclasses import replace

from bayeswrap.thresholds import BFMI_MIN, ESS_PER_CHAIN, R_HAT_MAX
from bayeswrap.verdicts.check import Outcome
from bayeswrap.verdicts.checks.known_causes import KnownCause
from bayeswrap.verdicts.checks.sampler_checks import sampler
from bayeswrap.verdicts.lineup import Lineup


def checks(made, **changes):
    draws = made.posterior({"a": 0.0})
    changed = replace(draws, diagnostics=replace(draws.diagnostics, **changes))
    return list(sampler(Lineup([changed])))


def test_a_sound_run(made):
    mixing, trajectories = checks(made)

    assert mixing.outcome is trajectories.outcome is Outcome.PASSED
    assert mixing.evidence == (
        "R-hat is at most 1.001, and the effective sample size at least 2000"
    )
    assert trajectories.evidence.startswith("there are no divergences")


def test_thresholds_are_those_of_the_table(made):
    mixing, trajectories = checks(made)

    assert mixing.threshold == (
        f"R-hat <= {R_HAT_MAX.value} and {ESS_PER_CHAIN.value} effective draws a chain"
    )
    assert str(BFMI_MIN.value) in trajectories.threshold


def test_each_problem_is_in_the_sentence(made):
    mixing, trajectories = checks(made, r_hat_max=1.3, ess_min=7.0, divergences=3, bfmi_min=0.1)

    assert mixing.outcome is trajectories.outcome is Outcome.FAILED
    assert "1.300" in mixing.evidence
    assert "7, below 400" in mixing.evidence
    assert "3 of 4000 transitions diverged" in trajectories.evidence
    assert "0.10, below 0.3" in trajectories.evidence


def test_a_known_cause_stands_in_the_place_of_more_draws(made):
    draws = made.posterior({"a": 0.0})
    cause = KnownCause(name="c", clause="it is a ridge", remedy="write it otherwise")

    without, _ = sampler(Lineup([draws]))
    mixing, trajectories = sampler(Lineup([draws]), cause)

    assert without.advice == "run longer chains"
    assert mixing.advice == trajectories.advice == "write it otherwise"


def test_no_draws_no_check(made):
    assert list(sampler(Lineup([made.mle({"a": 0.0})]))) == []
