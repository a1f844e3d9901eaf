"""Codes of checks as people call them."""

from __future__ import annotations

from bayeswrap.report.sections.flag_words import name_of, words_by_scalar


def test_a_code_has_a_plain_name():
    assert name_of("sampler_not_converged") == "convergence of the chains"
    assert name_of("a_new_one") == "a new one"


def test_every_check_of_a_comparison_has_a_name(full, shapes):
    codes = {c.code for made in (full, shapes("edge")) for c in made.verdict.checks}
    assert all(name_of(code) != code.replace("_", " ") for code in codes)


def test_flags_belong_to_the_scalars_that_a_check_names(shapes, full, hits):
    assert "on the edge" in words_by_scalar(shapes("edge"))["sigma"]
    assert words_by_scalar(full) == {}
    assert words_by_scalar(hits)["b"][-1] == "prior-sensitive"
