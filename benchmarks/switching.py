"""What the switches cost a sampler: instructions a leapfrog step, switched over the user's own.

Valgrind counts instructions, so the figures do not depend on what else the machine does. Fixed
step size and seed make both programs walk the same path; the difference of two run lengths takes
the reading of data out.
"""

from __future__ import annotations

import csv
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import bayeswrap as bw
from bayeswrap.engine.cmdstan import compile_program
from bayeswrap.engine.installation.provision import require_home
from bayeswrap.program.weights.part_weights import PartWeights

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayeswrap.engine.cmdstan import Executable

SHORT, LONG = 5, 25
HALF_WAY = PartWeights(prior=0.5, population=0.5, likelihood=0.5)


@dataclass(frozen=True)
class Case:
    """A program with data."""

    name: str
    code: str
    data: Mapping[str, object]


def cases() -> list[Case]:
    """Return eight programs: vectorised and element by element, flat and hierarchical."""
    rng = np.random.default_rng(1)
    n, j = 200, 20
    x, g = rng.normal(size=n), rng.integers(1, j + 1, size=n)
    y = 1 + 0.5 * x + rng.normal(size=n)
    k = rng.poisson(2, size=n)
    line = {"N": n, "x": x.tolist(), "y": y.tolist()}
    groups = {**line, "J": j, "g": g.tolist()}
    counts = {"N": n, "x": x.tolist(), "k": k.tolist()}
    head = "data { int N; vector[N] x; vector[N] y; }"
    grouped = "data { int N; int J; vector[N] x; vector[N] y; array[N] int<lower=1> g; }"
    counted = "data { int N; vector[N] x; array[N] int<lower=0> k; }"
    return [
        Case(
            "regression, vectorised",
            head + "parameters { real a; real b; real<lower=0> s; } model { a ~ normal(0, 5);"
            "b ~ normal(0, 5); s ~ exponential(1); y ~ normal(a + b * x, s); }",
            line,
        ),
        Case(
            "regression, element by element",
            head + "parameters { real a; real b; real<lower=0> s; } model { a ~ normal(0, 5);"
            "b ~ normal(0, 5); s ~ exponential(1);"
            "for (n in 1:N) y[n] ~ normal(a + b * x[n], s); }",
            line,
        ),
        Case(
            "truncated, element by element",
            head + "parameters { real a; real b; real<lower=0> s; } model { a ~ normal(0, 5);"
            "b ~ normal(0, 5); s ~ normal(0, 5) T[0, ];"
            "for (n in 1:N) y[n] ~ normal(a + b * x[n], s) T[-9, ]; }",
            line,
        ),
        Case(
            "mixture by log_mix",
            head + "parameters { ordered[2] m; real<lower=0> s; real<lower=0, upper=1> w; } model {"
            "m ~ normal(0, 5); s ~ exponential(1); w ~ beta(2, 2); for (n in 1:N) target += "
            "log_mix(w, normal_lpdf(y[n] | m[1], s), normal_lpdf(y[n] | m[2], s)); }",
            line,
        ),
        Case(
            "autoregression, residuals in a local",
            head + "parameters { real a; real<lower=-1, upper=1> r; real<lower=0> s; } model {"
            "vector[N - 1] e = y[2:N] - a - r * y[1:(N - 1)]; a ~ normal(0, 5);"
            "s ~ exponential(1); e ~ normal(0, s); }",
            line,
        ),
        Case(
            "groups, centred",
            grouped + "parameters { real m; real<lower=0> t; vector[J] u; real<lower=0> s; } model"
            "{ m ~ normal(0, 5); t ~ exponential(1); s ~ exponential(1); u ~ normal(m, t);"
            "y ~ normal(u[g], s); }",
            groups,
        ),
        Case(
            "groups, non-centred, target +=",
            grouped + "parameters { real m; real<lower=0> t; vector[J] z; real<lower=0> s; } model"
            "{ target += normal_lpdf(m | 0, 5) + exponential_lpdf(t | 1) + exponential_lpdf(s | 1);"
            "target += std_normal_lpdf(z); target += normal_lupdf(y | m + t * z[g], s); }",
            groups,
        ),
        Case(
            "Poisson by a generalised linear model function",
            counted + "parameters { real a; vector[1] b; } model { a ~ normal(0, 5);"
            "b ~ normal(0, 5); k ~ poisson_log_glm(to_matrix(x), a, b); }",
            counts,
        ),
    ]


def instructions(executable: Executable, data: str, draws: int) -> tuple[int, int]:
    """Return instructions and leapfrog steps of a run of fixed step size."""
    with tempfile.TemporaryDirectory() as folder:
        file, output = Path(folder) / "data.json", Path(folder) / "output.csv"
        file.write_text(data, encoding="utf-8")
        command = [
            *("valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"),
            *(str(executable.path), "sample", f"num_samples={draws}", "num_warmup=0"),
            *("adapt", "engaged=0", "algorithm=hmc", "engine=nuts", "max_depth=4"),
            *("stepsize=0.01", "random", "seed=1", "init=0.1", "data", f"file={file}"),
            *("output", f"file={output}"),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        counted = int(re.search(r"I\s+refs:\s+([\d,]+)", done.stderr)[1].replace(",", ""))
        lines = [ln for ln in output.read_text().splitlines() if ln and not ln.startswith("#")]
        steps = sum(int(float(row["n_leapfrog__"])) for row in csv.DictReader(lines))
    return counted, steps


def cost(executable: Executable, data: str) -> float:
    """Return instructions a leapfrog step."""
    (a, m), (b, n) = (instructions(executable, data, d) for d in (SHORT, LONG))
    return (b - a) / (n - m)


def main() -> None:
    home = require_home()
    print(f"{'switched / original, instructions a leapfrog step':<52} {'0/1':>8} {'weights':>8}")
    for case in cases():
        program = bw.Program.from_string(case.code, name="bench")
        model = bw.Model(program, dict(case.data))
        source = program.switched()
        switched = compile_program(source.text, "bench", home)
        original = compile_program(program.source, "bench", home)
        base = cost(original, model.data.json())
        on = cost(switched, model.data.json(source.data(PartWeights())))
        half = cost(switched, model.data.json(source.data(HALF_WAY)))
        print(f"{case.name:<52} {on / base:8.4f} {half / base:8.4f}", flush=True)


if __name__ == "__main__":
    main()
