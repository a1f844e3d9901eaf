"""The log density at each mode."""

# ruff: noqa: RUF001 - the signs that are shown

from __future__ import annotations

import bayeswrap as bw
from bayeswrap.report.build import build_report
from bayeswrap.report.sections.density_tables import log_density_table, theory


def section(report, key):
    return next(s for s in report.every_section if s.key == key)


def test_the_sum_is_written_out_at_each_mode(plain):
    theory = section(plain, "theory")
    assert theory.text[0] == "log posterior = log likelihood + log prior + const"
    assert theory.facts[0].name == "at the MLE"
    assert theory.facts[0].text == "−103.750 + const = (−100.250) + (−3.500) + const"


def test_only_estimates_that_exist_are_explained(plain, shapes):
    words = section(plain, "theory").text[1]
    assert "The MLE maximises" in words
    assert "NUTS draws" in words
    few = section(build_report(shapes("points only"), pictures=False), "theory").text[1]
    assert "NUTS" not in few
    assert "Laplace approximation" not in few


def test_a_marginal_mle_has_no_log_population():
    entry = bw.library["eight_schools_noncentered"]
    model = bw.Model(entry.program, entry.example_data, engine="stanli", **entry.columns)
    comparison = bw.compare(model.mle(marginal=True, seed=1), model.map(seed=1), starts=0)

    table = log_density_table(comparison)

    assert table.columns[2].head == "log population"
    assert table.rows[0].cells[2].text == "—"
    assert table.rows[0].cells[2].hint == "the effects are integrated out"
    assert not any("rises" in note for note in table.notes)
    assert any("not comparable" in note for note in table.notes)
    assert "effects are integrated out" in theory(comparison)
