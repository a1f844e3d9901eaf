"""`Budget`: seconds for a piece of work. Every evaluation of a density looks at the one in force.

A loop that evaluates the density needs no argument for it: where the seconds are spent, the next
evaluation raises `OutOfTimeError`, and whoever asked the question keeps what there is. Without a
budget in force nothing looks at the clock.
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


_end: ContextVar[float] = ContextVar("end of the budget in force", default=math.inf)


@dataclass(frozen=True, slots=True)
class Budget:
    """When a piece of work has to end.

    Parameters
    ----------
    ends : float
        Seconds on the clock of `time.monotonic`; infinite for work without a limit.

    Examples
    --------
    >>> whole = Budget.of(60)
    >>> half = whole.share(0.5)
    >>> whole.spent, 29 < half.left <= 30
    (False, True)
    """

    ends: float = math.inf

    @classmethod
    def of(cls, seconds: float | None) -> Budget:
        """Return a budget of so many seconds from now; None for no limit."""
        return cls(math.inf if seconds is None else time.monotonic() + seconds)

    @property
    def left(self) -> float:
        """Seconds that are left, at least 0."""
        return max(0.0, self.ends - time.monotonic()) if self.ends < math.inf else math.inf

    @property
    def spent(self) -> bool:
        """Whether nothing is left."""
        return self.left <= 0

    def share(self, fraction: float) -> Budget:
        """Return a budget of a share of what is left; it ends with this one at the latest."""
        return self if self.ends == math.inf else Budget.of(fraction * self.left)

    @contextlib.contextmanager
    def in_force(self) -> Iterator[Budget]:
        """Hold all work of a ``with`` block to this budget, and to the one in force around it."""
        ends = min(self.ends, _end.get())
        token = _end.set(ends)
        try:
            yield Budget(ends)
        finally:
            _end.reset(token)


@contextlib.contextmanager
def to_the_end() -> Iterator[None]:
    """Let the work of a ``with`` block end whatever the budget: a mode in hand is described."""
    token = _end.set(math.inf)
    try:
        yield
    finally:
        _end.reset(token)


def checkpoint() -> None:
    """Raise where the budget in force is spent; work without a density calls this once a round.

    Raises
    ------
    OutOfTimeError
        Nothing is left.
    """
    ends = _end.get()
    if ends < math.inf and time.monotonic() >= ends:
        raise OutOfTimeError(
            "the seconds for this work are spent", do="allow more of them by seconds="
        )


def seconds_left() -> float | None:
    """Return the seconds that the budget in force leaves, for what takes a timeout; None: all."""
    left = Budget(_end.get()).left
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
