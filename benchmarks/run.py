"""Ratios of two things measured in one run: absolute times are noise on a shared machine."""

from __future__ import annotations

import functools
import time
from typing import TYPE_CHECKING

import numpy as np
from hierarchies import items, processes

import bayeswrap as bw
from bayeswrap.engine.cmdstan import Executable, compile_program
from bayeswrap.engine.installation.provision import require_home
from bayeswrap.estimates.optimization.find_optimum import find_optimum
from bayeswrap.estimates.problem.support import support_edges
from bayeswrap.program.weights.part_weights import PartWeights

if TYPE_CHECKING:
    from collections.abc import Callable

    from bayeswrap.estimates.numerics.functions import Function

PAIRS = 7


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


if __name__ == "__main__":
    main()
