"""The report as a value: its sections in their order, and its heading."""

from __future__ import annotations

import bayeswrap as bw
from bayeswrap.report.build import build_report

ORDER = (
    "overview",
    "results",
    "agreement",
    "prior",
    "computation",
    "checks",
    "program",
    "methods",
    "citations",
    "record",
)


def test_the_sections_stand_in_their_order(full):
    assert tuple(s.key for s in build_report(full).sections) == ORDER


def test_every_row_has_a_cell_for_every_column(full, shapes):
    for comparison in (full, shapes("edge"), shapes("lost"), shapes("only missing")):
        report = build_report(comparison, pictures=False)
        for table in (t for s in report.every_section for t in s.tables):
            assert {len(r.cells) for r in table.rows} <= {len(table.columns)}, table.key


def test_a_posterior_that_does_not_exist_heads_the_page():
    program = bw.Program.from_string(
        "data { vector[2] y; } parameters { real mu; real<lower=0> sigma; }"
        "model { y ~ normal(mu, sigma); }",
        name="one_point_twice",
    )
    comparison = bw.analyze(program, {"y": [1.0, 1.0]}, engine="stanli", seed=1)

    report = build_report(comparison, pictures=False)

    assert report.word == "The posterior does not exist"
    assert "improper" in report.summary


def test_a_report_of_points_alone_gives_no_verdict(shapes):
    report = build_report(shapes("points only"))
    assert (report.word, report.tone) == ("No verdict", "open")
    assert "sampler" not in {s.key for s in report.every_section}
