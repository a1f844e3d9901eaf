"""A known cause of poor draws stands first, with its remedy; more draws are the last resort."""

from __future__ import annotations

from collections import Counter

import pytest
from fixtures.folders import GOLD

import bayeswrap as bw
from bayeswrap.verdicts.check import Outcome

CASES = GOLD / "cases"


def analysis(name, data="data.json"):
    folder = CASES / name
    return bw.analyze(
        folder / "program.stan", folder / data, engine="stanli", seed=1, show_progress=False
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "data", "variables"),
    [("mixture", "data.json", "w, mu and sigma"), ("eruptions_mixture", "data.csv", "lambda, mu")],
)
def test_labels_that_switch_are_the_first_sentence(name, data, variables):
    found = analysis(name, data)
    summary = found.verdict.summary

    assert summary.startswith("The labels of the 2 components switch")
    assert variables in summary
    assert "Declare ordered[2] mu, so that its components have an order" in summary
    assert "longer chains" not in summary
    assert {"label_switching", "sampler_not_converged"} <= found.verdict.flags
    # a code has one row and one outcome
    assert max(Counter(c.code for c in found.verdict.checks).values()) == 1
    [mle] = [c for c in found.verdict.checks if c.code == "mle_does_not_exist"]
    assert mle.outcome is Outcome.FAILED
    # a component may collapse on one value: what is shown is local, and says so wherever it stands
    assert "MLE" in found.local
    assert "local only: elsewhere the density is higher and has no maximum" in summary
    assert "MLE (local)" in str(found)


@pytest.mark.slow
def test_a_centred_funnel_gets_its_parametrisation():
    found = analysis("centred_funnel")
    summary = found.verdict.summary

    assert summary.startswith("The spread of the centred effects theta (line 6) varies")
    assert (
        "Use a non-centred parametrisation: theta = mu + tau * theta_raw with "
        "theta_raw ~ std_normal()." in summary
    )
    assert "longer chains" not in summary
    assert {"joint_mode_degenerate", "boundary_estimate"} <= found.verdict.flags
