"""A CmdStan run that someone else made: a cmdstanpy object, or the CSV files of one."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bayeswrap.engine.cmdstan import read_fit
from bayeswrap.engine.density import stan_spelling
from bayeswrap.engine.draws_table import DrawsTable
from bayeswrap.engine.run_files import CmdStanOutput
from bayeswrap.errors import AdoptionError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "ForeignRun",
    "read_foreign",
]


_DIGITS = 6  # of CmdStan where its files do not state them
_METHODS = ("sample", "optimize")


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignRun:
    """A run that was made elsewhere.

    Attributes
    ----------
    method : str
        ``"sample"`` or ``"optimize"``.
    table : DrawsTable
        The draws; one draw of one chain for a mode.
    settings : mapping
        What the files say of the run, by Stan's names.
    output : CmdStanOutput
        Copies of the files.
    """

    method: str
    table: DrawsTable
    settings: Mapping[str, Any]
    output: CmdStanOutput

    def number(self, name: str, default: int) -> int:
        """Return a whole number among the settings."""
        setting = self.settings.get(name, default)
        return setting if isinstance(setting, int) else default

    @property
    def digits(self) -> int:
        """Significant digits of the numbers in the files."""
        digits = self.number("sig_figs", _DIGITS)
        return digits if digits > 0 else _DIGITS

    @property
    def engine(self) -> str:
        """Which Stan made the run."""
        parts = ("major", "minor", "patch")
        version = ".".join(str(self.settings.get(f"stan_version_{p}", "?")) for p in parts)
        return f"adopted from a run of CmdStan {version}; verified by stanli, in process"


def read_foreign(fit: object, name: str) -> ForeignRun:
    """Read a run that was made elsewhere.

    Parameters
    ----------
    fit : CmdStanMCMC, CmdStanMLE, or str, Path or a sequence of them
        An object of cmdstanpy, or the CSV files of one run, in the order of the chains.
    name : str
        Model name, for the copies of the files.

    Raises
    ------
    AdoptionError
        No such object, no such files, or a run of another method.
    """
    cmdstanpy_fit: Any = (
        fit if hasattr(fit, "runset") or hasattr(fit, "_runset") else _from_files(fit)
    )
    metadata = getattr(cmdstanpy_fit, "metadata", None)
    settings = dict(metadata.cmdstan_config) if metadata is not None else {}
    method = str(settings.get("method"))
    if method not in _METHODS:
        raise AdoptionError(
            "this run cannot be adopted",
            got=type(cmdstanpy_fit).__name__,
            expected="a run of CmdStan's sample or optimize",
            do="pass its cmdstanpy object or its CSV files",
        )
    _require_files([Path(p) for p in cmdstanpy_fit.runset.csv_files])
    columns = [stan_spelling(n) for n in str(settings["raw_header"]).split(",")]
    output = _copied(cmdstanpy_fit, name)
    return ForeignRun(
        method=method,
        table=DrawsTable.of_columns(columns, _values(cmdstanpy_fit, method), output),
        settings=settings,
        output=output,
    )


def _values(cmdstanpy_fit: Any, method: str) -> np.ndarray:  # noqa: ANN401 - cmdstanpy is untyped
    if method == "optimize":
        return np.asarray(cmdstanpy_fit.optimized_params_np, dtype=float)[np.newaxis, np.newaxis]
    return np.asarray(cmdstanpy_fit.draws(), dtype=float).transpose(1, 0, 2)


def _from_files(fit: object) -> Any:  # noqa: ANN401 - cmdstanpy is untyped
    files = [fit] if isinstance(fit, (str, os.PathLike)) else fit
    if not isinstance(files, (list, tuple)) or not files:
        raise AdoptionError(
            "not a fit of CmdStan",
            got=type(fit).__name__,
            expected="a CmdStanMCMC or CmdStanMLE of cmdstanpy, or the paths of CSV files",
            do="pass one of these",
        )
    paths = [Path(p) for p in files]
    _require_files(paths)
    try:
        return read_fit(paths)
    except (ValueError, KeyError, IndexError) as error:
        raise AdoptionError(
            "these are not the CSV files of one finished run of CmdStan",
            where=", ".join(map(str, paths)),
            got=str(error).strip(),
            do="pass the files of one run, all its chains",
        ) from error


def _require_files(paths: Sequence[Path]) -> None:
    missing = [str(p) for p in paths if not p.is_file()]
    if missing:
        raise AdoptionError(
            "the files of the fit do not exist",
            where=", ".join(missing),
            do="check the paths; files in a temporary folder are removed with the session or the "
            "result that made them",
        )


def _copied(cmdstanpy_fit: Any, name: str) -> CmdStanOutput:  # noqa: ANN401 - cmdstanpy is untyped
    output = CmdStanOutput(name)
    files = [Path(p) for p in cmdstanpy_fit.runset.csv_files]
    for i, path in enumerate(files, start=1):
        shutil.copyfile(path, output.folder / f"{name}-{i:04d}.csv")
    output.fit = cmdstanpy_fit
    output.command = "adopted: " + " ".join(map(str, files))
    return output
