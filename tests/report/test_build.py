"""The report as a value: its sections, and rows that agree with the comparison."""

# ruff: noqa: RUF001 - the signs that are shown

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.comparison.compare import compare
from bayeswrap.estimates.problem.estimand import Scale
from bayeswrap.report.build import build_report
from bayeswrap.report.sections.program_listing import annotated
from bayeswrap.report.sections.row_words import Recommendation, row_words

ORDER = (
    "estimates",
    "intervals",
    "derived",
    "theory",
    "figures",
    "prior",
    "checks",
    "program",
    "sampler",
    "methods",
    "citations",
    "record",
)


def section(report, key):
    return next(s for s in report.sections if s.key == key)


def text_of(cell):
    return f"{cell.text} {cell.below}".strip()


def test_the_sections_stand_in_their_order(full):
    assert tuple(s.key for s in build_report(full).sections) == ORDER


def test_the_missing_have_a_section_of_their_own_only_where_there_are_any(shapes):
    report = build_report(shapes("only missing"), pictures=False)
    (row,) = section(report, "missing").tables[0].rows
    assert (row.name, *[c.text for c in row.cells]) == ("MLE", "it has run away", "add a prior")


def test_every_row_has_a_cell_for_every_column(full, shapes):
    for comparison in (full, shapes("edge"), shapes("lost"), shapes("only missing")):
        report = build_report(comparison, pictures=False)
        for table in (t for s in report.sections for t in s.tables):
            assert {len(r.cells) for r in table.rows} <= {len(table.columns)}, table.key


def test_the_rows_of_estimates_are_the_declared_parameters_in_their_order(plain):
    tables = [section(plain, k).tables[0] for k in ORDER[:2]]
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


def test_the_last_point_of_a_search_that_found_nothing_is_no_estimate(shapes):
    report = build_report(shapes("lost"), pictures=False)
    (table,) = section(report, "estimates").tables
    assert "MLE" not in [c.head for c in table.columns]
    densities = section(report, "theory").tables[0]
    assert [c.text for c in densities.rows[0].cells] == ["—"] * 3
    titles = [r.name for r in section(report, "missing").tables[0].rows]
    assert titles == ["MLE"], "told once, although the comparison says it twice"


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


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("edge", {"mu": Recommendation.MAP, "sigma": Recommendation.POSTERIOR}),
        ("points only", dict.fromkeys(("mu", "sigma"), Recommendation.NONE)),
        ("only missing", dict.fromkeys(("mu", "sigma"), Recommendation.POSTERIOR)),
    ],
)
def test_the_recommendation_of_a_row_follows_the_checks(shapes, case, words):
    assert row_words(shapes(case)) == words


def test_all_rows_may_keep_the_mode_when_the_verdict_says_so(full):
    assert full.verdict.point_is_enough is True
    assert set(row_words(full).values()) == {Recommendation.MAP}


def test_the_sum_is_written_out_at_each_mode(plain):
    theory = section(plain, "theory")
    assert theory.text[0] == "log posterior = log likelihood + log prior + const"
    assert theory.facts[0].name == "at the MLE"
    assert theory.facts[0].text == "−103.750 + const = (−100.250) + (−3.500) + const"


def test_all_lines_of_a_statement_carry_its_role(full, plain):
    code = section(plain, "program").code
    roles = {line.number: (line.role, line.first) for line in code if line.role}
    assert roles == {
        10: ("prior", True),
        11: ("prior", False),
        12: ("prior", True),
        13: ("likelihood", True),
    }
    assert "\n".join(line.text for line in code) + "\n" == full.record.program


def test_a_role_that_the_user_said_is_told_as_such(builder):
    source = "data { real y; } parameters { real a; } model { target += -0.5 * (y - a)^2; }"
    record = replace(
        builder().record("mle"), program=source, program_name="said", roles={"1": "likelihood"}
    )
    assert [line.role for line in annotated(record)] == ["likelihood"]
    assert "said by roles=" in annotated(record)[0].why


def test_terms_of_several_roles_on_a_line_are_all_told(builder):
    source = (
        "data { real y; } parameters { real a; }\nmodel {\n"
        "  target += normal_lpdf(a | 0, 1) + normal_lpdf(y | a, 1);\n}\n"
    )
    record = replace(builder().record("mle"), program=source, program_name="terms", roles={})
    told = {line.number: (line.role, line.first) for line in annotated(record) if line.role}
    assert told == {3: ("prior + likelihood", True)}
    assert annotated(record)[2].why == "outcome is a parameter; outcome is data (y)"


def test_the_methods_name_what_was_done(plain):
    (text,) = section(plain, "methods").text
    for part in ("observed information", "4 chains", "1000 warmup and 250", "seed 7", "1.004"):
        assert part in text
    assert "CmdStan 2.39.0 (Carpenter et al. 2017)" in text


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

    assert any("condition number" in n for n in section(report, "estimates").tables[0].notes)
    assert "drawn with care" in section(report, "sampler").tables[0].notes


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


def test_the_legend_says_each_meaning_once(plain):
    (table,) = section(plain, "intervals").tables
    heads = [h for h, _ in table.legend]
    assert heads == ["MLE", "MAP, constrained and MAP, unconstrained", "Laplace", "Posterior"]


def test_a_report_of_points_alone_gives_no_verdict(shapes):
    report = build_report(shapes("points only"))
    assert (report.word, report.tone) == ("No verdict", "open")
    assert "sampler" not in {s.key for s in report.sections}
