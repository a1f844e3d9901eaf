"""From a problem to draws by NUTS."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from bayeswrap.arguments import at_least
from bayeswrap.engine.stanli import sample_in_process, translate
from bayeswrap.errors import EngineError, EngineRunError, UnsupportedProgramError, UsageError
from bayeswrap.estimates.optimization.starting_points import no_start, random_start
from bayeswrap.estimates.posterior.diagnostics import sampler_diagnostics
from bayeswrap.estimates.posterior.draws import Posterior
from bayeswrap.estimates.posterior.missing_quantities import with_all_quantities, with_generated
from bayeswrap.estimates.problem.layout import Layout
from bayeswrap.estimates.problem.quantity_failures import point_warnings
from bayeswrap.program.syntax.quantity_slices import generated_quantities
from bayeswrap.progress import task

if TYPE_CHECKING:
    from bayeswrap.engine.cmdstan import Executable
    from bayeswrap.engine.draws_table import DrawsTable
    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.record import RunRecord

__all__ = [
    "SampleOptions",
    "posterior_of",
    "sample",
]


_TREEDEPTH = 10
# how stanli says that a generated quantity failed
_LOST = "write_array failed"
_NO_START = "initialization failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleOptions:
    """Options of NUTS by cmdstanpy's names; None leaves Stan's default.

    Parameters
    ----------
    chains : int
        Number of chains.
    iter_warmup, iter_sampling : int
        Iterations of each chain.
    adapt_delta : float, optional
        Target acceptance, between 0 and 1.
    max_treedepth : int, optional
        Limit of the tree depth.
    thin : int, optional
        Keep every thin-th draw.
    parallel_chains : int, optional
        Chains at a time; as many as cores by default.
    timeout : float, optional
        Seconds after which the compiled engine is stopped.
    inits : mapping or sequence of mappings, optional
        Initial values by variable, of all chains or of each.
    """

    chains: int = 4
    iter_warmup: int = 1000
    iter_sampling: int = 1000
    adapt_delta: float | None = None
    max_treedepth: int | None = None
    thin: int | None = None
    parallel_chains: int | None = None
    timeout: float | None = None
    inits: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None

    def __post_init__(self) -> None:
        at_least("chains", self.chains, 1)
        at_least("iter_warmup", self.iter_warmup, 1)
        # fewer draws than this in a chain leave R-hat undefined
        at_least("iter_sampling", self.iter_sampling, 4)
        if self.adapt_delta is not None and not 0 < self.adapt_delta < 1:
            raise UsageError(
                "adapt_delta is a probability",
                got=repr(self.adapt_delta),
                expected="a number between 0 and 1, such as 0.95",
                do="pass adapt_delta= inside that range",
            )
        for name in ("max_treedepth", "thin", "parallel_chains"):
            value = getattr(self, name)
            if value is not None:
                at_least(name, value, 1)
        own = None if self.inits is None or isinstance(self.inits, Mapping) else self.inits
        if own is not None and len(own) != self.chains:
            raise UsageError(
                "initial values for another number of chains",
                where="inits=",
                got=f"{len(own)} mappings",
                expected=f"one for each of {self.chains} chains",
                do="pass one mapping for all chains, or one for each",
            )

    @property
    def shared_inits(self) -> Mapping[str, Any]:
        """Initial values of all chains; none where each has its own."""
        return self.inits if isinstance(self.inits, Mapping) else {}

    @property
    def chain_inits(self) -> tuple[Mapping[str, Any], ...]:
        """Initial values of each chain; empty where all share theirs."""
        if self.inits is None or isinstance(self.inits, Mapping):
            return ()
        return tuple(self.inits)

    def for_cmdstanpy(self) -> dict[str, object]:
        """Return the arguments of cmdstanpy's ``sample`` that are set; initial values apart."""
        options = asdict(replace(self, inits=None))
        return {k: v for k, v in options.items() if v is not None}

    def for_stanli(self) -> dict[str, object]:
        """Return the arguments of stanli's ``sample``."""
        return {
            "chains": self.chains,
            "warmup": self.iter_warmup,
            "samples": self.iter_sampling,
            "delta": self.adapt_delta or 0.8,
            "max_depth": self.max_treedepth or _TREEDEPTH,
            "thin": self.thin or 1,
            "parallel_chains": self.parallel_chains,
        }


