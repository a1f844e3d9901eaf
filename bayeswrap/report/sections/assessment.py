"""The assessment of a model: predictive checks, leave-one-out and sensitivity, gathered once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bayeswrap.report.sections.loo_tables import _fields, _left_out
from bayeswrap.report.sections.power_scaling_tables import _power_scaling
from bayeswrap.report.sections.predictive_tables import _predictive
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

    left_out: LooSummary | None
    predictions: tuple[Prediction, ...]


def assess(comparison: ComparisonResult) -> Assessment:
    """Return what the draws of a comparison allow to be said."""
    return Assessment(left_out=_left_out(comparison), predictions=predictions_of(comparison.lineup))


def facts_of_assessment(comparison: ComparisonResult, found: Assessment) -> dict[str, Any]:
    """Return the same as plain values."""
    return {
        "power_scaling": _power_scaling(comparison),
        "loo": None if found.left_out is None else _fields(found.left_out),
        "predictive": [_predictive(p) for p in found.predictions],
    }
