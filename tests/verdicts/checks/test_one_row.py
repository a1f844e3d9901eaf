"""A code has one row and one outcome."""

from __future__ import annotations

from bayeswrap.verdicts.check import Check, Outcome
from bayeswrap.verdicts.checks.one_row import one_row_a_code


def check(code, outcome, evidence, parameters=()):
    return Check(
        code=code,
        outcome=outcome,
        evidence=evidence,
        threshold="t",
        reference="r",
        advice=f"advice on {evidence}",
        parameters=parameters,
    )


def test_the_worst_outcome_stands_with_its_own_evidence():
    rows = one_row_a_code(
        [
            check("a", Outcome.PASSED, "fine", ("x",)),
            check("b", Outcome.PASSED, "alone"),
            check("a", Outcome.FAILED, "bad", ("y",)),
            check("a", Outcome.NOT_DETERMINED, "open"),
            check("a", Outcome.FAILED, "worse", ("y", "z")),
        ]
    )

    assert [r.code for r in rows] == ["a", "b"]
    assert rows[0].outcome is Outcome.FAILED
    assert rows[0].evidence == "bad; worse"
    assert rows[0].advice == "advice on bad"
    assert rows[0].parameters == ("y", "z")


def test_what_is_open_is_not_called_passed():
    [row] = one_row_a_code(
        [check("a", Outcome.PASSED, "fine"), check("a", Outcome.NOT_DETERMINED, "open")]
    )

    assert (row.outcome, row.evidence) == (Outcome.NOT_DETERMINED, "open")
