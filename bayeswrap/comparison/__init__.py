"""Results side by side, and what they amount to."""

from bayeswrap.comparison.checks import Check, Outcome
from bayeswrap.comparison.compare_results import compare
from bayeswrap.comparison.comparison import Comparison
from bayeswrap.comparison.models import ModelComparison, compare_models
from bayeswrap.comparison.rows import Lineup
from bayeswrap.comparison.verdict import Missing, Verdict

__all__ = [
    "Check",
    "Comparison",
    "Lineup",
    "Missing",
    "ModelComparison",
    "Outcome",
    "Verdict",
    "compare",
    "compare_models",
]
