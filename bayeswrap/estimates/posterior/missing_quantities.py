"""Generated quantities that an engine lost at some draws: computed again as far as they can be."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.engine.cmdstan import compile_program
from bayeswrap.errors import EngineError, EngineRunError
from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.estimates.problem.quantity_failures import draw_warnings
from bayeswrap.program.syntax.quantity_slices import generated_quantities

if TYPE_CHECKING:
    from collections.abc import Callable

    from bayeswrap.engine.cmdstan import Executable
    from bayeswrap.engine.draws_table import DrawsTable
    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.estimates.problem.quantity_failures import QuantityFailure

__all__ = [
    "run_without_quantities",
    "stops_at_quantities",
    "with_all_quantities",
    "with_generated",
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
    lost = np.isnan(table.draws[:, :, generated]).all(axis=2)
    if not (generated and lost.any()):
        return table, ()
    try:
        return _computed_again(problem, table, lost)
    except EngineError:  # the in-process engine cannot take the program
        return table, ()


def with_generated(problem: Problem, bare: DrawsTable) -> tuple[DrawsTable, tuple[str, ...]]:
    """Return draws of the program without generated quantities with these, and what is missing.

    Parameters
    ----------
    problem : Problem
        Program, data and density.
    bare : DrawsTable
        Parameters and transformed parameters.
    """
    table = _widened(problem, bare)
    every = np.ones(table.draws.shape[:2], dtype=bool)
    return _computed_again(problem, table, every, of_engine=False)


def _widened(problem: Problem, bare: DrawsTable) -> DrawsTable:
    names = problem.density.transforms.names(derived=True)
    draws = np.full((*bare.draws.shape[:2], len(names)), np.nan)
    draws[:, :, [names.index(name) for name in bare.names]] = bare.draws
    return replace(bare, names=names, draws=draws)


def _computed_again(
    problem: Problem, table: DrawsTable, lost: np.ndarray, *, of_engine: bool = True
) -> tuple[DrawsTable, tuple[str, ...]]:
    """Compute the generated quantities of some draws; `of_engine` where the engine tried to."""
    transforms, quantities = problem.density.transforms, problem.density.quantities
    columns = [table.names.index(name) for name in transforms.names(derived=True)]
    parameters = columns[: len(transforms.names())]
    draws = table.draws.copy()
    failures: list[tuple[QuantityFailure, ...]] = []
    for seed, (chain, draw) in enumerate(np.argwhere(lost), start=1):
        q = transforms.unconstrain_scalars(draws[chain, draw, parameters])
        if not np.isfinite(q).all():
            continue
        failures.append(quantities.failures(q, seed))
        values = transforms.constrain(q, derived=True, seed=seed)
        if of_engine and not failures[-1]:
            # random numbers were lost with a cause, or are NaN by right: no others in their place
            other = transforms.constrain(q, derived=True, seed=seed + lost.size)
            values = np.where(values == other, values, np.nan)
        draws[chain, draw, columns] = np.where(
            np.isnan(draws[chain, draw, columns]), values, draws[chain, draw, columns]
        )
    return replace(table, draws=draws), draw_warnings(problem.program, failures, lost.size)


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
    lines, header = executable.lines, problem.program.header
    bare = run(compile_program(code, executable.name, executable.home, lines=lines, header=header))
    return _widened(problem, bare)
