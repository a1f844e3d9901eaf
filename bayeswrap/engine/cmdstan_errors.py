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
    """Return the last lines of errors that Stan printed."""
    lines: list[str] = []
    for path in sorted(folder.glob("*stdout*")):
        text = path.read_text(encoding="utf-8", errors="replace").splitlines()
        lines += [
            ln for ln in text if re.match(r"\s*(Error|Exception|Initialization|Rejecting)", ln)
        ]
    return "\n".join(dict.fromkeys(lines[-_ERROR_LINES:]))


def _advice(text: str) -> str:
    if "nitial" in text:
        return "pass inits= inside the support, or check bounds and data of the program"
    if os.strerror(28) in text:
        return "free disk space"
    return "read Stan's message above; `bayeswrap doctor` checks the engine"
