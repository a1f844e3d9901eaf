"""The check of the budget: which questions were left open when its seconds were spent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.thresholds import GRACE
from bayeswrap.verdicts.check import Check, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = [
    "OUT_OF_TIME",
    "out_of_time",
]

OUT_OF_TIME = "out_of_time"


def out_of_time(unanswered: Sequence[str]) -> Iterator[Check]:
    """Name the questions that the seconds were not enough for; nothing where there are none."""
    if not unanswered:
        return
    yield Check(
        code=OUT_OF_TIME,
        outcome=Outcome.NOT_DETERMINED,
        evidence="the seconds were spent before this was settled: "
        + "; ".join(dict.fromkeys(unanswered)),
        threshold="every question is settled",
        reference=f"seconds= of the call; by default the time of NUTS and {GRACE.value:g} s",
        advice="allow more time by seconds=",
    )
