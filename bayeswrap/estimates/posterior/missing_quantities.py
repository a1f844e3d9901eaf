"""Generated quantities that an engine lost at some draws: computed again as far as they can be."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.engine.cmdstan import compile_program
from bayeswrap.errors import EngineError, EngineRunError
from bayeswrap.estimates.problem.failing_quantities import draw_warnings
from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.program.syntax.quantity_slices import generated_quantities

if TYPE_CHECKING:
    from collections.abc import Callable

    from bayeswrap.engine.cmdstan import Executable
    from bayeswrap.engine.draws_table import DrawsTable
    from bayeswrap.estimates.problem.failing_quantities import QuantityFailure
    from bayeswrap.estimates.problem.problem import Problem

__all__ = [
    "run_without_quantities",
    "stops_at_quantities",
    "with_all_quantities",
]


def with_all_quantities(problem: Problem, table: DrawsTable) -> tuple[DrawsTable, tuple[str, ...]]:
    """Return draws with every quantity that can be computed, and what is missing and why.

    An engine that meets an error in the generated quantities of a draw leaves all of them out.

    Parameters
    ----------
    problem : Problem
        Program, data and density.
    table : DrawsTable
        As the engine wrote it.
    """
    declared = problem.program.variables
    generated = [
        i
        for i, name in enumerate(table.names)
        if declared[variable_of(name)].block == "generated quantities"
    ]
    lost = np.argwhere(np.isnan(table.draws[:, :, generated]).all(axis=2))
    if not (generated and lost.size):
        return table, ()
    try:
        return _computed_again(problem, table, lost)
    except EngineError:  # the in-process engine cannot take the program
        return table, ()


def _computed_again(
    problem: Problem, table: DrawsTable, lost: np.ndarray
) -> tuple[DrawsTable, tuple[str, ...]]:
    transforms, quantities = problem.density.transforms, problem.density.quantities
    columns = [table.names.index(name) for name in transforms.names(derived=True)]
    parameters = columns[: len(transforms.names())]
    draws = table.draws.copy()
    failures: list[tuple[QuantityFailure, ...]] = []
    for seed, (chain, draw) in enumerate(lost, start=1):
        q = transforms.unconstrain_scalars(draws[chain, draw, parameters])
        failures.append(quantities.failures(q, seed) if np.isfinite(q).all() else ())
        if failures[-1]:
            again = transforms.constrain(q, derived=True, seed=seed)
            draws[chain, draw, columns[len(parameters) :]] = again[len(parameters) :]
    total = draws.shape[0] * draws.shape[1]
    return replace(table, draws=draws), draw_warnings(problem.program, failures, total)


def stops_at_quantities(problem: Problem, error: EngineRunError) -> bool:
    """Return whether the compiled program stopped at a line of its generated quantities.

    Parameters
    ----------
    problem : Problem
        Its program.
    error : EngineRunError
        With Stan's message.
    """
    lines = re.findall(r"line (\d+), column", error.got or "")
    return any(problem.density.quantities.block.spans_line(int(line)) for line in lines)


def run_without_quantities(
    problem: Problem, executable: Executable, run: Callable[[Executable], DrawsTable]
) -> DrawsTable:
    """Run a compiled program; where its generated quantities stop it, run it without them.

    Parameters
    ----------
    problem : Problem
        Its program.
    executable : Executable
        The program, compiled.
    run : callable
        Makes draws with an executable.

    Raises
    ------
    EngineRunError
        The run failed, and not at the generated quantities.
    """
    try:
        return run(executable)
    except EngineRunError as error:
        if not stops_at_quantities(problem, error):
            raise
    code = generated_quantities(problem.density.source.text).program_with(())
    bare = run(compile_program(code, executable.name, executable.home, lines=executable.lines))
    names = problem.density.transforms.names(derived=True)
    draws = np.full((*bare.draws.shape[:2], len(names)), np.nan)
    draws[:, :, [names.index(name) for name in bare.names]] = bare.draws
    return replace(bare, names=names, draws=draws)
