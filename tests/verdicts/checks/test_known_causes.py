"""Known causes of poor draws, the most certain first, each with its remedy."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bayeswrap.diagnosis.modes.funnel import Funnel
from bayeswrap.diagnosis.modes.label_symmetry import LabelSymmetry
from bayeswrap.estimates.results.status import Status
from bayeswrap.verdicts.check import Check, Outcome
from bayeswrap.verdicts.checks.known_causes import UnequalScales, known_cause
from bayeswrap.verdicts.evidence import Evidence
from bayeswrap.verdicts.lineup import Lineup

SYMMETRY = LabelSymmetry(variables=("w", "mu"), components=2, ordered="mu", ordered_type="ordered")
FUNNEL = Funnel(effects="theta", line=5, location="mu", scale="tau", neck=12.0)


def failed(code, evidence="evidence"):
    return Check(
        code=code,
        outcome=Outcome.FAILED,
        evidence=evidence,
        threshold="t",
        reference="r",
        advice="change it",
    )


def cause(made, checks=(), *points, sampler=None, **evidence):
    draws = made.posterior({"a": 0.0, "b": 0.0})
    poor = {"r_hat_max": 1.5} if sampler is None else sampler
    draws = replace(draws, diagnostics=replace(draws.diagnostics, **poor))
    measured = Evidence(censuses={}, **evidence)
    return known_cause(Lineup((*points, draws)), measured, checks)


def test_labels_come_before_all_else(made):
    found = cause(made, [failed("not_identified")], symmetry=SYMMETRY, funnel=FUNNEL)

    assert found.name == "label_switching"
    assert "each labelling of w and mu" in found.clause
    assert found.remedy.startswith("declare ordered[2] mu, so that its components have an order")
    other = cause(made, symmetry=replace(SYMMETRY, ordered="p", ordered_type=""))
    assert other.remedy.startswith("give p an order, such as by ordered[2] on an unbounded scale")


def test_labels_that_a_search_found_count_where_chains_disagree(made):
    assert cause(made, [failed("label_switching")]).remedy == "change it"
    assert cause(made, [failed("label_switching")], sampler={"divergences": 3}) is None


def test_a_funnel_has_its_parametrisation(made):
    found = cause(made, sampler={"divergences": 80}, funnel=FUNNEL)

    assert "line 5" in found.clause
    assert found.remedy == (
        "use a non-centred parametrisation: theta = mu + tau * theta_raw with "
        "theta_raw ~ std_normal()"
    )
    other = cause(made, funnel=replace(FUNNEL, scale="", location=""))
    assert other.remedy.endswith("location + scale * z with z ~ std_normal()")


@pytest.mark.parametrize(
    ("location", "scale", "expected"),
    [
        ("0", "tau", "theta = tau * theta_raw"),
        ("mu", "tau + 0.02", "theta = mu + (tau + 0.02) * theta_raw"),
        ("mu + 1", "2 * tau", "theta = mu + 1 + 2 * tau * theta_raw"),
        ("a - b", "s[1] / 2", "theta = a - b + s[1] / 2 * theta_raw"),
    ],
)
def test_the_parametrisation_means_what_the_statement_means(made, location, scale, expected):
    written = replace(FUNNEL, location=location, scale=scale)
    assert f": {expected} with" in cause(made, sampler={"divergences": 8}, funnel=written).remedy


def test_fewer_observations_than_parameters_are_counted(made):
    flat = made.mle({"a": 0.0, "b": 0.0}, status=Status.FLAT)

    few = cause(made, [failed("not_identified", "it is flat")], flat, observations=1)
    many = cause(made, [failed("not_identified", "it is flat")], flat, observations=9)

    assert few.clause == "it is flat; there are 1 observations for 2 parameters"
    assert many.clause == "it is flat"
    assert few.remedy.startswith("leave out what is redundant")


@pytest.mark.parametrize("code", ["mode_far_from_mass", "laplace_unreliable"])
def test_a_ridge_comes_last(made, code):
    assert cause(made, [failed(code)]).name == "curved_ridge"
    assert cause(made, [failed(code)], funnel=FUNNEL).name == "centred_funnel"


def test_scales_that_no_trajectory_spans(made):
    mode = made.map_unconstrained({"a": 0.0, "b": 0.0})
    optimum = replace(mode.optimum, root=np.diag([1e5, 0.01]))

    found = cause(made, (), replace(mode, optimum=optimum))

    assert found.name == "unequal_scales"
    assert "the standard deviation of a is 1e+07 times that of b" in found.clause
    assert "at most 1023 steps" in UnequalScales("wide", "narrow", 1e7).clause()


def test_nothing_is_known_of_chains_that_need_time_nor_of_sound_ones(made):
    assert cause(made) is None
    assert cause(made, [failed("laplace_unreliable")], sampler={}) is None
