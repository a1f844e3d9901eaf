"""`RunRecord`: what a result was made from, so that it can be made again."""

from __future__ import annotations

import functools
import platform
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import metadata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Option",
    "RunRecord",
    "versions",
]


Option = str | int | float | bool | None

_PACKAGES = ("bayeswrap", "cmdstanpy", "stanli", "arviz-stats", "numpy", "scipy")


def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that a number depends on."""
    return dict(_versions())


@functools.cache
def _versions() -> dict[str, str]:
    # reading package metadata takes longer than many a fit
    installed = {"python": platform.python_version()}
    for package in _PACKAGES:
        try:
            installed[package] = metadata.version(package)
        except metadata.PackageNotFoundError:  # a source tree that is not installed
            installed[package] = "not installed"
    return installed


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """The record of one run.

    Attributes
    ----------
    method : str
        ``"mle"``, ``"map"``, ``"laplace"``, ``"sample"``, ...
    program_name, program, program_hash : str
        Name, text and SHA-256 of the user's program with the roles that the user gave.
    roles : mapping of str to str
        Roles that the user gave to statements of the program.
    conditions : mapping of str to bool
        Conditions of the program that the data settled.
    empty : tuple of str
        Parameters that the data gave no length.
    lines : tuple of (int, str, int)
        From which line of the text on the lines of which file stand, where files are included.
    weights : mapping of str to float
        Powers to which prior, population and likelihood were raised.
    data_hash : str
        Fingerprint of the data.
    rows : int
        Rows of the data frame; 0 where the data came as a dict.
    left_out : tuple of str
        Which rows of the data were left out for missing values, and how many for each column.
    data_file : str
        Name of the data file, without its folder; empty where there was none.
    formula : str
        The formula that made program and data; empty where there was none.
    outcomes : mapping of str to int
        How many observations each outcome of the likelihood has, by column of the data frame or
        by variable of the program.
    engine : str
        Which Stan ran, with its version and front end.
    command : str
        The command line that was run; empty where nothing was run outside this process.
    seed : int or None
        Stan's seed.
    options : mapping
        The options of the call, by Stan's names.
    seconds : float
        Wall time of the run.
    started : str
        UTC time in ISO 8601.
    versions : mapping of str to str
        Python and packages.
    platform : str
        Operating system and machine.
    """

    method: str
    program_name: str
    program: str
    program_hash: str
    data_hash: str
    engine: str
    command: str
    seed: int | None
    options: Mapping[str, Option]
    seconds: float
    roles: Mapping[str, str] = field(default_factory=dict)
    conditions: Mapping[str, bool] = field(default_factory=dict)
    empty: tuple[str, ...] = ()
    lines: tuple[tuple[int, str, int], ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    rows: int = 0
    left_out: tuple[str, ...] = ()
    data_file: str = ""
    formula: str = ""
    outcomes: Mapping[str, int] = field(default_factory=dict)
    started: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    versions: Mapping[str, str] = field(default_factory=versions)
    platform: str = field(default_factory=platform.platform)

    @property
    def powers(self) -> str:
        """The powers that were asked for, as titles show them; empty where there are none."""
        powers = ", ".join(f"{name} ^ {weight:g}" for name, weight in self.weights.items())
        return f" [{powers}]" if powers else ""
