"""The table of runs: command, seed, options and time of each result."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bayeswrap.report.document.numbers import DASH
from bayeswrap.report.document.parts import Cell, Column, Fact, Row, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayeswrap.record import Option, RunRecord
    from bayeswrap.verdicts.comparison_result import ComparisonResult
    from bayeswrap.verdicts.lineup import Result

__all__ = [
    "engine_name",
    "record_facts",
    "runs_table",
    "without_folders",
]


_AGAIN = (
    "Every number of this page follows from the program above, the data with this SHA-256, these "
    "versions, and the seed and options of each run. `bayeswrap verify` evaluates the density of "
    "saved results again and says whether their numbers hold on another machine."
)
_IN_PROCESS = "evaluated by "  # how the record of a run without CmdStan begins
# a path from the root of a file system, up to the last part of it
_FOLDERS = re.compile(r"(?<![\w.])(?:~|[A-Za-z]:)?[/\\](?:[^\s/\\=:]+[/\\])*(?=[^\s/\\])")


def engine_name(record: RunRecord) -> str:
    """Return the engine of a run as a noun phrase.

    What ran in process throughout is not said to have searched there as well.
    """
    name = record.engine.rstrip(".")
    if not name.startswith(_IN_PROCESS):
        return name
    return name.removeprefix(_IN_PROCESS).partition("; ")[0]


def without_folders(command: str) -> str:
    """Return a command with the names of its files alone: folders are those of one machine.

    Examples
    --------
    >>> without_folders("/home/ada/models/logit sample data file=/tmp/x/logit.json num_samples=10")
    'logit sample data file=logit.json num_samples=10'
    """
    return _FOLDERS.sub("", command)


def runs_table(comparison: ComparisonResult) -> Table:
    """Return one row a run: method, seed, options, start and duration."""
    return Table(
        key="runs",
        caption="Runs",
        stub=Column("result"),
        columns=(
            Column("seed"),
            Column("options", words=True),
            Column("seconds"),
            Column("started (UTC)", words=True),
        ),
        rows=tuple(_run_row(result) for result in comparison.results),
    )


def _run_row(result: Result) -> Row:
    record = result.record
    seed = DASH if record.seed is None else str(record.seed)
    cells = (seed, _options(record.options), f"{record.seconds:.2f}", record.started[:19])
    return Row(result.title, tuple(Cell(c) for c in cells))


def _options(options: Mapping[str, Option]) -> str:
    return ", ".join(f"{k}={v}" for k, v in options.items() if v is not None)


def record_facts(comparison: ComparisonResult) -> tuple[Fact, ...]:
    """Return hashes, versions and command lines."""
    record = comparison.record
    versions = ", ".join(f"{name} {version}" for name, version in record.versions.items())
    return (
        Fact("engine", engine_name(record)),
        Fact("program, SHA-256", record.program_hash, code=True),
        Fact("data, SHA-256", record.data_hash, code=True),
        Fact("versions", versions),
        Fact("platform", record.platform),
        *(Fact("left out", note) for note in record.left_out),
        Fact("to run it again", _AGAIN),
        *(
            Fact(f"command of {r.title}", without_folders(r.record.command), code=True)
            for r in comparison.results
            if r.record.command
        ),
    )
