"""Diagnostics of the sampler."""

from __future__ import annotations

from bayeswrap.report.sections.sampler_tables import diagnostics_table


def test_the_diagnostics_stand_in_their_rows(full):
    rows = {row.name: row.cells[0].text for row in diagnostics_table(full).rows}
    assert rows == {
        "divergent transitions": "0",
        "tree depth limit hits": "0",
        "E-BFMI": "1.02",
        "R-hat": "1.004",
        "effective sample size": "812",
    }


def test_points_alone_have_no_diagnostics(shapes):
    assert diagnostics_table(shapes("points only")) is None
