"""Results side by side, and what they amount to."""

from bayeswrap.comparison.checks import Check, Outcome
from bayeswrap.comparison.comparison import Comparison, compare
from bayeswrap.comparison.rows import Lineup
from bayeswrap.comparison.verdict import Missing, Verdict

__all__ = ["Check", "Comparison", "Lineup", "Missing", "Outcome", "Verdict", "compare"]
