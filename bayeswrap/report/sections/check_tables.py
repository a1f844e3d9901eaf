"""The checks behind the verdict, and the estimates that do not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.report.document.parts import Cell, Column, Row, Table
from bayeswrap.report.sections.flag_words import name_of
from bayeswrap.verdicts.check import Outcome
from bayeswrap.verdicts.verdict import Missing

if TYPE_CHECKING:
    from bayeswrap.verdicts.check import Check
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "all_missing",
    "checks_table",
    "missing_table",
]


_TONES = {Outcome.PASSED: "good", Outcome.FAILED: "bad", Outcome.NOT_DETERMINED: "open"}
_RANKS = {Outcome.FAILED: 0, Outcome.NOT_DETERMINED: 1, Outcome.PASSED: 2}


def all_missing(comparison: ComparisonResult) -> tuple[Missing, ...]:
    """Return the estimates that do not exist, by the comparison or by their own status."""
    titles = {m.title for m in comparison.missing}
    others = [
        Missing(title=p.title, reason=p.status.sentence, advice=p.status.advice)
        for p in comparison.lineup.points
        if not p.status.is_estimate and p.title not in titles
    ]
    return (*comparison.missing, *others)


def missing_table(comparison: ComparisonResult) -> Table | None:
    """Return the estimates that do not exist, or None where all do."""
    missing = all_missing(comparison)
    if not missing:
        return None
    return Table(
        key="missing",
        caption="Estimates that do not exist, or that the search did not reach",
        stub=Column("estimate"),
        columns=(Column("reason", words=True), Column("advice", words=True)),
        rows=tuple(Row(m.title, (Cell(m.reason), Cell(m.advice))) for m in missing),
    )


def checks_table(comparison: ComparisonResult) -> Table:
    """Return all checks with their evidence, those that failed first."""
    heads = ("outcome", "evidence", "passes if", "advice if it fails", "reference")
    ranked = sorted(comparison.verdict.checks, key=lambda c: _RANKS[c.outcome])
    return Table(
        key="checks",
        caption="Checks behind the verdict",
        stub=Column("check"),
        columns=tuple(Column(h, words=True) for h in heads),
        rows=tuple(_check_row(c) for c in ranked),
    )


def _check_row(check: Check) -> Row:
    tone = _TONES[check.outcome]
    word = Cell(str(check.outcome).replace("_", " "), tone=tone)
    rest = (check.evidence, check.threshold, check.advice, check.reference)
    return Row(name_of(check.code), (word, *(Cell(t) for t in rest)), tone=tone, below=check.code)
