"""Freeze what bayeswrap does and says into one JSON file (see README.md)."""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy is imported

import argparse
import json
import multiprocessing
import re
import resource
import signal
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import plain
from items import all_items
from saved import write_all

if TYPE_CHECKING:
    from collections.abc import Callable

_PATIENCE = 10  # wall time that an item may take, in units of its processor time
_LATE = {"timed out": True}


def main() -> None:
    """Read the command line and do what it says."""
    asked = _arguments()
    if asked.saved:
        for name, size in write_all(asked.saved).items():
            _say(f"{size:8d} bytes  {name}")
    if asked.out:
        _freeze(asked)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", nargs="?", type=Path, help="the JSON file to write")
    parser.add_argument("--only", default="", metavar="REGEX", help="freeze these items alone")
    parser.add_argument("--limit", type=int, default=60, help="processor seconds for each item")
    parser.add_argument("--saved", type=Path, metavar="DIR", help="write one saved file a kind")
    return parser.parse_args()


def _freeze(asked: argparse.Namespace) -> None:
    chosen = {n: make for n, make in all_items().items() if re.search(asked.only, n)}
    frozen: dict[str, Any] = {}
    for i, (name, make) in enumerate(chosen.items(), 1):
        started = time.perf_counter()
        frozen[name] = _apart(make, asked.limit)
        late = "  timed out" if frozen[name] == _LATE else ""
        _say(f"{i:3d}/{len(chosen)}  {time.perf_counter() - started:6.1f} s  {name}{late}")
        # what is frozen so far survives an interruption
        asked.out.write_text(json.dumps(frozen, indent=1, ensure_ascii=False), encoding="utf-8")


def _apart(make: Callable[[], Any], limit: int) -> Any:
    """Return what an item records in a process of its own, where nothing before it has a say."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "item.json"
        # the package is imported once: a forked process has it at once
        forking = multiprocessing.get_context("fork")
        process = forking.Process(target=_record, args=(make, out, limit))
        process.start()
        process.join(_PATIENCE * limit)
        if process.is_alive():
            process.kill()
            process.join()
            return _LATE
        if out.is_file():
            return json.loads(out.read_text(encoding="utf-8"))
        late = process.exitcode == -signal.SIGXCPU
        return _LATE if late else {"error": "Crash", "told": f"exit code {process.exitcode}"}


def _record(make: Callable[[], Any], out: Path, limit: int) -> None:
    """Write what an item records; processor time is limited, as wall time is others' as well."""
    resource.setrlimit(resource.RLIMIT_CPU, (limit, 2 * limit))
    warnings.simplefilter("ignore")
    found = plain.attempt(make)
    partial = out.with_suffix(".partial")
    partial.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    partial.replace(out)


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main()
