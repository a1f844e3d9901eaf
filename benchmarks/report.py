"""Seconds, bytes and peak memory of a report by format, for 3, 30, 305 and 2,000 parameters.

``python benchmarks/report.py [PARAMETERS ...] [--formats html md ...]``. Each report is written in
a process of its own from a saved comparison: once cold, with the imports of plots and statistics,
and once more warm. Seconds are of the processor. A yardstick, five singular value decompositions of
a matrix of 400 rows, is timed in the same process: ratios to it can be compared between machines.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

import bayeswrap as bw
from bayeswrap.errors import UsageError
from bayeswrap.report.document.files import check_target

FORMATS = ("html", "md", "tex", "docx", "txt", "json")

LINE = """
data { int N; int K; matrix[N, K] X; vector[N] y; }
parameters { real alpha; vector[K] beta; real<lower=0> sigma; }
model {
  alpha ~ normal(0, 5); beta ~ normal(0, 2); sigma ~ exponential(1);
  y ~ normal(alpha + X * beta, sigma);
}
generated quantities {
  vector[N] log_lik; array[N] real y_rep;
  for (n in 1:N) {
    log_lik[n] = normal_lpdf(y[n] | alpha + X[n] * beta, sigma);
    y_rep[n] = normal_rng(alpha + X[n] * beta, sigma);
  }
}
"""
GROUPS = """
data { int N; int G; array[N] int<lower=1, upper=G> group; vector[N] x; vector[N] y; }
parameters { matrix[G, 3] z; real mu; real beta; vector<lower=0>[2] tau; real<lower=0> sigma; }
model {
  to_vector(z) ~ std_normal();
  mu ~ normal(0, 2); beta ~ normal(0, 2); tau ~ normal(0, 1); sigma ~ exponential(1);
  y ~ normal(mu + tau[1] * z[group, 1] + (beta + tau[2] * z[group, 2]) .* x
             + 0.1 * z[group, 3], sigma);
}
"""
MEANS = """
data { int N; vector[N] y; }
parameters { vector[N] theta; }
model { theta ~ normal(0, 1); y ~ normal(theta, 1); }
"""


def wells() -> bw.Model:
    entry = bw.library["logistic_regression"]
    return bw.Model(entry.program, entry.example_data, engine="stanli", **entry.columns)


def line() -> bw.Model:
    rng = np.random.default_rng(1)
    X = rng.normal(size=(500, 28))  # noqa: N806 - the matrix of the program
    y = X @ rng.normal(size=28) + rng.normal(size=500)
    return _model(LINE, "line", {"N": 500, "K": 28, "X": X, "y": y})


def groups() -> bw.Model:
    rng = np.random.default_rng(2)
    group, x = np.repeat(np.arange(100), 10), rng.normal(size=1000)
    lines = rng.normal(size=(100, 2)) * [1.0, 0.5] + [1.0, 2.0]
    y = lines[group, 0] + lines[group, 1] * x + rng.normal(size=1000)
    return _model(GROUPS, "groups", {"N": 1000, "G": 100, "group": group + 1, "x": x, "y": y})


def means() -> bw.Model:
    y = np.random.default_rng(3).normal(size=2000) * np.sqrt(2)
    return _model(MEANS, "means", {"N": 2000, "y": y})


CASES = {3: wells, 30: line, 305: groups, 2000: means}


def _model(code: str, name: str, data: dict[str, object]) -> bw.Model:
    return bw.Model(bw.Program.from_string(code, name=name), data, engine="stanli")


def seconds(run: object) -> float:
    start = time.process_time()
    run()  # type: ignore[operator]
    return time.process_time() - start


def yardstick() -> None:
    matrix = np.random.default_rng(0).normal(size=(400, 400))
    for _ in range(5):
        np.linalg.svd(matrix)


def measure(saved: Path, file_format: str, folder: Path) -> dict[str, float]:
    """Write one report twice in this process."""
    comparison = bw.load(saved)
    target = folder / f"report.{file_format}"
    cold, warm = (seconds(lambda: comparison.report(target)) for _ in range(2))
    return {
        "cold": cold,
        "warm": warm,
        "yardstick": seconds(yardstick),
        "bytes": target.stat().st_size,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }


def known_formats() -> list[str]:
    """Return those of the formats that reports have."""
    known = []
    for file_format in FORMATS:
        with contextlib.suppress(UsageError):
            known.append(check_target("report", file_format)[1])
    return known


def in_its_own_process(saved: Path, file_format: str) -> dict[str, float]:
    command = [sys.executable, __file__, "--one", str(saved), file_format]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parameters", nargs="*", type=int, default=[*CASES])
    parser.add_argument("--formats", nargs="*", default=known_formats())
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if arguments.one:
            saved, file_format = arguments.one
            print(json.dumps(measure(Path(saved), file_format, folder)))
            return
        print("parameters format cold[s] warm[s] warm/yardstick size[MB] memory[MB]")
        for count in arguments.parameters:
            saved = folder / f"{count}.bw"
            bw.save(bw.analyze(CASES[count](), seed=1, starts=0, show_progress=False), saved)
            for file_format in arguments.formats:
                m = in_its_own_process(saved, file_format)
                print(
                    f"{count:10} {file_format:6} {m['cold']:7.2f} {m['warm']:7.2f} "
                    f"{m['warm'] / m['yardstick']:14.2f} {m['bytes'] / 1e6:8.2f} "
                    f"{m['memory'] / 1e6:10.0f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
