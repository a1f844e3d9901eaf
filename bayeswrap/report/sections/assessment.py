"""What the draws allow beyond the table: predictive checks, leave-one-out, power scaling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bayeswrap.report.sections.loo_tables import facts_of_loo, loo_summary
from bayeswrap.report.sections.power_scaling_tables import facts_of_power_scaling
from bayeswrap.report.sections.predictive_tables import facts_of_prediction
from bayeswrap.verdicts.predictive_checks import predictions_of

if TYPE_CHECKING:
    from bayeswrap.report.sections.loo_tables import LooSummary
    from bayeswrap.verdicts.comparison_result import ComparisonResult
    from bayeswrap.verdicts.predictive_checks import Prediction

__all__ = [
    "Assessment",
    "assess",
    "facts_of_assessment",
]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Assessment:
    """What is computed once for a report; None and empty where the results do not allow it."""

    loo: LooSummary | None
    predictions: tuple[Prediction, ...]


def assess(comparison: ComparisonResult) -> Assessment:
    """Return the leave-one-out score and the predictions of a comparison's draws."""
    return Assessment(loo=loo_summary(comparison), predictions=predictions_of(comparison.lineup))


def facts_of_assessment(comparison: ComparisonResult, assessment: Assessment) -> dict[str, Any]:
    """Return the same as plain values."""
    return {
        "power_scaling": facts_of_power_scaling(comparison),
        "loo": None if assessment.loo is None else facts_of_loo(assessment.loo),
        "predictive": [facts_of_prediction(p) for p in assessment.predictions],
    }
