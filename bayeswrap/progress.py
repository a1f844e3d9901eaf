"""Progress of work that takes longer than a second: one line, what is done and for how long.

In a terminal or a notebook the line is rewritten in place and removed at the end. Elsewhere, as in
a log, a whole line is written every ten seconds. ``BAYESWRAP_PROGRESS=0``, ``show_progress=False``
and `progress_shown` silence it.

A thread of its own writes the line, so that steps cost an addition and long ones show their time.
Pieces of work within one another stand on one line, the outer one first.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import threading
import time
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from bayeswrap.arguments import one_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = [
    "Task",
    "progress_shown",
    "progress_wanted",
    "shown_steps",
    "task",
]

_T = TypeVar("_T")
_SETTING = "BAYESWRAP_PROGRESS"
_PATIENCE = 1.0  # seconds before a line appears
_TICK = 0.25  # seconds between lines in a terminal
_LOG_EVERY = 10.0  # seconds between lines elsewhere
_NARROW = 80  # columns where the width is not known

_chosen: ContextVar[bool | None] = ContextVar("whether progress is shown", default=None)


def progress_wanted(show_progress: bool | None = None) -> bool:  # noqa: FBT001 - the keyword of the verbs
    """Return whether to show progress: as asked, as set around this work, or by default.

    Parameters
    ----------
    show_progress : bool, optional
        The keyword of the verbs.

    Raises
    ------
    UsageError
        ``BAYESWRAP_PROGRESS`` is neither 0 nor 1.
    """
    if show_progress is None:
        show_progress = _chosen.get()
    if show_progress is not None:
        return show_progress
    setting = os.environ.get(_SETTING, "")
    one_of(setting, ("", "0", "1"), _SETTING)
    return setting != "0"


@contextlib.contextmanager
def progress_shown(show_progress: bool | None) -> Iterator[None]:  # noqa: FBT001 - as above
    """Show the progress of all work of a ``with`` block, or none; None leaves what is set.

    Examples
    --------
    >>> with progress_shown(False):
    ...     progress_wanted()
    False
    """
    if show_progress is None:
        yield
        return
    token = _chosen.set(show_progress)
    try:
        yield
    finally:
        _chosen.reset(token)


@dataclass(slots=True, eq=False)
class Task:
    """A piece of work: steps are counted in `done`.

    Attributes
    ----------
    what : str
        In words.
    total : int or None
        Number of steps; None where they are not known.
    unit : str
        Of the steps.
    done : int
        Steps that are made.
    note : str
        What is being done now.
    count : callable, optional
        Returns the steps that are made, where others make them; asked when a line is written.
    began : float
        On the clock of `time.monotonic`.
    """

    what: str
    total: int | None = None
    unit: str = ""
    done: int = 0
    note: str = ""
    count: Callable[[], int] | None = None
    began: float = field(default_factory=time.monotonic)

    def step(self, steps: int = 1) -> None:
        """Count steps."""
        self.done += steps

    def __str__(self) -> str:
        if self.count is not None:
            with contextlib.suppress(OSError):  # files that are just being made
                self.done = self.count()
        steps = "" if not self.done and self.total is None else f" {self.done}"
        steps += f"/{self.total}" if self.total is not None else ""
        unit = f" {self.unit}" if self.unit and steps else ""
        return f"{self.what}{steps}{unit}{', ' if self.note else ''}{self.note}"


@contextlib.contextmanager
def task(
    what: str,
    total: int | None = None,
    *,
    unit: str = "",
    show: bool | None = None,
    count: Callable[[], int] | None = None,
) -> Iterator[Task]:
    """Show the progress of the work of a ``with`` block.

    Parameters
    ----------
    what : str
        The work, in words.
    total : int, optional
        Number of steps.
    unit : str, optional
        Of the steps.
    show : bool, optional
        Whether it is shown (see `progress_wanted`).
    count : callable, optional
        Returns the steps that are made, where others make them.

    Examples
    --------
    >>> with task("climbing", 3, unit="starts") as climb:
    ...     climb.step()
    ...     str(climb)
    'climbing 1/3 starts'
    """
    work = Task(what=what, total=total, unit=unit, count=count)
    if not progress_wanted(show):
        yield work
        return
    _line.enter(work)
    try:
        yield work
    finally:
        _line.leave(work)


def shown_steps(items: Sequence[_T], what: str) -> Iterator[_T]:
    """Yield each item of work that is repeated, and show how many are done.

    Examples
    --------
    >>> list(shown_steps([10, 20], "data sizes"))
    [10, 20]
    """
    with task(what, len(items)) as work:
        for item in items:
            yield item
            work.step()


class _Line:
    """The one line of this process; a thread rewrites it while there is work."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begin anew: a process that was forked has the works of its parent and no thread."""
        self._lock = threading.RLock()
        self._tasks: list[Task] = []
        self._wake: threading.Event | None = None
        self._is_written = False
        self._logged = 0.0

    def enter(self, work: Task) -> None:
        with self._lock:
            if not self._tasks:
                self._logged = time.monotonic()
                self._wake = threading.Event()
                threading.Thread(target=self._keep, args=(self._wake,), daemon=True).start()
            self._tasks.append(work)

    def leave(self, work: Task) -> None:
        with self._lock:
            self._tasks.remove(work)
            if not self._tasks and self._wake is not None:
                self._wake.set()
            self._remove()

    def _keep(self, ended: threading.Event) -> None:
        while not ended.wait(_TICK):
            with self._lock, contextlib.suppress(OSError, ValueError):  # a stream that is closed
                if not ended.is_set():
                    self._write()

    def _write(self) -> None:
        now = time.monotonic()
        old = [work for work in self._tasks if now - work.began >= _PATIENCE]
        if not old or sys.stderr is None:
            return
        clock = f" [{_clock(now - old[0].began)}]"
        if _is_watched():
            width = shutil.get_terminal_size((_NARROW, 1)).columns - 1
            text = _fitting([str(work) for work in old], width - len(clock)) + clock
            # the cursor goes back, so that what others print stands on a line of its own
            sys.stderr.write(f"\r{text[:width]:<{width}}\r")
            self._is_written = True
        elif now - self._logged >= _LOG_EVERY:
            sys.stderr.write(f"{': '.join(map(str, old))}{clock}\n")
            self._logged = now
        sys.stderr.flush()

    def _remove(self) -> None:
        if self._is_written and sys.stderr is not None:
            width = shutil.get_terminal_size((_NARROW, 1)).columns - 1
            with contextlib.suppress(OSError, ValueError):
                sys.stderr.write(f"\r{'':<{width}}\r")
                sys.stderr.flush()
        self._is_written = False


_line = _Line()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_line.forget)


def _is_watched() -> bool:
    """Return whether a line can be rewritten: in a terminal or a notebook."""
    return sys.stderr.isatty() or type(sys.stderr).__module__.startswith("ipykernel")


def _fitting(works: list[str], width: int) -> str:
    """Return the line of works within one another; where it is narrow, the end of it."""
    text = ": ".join(works)
    if len(text) > width:
        text = works[-1]
    return text if len(text) <= width else f"{text[: max(width - 3, 0)]}..."


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"
