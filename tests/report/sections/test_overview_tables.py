"""The table of the first screen."""

from __future__ import annotations

from dataclasses import replace

from bayeswrap.report.document.parts import Interval
from bayeswrap.report.sections.overview_tables import overview_section
from bayeswrap.report.sections.recommended import recommended_estimates


def overview(comparison):
    return overview_section(comparison, recommended_estimates(comparison), "")


def test_a_row_has_estimate_spread_interval_kind_and_strip(full):
    (table,) = overview(full).tables
    assert [r.name for r in table.rows] == ["mu", "sigma"]
    estimate, interval, strip, flag = table.rows[1].cells
    assert (estimate.text, estimate.below) == ("1.31 (0.12)", "MAP")
    assert (interval.text, interval.below) == ("1.09 to 1.57", "approximate")
    assert strip.strip.low < 1.09
    assert strip.strip.high > 1.57
    assert flag.text == ""
    assert table.marks == (("posterior", "posterior mean"), ("mle", "MLE"), ("map", "MAP"))


def test_a_long_vector_is_one_row_that_leads_to_its_elements(shapes):
    section = overview(shapes("thirty parameters"))
    (row,) = section.tables[0].rows
    assert (row.name, row.below, row.link) == ("beta", "30 elements", "vector-beta")
    assert row.cells[0].text == "\N{MINUS SIGN}1.00 to 1.00 (0.20)"
    assert len(row.cells[2].strip.elements) == 30
    values = [m.value for m in row.cells[2].strip.elements]
    assert values == sorted(values)
    (folded,) = section.parts
    assert (folded.key, folded.folded) == ("vector-beta", True)
    assert len(folded.tables[0].rows) == 30


def test_four_elements_have_a_row_each(shapes):
    section = overview(shapes("four parameters"))
    assert len(section.tables[0].rows) == 4
    assert section.parts == ()


def test_rows_share_a_scale_only_where_none_would_be_a_dot(full, shapes):
    (own,) = overview(full).tables
    strips = [r.cells[2].strip for r in overview(shapes("four parameters")).tables[0].rows]
    assert len({(s.low, s.high) for s in strips}) == 1
    assert own.columns[2].below != "each row on its own scale"


def test_a_vector_that_would_be_a_dot_has_a_scale_of_its_own(shapes, full):
    wide = recommended_estimates(full)["mu"]
    mark = Interval("posterior", 0.0, -1e6, 1e6)
    alone = replace(wide, name="wide", label="wide", marks=(mark,))
    comparison = shapes("thirty parameters")
    estimates = {"wide": alone, **recommended_estimates(comparison)}
    single, vector = overview_section(comparison, estimates, "").tables[0].rows
    assert single.cells[2].strip.high > 1e6
    assert vector.cells[2].strip.high < 3
    assert " to " in vector.cells[2].below


def test_an_estimate_far_away_does_not_squeeze_the_posterior(shapes):
    strip = overview(shapes("far")).tables[0].rows[0].cells[2].strip
    posterior = strip.marks[0]
    assert (strip.high - strip.low) < 5 * (posterior.upper - posterior.lower) * 10
    assert strip.high < 40
