"""The tables of estimates and of intervals."""

# ruff: noqa: RUF001 - the signs that are shown

from __future__ import annotations

from dataclasses import replace

import numpy as np

import bayeswrap as bw
from bayeswrap.comparison.compare import compare
from bayeswrap.estimates.problem.estimand import Scale
from bayeswrap.report.build import build_report
from bayeswrap.report.sections.estimate_tables import warnings_of


def section(report, key):
    return next(s for s in report.every_section if s.key == key)


def text_of(cell):
    return f"{cell.text} {cell.below}".strip()


def test_the_rows_of_estimates_are_the_declared_parameters_in_their_order(plain):
    tables = [section(plain, k).tables[0] for k in ("estimates", "intervals")]
    for table in tables:
        assert [r.name for r in table.rows] == ["mu", "sigma"]


def test_derived_quantities_are_shown_by_their_label(plain):
    (table,) = section(plain, "derived").tables
    assert [r.name for r in table.rows] == ["signal/noise"]


def test_an_estimate_has_the_digits_that_its_uncertainty_allows(plain):
    (table,) = section(plain, "estimates").tables
    mu, sigma = table.rows
    assert text_of(mu.cells[0]) == "−0.510 (0.081)"
    assert text_of(sigma.cells[0]) == "1.32 (0.12)"


def test_a_value_on_the_edge_has_no_spread_and_no_residue_of_the_search(shapes):
    report = build_report(shapes("edge"), pictures=False)
    (table,) = section(report, "estimates").tables
    cell = table.rows[1].cells[1]
    assert (text_of(cell), cell.tone) == ("0.00 on the edge", "open")
    assert "no standard error" in cell.hint
    (intervals,) = section(report, "intervals").tables
    assert intervals.rows[1].cells[1].text == "—"
    assert "sigma" in intervals.notes[0]


def test_two_scales_with_one_mode_share_a_column(builder):
    make = builder()
    points = [make.point(s) for s in (Scale.CONSTRAINED, Scale.UNCONSTRAINED)]
    report = build_report(compare(*points, make.posterior()), pictures=False)
    heads = [c.head for c in section(report, "estimates").tables[0].columns]
    assert "MAP, both scales" in heads
    assert not any("unconstrained" in h for h in heads)


def test_intervals_are_called_by_their_kind(plain):
    (table,) = section(plain, "intervals").tables
    kinds = {c.head: c.below for c in table.columns}
    assert kinds == {
        "MLE": "95 % confidence interval",
        "MAP, constrained": "95 % approximate interval",
        "MAP, unconstrained": "95 % approximate interval",
        "Laplace": "95 % approximate interval",
        "Posterior": "95 % credible interval",
    }


def test_a_marginal_mle_is_called_one_where_its_column_stands():
    entry = bw.library["eight_schools_noncentered"]
    model = bw.Model(entry.program, entry.example_data, engine="stanli", **entry.columns)
    comparison = compare(model.mle(marginal=True, seed=1), model.map(seed=1), starts=0)

    table = section(build_report(comparison, pictures=False), "estimates").tables[0]

    assert [c.head for c in table.columns][:2] == ["marginal MLE", "MAP, constrained"]
    assert "integrated out" in table.columns[0].meaning


def test_estimates_and_draws_stand_with_their_warnings():
    program = bw.Program.from_string(
        "data { int N; vector[N] x; vector[N] y; } parameters { real a; real b; }"
        "model { y ~ normal(a + b * x, 1); }",
        name="far_from_zero",
    )
    data = {"x": 1e4 + np.arange(6.0), "y": np.array([0.1, 0.9, 2.2, 2.8, 4.1, 5.0])}
    model = bw.Model(program, data, engine="stanli")
    draws = model.sample(seed=1, chains=2, iter_warmup=50, iter_sampling=50)
    comparison = compare(model.mle(seed=1), replace(draws, warnings=("drawn with care",)))

    report = build_report(comparison, pictures=False)

    assert any("condition number" in n for n in section(report, "estimates").text)
    assert "drawn with care" in section(report, "sampler").tables[0].notes


def test_the_legend_says_each_meaning_once(plain):
    (table,) = section(plain, "intervals").tables
    heads = [h for h, _ in table.legend]
    assert heads == ["MLE", "MAP, constrained and MAP, unconstrained", "Laplace", "Posterior"]


def test_a_warning_says_of_which_estimates(builder):
    made = builder()
    both = [
        replace(made.point(scale), warnings=("a scale collapsed",))
        for scale in (Scale.CONSTRAINED, Scale.UNCONSTRAINED)
    ]
    alone = replace(made.point(), warnings=("no start reached a maximum",))

    assert warnings_of(compare(alone, *both)) == (
        "MLE: no start reached a maximum",
        "MAP (constrained scale) and MAP (unconstrained scale): a scale collapsed",
    )
