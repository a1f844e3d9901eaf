"""Ratios of two things measured in one run: absolute times are noise on a shared machine."""

from __future__ import annotations

import functools
import logging
import os
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import cmdstanpy
import numpy as np
from hierarchies import items, processes

import bayeswrap as bw
from bayeswrap.engine.cmdstan import Executable, compile_program
from bayeswrap.engine.cmdstan_session import engine_environment
from bayeswrap.engine.installation.provision import require_home
from bayeswrap.estimates.optimization.find_optimum import find_optimum
from bayeswrap.estimates.problem.support import support_edges
from bayeswrap.program.weights.part_weights import PartWeights

if TYPE_CHECKING:
    from collections.abc import Callable

    from bayeswrap.estimates.numerics.functions import Function

PAIRS = 7
ROWS = 1_000_000
REGRESSION = """
data { int<lower=0> N; int<lower=1> K; matrix[N, K] X; array[N] int<lower=0, upper=1> y; }
parameters { real alpha; vector[K] beta; }
model {
  alpha ~ normal(0, 2.5);
  beta ~ normal(0, 2.5);
  y ~ bernoulli_logit_glm(X, alpha, beta);
}
"""


def seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def ratio(
    name: str, first: Callable[[], object], second: Callable[[], object], pairs: int = PAIRS
) -> None:
    """Print the median ratio of interleaved pairs with the range of its middle half."""
    first(), second()  # warm
    ratios = [seconds(first) / seconds(second) for _ in range(pairs)]
    low, middle, high = np.quantile(ratios, [0.25, 0.5, 0.75])
    print(f"{name:<72} {middle:6.2f}   [{low:.2f}, {high:.2f}]")


def leapfrog_cost(executable: Executable, data: str, seed: int) -> float:
    """Return seconds of sampling per leapfrog step."""
    start = time.perf_counter()
    options = {"chains": 1, "iter_warmup": 300, "iter_sampling": 700}
    run = executable.sample(data, seed=seed, options=options)
    steps = run.method_draws[:, :, run.method_names.index("n_leapfrog__")].sum()
    return (time.perf_counter() - start) / float(steps)


def hierarchies(pairs: int = 3) -> None:
    """Print what modes of hundreds of effects cost in gradients of their joint density."""
    rows = (
        ("marginal MLE, 1,000 persons x 5 items", items(), lambda m: m.mle(marginal=True)),
        ("marginal MLE, 551 effects of processes", processes(), lambda m: m.mle(marginal=True)),
        ("map(), 1,000 persons x 5 items", items(), lambda m: m.map()),
    )
    for name, model, verb in rows:
        objective = model.density.objective(PartWeights(), jacobian=False)
        q = np.full(model.density.transforms.dimension, 0.1)

        def gradients(objective: Function = objective, q: np.ndarray = q) -> object:
            return [objective(q) for _ in range(1000)]

        ratio(f"{name} / 1,000 gradients", functools.partial(verb, model), gradients, pairs)


def simulated(rows: int, seed: int) -> dict[str, object]:
    """Return a logistic regression with three predictors."""
    rng = np.random.default_rng(seed)
    predictors = rng.normal(size=(rows, 3))
    probability = 1 / (1 + np.exp(-0.3 - predictors @ [0.5, -0.25, 0.1]))
    return {
        "N": rows,
        "K": 3,
        "X": predictors,
        "y": (rng.uniform(size=rows) < probability).astype(int),
    }


def processor(run: Callable[[], object]) -> float:
    """Return the processor seconds of this process and of those that it starts."""
    before = os.times()
    run()
    return sum(b - a for a, b in zip(before[:4], os.times()[:4], strict=True))


def peak_copies(model: bw.Model, run: Callable[[], object]) -> float:
    """Return how far memory grows while something runs, in copies of the data."""
    size = sum(np.asarray(v).nbytes for v in model.data.values.values())
    samples, done = [], threading.Event()

    def watch() -> None:
        while not done.wait(0.005):
            pages = Path("/proc/self/statm").read_text(encoding="utf-8").split()[1]
            samples.append(int(pages) * os.sysconf("SC_PAGE_SIZE"))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        run()
    finally:
        done.set()
        watcher.join()
    return (max(samples) - samples[0]) / size


