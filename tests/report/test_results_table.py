"""The table of a paper in its formats."""

from __future__ import annotations

import csv

import pytest

import bayeswrap as bw
from bayeswrap.errors import UsageError
from bayeswrap.report.results_table import results_table


@pytest.fixture
def comparison(made):
    return bw.compare(
        made.mle({"a": 1.25, "b": -2.0}), made.map({"a": 1.5, "b": -1.0}), made.posterior({"a": 1})
    )


def test_an_estimate_stands_over_its_spread(comparison):
    rows = list(csv.reader(results_table(comparison, "csv").splitlines()))

    assert rows[0] == ["", *(result.title for result in comparison.results)]
    assert rows[1][0] == "a"
    assert float(rows[1][1]) == pytest.approx(1.25, abs=0.06)  # one decimal
    assert rows[2][0] == ""
    assert rows[2][1].startswith("(")
    assert "log likelihood" in [row[0] for row in rows]


def test_what_a_result_lacks_stays_empty(comparison):
    rows = list(csv.reader(results_table(comparison, "csv", ["b"]).splitlines()))

    assert rows[1][0] == "b"
    assert rows[1][3] == ""


def test_each_format_has_its_rules(comparison):
    assert r"\toprule" in results_table(comparison, "latex")
    assert results_table(comparison, "md").splitlines()[1].startswith("|:")
    assert "<table>" in results_table(comparison, "html")
    assert comparison.paper_table() == results_table(comparison, "text")


def test_an_unknown_format_is_refused(comparison):
    with pytest.raises(UsageError, match="format"):
        results_table(comparison, "docx")
