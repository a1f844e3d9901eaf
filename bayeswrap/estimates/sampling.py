"""From a request to draws: NUTS, the Laplace approximation, and enumeration.

Imports `engine`, `program`, `data` and its own neighbours.
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bayeswrap.engine.density import sample_in_process, stan_spelling, translate
from bayeswrap.errors import EngineError, EngineRunError, UsageError, at_least
from bayeswrap.estimates.approximation import Approximation
from bayeswrap.estimates.constants import laplace_offset
from bayeswrap.estimates.diagnostics import sampler_diagnostics
from bayeswrap.estimates.layout import Layout
from bayeswrap.estimates.posterior import Posterior
from bayeswrap.estimates.starts import random_start

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.engine.cmdstan import Executable, SampleRun
    from bayeswrap.engine.density import Density
    from bayeswrap.engine.output import CmdStanOutput
    from bayeswrap.estimates.point import PointEstimate
    from bayeswrap.estimates.request import Request
    from bayeswrap.record import RunRecord

__all__ = [
    "SampleOptions",
    "SampledColumns",
    "approximate_by_laplace",
    "posterior_of",
    "sample",
]

_TREEDEPTH = 10


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
    """

    chains: int = 4
    iter_warmup: int = 1000
    iter_sampling: int = 1000
    adapt_delta: float | None = None
    max_treedepth: int | None = None
    thin: int | None = None
    parallel_chains: int | None = None
    timeout: float | None = None

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

    def for_cmdstanpy(self) -> dict[str, object]:
        """Return the arguments of cmdstanpy's ``sample`` that are set."""
        return {k: v for k, v in asdict(self).items() if v is not None}

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
    request: Request, options: SampleOptions, *, show_progress: bool, warnings: Sequence[str] = ()
) -> Posterior:
    """Run NUTS on the program with all its parts.

    Parameters
    ----------
    request : Request
        Program, data and engine.
    options : SampleOptions
        Of the sampler.
    show_progress : bool
        Whether to show progress bars.
    warnings : sequence of str
        To travel with the result.

    Raises
    ------
    EngineRunError
        A chain failed.
    """
    started = time.perf_counter()
    run: SampleRun | None = None
    if request.executable is not None:
        run = request.executable.sample(
            request.stan_data,
            seed=request.seed,
            inits={k: np.asarray(v).tolist() for k, v in request.inits.items()} or None,
            show_progress=show_progress,
            options=options.for_cmdstanpy(),
        )
        names, draws = run.names, run.draws
        method_names, method_draws = run.method_names, run.method_draws
    else:
        found = sample_in_process(
            translate(request.density.source.text, request.program.name),
            request.stan_data,
            seed=request.seed,
            inits=_starts(request, options.chains),
            options=options.for_stanli(),
        )
        names, draws = found.names, found.draws
        method_names, method_draws = found.method_names, found.method_draws
    record = request.record(
        _method(request), options.for_cmdstanpy(), run.output if run else None, started
    )
    return posterior_of(
        request,
        SampledColumns(names, draws, method_names, method_draws),
        record,
        max_treedepth=options.max_treedepth or _TREEDEPTH,
        warnings=warnings,
        output=run.output if run else None,
    )


class SampledColumns(NamedTuple):
    """What a sampler wrote: scalars by Stan's names, (chains, draws, n), and its own columns."""

    names: Sequence[str]
    draws: np.ndarray
    method_names: tuple[str, ...]
    method_draws: np.ndarray


def posterior_of(
    request: Request,
    found: SampledColumns,
    record: RunRecord,
    *,
    max_treedepth: int,
    warnings: Sequence[str] = (),
    output: CmdStanOutput | None = None,
) -> Posterior:
    """Return what a sampler wrote as a `Posterior` with its diagnostics.

    Parameters
    ----------
    request : Request
        What was asked.
    found : SampledColumns
        All columns, in CSV order.
    record : RunRecord
        What they were made from.
    max_treedepth : int
        The limit of the run.
    warnings : sequence of str
        To travel with the result.
    output : CmdStanOutput, optional
        The files of the run.
    """
    layout = Layout.of(request.program, [stan_spelling(n) for n in found.names])
    own = _parameter_columns(layout)
    return Posterior(
        layout=layout,
        draws=found.draws,
        method_names=found.method_names,
        method_draws=found.method_draws,
        record=record,
        labels=request.labels,
        warnings=tuple(warnings),
        output=output,
        request=request,
        of_prior=not request.parts.likelihood,
        diagnostics=sampler_diagnostics(
            found.draws[:, :, own], found.method_names, found.method_draws, max_treedepth
        ),
    )


