"""Pathfinder: normal approximations along the paths of an optimizer; the best is drawn from.

Zhang, Carpenter, Gelman & Vehtari, Journal of Machine Learning Research 23(306) (2022) 1-49,
arXiv:2108.03782.
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.arguments import at_least
from bayeswrap.errors import EngineNotFoundError
from bayeswrap.estimates.approximations.approximation import Approximation
from bayeswrap.estimates.approximations.normalizing_constants import dropped_constants
from bayeswrap.estimates.posterior.missing_quantities import (
    run_without_quantities,
    with_all_quantities,
)
from bayeswrap.estimates.problem.layout import Layout

if TYPE_CHECKING:
    from bayeswrap.engine.cmdstan import Executable
    from bayeswrap.engine.draws_table import DrawsTable
    from bayeswrap.estimates.problem.problem import Problem

__all__ = [
    "PathfinderOptions",
    "approximate_by_pathfinder",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PathfinderOptions:
    """Options of Pathfinder by cmdstanpy's names; None leaves Stan's default.

    Parameters
    ----------
    draws : int
        Number of draws.
    num_paths : int
        Number of paths, each from its own random start.
    num_single_draws : int, optional
        Draws from the approximation of each path; as many as `draws` by default.
    psis_resample : bool
        Whether the draws of all paths are resampled by their importance.
    num_elbo_draws, max_lbfgs_iters, history_size : int, optional
        Draws that estimate the evidence lower bound of an iteration; greatest number of
        iterations of a path; updates that the optimizer keeps.
    timeout : float, optional
        Seconds after which it is stopped.
    """

    draws: int = 1000
    num_paths: int = 4
    num_single_draws: int | None = None
    psis_resample: bool = True
    num_elbo_draws: int | None = None
    max_lbfgs_iters: int | None = None
    history_size: int | None = None
    timeout: float | None = None

    def __post_init__(self) -> None:
        at_least("draws", self.draws, 4)
        for name in (
            *("num_paths", "num_single_draws", "num_elbo_draws"),
            *("max_lbfgs_iters", "history_size"),
        ):
            if getattr(self, name) is not None:
                at_least(name, getattr(self, name), 1)

    @property
    def single_draws(self) -> int:
        """Draws from each path."""
        if self.num_single_draws is not None:
            return self.num_single_draws
        return self.draws if self.psis_resample else -(-self.draws // self.num_paths)

    def for_cmdstanpy(self) -> dict[str, object]:
        """Return the arguments of cmdstanpy's ``pathfinder``.

        Stan's own resampling throws away the draws that measure how far the result can be trusted,
        so all of them are asked for.
        """
        options = {k: v for k, v in asdict(self).items() if v is not None}
        del options["draws"]
        return options | {"num_single_draws": self.single_draws, "psis_resample": False}


def approximate_by_pathfinder(problem: Problem, options: PathfinderOptions) -> Approximation:
    """Draw from the approximations of all paths, and resample by importance.

    Parameters
    ----------
    problem : Problem
        Program, data and engine, with the Jacobian in.
    options : PathfinderOptions
        Of the method.

    Raises
    ------
    EngineNotFoundError
        There is no compiled program.
    EngineRunError
        No path came to an approximation.
    """
    if problem.executable is None:
        raise EngineNotFoundError(
            "Pathfinder needs the compiled engine",
            where=problem.program.name,
            got='engine="stanli", which does not offer it',
            do='make the model with engine="auto"; or use laplace() or sample()',
        )
    started = time.perf_counter()

    def run(executable: Executable) -> DrawsTable:
        return executable.pathfinder(
            problem.stan_data,
            seed=problem.seed,
            inits=problem.inits,
            options=options.for_cmdstanpy(),
        )

    table = run_without_quantities(problem, problem.executable, run)
    pooled = _pooled(problem, options, *with_all_quantities(problem, table), started)
    if not options.psis_resample:
        return pooled
    resampled = pooled.resampled(options.draws)
    if pooled.importance.reliable:
        return resampled
    return replace(
        resampled, warnings=(*resampled.warnings, f"{pooled.importance.sentence}: use sample()")
    )


def _pooled(
    problem: Problem,
    options: PathfinderOptions,
    table: DrawsTable,
    missing: tuple[str, ...],
    started: float,
) -> Approximation:
    layout = Layout.of(problem.program, table.names)
    log_p = table.method_column("lp__")[0]
    set_options = {k: v for k, v in asdict(options).items() if v is not None}
    return Approximation(
        layout=layout,
        draws=table.draws,
        method_names=table.method_names,
        method_draws=table.method_draws,
        record=problem.record("pathfinder", set_options, table.output, started),
        labels=problem.labels,
        warnings=(*_lost_paths(table, options.num_paths), *missing),
        output=table.output,
        problem=problem,
        method="pathfinder",
        # Stan normalises its own density of the draws
        offset=dropped_constants(problem, layout, table.draws[0], log_p),
    )


def _lost_paths(table: DrawsTable, asked: int) -> tuple[str, ...]:
    paths = np.unique(table.method_column("path__")).size
    return () if paths == asked else (f"only {paths} of {asked} paths came to an approximation",)
