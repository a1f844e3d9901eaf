"""Each work is written once, with author, year and place."""

from __future__ import annotations

import re

from fixtures.folders import ROOT

from bayeswrap.verdicts import references

WORKS = {name: getattr(references, name) for name in references.__all__}


def test_a_work_has_a_year():
    assert all(re.search(r"(19|20)\d\d", work) for work in WORKS.values())
    assert len(set(WORKS.values())) == len(WORKS)


def test_checks_take_their_works_from_here():
    for path in (ROOT / "bayeswrap" / "verdicts" / "checks").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r'reference="', text), path.name
