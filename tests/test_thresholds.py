"""Every threshold has a unit, a source and a record, and some module uses it."""

from __future__ import annotations

import re

import pytest
from fixtures.folders import ROOT
from scipy.stats import norm

from bayeswrap.thresholds import THRESHOLDS

SOURCES = [
    p.read_text(encoding="utf-8")
    for p in (ROOT / "bayeswrap").rglob("*.py")
    if p.name != "thresholds.py"
]


@pytest.mark.parametrize("name", sorted(THRESHOLDS))
def test_a_threshold_says_all_that_a_reader_needs(name):
    row = THRESHOLDS[name]

    assert row.unit
    assert row.beyond
    assert row.source
    assert len(list((ROOT / "docs/decisions").glob(f"{row.decision}-*.md"))) == 1


@pytest.mark.parametrize("name", sorted(THRESHOLDS))
def test_a_threshold_is_used(name):
    assert any(f"{name}.value" in text for text in SOURCES)


@pytest.mark.parametrize("name", sorted(n for n, r in THRESHOLDS.items() if r.decision == "0012"))
def test_record_12_argues_for_each_of_its_rows(name):
    [record] = (ROOT / "docs/decisions").glob("0012-*.md")

    assert f"`{name}`" in record.read_text(encoding="utf-8")


def test_what_an_interval_covers_is_what_the_rows_of_the_gap_say():
    """Phi(1.96 - g) - Phi(-1.96 - g) for a shift g, 2 Phi(1.96 / r) - 1 for a ratio r."""
    for name in ("SMALL_GAP", "LARGE_GAP", "SMALL_RATIO", "LARGE_RATIO"):
        row = THRESHOLDS[name]
        covers = (
            norm.cdf(1.96 - row.value) - norm.cdf(-1.96 - row.value)
            if "GAP" in name
            else 2 * norm.cdf(1.96 / row.value) - 1
        )
        [stated] = re.findall(r"less than ([\d.]+) %", row.beyond)
        assert round(100 * covers, 1) == float(stated)
