"""The checks, and the estimates that do not exist."""

from __future__ import annotations

from bayeswrap.report.build import build_report


def section(report, key):
    return next(s for s in report.every_section if s.key == key)


def test_the_missing_have_a_section_of_their_own_only_where_there_are_any(shapes):
    report = build_report(shapes("only missing"), pictures=False)
    (row,) = section(report, "missing").tables[0].rows
    assert (row.name, *[c.text for c in row.cells]) == ("MLE", "it has run away", "add a prior")


def test_the_last_point_of_a_search_that_found_nothing_is_no_estimate(shapes):
    report = build_report(shapes("lost"), pictures=False)
    (table,) = section(report, "estimates").tables
    assert "MLE" not in [c.head for c in table.columns]
    densities = section(report, "theory").tables[0]
    assert [c.text for c in densities.rows[0].cells] == ["—"] * 3
    titles = [r.name for r in section(report, "missing").tables[0].rows]
    assert titles == ["MLE"], "told once, although the comparison says it twice"
