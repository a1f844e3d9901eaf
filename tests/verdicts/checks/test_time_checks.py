"""The check of the budget in words."""

from __future__ import annotations

from bayeswrap.verdicts.check import Outcome
from bayeswrap.verdicts.checks.time_checks import out_of_time


def test_nothing_is_said_where_nothing_is_open():
    assert list(out_of_time([])) == []


def test_open_questions_are_named_once():
    [check] = out_of_time(["whether the posterior is proper", "a", "a"])

    assert check.outcome is Outcome.NOT_DETERMINED
    assert check.evidence.endswith("settled: whether the posterior is proper; a")
    assert "seconds=" in check.advice
