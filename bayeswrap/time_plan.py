"""`TimePlan`: what the searches and checks of one analysis may take, before and after the draws."""

from __future__ import annotations

import contextlib
import os
import time
from typing import TYPE_CHECKING

from bayeswrap.budget import Budget
from bayeswrap.thresholds import GRACE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = [
    "TimePlan",
]

_BEFORE = 2 / 3  # share of the seconds that a user allows
_CERTAIN = 0.5  # share of the time expected for NUTS: its trees may be shallow
_PRIOR_RUN = 1.0  # times as long as NUTS on the posterior


class TimePlan:
    """Seconds for the work beside the sampler.

    Parameters
    ----------
    seconds : float or None
        What the user allows, on the wall; None for as long as the sampler takes and a few seconds
        of the processor.
    """

    def __init__(self, seconds: float | None) -> None:
        self._is_usual = seconds is None
        self._allowed = Budget() if seconds is None else Budget.of(seconds)
        self._began = time.thread_time()
        self.nuts = 0.0

    def before_draws(self, expected: Callable[[], float]) -> Budget:
        """Return the seconds before the draws.

        Parameters
        ----------
        expected : callable
            Returns about how long NUTS will take, in seconds.
        """
        if not self._is_usual:
            return self._allowed.share(_BEFORE)
        return Budget.of_processor(max(GRACE.value, _CERTAIN * expected()))

    @contextlib.contextmanager
    def sampler(self) -> Iterator[None]:
        """Time the sampler, which is allowed on top of the rest."""
        wall, processor, thread = time.monotonic(), _processor(), time.thread_time()
        try:
            yield
        finally:
            took = time.monotonic() - wall
            self.nuts += min(took, _processor() - processor)
            self._allowed = Budget(wall=self._allowed.wall + took)
            self._began += time.thread_time() - thread

    @contextlib.contextmanager
    def processes(self) -> Iterator[None]:
        """Count the seconds of a block that other threads or processes work for."""
        wall, processor, thread = time.monotonic(), _processor(), time.thread_time()
        try:
            yield
        finally:
            took = min(time.monotonic() - wall, _processor() - processor)
            self._began -= took - (time.thread_time() - thread)

    def after_draws(self) -> Budget:
        """Return what is left when the draws are made."""
        if not self._is_usual:
            return self._allowed
        return Budget(processor=self._began + self.nuts + GRACE.value)

    @property
    def has_room_for_prior(self) -> bool:
        """Whether draws of the prior, which cannot be interrupted, are likely to end in time."""
        return self.after_draws().left > _PRIOR_RUN * self.nuts


def _processor() -> float:
    """Return the processor seconds of this process and its children."""
    return sum(os.times()[:4])
