"""The files of one run: what is written for Stan, and what Stan writes."""

from __future__ import annotations

import re
import shutil
import tempfile
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bayeswrap.engine.density import stan_spelling

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike

__all__ = [
    "MODE",
    "CmdStanOutput",
    "iterations_made",
    "iterations_wanted",
    "json_values",
    "with_scalars",
]

_ITERATION = re.compile(rb"Iteration: +(\d+) /")
_TAIL = 1000  # bytes of a console output in which its last report stands


MODE = "mode.csv"


def json_values(values: Mapping[str, ArrayLike]) -> dict[str, Any]:
    """Return arrays by variable as numbers and nested lists, which JSON can hold.

    Examples
    --------
    >>> json_values({"mu": np.float64(1.5), "beta": np.arange(2)})
    {'mu': 1.5, 'beta': [0, 1]}
    """
    return {name: np.asarray(value).tolist() for name, value in values.items()}


def with_scalars(content: str, scalars: Mapping[str, float]) -> str:
    r"""Return a StanCSV file with other numbers in its last row.

    Parameters
    ----------
    content : str
        The file.
    scalars : mapping of str to float
        Numbers by their names in Stan's spelling; other columns stay.

    Examples
    --------
    >>> with_scalars("# optimize\nlp__,b.1\n-3,0.5\n", {"b[1]": 0.25})
    '# optimize\nlp__,b.1\n-3,0.25\n'
    """
    lines = content.splitlines()
    rows = [i for i, line in enumerate(lines) if line and not line.startswith("#")]
    names = [stan_spelling(name) for name in lines[rows[0]].split(",")]
    cells = dict(zip(names, lines[rows[-1]].split(","), strict=True))
    cells |= {name: f"{value:.17g}" for name, value in scalars.items() if name in cells}
    lines[rows[-1]] = ",".join(cells.values())
    return "\n".join(lines) + "\n"


class CmdStanOutput:
    """CSV and console files of one cmdstanpy run.

    The folder is temporary and goes when the last reference goes; pickling and saving carry the
    files' contents along.

    Parameters
    ----------
    name : str
        Model name.

    Attributes
    ----------
    fit : object
        The cmdstanpy object that wrote the files; None after loading (see `cmdstan.raw_fit`).
    command : str
        The command line that was run.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.command = ""
        self.fit: Any = None
        self._folder = tempfile.mkdtemp(prefix="bayeswrap-run-")
        weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)

    @property
    def folder(self) -> Path:
        """Where the files are."""
        return Path(self._folder)

    def paths(self) -> list[Path]:
        """Return the CSV files, by chain."""
        return sorted(p for p in self.folder.glob("*.csv") if p.name != MODE)

    def contents(self) -> dict[str, bytes]:
        """Return the files' contents by name."""
        return {p.name: p.read_bytes() for p in sorted(self.folder.iterdir()) if p.is_file()}

    def __getstate__(self) -> dict[str, object]:
        return {
            "name": self.name,
            "command": self.command,
            "folder": str(self.folder),
            "files": self.contents(),
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(state["name"])  # type: ignore[misc]  # the same folder-making
        self.command = state["command"]
        here, there = str(self.folder).encode(), state["folder"].encode()
        for file, content in state["files"].items():
            # Stan's files name each other by absolute path
            (self.folder / file).write_bytes(content.replace(there, here))


def iterations_wanted(options: Mapping[str, Any]) -> int | None:
    """Return the iterations of all chains of a run, warmup and sampling; None where unknown."""
    names = ("chains", "iter_warmup", "iter_sampling")
    if not all(isinstance(options.get(name), int) for name in names):
        return None
    return int(options["chains"] * (options["iter_warmup"] + options["iter_sampling"]))


def iterations_made(folder: Path) -> int:
    """Return the iterations that the chains of a run have reported so far.

    Parameters
    ----------
    folder : Path
        Where each chain writes its console output, and in it ``Iteration: 300 / 2000``.
    """
    return sum(_last_iteration(file) for file in folder.glob("*stdout*.txt"))


def _last_iteration(file: Path) -> int:
    with file.open("rb") as stream:
        stream.seek(max(0, file.stat().st_size - _TAIL))
        found = _ITERATION.findall(stream.read())
    return int(found[-1]) if found else 0
