"""What a failed compilation or run printed, as an error with its advice."""

from __future__ import annotations

import contextlib
import os
import re
from typing import TYPE_CHECKING

from bayeswrap.errors import CompilationError, EngineRunError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bayeswrap.engine.line_map import LineMap

__all__ = [
    "compilation_errors",
    "run_errors",
]

_ERROR_LINES = 8
_FIRST_LINES = 5  # of these, lines from the beginning: the reason stands there
# what every run prints: settings, progress, times
_USUAL = re.compile(
    r"\s*($|[\w ]+ = |[\w ]+ \(Default\)|\w+$|Chain \[?\d+\]? (Iteration|Elapsed)|Iteration:"
    r"|Elapsed Time|Gradient evaluation took|1000 transitions|Adjust your expectations|Begin "
    r"|Path \[)"
)
_ERROR_CHARACTERS = 500  # of a message without lines of errors


@contextlib.contextmanager
def compilation_errors(name: str) -> Iterator[None]:
    """Turn a failed compilation into `CompilationError`, with the compiler's lines."""
    try:
        yield
    except (ValueError, RuntimeError, OSError) as error:
        lines = [ln for ln in str(error).splitlines() if re.search(r"rror|Killed|space", ln)]
        shown = "\n".join(lines[:_ERROR_LINES]) or str(error)[-_ERROR_CHARACTERS:]
        memory = "Killed" in shown or "bad_alloc" in shown
        raise CompilationError(
            "the compilation of the program failed",
            where=f"{name}.stan",
            got="\n" + shown,
            do="close other programs: the compiler ran out of memory"
            if memory
            else "run `bayeswrap doctor`; it checks compiler, disk and engine",
        ) from error


@contextlib.contextmanager
def run_errors(name: str, lines: LineMap, folder: Path) -> Iterator[None]:
    """Turn cmdstanpy's errors into ours, with the lines that Stan printed."""
    try:
        yield
    except (RuntimeError, ValueError, OSError) as error:
        message = lines.relocate(_console(folder) or str(error), f"{name}.stan")
        raise EngineRunError(
            "the run of the compiled program failed",
            where=name,
            got="\n" + message,
            do=_advice(str(error) + _console(folder)),
        ) from error


def _console(folder: Path) -> str:
    """Return what Stan printed of errors: each line once, the first and the last of many.

    Only what every run prints is left out: its settings, its progress, and its times.
    """
    lines: dict[str, None] = {}
    for path in sorted(folder.glob("*stdout*")):
        text = path.read_text(encoding="utf-8", errors="replace").splitlines()
        lines |= dict.fromkeys(ln.rstrip() for ln in text if not _USUAL.match(ln))
    shown = [*lines]
    if len(shown) > _ERROR_LINES:
        shown = [*shown[:_FIRST_LINES], *shown[_FIRST_LINES - _ERROR_LINES :]]
    return "\n".join(shown)


def _advice(text: str) -> str:
    if "nitial" in text:
        return "pass inits= inside the support, or check bounds and data of the program"
    if os.strerror(28) in text:
        return "free disk space"
    return "read Stan's message above; `bayeswrap doctor` checks the engine"
