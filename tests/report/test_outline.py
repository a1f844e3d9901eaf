"""The sections in the order of the page."""

from __future__ import annotations

from dataclasses import replace

from bayeswrap.report.build import build_report
from bayeswrap.verdicts.check import Outcome


def keys(report):
    return [s.key for s in report.every_section]


def test_everything_below_the_first_screen_is_folded_but_the_results(plain):
    open_ones = [s.key for s in plain.sections if not s.folded]
    assert open_ones == ["overview", "results"]


def test_long_vectors_are_folded_wherever_they_stand(shapes):
    report = build_report(shapes("thirty parameters"), pictures=False)
    folded = {s.key for s in report.every_section if s.folded}
    assert {"vector-beta", "elements-beta"} <= folded
    side_by_side = next(s for s in report.every_section if s.key == "estimates")
    assert side_by_side.tables[0].rows == ()


def test_checks_that_failed_come_first_with_plain_names(shapes):
    report = build_report(shapes("edge"), pictures=False)
    rows = next(s for s in report.sections if s.key == "checks").tables[0].rows
    tones = [row.tone for row in rows]
    assert tones == sorted(tones, key=["bad", "open", "good"].index)
    assert rows[0].name != rows[0].below
    assert len({row.below for row in rows}) == len(rows)


def test_what_rests_on_chains_that_disagree_is_marked(full):
    checks = tuple(
        replace(c, outcome=Outcome.FAILED) if c.code == "sampler_not_converged" else c
        for c in full.verdict.checks
    )
    sick = replace(full, verdict=replace(full.verdict, checks=checks))
    doubtful = {s.key for s in build_report(sick, pictures=False).sections if s.doubtful}
    assert {"overview", "results"} <= doubtful
    assert not any(s.doubtful for s in build_report(full, pictures=False).sections)


def test_the_glossary_has_each_meaning_once(plain):
    meanings = [meaning for _, meaning in plain.glossary]
    assert len(meanings) == len(set(meanings)) > 5
