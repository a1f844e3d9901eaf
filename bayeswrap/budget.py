"""`Budget`: seconds for a piece of work. Every evaluation of a density looks at the one in force.

A loop that evaluates the density needs no argument for it: where the seconds are spent, the next
evaluation raises `OutOfTimeError`, and whoever asked the question keeps what there is. Without a
budget in force nothing looks at a clock.

What a user allows is time on the wall. What nobody asked for is held to processor time of the
thread, so that a busy machine does not change what is found.
"""

from __future__ import annotations

import contextlib
import math
import time
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayeswrap.errors import OutOfTimeError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "Budget",
    "check_seconds",
    "checkpoint",
    "seconds_left",
    "to_the_end",
]


@dataclass(frozen=True, slots=True)
class Budget:
    """When a piece of work has to end, on either clock.

    Parameters
    ----------
    wall : float
        Seconds on the clock of `time.monotonic`; infinite for no limit.
    processor : float
        Seconds on the clock of `time.thread_time`; likewise.

    Examples
    --------
    >>> whole = Budget.of(60)
    >>> half = whole.share(0.5)
    >>> whole.spent, 29 < half.left <= 30
    (False, True)
    """

    wall: float = math.inf
    processor: float = math.inf

    @classmethod
    def of(cls, seconds: float | None) -> Budget:
        """Return a budget of so many seconds from now, on the wall; None for no limit."""
        return cls(wall=math.inf if seconds is None else time.monotonic() + seconds)

    @classmethod
    def of_processor(cls, seconds: float) -> Budget:
        """Return a budget of so many seconds from now of the processor, in this thread."""
        return cls(processor=time.thread_time() + seconds)

    @classmethod
    def current(cls) -> Budget:
        """Return the budget in force; one without a limit where there is none."""
        return _in_force.get()

    @property
    def left(self) -> float:
        """Seconds that are left, at least 0."""
        wall = self.wall - time.monotonic() if self.wall < math.inf else math.inf
        processor = self.processor - time.thread_time() if self.processor < math.inf else math.inf
        return max(0.0, min(wall, processor))

    @property
    def spent(self) -> bool:
        """Whether nothing is left."""
        return self.left <= 0

    def share(self, fraction: float) -> Budget:
        """Return a budget of a share of what is left; it ends with this one at the latest."""
        wall, processor = time.monotonic(), time.thread_time()
        return Budget(
            wall=wall + fraction * (self.wall - wall),
            processor=processor + fraction * (self.processor - processor),
        )

    @contextlib.contextmanager
    def in_force(self) -> Iterator[Budget]:
        """Hold all work of a ``with`` block to this budget, and to the one in force around it."""
        around = _in_force.get()
        both = Budget(min(self.wall, around.wall), min(self.processor, around.processor))
        token = _in_force.set(both)
        try:
            yield both
        finally:
            _in_force.reset(token)


_NO_LIMIT = Budget()
_in_force: ContextVar[Budget] = ContextVar("the budget in force", default=_NO_LIMIT)


@contextlib.contextmanager
def to_the_end() -> Iterator[None]:
    """Let the work of a ``with`` block end whatever the budget: a mode in hand is described."""
    token = _in_force.set(_NO_LIMIT)
    try:
        yield
    finally:
        _in_force.reset(token)


def checkpoint() -> None:
    """Raise where the budget in force is spent; work without a density calls this once a round.

    Raises
    ------
    OutOfTimeError
        Nothing is left.
    """
    budget = _in_force.get()
    if budget is not _NO_LIMIT and budget.spent:
        raise OutOfTimeError(
            "the seconds for this work are spent", do="allow more of them by seconds="
        )


def seconds_left() -> float | None:
    """Return the seconds that the budget in force leaves, for what takes a timeout; None: all."""
    left = _in_force.get().left
    return left if left < math.inf else None


def check_seconds(seconds: float | None) -> None:
    """Raise `UsageError` unless `seconds` is None or a number of seconds."""
    if seconds is None:
        return
    number = isinstance(seconds, (int, float)) and not isinstance(seconds, bool)
    if not number or math.isnan(seconds) or seconds < 0:
        raise UsageError(
            "seconds is a time",
            got=repr(seconds),
            expected="a number of seconds, at least 0",
            do="pass seconds= such a number, or leave it out",
        )
