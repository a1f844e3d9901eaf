"""Run stanc, Stan's own compiler, and read what it prints. Knows text, nothing of roles."""

from __future__ import annotations

import functools
import re
import subprocess
import tempfile
from pathlib import Path

from bayeswrap.engine.installation.stanc_binary import stanc_path
from bayeswrap.errors import EngineRunError, ProgramSyntaxError

__all__ = [
    "distribution_suffixes",
    "statement_locations",
    "syntax_tree",
]


_LOCATION = re.compile(
    r'" \(in \'[^\']*\', line (\d+), column (\d+) to (?:line (\d+), )?column (\d+)\)"'
)
# functions may be declared and not defined: C++ of the user's may do that
_EXTERNAL = "--allow-undefined"


def syntax_tree(source: str, name: str) -> str:
    """Return stanc's syntax tree of a program, with types, as one S-expression.

    Parameters
    ----------
    source : str
        Stan program without ``#include`` lines.
    name : str
        File stem that stanc's messages shall show.

    Raises
    ------
    ProgramSyntaxError
        stanc refuses the program (syntax or types); its message is quoted.
    """
    # the decorated tree carries types, so stanc checks them before it prints
    return _run(source, name, _EXTERNAL, "--debug-decorated-ast")


def statement_locations(source: str, name: str) -> frozenset[tuple[int, int]]:
    """Return (line, column) of every statement start, 1-based lines, 0-based columns."""
    cpp = _run(source, name, _EXTERNAL, "--print-cpp")
    return frozenset((int(m[1]), int(m[2])) for m in _LOCATION.finditer(cpp))


@functools.cache
def distribution_suffixes() -> dict[str, str]:
    """Return the density suffix (``lpdf`` or ``lpmf``) of each distribution in Stan's library."""
    text = _stanc(["--dump-stan-math-distributions"])
    pairs = (line.split(":", 1) for line in text.splitlines() if ":" in line)
    return {name.strip(): "lpmf" if "lpmf" in kinds else "lpdf" for name, kinds in pairs}


def _run(source: str, name: str, *flags: str) -> str:
    with tempfile.TemporaryDirectory(prefix="bayeswrap-stanc-") as folder:
        path = Path(folder) / f"{name}.stan"
        path.write_text(source, encoding="utf-8")
        return _stanc([*flags, f"--filename-in-msg={name}.stan", str(path)], name=name)


def _stanc(arguments: list[str], name: str = "stanc") -> str:
    command = [str(stanc_path()), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    if done.returncode == 0:
        return done.stdout
    message = done.stderr.strip()
    if "rror" in message:
        raise ProgramSyntaxError(
            "stanc refuses the program",
            where=f"{name}.stan",
            got="\n" + message,
            do="correct the line that the message points to",
        )
    raise EngineRunError(
        "stanc failed",
        where=" ".join(command),
        got=message or f"exit code {done.returncode}",
        do="run `bayeswrap doctor`",
    )
