"""Draws of a program without parameters: its generated quantities, once for each draw."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.engine.draws_table import DrawsTable
from bayeswrap.estimates.posterior.diagnostics import Diagnostics
from bayeswrap.estimates.posterior.draws import Posterior
from bayeswrap.estimates.problem.layout import Layout
from bayeswrap.estimates.problem.quantity_failures import draw_warnings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.estimates.posterior.nuts import SampleOptions
    from bayeswrap.estimates.problem.problem import Problem

__all__ = [
    "sample_fixed",
]

_METHOD = "simulate"


def sample_fixed(
    problem: Problem,
    options: SampleOptions,
    *,
    show_progress: bool,
    warnings: Sequence[str] = (),
) -> Posterior:
    """Draw the generated quantities of a program without parameters, as ``fixed_param`` does.

    The draws are independent; there is nothing to warm up.

    Parameters
    ----------
    problem : Problem
        Program, data and engine.
    options : SampleOptions
        Chains and draws; the rest does not matter.
    show_progress : bool
        Whether to show progress bars.
    warnings : sequence of str
        To travel with the result.

    Raises
    ------
    EngineRunError
        The run of the compiled program failed.
    """
    started = time.perf_counter()
    sizes = {"chains": options.chains, "iter_sampling": options.iter_sampling}
    failures: tuple[str, ...] = ()
    if problem.executable is None:
        table, failures = _in_process(problem, options)
    else:
        table = problem.executable.sample(
            problem.stan_data,
            seed=problem.seed,
            show_progress=show_progress,
            options={**sizes, "fixed_param": True},
        )
        if np.isnan(table.draws).all(axis=2).any():
            # Stan leaves out whole draws where one quantity fails: all are drawn again, since
            # the draws without a failure are no sample of the program
            table, failures = _in_process(problem, options)
    return Posterior(
        layout=Layout.of(problem.program, table.names),
        draws=table.draws,
        method_names=table.method_names,
        method_draws=table.method_draws,
        record=problem.record(_METHOD, sizes, table.output, started),
        labels=problem.labels,
        warnings=(*warnings, *failures),
        output=table.output,
        problem=problem,
        diagnostics=_independent(table.draws),
    )


def _in_process(problem: Problem, options: SampleOptions) -> tuple[DrawsTable, tuple[str, ...]]:
    density, nothing = problem.density.transforms, np.zeros(0)
    total = options.chains * options.iter_sampling
    seeds = np.random.default_rng(problem.seed).integers(1, 2**31, size=total)
    rows = np.array([density.constrain(nothing, derived=True, seed=int(s)) for s in seeds])
    lost = np.flatnonzero(np.isnan(rows).any(axis=1))
    failed = [problem.density.quantities.failures(nothing, int(seeds[i])) for i in lost]
    draws = rows.reshape(options.chains, options.iter_sampling, -1)
    table = DrawsTable(
        names=density.names(derived=True),
        draws=draws,
        method_names=(),
        method_draws=np.zeros((*draws.shape[:2], 0)),
    )
    return table, draw_warnings(problem.program, failed, total)


def _independent(draws: np.ndarray) -> Diagnostics:
    """Return the diagnostics of independent draws."""
    return Diagnostics(
        divergences=0,
        max_treedepth_hits=0,
        bfmi_min=np.inf,
        r_hat_max=1.0,
        ess_min=float(draws.shape[0] * draws.shape[1]),
        chains=draws.shape[0],
        draws=draws.shape[1],
    )
