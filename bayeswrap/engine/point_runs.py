"""Runs of a compiled program at given points: log density, gradient, and all its quantities.

cmdstanpy calls ``log_prob`` for one point of the declared scale. Here one process evaluates any
number of points of the unconstrained scale.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bayeswrap.engine.data_text import write_data
from bayeswrap.engine.density import stan_spelling
from bayeswrap.errors import EngineRunError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.engine.data_text import DataText

__all__ = [
    "PointRuns",
    "nested",
]

_DIGITS = 18
_STARTS_MAX = 50_000  # processes: at ten milliseconds each some ten minutes
_SHOWN = 500  # characters of a message


class PointRuns:
    """A compiled program on one data set, which is written once.

    Parameters
    ----------
    program : Path
        The executable.
    data : str or DataText
        JSON.
    name : str
        Model name for messages.

    Attributes
    ----------
    starts : int
        Processes so far.
    """

    def __init__(self, program: Path, data: str | DataText, name: str) -> None:
        self.name, self.starts, self._program = name, 0, program
        self._temporary = tempfile.TemporaryDirectory(prefix="bayeswrap-points-")
        weakref.finalize(self, self._temporary.cleanup)
        self._folder = Path(self._temporary.name)
        write_data(data, self._folder / "data.json")

    def log_density(self, points: np.ndarray, *, jacobian: bool) -> tuple[np.ndarray, np.ndarray]:
        """Return log density and gradient; -inf and NaN where Stan refuses a point.

        Parameters
        ----------
        points : (n, dimension) array
            Unconstrained positions, all finite.
        jacobian : bool
            Whether the log Jacobian counts.

        Returns
        -------
        values : (n,) array
        gradients : (n, dimension) array

        Raises
        ------
        EngineRunError
            The program does not run at all.
        """
        values, gradients = np.full(len(points), -np.inf), np.full(points.shape, np.nan)
        done = 0
        while done < len(points):
            rows, message = self._log_prob(points[done:], jacobian=jacobian)
            stop = done + len(rows)
            if len(rows):
                values[done:stop], gradients[done:stop] = rows[:, 0], rows[:, 1:]
            if stop < len(points) and not _is_refusal(message):
                raise self._failure(message)
            # Stan stops at a point that it refuses: that one has no density
            done = stop + 1
        return values, gradients

    def refusal(self, q: np.ndarray, *, jacobian: bool) -> str:
        """Return in Stan's words why it does not evaluate a position; empty where it does."""
        rows, message = self._log_prob(q[np.newaxis], jacobian=jacobian)
        return "" if len(rows) else " ".join(message.split())

    def _log_prob(self, points: np.ndarray, *, jacobian: bool) -> tuple[np.ndarray, str]:
        file = self._folder / "points.json"
        file.write_text(json.dumps({"params_r": points.tolist()}), encoding="utf-8")
        message = self._run("log_prob", f"unconstrained_params={file}", f"jacobian={int(jacobian)}")
        return self._table()[1], message

    def quantities(
        self, values: Mapping[str, Any], *, seed: int
    ) -> tuple[tuple[str, ...], np.ndarray]:
        """Return parameters, transformed parameters and generated quantities at a point.

        Parameters
        ----------
        values : mapping
            Every parameter on the declared scale, as JSON holds it.
        seed : int
            Of the generated quantities.

        Returns
        -------
        names : tuple of str
            In Stan's spelling.
        numbers : (n,) array

        Raises
        ------
        EngineRunError
            Stan cannot compute them there.
        """
        file = self._folder / "values.json"
        file.write_text(json.dumps(values), encoding="utf-8")
        sampler = ("sample", "num_samples=1", "num_warmup=0", "algorithm=fixed_param")
        message = self._run(*sampler, f"init={file}", seed=seed)
        names, rows = self._table()
        if not len(rows):
            raise self._failure(message)
        kept = [i for i, name in enumerate(names) if not name.endswith("__")]
        return tuple(stan_spelling(names[i]) for i in kept), rows[0, kept]

    def _run(self, *arguments: str, seed: int = 1) -> str:
        """Run, and return the message of a failure; empty without one."""
        self.starts += 1
        if self.starts > _STARTS_MAX:
            raise EngineRunError(
                "this takes too many runs of the compiled program",
                where=self.name,
                got=f"{_STARTS_MAX} processes",
                do="ask for fewer starts, or use sample()",
            )
        output = self._folder / "output.csv"
        output.unlink(missing_ok=True)
        command = [str(self._program), *arguments, "data", f"file={self._folder / 'data.json'}"]
        command += ["random", f"seed={seed}", "output", f"file={output}", f"sig_figs={_DIGITS}"]
        command += ["refresh=0"]
        run = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        return "" if run.returncode == 0 else (run.stderr + run.stdout).strip() or "it stopped"

    def _table(self) -> tuple[list[str], np.ndarray]:
        """Return names and numbers that the last run wrote; no rows where it did not."""
        output = self._folder / "output.csv"
        text = output.read_text(encoding="utf-8") if output.exists() else ""
        lines = [line for line in text.splitlines() if line and not line.startswith("#")]
        names = lines[0].split(",") if lines else []
        rows = [[float(cell) for cell in line.split(",")] for line in lines[1:]]
        return names, np.array([row for row in rows if len(row) == len(names)], dtype=float)

    def _failure(self, message: str) -> EngineRunError:
        return EngineRunError(
            "the run of the compiled program failed",
            where=self.name,
            got="\n" + message[-_SHOWN:],
            do="read Stan's message above; `bayeswrap doctor` checks the engine",
        )


def _is_refusal(message: str) -> bool:
    """Return whether Stan speaks of one point, not of data or arguments."""
    return "xception" in message or "ejecting" in message


def nested(names: Sequence[str], numbers: np.ndarray) -> dict[str, Any]:
    """Return scalars as values by variable, as Stan's JSON nests them.

    Parameters
    ----------
    names : sequence of str
        Scalars in Stan's spelling.
    numbers : (n,) array
        Their values.

    Examples
    --------
    >>> nested(["a", "b[1]", "b[2]", "z.real", "z.imag", "t.1", "t.2[1]"],
    ...        np.arange(1.0, 8.0))
    {'a': 1.0, 'b': [2.0, 3.0], 'z': [4.0, 5.0], 't': {'1': 6.0, '2': [7.0]}}
    """
    root: dict[Any, Any] = {}
    for name, number in zip(names, numbers, strict=True):
        *way, last = _steps(name)
        place: dict[Any, Any] = root
        for step in way:
            place = place.setdefault(step, {})
        place[last] = float(number)
    return {name: _listed(value) for name, value in root.items()}


def _steps(name: str) -> list[str | int]:
    """Return the way to a scalar: a field of a tuple as text, an index or a half as a number."""
    steps: list[str | int] = []
    for word in name.replace("]", "").split("."):
        head, *indices = word.replace("[", ",").split(",")
        steps.append({"real": 1, "imag": 2}.get(head, head) if steps else head)
        steps += [int(i) for i in indices]
    return steps


def _listed(value: Any) -> Any:  # noqa: ANN401 - a tree of numbers
    if not isinstance(value, dict):
        return value
    if all(isinstance(key, int) for key in value):
        return [_listed(value[key]) for key in sorted(value)]
    return {key: _listed(part) for key, part in value.items()}
