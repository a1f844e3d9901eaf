"""What to report for each scalar."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.report.sections.recommended import (
    effects_of,
    groups_of,
    marked_points,
    recommended_estimates,
)
from bayeswrap.verdicts.check import Check, Outcome


@pytest.fixture(scope="module")
def schools():
    entry = bw.library["eight_schools_noncentered"]
    model = bw.Model(entry.program, entry.example_data, engine="stanli", **entry.columns)
    return bw.compare(model.mle(marginal=True, seed=1), model.sample(seed=1), starts=0)


def test_an_adequate_mode_stands_with_its_own_spread_and_interval(full):
    mu = recommended_estimates(full)["mu"]
    assert (mu.source, mu.interval, mu.judged) == ("MAP", "approximate", True)
    assert (mu.value, mu.spread) == pytest.approx((-0.52, 0.081))
    assert mu.lower == pytest.approx(-0.52 - 1.96 * 0.081, abs=1e-3)
    assert [m.kind for m in mu.marks] == ["posterior", "mle", "map"]


def test_where_the_verdict_forbids_the_mode_the_posterior_stands(shapes):
    found = recommended_estimates(shapes("edge"))
    assert (found["sigma"].source, found["sigma"].interval) == ("posterior mean", "credible")
    assert "on the edge" in found["sigma"].flags


def test_without_a_verdict_there_is_what_there_is(shapes):
    mu = recommended_estimates(shapes("points only"))["mu"]
    assert (mu.source, mu.judged) == ("MAP", False)


def test_population_parameters_come_before_effects(schools):
    assert effects_of(schools) == {"theta_raw"}
    names = ["theta_raw[1]", "theta_raw[2]", "mu", "tau"]
    assert groups_of(schools, names) == (
        ("mu", ("mu",)),
        ("tau", ("tau",)),
        ("theta_raw", ("theta_raw[1]", "theta_raw[2]")),
    )
    assert [name for _, name in marked_points(schools).values()] == ["marginal MLE"]


def test_a_disagreement_of_chains_is_a_flag(full):
    table = full.frame.assign(r_hat=[1.05, 1.0, np.nan])
    found = recommended_estimates(replace(full, frame=table))
    assert found["mu"].flags == ("R\N{NON-BREAKING HYPHEN}hat 1.05",)
    assert found["sigma"].flags == ()


def with_failed(comparison, *codes):
    checks = [
        Check(code=c, outcome=Outcome.FAILED, evidence="", threshold="", reference="", advice="")
        for c in codes
    ]
    others = [c for c in comparison.verdict.checks if c.code not in codes]
    verdict = replace(comparison.verdict, checks=(*checks, *others), point_is_enough=None)
    return replace(comparison, verdict=verdict)


def test_where_chains_disagree_a_verified_maximum_is_at_hand(full, schools):
    found = recommended_estimates(with_failed(full, "sampler_not_converged"))
    assert {(r.source, r.judged, r.of_draws) for r in found.values()} == {("MAP", False, False)}
    # that of the schools lies on the edge, and effects have none of their own
    found = recommended_estimates(with_failed(schools, "sampler_not_converged"))
    assert {r.of_draws for r in found.values()} == {True}


def test_a_maximum_that_must_not_be_reported_is_not_at_hand_either(full):
    found = recommended_estimates(with_failed(full, "sampler_not_converged", "multimodal"))
    assert {r.source for r in found.values()} == {"posterior mean"}
