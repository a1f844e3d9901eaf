"""Verdicts on programs that are known to be in trouble, and on regressions that are not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import bayeswrap as bw

GOLD = Path(__file__).parents[1] / "gold"
# few observations skew a posterior, so small items may be flagged truly; these may not
ORDINARY = (
    "glm/binomial_menarche",
    "glm/logistic_wells",
    "glm/poisson_dobson",
    "bayes/normal_known_variance",
    "bayes/hierarchical_normal_known_tau",
    "bayes/beta_binomial_7_of_10",
    "bayes/ridge_diabetes_0p04",
)


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

    # whether chains of this length mix is a fact about the sampler, not about the estimates
    assert verdict.flags <= {"sampler_not_converged"}
    assert verdict.point_is_enough is not False