def _starts(request: Request, chains: int) -> np.ndarray | None:
    """Return a start for each chain: the initial values, the rest at random; None without them."""
    if not request.inits:
        return None
    objective = request.density.objective(request.parts, jacobian=True)
    found = [random_start(request, objective, (request.seed, chain)) for chain in range(chains)]
    rows = [q for q in found if q is not None]
    if len(rows) < chains:
        raise EngineRunError(
            "the density is zero at the initial values",
            where=request.program.name,
            do="pass inits= inside the support",
        )
    return np.array(rows)


def _method(request: Request) -> str:
    return "sample" if request.parts.likelihood else "prior"


def _parameter_columns(layout: Layout) -> list[int]:
    blocks = layout.blocks
    return [i for v in layout.variables if blocks[v] == "parameters" for i in layout.indices(v)]


def approximate_by_laplace(request: Request, centre: PointEstimate, draws: int) -> Approximation:
    """Draw from the Laplace approximation at a mode of the unconstrained scale.

    Parameters
    ----------
    request : Request
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
    if request.executable is not None:
        run = _stan_laplace(request, request.executable, centre, draws)
        layout = Layout.of(request.program, [stan_spelling(n) for n in run.names])
        found, names, own = run.draws, run.method_names, run.method_draws
    else:
        layout, found, own = _own_laplace(request, centre, draws)
        names = ("log_p__", "log_q__")
    return Approximation(
        layout=layout,
        draws=found,
        method_names=names,
        method_draws=own,
        record=request.record(
            "laplace",
            {"draws": draws, "jacobian": True},
            run.output if run else None,
            started,
        ),
        labels=request.labels,
        warnings=(),
        output=run.output if run else None,
        request=request,
        method="laplace",
        centre=centre,
        offset=laplace_offset(request, centre.optimum.root, layout, found, own),
    )


def _stan_laplace(
    request: Request, executable: Executable, centre: PointEstimate, draws: int
) -> SampleRun:
    # Stan reads the mode from a CSV file: one more call writes the polished mode there
    own = [v.name for v in request.program.variables_in("parameters")]
    mode = executable.optimize(
        request.stan_data,
        jacobian=True,
        seed=request.seed,
        inits={name: centre[name].tolist() for name in own},
    )
    return executable.laplace(request.stan_data, mode.output, draws=draws, seed=request.seed)


def _own_laplace(
    request: Request, centre: PointEstimate, draws: int
) -> tuple[Layout, np.ndarray, np.ndarray]:
    """Draw in this process; the method's own columns are the two log densities, as in Stan."""
    rng = np.random.default_rng(request.seed)
    q, root, transforms = centre.optimum.q, centre.optimum.root, request.density.transforms
    steps = rng.normal(size=(draws, root.shape[1]))
    points = q + steps @ root.T
    rows = [_derived_or_nan(transforms, point, i) for i, point in enumerate(points, start=1)]
    objective = request.objective
    own = [(objective(p)[0], -0.5 * step @ step) for p, step in zip(points, steps, strict=True)]
    layout = Layout.of(request.program, transforms.names(derived=True))
    return layout, np.array(rows)[np.newaxis], np.array(own)[np.newaxis]


def _derived_or_nan(transforms: Density, q: np.ndarray, seed: int) -> np.ndarray:
    """Map a draw to all scalars; NaN for derived ones that the program cannot compute there."""
    try:
        return transforms.constrain(q, derived=True, seed=seed)
    except EngineError:
        known = transforms.constrain(q)
        return np.concatenate(
            [known, np.full(len(transforms.names(derived=True)) - known.size, np.nan)]
        )
