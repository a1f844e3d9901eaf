"""The methods text."""

from __future__ import annotations

import dataclasses

import bayeswrap as bw
from bayeswrap.comparison.compare import compare
from bayeswrap.estimates.results.status import Status
from bayeswrap.report.sections.methods_paragraph import methods_paragraph, missing_sentence


def section(report, key):
    return next(s for s in report.every_section if s.key == key)


def test_the_methods_name_what_was_done(plain):
    (text,) = section(plain, "methods").text
    for part in ("observed information", "4 chains", "1000 warmup and 250", "seed 7", "1.004"):
        assert part in text
    assert "CmdStan 2.39.0 (Carpenter et al. 2017)" in text


def test_a_report_cites_what_its_methods_text_rests_on(plain):
    (text,) = section(plain, "methods").text
    works = section(plain, "citations").text
    assert "Kallioinen" not in text
    assert not any("Kallioinen" in work for work in works)
    assert any(work.startswith("bayeswrap developers") for work in works)
    assert "(version 0.1.0)" in next(w for w in works if w.startswith("bayeswrap"))


def test_what_is_cited_is_described(hits_report):
    (text,) = section(hits_report, "methods").text
    works = section(hits_report, "citations").text
    for said, cited in (
        ("measured by power scaling (Kallioinen et al. 2024)", "Kallioinen"),
        ("leave-one-out cross-validation", "Gelman, A. and Gabry"),
    ):
        assert said in text
        assert any(cited in work for work in works)


def test_an_engine_in_process_is_called_by_what_it_is(hits_report):
    (text,) = section(hits_report, "methods").text
    assert "evaluated in process by stanli" in text
    assert "with evaluated" not in text
    assert "cmdstanpy" not in text


def test_the_engine_of_the_draws_is_named_beside_that_of_the_search(builder):
    searched = builder(
        engine="Stan 2.39.0 through CmdStan 2.39.0; searched in process by stanli"
    ).everything()
    text = methods_paragraph(searched)
    assert "CmdStan 2.39.0 (Carpenter et al. 2017), with modes searched in process by" in text


def test_effects_that_were_integrated_out_are_named():
    entry = bw.library["eight_schools_noncentered"]
    model = bw.Model(entry.program, entry.example_data, engine="stanli", **entry.columns)
    text = methods_paragraph(bw.compare(model.mle(marginal=True, seed=1), starts=0))
    assert "Marginal maximum likelihood estimates maximise the likelihood" in text
    assert "latent effects (theta_raw) were integrated out of it exactly" in text
    assert "Posterior modes" not in text


def test_standard_errors_are_described_where_there_are_some(builder):
    made = builder()
    edge = made.point(status=Status.BOUNDARY, edge=("mu", "sigma", "ratio"))
    assert "observed information" not in methods_paragraph(compare(edge, made.posterior()))
    assert "observed information" in methods_paragraph(compare(made.point(), made.posterior()))


def test_rows_left_out_for_missing_values_are_told(full):
    assert (
        "No observation of the data that were passed was left out for missing"
        in methods_paragraph(full)
    )
    note = "3 of 480 rows dropped for missing values ('hours': 3): rows 3, 50, 200"
    record = dataclasses.replace(full.results[0].record, left_out=(note,))
    assert missing_sentence(record) == (
        "3 of 480 rows were dropped for missing values ('hours': 3); nothing was imputed."
    )
