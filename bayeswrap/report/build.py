"""`build_report`: from a comparison to the frozen report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.report.document.parts import Report
from bayeswrap.report.facts import facts_of
from bayeswrap.report.outline import page_sections
from bayeswrap.report.sections import first_screen
from bayeswrap.report.sections.assessment import assess

if TYPE_CHECKING:
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "build_report",
]


def build_report(
    comparison: ComparisonResult, *, pictures: bool = True, facts: bool = True
) -> Report:
    """Return the report of a comparison.

    Parameters
    ----------
    comparison : ComparisonResult
        What `compare` or `analyze` returned.
    pictures : bool, optional
        Whether the figures are drawn: a renderer of numbers needs none.
    facts : bool, optional
        Whether all numbers are gathered: a renderer of pages needs only those of its tables.
    """
    assessment = assess(comparison)
    word, tone = first_screen.recommendation(comparison)
    return Report(
        title=comparison.record.program_name,
        about=first_screen.about(comparison, assessment),
        word=word,
        tone=tone,
        action=first_screen.action(comparison),
        badges=first_screen.badges(comparison),
        summary=comparison.verdict.summary,
        sections=page_sections(comparison, assessment, pictures=pictures),
        facts=facts_of(comparison, assessment) if facts else {},
    )