def sample(
    problem: Problem,
    options: SampleOptions,
    *,
    show_progress: bool,
    warnings: Sequence[str] = (),
) -> Posterior:
    """Run NUTS on the program with all its parts.

    Parameters
    ----------
    problem : Problem
        Program, data and engine.
    options : SampleOptions
        Of the sampler.
    show_progress : bool
        Whether progress is shown whatever is set around it.
    warnings : sequence of str
        To travel with the result.

    Raises
    ------
    EngineRunError
        A chain failed.
    """
    started = time.perf_counter()
    inits = options.chain_inits or (problem.inits,) * options.chains
    if problem.executable is not None:
        table = _sample_by_stan(problem, problem.executable, options, show_progress=show_progress)
        table, missing = with_all_quantities(problem, table)
    else:
        starts = _starts(problem, inits) if any(inits) else None
        # stanli says nothing on its way
        with task(f"sampling {options.chains} chains", show=show_progress):
            table, missing = _sample_in_process(problem, options, starts)
        missing += point_warnings(problem.program, problem.density.never_computed)
    return posterior_of(
        problem,
        table,
        problem.record(_method(problem), options.for_cmdstanpy(), table.output, started),
        max_treedepth=options.max_treedepth or _TREEDEPTH,
        warnings=(*warnings, *missing),
    )


def _sample_by_stan(
    problem: Problem, executable: Executable, options: SampleOptions, *, show_progress: bool
) -> DrawsTable:
    """Run the compiled program; where no chain finds a start, say which statement refuses it."""
    try:
        return executable.sample(
            problem.stan_data,
            seed=problem.seed,
            inits=options.chain_inits or (problem.inits,) * options.chains,
            show_progress=show_progress,
            options=options.for_cmdstanpy(),
        )
    except EngineRunError as error:
        if "nitializ" not in (error.got or ""):
            raise
        try:
            reason = no_start(problem, f"Stan's own words:{error.got}")
        except UnsupportedProgramError:
            raise error from None
        raise reason from error


def _sample_in_process(
    problem: Problem, options: SampleOptions, starts: np.ndarray | None
) -> tuple[DrawsTable, tuple[str, ...]]:
    """Run stanli's sampler; where a generated quantity fails, without them, and add them after.

    stanli loses a whole draw where one fails, parameters included, or the run.
    """

    def run(code: str) -> DrawsTable:
        return sample_in_process(
            translate(code, problem.program.name),
            problem.stan_data,
            seed=problem.seed,
            inits=starts,
            options=options.for_stanli(),
        )

    code = problem.density.text
    try:
        table = run(code)
        if not np.isnan(table.draws[:, :, : len(problem.coordinates.layout.names)]).any():
            return table, ()
    except EngineError as error:
        if _NO_START in (error.got or ""):
            raise no_start(problem, error.got or "") from error
        if _LOST not in (error.got or ""):
            raise
    return with_generated(problem, run(generated_quantities(code).program_with(())))


def posterior_of(
    problem: Problem,
    table: DrawsTable,
    record: RunRecord,
    *,
    max_treedepth: int,
    warnings: Sequence[str] = (),
) -> Posterior:
    """Return what a sampler wrote as a `Posterior` with its diagnostics.

    Parameters
    ----------
    problem : Problem
        What was asked.
    table : DrawsTable
        All columns, in CSV order.
    record : RunRecord
        What they were made from.
    max_treedepth : int
        The limit of the run.
    warnings : sequence of str
        To travel with the result.
    """
    layout = Layout.of(problem.program, table.names)
    return Posterior(
        layout=layout,
        draws=table.draws,
        method_names=table.method_names,
        method_draws=table.method_draws,
        record=record,
        labels=problem.labels,
        warnings=tuple(warnings),
        output=table.output,
        problem=problem,
        of_prior=not problem.weights.likelihood,
        diagnostics=sampler_diagnostics(
            table.draws[:, :, layout.rows()], table.method_names, table.method_draws, max_treedepth
        ),
    )


def _starts(problem: Problem, inits: Sequence[Mapping[str, Any]]) -> np.ndarray:
    """Return a start for each chain: its initial values, the rest at random."""
    objective = problem.density.objective(problem.weights, jacobian=True)
    rows = []
    for chain, chain_inits in enumerate(inits):
        own = replace(problem, inits=chain_inits)
        q = random_start(own, objective, (problem.seed, chain))
        if q is None:
            raise no_start(own, "the density is zero at the initial values")
        rows.append(q)
    return np.array(rows)


def _method(problem: Problem) -> str:
    return "sample" if problem.weights.likelihood else "prior"
