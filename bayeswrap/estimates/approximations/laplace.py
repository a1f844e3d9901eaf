"""From a mode to draws of the Laplace approximation there, by Stan or in this process."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.arguments import at_least
from bayeswrap.engine.draws_table import DrawsTable
from bayeswrap.errors import EngineRunError, EstimandError
from bayeswrap.estimates.approximations.approximation import Approximation
from bayeswrap.estimates.approximations.normalizing_constants import laplace_offset
from bayeswrap.estimates.point_estimates.convergence import require_estimate
from bayeswrap.estimates.posterior.missing_quantities import (
    stops_at_quantities,
    with_all_quantities,
)
from bayeswrap.estimates.problem.layout import Layout
from bayeswrap.estimates.problem.quantity_failures import draw_warnings
from bayeswrap.estimates.results.status import Status

if TYPE_CHECKING:
    from bayeswrap.engine.cmdstan import Executable
    from bayeswrap.engine.run_files import CmdStanOutput
    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.estimates.problem.problem import Problem

__all__ = [
    "laplace_at",
]

_IN_PROCESS = "; drawn in process by stanli"


def laplace_at(mode: PointEstimate, draws: int) -> Approximation:
    """Draw from the Laplace approximation at a mode of the unconstrained scale.

    Parameters
    ----------
    mode : PointEstimate
        As a search found it, with its problem; it is not sought again.
    draws : int
        Number of draws.

    Raises
    ------
    ConvergenceError
        There is no mode.
    EstimandError
        The mode lies on an edge or a kink, where there is no curvature.
    EngineRunError
        Stan could not form the approximation.
    """
    require_estimate(mode)
    if mode.status is not Status.CONVERGED:
        raise EstimandError(
            "no Laplace approximation exists here",
            got=mode.status.sentence,
            do="use sample()",
        )
    problem = mode.problem_for("a Laplace approximation")
    at_least("draws", draws, 4)
    started = time.perf_counter()
    table, missing = _draws(problem, mode, draws)
    stopped = problem.executable is not None and table.output is None
    layout = Layout.of(problem.program, table.names)
    return Approximation(
        layout=layout,
        draws=table.draws,
        method_names=table.method_names,
        method_draws=table.method_draws,
        record=problem.record(
            "laplace",
            {"draws": draws, "jacobian": True},
            table.output,
            started,
            engine=problem.engine + (_IN_PROCESS if stopped else ""),
        ),
        labels=problem.labels,
        warnings=missing,
        output=table.output,
        problem=problem,
        method="laplace",
        centre=mode,
        offset=laplace_offset(problem, mode.optimum.root, layout, table.draws, table.method_draws),
    )


def _draws(problem: Problem, mode: PointEstimate, draws: int) -> tuple[DrawsTable, tuple[str, ...]]:
    """Draw by Stan; in this process without it, or where a generated quantity stops it."""
    if problem.executable is not None:
        try:
            table = _stan_laplace(problem, problem.executable, mode, draws)
            # Stan ends its draws, without an error, where a generated quantity fails
            if table.draws.shape[1] == draws:
                return with_all_quantities(problem, table)
        except EngineRunError as error:
            if not stops_at_quantities(problem, error):
                raise
    return _laplace_in_process(problem, mode, draws)


def _stan_laplace(
    problem: Problem, executable: Executable, mode: PointEstimate, draws: int
) -> DrawsTable:
    names = problem.coordinates.layout.names
    scalars = dict(zip(mode.layout.names, map(float, mode.values), strict=True))
    return executable.laplace(
        problem.stan_data,
        # Stan reads the mode from a file of its optimizer, which did not run for every estimate
        mode.output or _written_mode(problem, executable, mode),
        draws=draws,
        seed=problem.seed,
        scalars={name: scalars[name] for name in names},
    )


def _written_mode(problem: Problem, executable: Executable, mode: PointEstimate) -> CmdStanOutput:
    run = executable.optimize(
        problem.stan_data,
        jacobian=True,
        seed=problem.seed,
        inits={v.name: mode[v.name] for v in problem.program.variables_in("parameters")},
    )
    return run.output


def _laplace_in_process(
    problem: Problem, mode: PointEstimate, draws: int
) -> tuple[DrawsTable, tuple[str, ...]]:
    """Draw q = mode + R z, z standard normal, where R R' is the inverse information.

    The method's own columns are Stan's two: log p(q), and log q(q) without its constant, -z'z / 2.
    """
    rng = np.random.default_rng(problem.seed)
    root, coordinates = mode.optimum.root, problem.coordinates
    z = rng.normal(size=(draws, root.shape[1]))
    points = mode.optimum.q + z @ root.T
    rows = [
        coordinates.constrain(point, derived=True, seed=i, or_nan=True)
        for i, point in enumerate(points, start=1)
    ]
    objective = problem.objective  # put together once
    log_p = [objective(point)[0] for point in points]
    log_q = [-0.5 * step @ step for step in z]
    table = DrawsTable(
        names=coordinates.full_layout.names,
        draws=np.array(rows)[np.newaxis],
        method_names=("log_p__", "log_q__"),
        method_draws=np.column_stack([log_p, log_q])[np.newaxis],
    )
    quantities = problem.density.quantities
    failures = [
        quantities.failures(point, i) if np.isnan(row).any() else ()
        for i, (point, row) in enumerate(zip(points, rows, strict=True), start=1)
    ]
    return table, draw_warnings(problem.program, failures, draws)
