"""Flags are the codes of the checks that failed."""

from __future__ import annotations

from bayeswrap.verdicts.check import Check, Outcome
from bayeswrap.verdicts.verdict import Verdict


def test_flags_are_failures_alone():
    checks = tuple(
        Check(
            code=str(outcome),
            outcome=outcome,
            evidence="e",
            threshold="t",
            reference="r",
            advice="a",
        )
        for outcome in Outcome
    )
    verdict = Verdict(summary="Report it.", checks=checks, point_is_enough=None)

    assert verdict.flags == {"failed"}
    assert str(verdict) == "Report it."
