"""`analyze`: every estimate of one program on one data set, in one call."""

from __future__ import annotations

import inspect
import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bayeswrap.all_modes import Estimates, add_modes
from bayeswrap.arguments import check_ci_prob
from bayeswrap.blas_threads import one_blas_thread
from bayeswrap.budget import check_seconds
from bayeswrap.chosen_methods import add_chosen, check_methods
from bayeswrap.comparison.compare import judged
from bayeswrap.errors import (
    EngineRunError,
    EstimationError,
    UnknownNameError,
    UnsupportedProgramError,
)
from bayeswrap.estimates.approximations.automatic import seconds_of_nuts
from bayeswrap.estimates.multistart.search import usual_starts
from bayeswrap.estimates.posterior.dispersed_starts import dispersed_starts
from bayeswrap.estimates.posterior.nuts import SampleOptions
from bayeswrap.estimates.problem.estimand import Estimator, Scale
from bayeswrap.estimates.results.status import Status
from bayeswrap.model.model import Model
from bayeswrap.model.model_argument import as_model
from bayeswrap.model.posterior_draws import draw_prior
from bayeswrap.progress import progress_shown, task
from bayeswrap.time_plan import TimePlan
from bayeswrap.verdicts.checks.existence_checks import is_improper
from bayeswrap.verdicts.checks.mode_checks import has_one_mode, is_degenerate
from bayeswrap.verdicts.evidence import before_draws, beside_draws
from bayeswrap.verdicts.lineup import lineup_of
from bayeswrap.verdicts.questions import Questions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy as np

    from bayeswrap.comparison.comparison import Comparison
    from bayeswrap.data.missing_rows import MissingRule
    from bayeswrap.data.model_data import DataSource
    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.estimates.posterior.draws import Posterior
    from bayeswrap.program.program import Program
    from bayeswrap.verdicts.evidence import Evidence
    from bayeswrap.verdicts.lineup import Result

__all__ = [
    "analyze",
    "analyze_model",
]


_NEAR = 1.1  # R-hat of chains that only need more time
_LONGER: dict[str, Any] = {"iter_warmup": 2000, "iter_sampling": 4000}
_CAREFUL = 0.99
_PRIOR_DRAWS, _PRIOR_WARMUP = 1000, 300  # for figures: the usual warmup would be most of the work
_log = logging.getLogger(__name__)


def analyze(
    program: Model | Program | str | Path,
    data: DataSource = None,
    *,
    seed: int | None = None,
    ci_prob: float = 0.95,
    engine: str = "auto",
    roles: Mapping[str, str] | None = None,
    columns: Mapping[str, Any] | None = None,
    missing: MissingRule = "error",
    labels: Mapping[str, Sequence[str]] | None = None,
    units: Mapping[str, str] | None = None,
    starts: int | None = None,
    show_progress: bool | None = None,
    sample_options: Mapping[str, Any] | None = None,
    seconds: float | None = None,
    methods: Sequence[str] | None = None,
    **named: Any,  # noqa: ANN401 - as for Model
) -> Comparison:
    """Make every estimate that exists and compare them.

    Each mode is sought from one start by Stan's optimizer, and from `starts` more in this process;
    the higher one is kept. Of a hierarchical program the marginal MLE is made; joint modes of
    effects and population parameters only where it has no maximum inside the support. A posterior
    that is proved improper is not sampled. Chains that disagree run once more: longer and with a
    higher ``adapt_delta`` where they nearly agree, from starts dispersed around the mode where
    there is one alone and they do not (Gelman & Rubin 1992, doi:10.1214/ss/1177011136).

    Parameters
    ----------
    program : Program, str, Path or Model
        As for `Model`; or a `Model`, and then nothing else of what it is made of.
    data, engine, roles, columns, missing, labels, units, **named : as for Model
        What the model is made of beside the program.
    seed : int, optional
        Stan's seed for every run.
    ci_prob : float, optional
        Coverage of all intervals.
    starts : int, optional
        From how many starts to look for modes: 20 by default, fewer beyond 100 parameters; 0 looks
        from none but the first.
    show_progress : bool, optional
        Show what is done where it takes longer than a second; by default unless the environment
        variable ``BAYESWRAP_PROGRESS`` is 0.
    sample_options : mapping, optional
        Further arguments of `Model.sample`. With a number of iterations among them, or initial
        values, the chains run once.
    seconds : float, optional
        How long the searches and checks may take together, the sampler apart. By default as long
        as the sampler takes, and a few seconds of the processor. What is not found or settled by
        then is named in the verdict; nothing else depends on the clock.
    methods : sequence of str, optional
        Make these estimates alone: ``mle marginal map map-unconstrained laplace pathfinder nuts``.

    Returns
    -------
    Comparison
        Its verdict names estimates that do not exist; none of them raises.

    Raises
    ------
    ProgramError, DataError
        The program or the data cannot be used.
    UsageError
        An option that does not exist, or a model with data of its own and other data.
    EngineError
        Stan is missing, or the sampler failed.
    """
    model = as_model(
        program,
        data,
        where="analyze(model, ...)",
        engine=engine,
        roles=roles,
        columns=columns,
        missing=missing,
        labels=labels,
        units=units,
        **named,
    )
    return analyze_model(
        model,
        seed=seed,
        ci_prob=ci_prob,
        starts=starts,
        show_progress=show_progress,
        sample_options=sample_options,
        seconds=seconds,
        methods=methods,
    )


