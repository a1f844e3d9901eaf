"""The references of a report."""

from __future__ import annotations

from dataclasses import replace

from bayeswrap.report.document.glossary import BIBLIOGRAPHY
from bayeswrap.report.sections.assessment import Assessment
from bayeswrap.report.sections.reference_list import CITED, References, reference_list
from bayeswrap.verdicts.lineup import Lineup

NOTHING = Assessment(loo=None, predictions=())


def test_every_work_has_its_short_and_its_long_form():
    assert {*CITED} == {*References} == {*BIBLIOGRAPHY}


def test_a_point_alone_cites_no_sampler(full):
    point = replace(full, lineup=Lineup(full.lineup.points))
    works = reference_list(point, NOTHING)
    assert [w.split(",")[0] for w in works] == [works[0].split(",")[0], "Carpenter"]


def test_the_list_is_in_alphabetical_order(full):
    works = reference_list(full, NOTHING)
    assert list(works) == sorted(works, key=str.lower)
    assert any(w.startswith("Hoffman") for w in works)
