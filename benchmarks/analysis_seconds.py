"""Seconds of `analyze` over seconds of NUTS: the library, and any folders with program and data.

``python benchmarks/analysis_seconds.py [FOLDER ...] [--engine stanli] [--only]``; ``--only`` leaves
the library out. A folder has ``program.stan`` and ``data.csv`` or ``data.json``. Both times are of
one run, NUTS within `analyze`; a run shorter than `SHORT` seconds counts as `FLOOR`. Wall time
is what a user waits; processor time is less noisy on a shared machine. One program is analysed
before the clock runs: the first `analyze` of a process imports SciPy, pandas, ArviZ and
Matplotlib, which takes 1 to 2 s once, and its seconds are printed.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

import bayeswrap as bw
from bayeswrap.model.model import Model

if TYPE_CHECKING:
    from collections.abc import Iterator

FLOOR = 3.0
SHORT = 1.0


class Clock:
    """Wall and processor seconds of what runs between two readings."""

    def __init__(self) -> None:
        self.wall = self.processor = 0.0

    def add(self, wall: float, processor: float) -> None:
        """Add what passed since two readings."""
        self.wall += time.perf_counter() - wall
        self.processor += time.process_time() - processor


def ratio(whole: float, nuts: float) -> float:
    return whole / (nuts if nuts >= SHORT else FLOOR)


def models(folders: list[Path], engine: str, *, library: bool) -> Iterator[tuple[str, Model]]:
    for name, entry in bw.library.items() if library else ():
        yield name, Model(entry.program, entry.example_data, engine=engine, **entry.columns)
    for folder in folders:
        yield folder.name, Model(folder / "program.stan", data_of(folder), engine=engine)


def data_of(folder: Path) -> object:
    file = folder / "data.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else folder / "data.csv"


def measure(model: Model) -> tuple[Clock, Clock, bw.Comparison]:
    """Analyze once; return the clocks of the whole and of NUTS, and the comparison."""
    whole, nuts = Clock(), Clock()
    own, analyze = Model.sample, bw.analyze  # imported before the clock runs

    def timed(self: Model, **options: object) -> object:
        began = time.perf_counter(), time.process_time()
        try:
            return own(self, **options)
        finally:
            nuts.add(*began)

    Model.sample = timed
    began = time.perf_counter(), time.process_time()
    try:
        comparison = analyze(model, seed=1, show_progress=False)
    finally:
        whole.add(*began)
        Model.sample = own
    return whole, nuts, comparison


def warmed() -> float:
    """Analyze once, and return the wall seconds, imports among them."""
    entry = bw.library["gaussian_mean_sd"]
    model = Model(entry.program, entry.example_data, engine="stanli", **entry.columns)
    whole, _, _ = measure(model)
    return whole.wall


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--engine", default="stanli")
    parser.add_argument("--only", action="store_true")
    said = parser.parse_args()
    print(f"{'program':<28} {'NUTS':>8} {'analyze':>8} {'ratio':>6} {'(processor)':>11}   verdict")
    ratios = []
    print(f"(the first in this process: {warmed():.1f} s)", flush=True)
    for name, model in models(said.folders, said.engine, library=not said.only):
        model.bound  # noqa: B018 - translated and compiled before the clock runs
        whole, nuts, comparison = measure(model)
        ratios.append(ratio(whole.wall, nuts.wall))
        figures = f"{nuts.wall:8.2f} {whole.wall:8.2f} {ratios[-1]:6.2f}"
        of_processor = ratio(whole.processor, nuts.processor)
        headline = str(comparison.verdict).splitlines()[0]
        print(f"{name:<28} {figures} {of_processor:11.2f}   {headline}", flush=True)
    print(f"median {statistics.median(ratios):.2f}, largest {max(ratios):.2f}")


if __name__ == "__main__":
    main()
