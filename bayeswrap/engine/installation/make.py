"""Run make so that it can be watched, and ended together with the compilers that it has started."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

from bayeswrap.errors import EngineBuildError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import FrameType

    from bayeswrap.progress import Task

__all__ = [
    "ended_by_sigterm",
    "run_make",
]


LOG = "build.log"
_POLL_SECONDS = 0.25
_QUOTED_LINES = 12
_NOTE_WIDTH = 40
# a make that runs us hands down its own flags and job server, and they are not meant for ours
_MAKE_VARIABLES = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEFILES")


@contextlib.contextmanager
def ended_by_sigterm() -> Iterator[None]:
    """Let SIGTERM end the build as Ctrl-C does: with the compilers ended and the folder removed."""

    def leave(number: int, _frame: FrameType | None) -> None:
        sys.exit(128 + number)

    # Python lets only the main thread set handlers
    ours = (
        threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    )
    if ours:
        signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        if ours:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)


def run_make(command: list[str], folder: Path, work: Task) -> None:
    """Run make to its end; whatever interrupts it ends make and its compilers.

    Parameters
    ----------
    command : list of str
        make and its arguments.
    folder : Path
        Where it compiles, into ``build/``; its output is kept in ``build.log``.
    work : Task
        Counts the object files made so far, and has the name of the file being compiled.

    Raises
    ------
    EngineBuildError
        make failed; its last lines are quoted.
    """
    environment = {k: v for k, v in os.environ.items() if k not in _MAKE_VARIABLES}
    log = folder / LOG
    with (
        log.open("wb") as sink,
        # a group of its own, so that the compilers can be ended together with make
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            env=environment,
            process_group=0,
        ) as process,
    ):
        try:
            _watch(process, folder, log, work)
        except BaseException:
            _end(process)
            raise
    if process.returncode:
        raise _failure(command, process.returncode, log)


def _failure(command: list[str], code: int, log: Path) -> EngineBuildError:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return EngineBuildError(
        "the C++ compilation of the front end failed",
        where=" ".join(command),
        got="\n    ".join(lines[-_QUOTED_LINES:]) or f"exit code {code}",
        do="run `bayeswrap engine build --jobs 1` if memory ran out; else `bayeswrap doctor`",
    )


def _watch(process: subprocess.Popen[bytes], folder: Path, log: Path, work: Task) -> None:
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=_POLL_SECONDS)
        work.done = sum(1 for _ in (folder / "build").rglob("*.o"))
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
        work.note = _being_compiled(lines[-1]) if lines else ""
        if process.returncode is not None:
            return


def _being_compiled(line: str) -> str:
    """Return the source file that a line of make names, or the beginning of the line."""
    sources = [word for word in line.split() if word.endswith((".cpp", ".cc"))]
    return sources[-1].rpartition("/")[2] if sources else line[:_NOTE_WIDTH]


def _end(process: subprocess.Popen[bytes]) -> None:
    for kind in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            os.killpg(process.pid, kind)
            process.wait(timeout=5)
