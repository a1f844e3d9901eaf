"""The log density at each mode."""

# ruff: noqa: RUF001 - the signs that are shown

from __future__ import annotations


def section(report, key):
    return next(s for s in report.sections if s.key == key)


def test_the_sum_is_written_out_at_each_mode(plain):
    theory = section(plain, "theory")
    assert theory.text[0] == "log posterior = log likelihood + log prior + const"
    assert theory.facts[0].name == "at the MLE"
    assert theory.facts[0].text == "−103.750 + const = (−100.250) + (−3.500) + const"
