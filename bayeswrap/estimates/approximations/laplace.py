"""From a mode to draws of the Laplace approximation there, by Stan or in this process."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.arguments import at_least
from bayeswrap.engine.density import stan_spelling
from bayeswrap.estimates.approximations.approximation import Approximation
from bayeswrap.estimates.approximations.normalizing_constants import laplace_offset
from bayeswrap.estimates.problem.layout import Layout

if TYPE_CHECKING:
    from bayeswrap.engine.cmdstan import Executable, SampleRun
    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.estimates.problem.problem import Problem

__all__ = [
    "approximate_by_laplace",
]


def approximate_by_laplace(problem: Problem, centre: PointEstimate, draws: int) -> Approximation:
    """Draw from the Laplace approximation at a mode of the unconstrained scale.

    Parameters
    ----------
    problem : Problem
        Program, data and engine, with the Jacobian in.
    centre : PointEstimate
        The verified mode.
    draws : int
        Number of draws.

    Raises
    ------
    EngineRunError
        Stan could not form the approximation.
    """
    at_least("draws", draws, 4)
    started = time.perf_counter()
    run: SampleRun | None = None
    if problem.executable is not None:
        run = _stan_laplace(problem, problem.executable, centre, draws)
        layout = Layout.of(problem.program, [stan_spelling(n) for n in run.names])
        found, names, own = run.draws, run.method_names, run.method_draws
    else:
        layout, found, own = _own_laplace(problem, centre, draws)
        names = ("log_p__", "log_q__")
    return Approximation(
        layout=layout,
        draws=found,
        method_names=names,
        method_draws=own,
        record=problem.record(
            "laplace",
            {"draws": draws, "jacobian": True},
            run.output if run else None,
            started,
        ),
        labels=problem.labels,
        warnings=(),
        output=run.output if run else None,
        problem=problem,
        method="laplace",
        centre=centre,
        offset=laplace_offset(problem, centre.optimum.root, layout, found, own),
    )


def _stan_laplace(
    problem: Problem, executable: Executable, centre: PointEstimate, draws: int
) -> SampleRun:
    # Stan reads the mode from a CSV file: one more call writes the polished mode there
    own = [v.name for v in problem.program.variables_in("parameters")]
    mode = executable.optimize(
        problem.stan_data,
        jacobian=True,
        seed=problem.seed,
        inits={name: centre[name].tolist() for name in own},
    )
    return executable.laplace(problem.stan_data, mode.output, draws=draws, seed=problem.seed)


def _own_laplace(
    problem: Problem, centre: PointEstimate, draws: int
) -> tuple[Layout, np.ndarray, np.ndarray]:
    """Draw in this process; the method's own columns are the two log densities, as in Stan."""
    rng = np.random.default_rng(problem.seed)
    q, root, coordinates = centre.optimum.q, centre.optimum.root, problem.coordinates
    steps = rng.normal(size=(draws, root.shape[1]))
    points = q + steps @ root.T
    rows = [
        coordinates.constrain(point, derived=True, seed=i, or_nan=True)
        for i, point in enumerate(points, start=1)
    ]
    objective = problem.objective
    own = [(objective(p)[0], -0.5 * step @ step) for p, step in zip(points, steps, strict=True)]
    return coordinates.full_layout, np.array(rows)[np.newaxis], np.array(own)[np.newaxis]
