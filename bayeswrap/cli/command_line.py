"""`main`: one command from its words to its exit code; every error becomes a message.

Exit codes: 0, 1 (the run failed), 2 (usage, data or program error), 130 (interrupted).
"""

from __future__ import annotations

import json
import os
import sys
import warnings
from typing import TYPE_CHECKING

from cyclopts import CycloptsError

from bayeswrap.cli.command_options import STANDARD_INPUT
from bayeswrap.cli.commands import app
from bayeswrap.cli.shell_words import in_shell_words
from bayeswrap.engine.console import stdout_kept_clean
from bayeswrap.errors import (
    BayeswrapError,
    CompilationError,
    DataError,
    ProgramError,
    ResultFileError,
    UsageError,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "main",
]

_FAILED, _MISUSED, _INTERRUPTED = 1, 2, 130
_REFUSED = (DataError, ProgramError, UsageError, ResultFileError)
_PARTS = ("what", "where", "got", "expected", "do")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    argv : sequence of str, optional
        Words of the command; those of the process by default.

    Returns
    -------
    int
        Exit code.

    Examples
    --------
    >>> from bayeswrap.cli import main
    >>> main(["models", "--search", "funnel schools"])
    eight_schools_centered — Eight schools, centred
    0
    """
    words = [*sys.argv[1:]] if argv is None else [*argv]
    usual = warnings.formatwarning
    # a place in Python code says nothing to a user of the command line
    warnings.formatwarning = lambda message, *_, **__: f"warning: {message}\n"
    try:
        with stdout_kept_clean():
            return _run(words)
    except BrokenPipeError:  # who read the output has seen enough, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return _FAILED
    finally:
        warnings.formatwarning = usual


def _run(words: list[str]) -> int:
    """Run one command; an error is printed, and makes the exit code."""
    as_json = "--json" in words
    try:
        return _called(words)
    except CycloptsError as error:
        command = " ".join(["bayeswrap", *words[:1]]) if words[:1] in _names() else "bayeswrap"
        failure = UsageError(str(error).strip(), do=f"{command} --help lists what it takes")
        return _fail(failure, _MISUSED, as_json=as_json)
    except BayeswrapError as error:
        refused = isinstance(error, _REFUSED) and not isinstance(error, CompilationError)
        return _fail(error, _MISUSED if refused else _FAILED, as_json=as_json)
    except BrokenPipeError:
        raise
    except OSError as error:
        failure = UsageError(
            "a file could not be written or read",
            where=str(error.filename or ""),
            got=error.strerror or str(error),
            do="check the path, its permissions and the disk",
        )
        return _fail(failure, _FAILED, as_json=as_json)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return _INTERRUPTED


def _called(words: list[str]) -> int:
    if not words:
        app.help_print([])
        return _MISUSED
    read = [STANDARD_INPUT if word == "-" else word for word in words]
    code = app(read, exit_on_error=False, print_error=False, result_action="return_value")
    return code if isinstance(code, int) else 0  # --help and --version return nothing


def _names() -> list[list[str]]:
    return [[name] for name in app]


def _fail(error: BayeswrapError, code: int, *, as_json: bool) -> int:
    """Print an error in the words of the shell; with ``--json`` as an object, too."""
    parts = {part: in_shell_words(getattr(error, part)) for part in _PARTS}
    if as_json:
        print(json.dumps({"error": type(error).__name__, **parts}))
    shown = BayeswrapError(str(parts["what"]), **{p: parts[p] for p in _PARTS[1:]})
    print(f"{type(error).__name__.strip('_')}: {shown}", file=sys.stderr)
    return code
