"""`Check`: one finding with its evidence, and the thresholds of the gaps."""

from __future__ import annotations

import enum
from dataclasses import dataclass

__all__ = [
    "Check",
    "Outcome",
]


class Outcome(enum.StrEnum):
    """How a check ended; that no trouble was proved is not a proof of health."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_DETERMINED = "not_determined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check of a comparison.

    Attributes
    ----------
    code : str
        What a failure is called.
    outcome : Outcome
        Passed, failed or not determined.
    evidence : str
        A sentence with the number.
    threshold : str
        What would have passed.
    reference : str
        Where the threshold comes from.
    advice : str
        What to do after a failure.
    parameters : tuple of str
        The parameters concerned.
    undecided : tuple of str
        Of a failed check, the parameters for which the draws do not decide.
    """

    code: str
    outcome: Outcome
    evidence: str
    threshold: str
    reference: str
    advice: str
    parameters: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