@one_blas_thread()
def analyze_model(
    model: Model,
    *,
    seed: int | None = None,
    ci_prob: float = 0.95,
    starts: int | None = None,
    show_progress: bool | None = None,
    sample_options: Mapping[str, Any] | None = None,
    seconds: float | None = None,
    methods: Sequence[str] | None = None,
) -> Comparison:
    """Make every estimate of a model that exists and compare them (see `analyze`)."""
    check_ci_prob(ci_prob)
    check_seconds(seconds)
    _check_options(sample_options or {})
    chosen = None if methods is None else check_methods(methods)
    with progress_shown(show_progress):
        return _analyzed(
            model,
            chosen,
            seed=seed,
            ci_prob=ci_prob,
            starts=starts,
            options={"seed": seed, **(sample_options or {})},
            seconds=seconds,
        )


def _analyzed(
    model: Model,
    chosen: Sequence[str] | None,
    *,
    seed: int | None,
    ci_prob: float,
    starts: int | None,
    options: Mapping[str, Any],
    seconds: float | None,
) -> Comparison:
    """Make the estimates that were chosen, or all, with what is measured beside them."""
    has_draws = chosen is None or "nuts" in chosen
    plan = TimePlan(seconds)
    estimates = Estimates(plan.before_draws(lambda: _expected_seconds(model, seed)))
    starts = _usual(model) if starts is None else starts
    if chosen is None:
        add_modes(estimates, model, starts, seed, show_progress=None)
    else:
        add_chosen(estimates, model, chosen, starts, seed, show_progress=None)
    questions = Questions(estimates.budget)
    evidence = mode = None
    if estimates.results:
        lineup = lineup_of(estimates.results)
        evidence, mode = before_draws(lineup, questions), lineup.map_unconstrained
    if has_draws and (evidence is None or not is_improper(evidence)):
        with plan.sampler():
            estimates.attempt("posterior", lambda: _sampled(model, mode, evidence, options))
    if not estimates.results:
        raise estimates.failures[-1]
    questions.budget = plan.after_draws()
    lineup = lineup_of(estimates.results)
    evidence = evidence or before_draws(lineup, questions)
    evidence = beside_draws(evidence, lineup, starts, questions)
    if has_draws and plan.has_room_for_prior:
        with plan.processes(), task("prior"):
            estimates.results += _of_prior(model, seed)
    elif has_draws:
        questions.unanswered.append("draws of the prior")
    questions.budget = plan.after_draws()
    return judged(
        estimates.results,
        evidence,
        ci_prob=ci_prob,
        missing=estimates.missing,
        questions=questions,
    )


def _of_prior(model: Model, seed: int | None) -> list[Result]:
    try:
        prior = draw_prior(
            model.bound,
            model.weights,
            _PRIOR_DRAWS,
            seed,
            show_progress=None,
            warmup=_PRIOR_WARMUP,
        )
    except (EstimationError, EngineRunError) as error:
        # the figures go without a prior then; no estimate is lost
        _log.info("no prior draws: %s", error)
        return []
    return [prior]


def _expected_seconds(model: Model, seed: int | None) -> float:
    """Return about how long NUTS will take; 0 where no density can be evaluated in this process."""
    bound = model.bound
    try:
        problem = bound.problem(
            Estimator.MAP, Scale.UNCONSTRAINED, model.weights, seed=seed, inits=None
        )
        return seconds_of_nuts(problem, SampleOptions())
    except (UnsupportedProgramError, EstimationError):
        return 0.0


def _check_options(options: Mapping[str, Any]) -> None:
    """Refuse what `Model.sample` does not take before anything runs."""
    allowed = [n for n in inspect.signature(Model.sample).parameters if n != "self"]
    for name in options:
        if name not in allowed:
            raise UnknownNameError(
                f"no option of sample() is called {name!r}",
                where="sample_options=",
                expected=", ".join(allowed),
                do="pass arguments of Model.sample",
            )


def _usual(model: Model) -> int:
    try:
        return usual_starts(model.density.transforms.dimension, model.density.work)
    except UnsupportedProgramError:  # nothing can be sought in this process
        return 0


def _sampled(
    model: Model,
    mode: PointEstimate | None,
    evidence: Evidence | None,
    options: Mapping[str, Any],
) -> Posterior:
    """Sample; chains that disagree run once more, longer, if there is hope that they will agree."""
    draws = model.sample(**options)
    troubles = "; ".join(draws.diagnostics.mixing_problems)
    if not troubles or {*_LONGER, "inits"} & set(options) or draws.diagnostics.chains == 1:
        return draws
    more, how = dict(_LONGER), "longer"
    if draws.diagnostics.divergences and "adapt_delta" not in options:
        more["adapt_delta"] = _CAREFUL
    if not draws.diagnostics.r_hat_max < _NEAR:
        inits = _around_mode(mode, evidence, draws)
        if inits is None:
            return draws
        # they were caught on the way, and a longer run would be as well
        more, how = {"inits": inits}, "from starts around the mode, at twice its spread"
    _log.info("the chains run once more: %s", troubles)
    again = model.sample(**options, **more)
    if not again.diagnostics.r_hat_max < draws.diagnostics.r_hat_max:
        return draws
    warning = f"a second run, {how}; of the first {troubles}"
    return replace(again, warnings=(*again.warnings, warning))


def _around_mode(
    mode: PointEstimate | None, evidence: Evidence | None, draws: Posterior
) -> list[dict[str, np.ndarray]] | None:
    """Return dispersed starts for chains that were caught far from the only mode that there is."""
    if evidence is None or mode is None or mode.status is not Status.CONVERGED:
        return None
    if not has_one_mode(evidence) or is_degenerate(evidence):
        return None
    return dispersed_starts(mode, draws.diagnostics.chains)