def data_costs() -> None:
    """Print what new and large data cost, against one cmdstanpy call that writes its own data."""
    program = bw.Program.from_string(REGRESSION, name="regression")
    executable = compile_program(program.source, program.name, require_home())
    with engine_environment(executable.home):
        stan = cmdstanpy.CmdStanModel(
            model_name=program.name,
            stan_file=executable.folder / f"{program.name}.stan",
            exe_file=executable.path,
        )

    def call(data: dict[str, object]) -> float:
        return processor(lambda: stan.optimize(data=data, seed=1, require_converged=False))

    logging.getLogger("cmdstanpy").disabled = True
    sets = [simulated(3020, seed) for seed in range(PAIRS + 1)]
    bw.Model(program, sets[0]).mle(seed=1)
    ratios = [processor(lambda d=d: bw.Model(program, d).mle(seed=1)) / call(d) for d in sets[1:]]
    print("processor seconds over those of one cmdstanpy call with its own data writing")
    print(f"{'new data of a known program, 3,020 rows':<72} {np.median(ratios):6.2f}")
    data, found = simulated(ROWS, 1), []
    unit = call(data)
    model = bw.Model(program, data)
    copies = peak_copies(model, lambda: found.append(processor(lambda: model.mle(seed=1))))
    mle = model.mle(seed=1)
    found.append(processor(lambda: model.mle(seed=2)))
    found.append(processor(lambda: model.laplace(draws=100, seed=1)))
    other = model.map(seed=1)
    found.append(processor(lambda: bw.compare(mle, other)))
    names = ("first mle()", "second mle()", "laplace(draws=100)", "compare() of two modes")
    for name, seconds_used in zip(names, found, strict=True):
        print(f"{f'{ROWS:,} rows, {name}':<72} {seconds_used / unit:6.2f}")
    print(f"{f'{ROWS:,} rows, first mle(): memory in copies of the data':<72} {copies:6.1f}")


def main() -> None:
    entry = bw.library["logistic_regression"]
    model = bw.Model(entry.program, entry.example_data, **entry.columns)
    density = model.density
    executable = compile_program(density.source.text, entry.program.name, require_home())
    parts = PartWeights(prior=0, population=0)
    data = model.data.json(density.source.data(parts))
    objective = density.objective(parts, jacobian=False)
    mle = model.mle(seed=1)
    start = mle.optimum.q + 1e-3
    edges = support_edges(["Identity"] * start.size)

    def optimize() -> object:
        return executable.optimize(data, jacobian=False, seed=1)

    print(f"{'logistic regression, 3,020 rows':<72} median   [quartiles]")
    ratio(
        "verify, polish and curvature / one cmdstanpy optimize call",
        lambda: find_optimum(objective, start, edges),
        optimize,
    )
    ratio("mle() in all / one cmdstanpy optimize call", lambda: model.mle(seed=1), optimize)
    ratio(
        "profile of one parameter, curve and limits / one optimize call",
        lambda: mle.profile("beta[1]"),
        optimize,
    )
    ratio("mle(starts=50) / one optimize call", lambda: model.mle(starts=50, seed=1), optimize)
    results = [mle, model.map(seed=1), model.map("unconstrained", seed=1)]
    results += [model.laplace(draws=4000, seed=1), model.sample(seed=1, show_progress=False)]
    ratio(
        "compare() with a search and all checks / sample()",
        lambda: bw.compare(*results),
        lambda: model.sample(seed=1, show_progress=False),
    )
    original = compile_program(entry.program.source, entry.program.name, require_home())
    switched_data = model.data.json(density.source.data(PartWeights()))
    plain_data = model.data.json()
    costs = [
        (leapfrog_cost(executable, switched_data, s), leapfrog_cost(original, plain_data, s))
        for s in range(1, PAIRS + 1)
    ]
    low, middle, high = np.quantile([a / b for a, b in costs], [0.25, 0.5, 0.75])
    name = "switched program / the user's own, seconds a leapfrog step"
    print(f"{name:<72} {middle:6.2f}   [{low:.2f}, {high:.2f}]")
    hierarchies()
    data_costs()


if __name__ == "__main__":
    main()
