"""Leave-one-out cross-validation: score and reliability."""

from __future__ import annotations

import dataclasses
import gc

import pytest

from bayeswrap.report.sections import loo_tables
from bayeswrap.report.sections.assessment import assess
from bayeswrap.report.sections.loo_tables import LooSummary, leave_one_out_tables
from bayeswrap.verdicts.lineup import lineup_of

SCORE = LooSummary(
    elpd=-20.0,
    se=2.0,
    p=1.5,
    observations=40,
    limit=0.7,
    good=40,
    bad=0,
    very_bad=0,
)


def test_the_score_is_that_of_the_comparison(hits):
    found = assess(hits).loo
    score = hits.loo()
    assert (found.elpd, found.se, found.p) == (score.elpd, score.se, score.p)
    assert found.good + found.bad + found.very_bad == found.observations == 30


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({}, "Importance sampling is reliable for every observation."),
        ({"good": 39, "bad": 1}, "1 of 40 observations is too influential"),
        ({"good": 37, "bad": 1, "very_bad": 2}, "3 of 40 observations are too influential"),
        ({"doubts": ("R-hat is 1.2",)}, "The draws are in doubt: R-hat is 1.2."),
        ({"notes": ("line 3 is one number",)}, "Line 3 is one number."),
    ],
)
def test_how_far_the_score_can_be_trusted(changes, note):
    _, trust = leave_one_out_tables(dataclasses.replace(SCORE, **changes), 2)
    assert any(text.startswith(note) for text in trust.notes)


def test_draws_in_doubt_are_not_called_reliable():
    _, trust = leave_one_out_tables(dataclasses.replace(SCORE, doubts=("R-hat is 1.2",)), 2)
    assert not any("reliable" in text for text in trust.notes)


def test_a_score_is_kept_for_the_next_table(hits, monkeypatch):
    first = loo_tables.loo_summary(hits)
    monkeypatch.setattr(loo_tables, "leave_one_out", None)

    assert loo_tables.loo_summary(hits) is first


def test_a_score_goes_with_its_draws(made):
    draws = made.posterior({"x": 0.0})  # without a way back to the density
    before = len(loo_tables._KEPT)

    assert loo_tables.score_of(lineup_of([draws])) is None
    assert len(loo_tables._KEPT) == before + 1
    del draws
    gc.collect()
    assert len(loo_tables._KEPT) == before
