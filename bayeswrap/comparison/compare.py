"""`compare`: from results to a `Comparison`, or an error that says why they cannot be compared."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from bayeswrap.arguments import at_least
from bayeswrap.blas_threads import one_blas_thread
from bayeswrap.budget import Budget, check_seconds
from bayeswrap.comparison.comparison import Comparison
from bayeswrap.errors import ComparisonError
from bayeswrap.estimates.approximations.approximation import Approximation
from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
from bayeswrap.estimates.posterior.draws import Posterior
from bayeswrap.estimates.problem.estimand import Estimator
from bayeswrap.estimates.results.table_rows import labelled
from bayeswrap.model.model import Model
from bayeswrap.program.roles.role import Role
from bayeswrap.progress import progress_shown
from bayeswrap.thresholds import GRACE
from bayeswrap.verdicts.alignment import align
from bayeswrap.verdicts.checks.known_causes import known_cause
from bayeswrap.verdicts.checks.run_checks import run_checks
from bayeswrap.verdicts.checks.time_checks import out_of_time
from bayeswrap.verdicts.comparison_result import scalar_names
from bayeswrap.verdicts.evidence import Evidence, gather, with_draws
from bayeswrap.verdicts.lineup import (
    Lineup,
    Result,
    leaves_prior_out,
    lineup_of,
    local_maxima,
)
from bayeswrap.verdicts.power_scaling import sensitivity_columns
from bayeswrap.verdicts.questions import Questions
from bayeswrap.verdicts.verdict_wording import judge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.verdicts.verdict import Missing

__all__ = [
    "compare",
    "judged",
]


@one_blas_thread()
def compare(
    *results: Result,
    ci_prob: float = 0.95,
    missing: Sequence[Missing] = (),
    starts: int | None = None,
    show_progress: bool | None = None,
    seconds: float | None = None,
) -> Comparison:
    """Set results side by side and judge whether the point estimate can stand in.

    Parameters
    ----------
    *results : PointEstimate, Approximation or Posterior
        Of one program and data set, in any order.
    ci_prob : float, optional
        Coverage of all intervals.
    missing : sequence of Missing, optional
        Estimates known not to exist, for the verdict and the report.
    starts : int, optional
        From how many starts to look for other modes where no estimate was made with ``starts=``:
        20 by default, fewer beyond 100 parameters; 0 looks for none.
    show_progress : bool, optional
        Show what is done where it takes longer than a second; by default unless the environment
        variable ``BAYESWRAP_PROGRESS`` is 0.
    seconds : float, optional
        How long the searches and checks may take together. By default as long as the results took,
        and a few seconds of the processor. What is not settled by then is named in the verdict.

    Returns
    -------
    Comparison
        Table and verdict.

    Raises
    ------
    ComparisonError
        There are no results, or they are of different programs or data.
    UsageError
        A number of starts that is none, or a time that is none.
    """
    _require_alike(results)
    if starts is not None:
        at_least("starts", starts, 0)
    check_seconds(seconds)
    usual = sum(result.record.seconds for result in results) + GRACE.value
    budget = Budget.of_processor(usual) if seconds is None else Budget.of(seconds)
    questions = Questions(budget)
    with progress_shown(show_progress):
        evidence = gather(lineup_of(results), starts, questions=questions)
        return judged(results, evidence, ci_prob=ci_prob, missing=missing, questions=questions)


def judged(
    results: Sequence[Result],
    evidence: Evidence,
    *,
    ci_prob: float = 0.95,
    missing: Sequence[Missing] = (),
    questions: Questions | None = None,
) -> Comparison:
    """Set results side by side with what was measured beside them (see `compare`).

    Parameters
    ----------
    results : sequence of results
        Of one program and data set.
    evidence : Evidence
        As `gather` measured it; what needs draws is added.
    ci_prob, missing
        As for `compare`.
    questions : Questions, optional
        The seconds for what needs draws, and what was left open before.
    """
    lineup, questions = lineup_of(results), questions or Questions()
    has_population = bool(results[0].program.of_role(Role.POPULATION))
    evidence = with_draws(evidence, lineup, questions)
    table = align(lineup, scalar_names(results, derived=True), ci_prob)
    share, notes = evidence.share, tuple[str, ...]()
    if share is not None and not lineup.is_flat:
        notes = (
            (f"the prior's share of the information is not defined, as {share.reason}",)
            if share.reason
            else ()
        )
        table["prior_share"] = share.by_parameter.reindex(table.index)
    sensitivity = questions.ask(
        "how the posterior moves with prior and likelihood",
        lambda: sensitivity_columns(lineup),
        pd.DataFrame(),
    )
    table = table.join(sensitivity)
    labels = dict(results[0].labels)
    table = labelled(table, results[0].labels)
    declared = table.loc[scalar_names(results, derived=False)]
    checks = (
        *run_checks(lineup, declared, evidence, has_population=has_population),
        *out_of_time(questions.unanswered),
    )
    missing = [_with_cause(one, lineup, evidence) for one in missing]
    return Comparison(
        lineup=lineup,
        missing=tuple(missing),
        verdict=judge(
            lineup,
            declared,
            checks,
            missing,
            labels,
            cause=known_cause(lineup, evidence, checks),
            local=local_maxima(lineup, evidence.censuses),
        ),
        ci_prob=ci_prob,
        frame=table,
        censuses=dict(evidence.censuses),
        notes=notes,
    )


def _with_cause(missing: Missing, lineup: Lineup, evidence: Evidence) -> Missing:
    """Name the predictors that separate the outcomes where that is why there is no MLE."""
    mle, separation = lineup.mle, evidence.separation
    if not separation or mle is None or mle.title != missing.title:
        return missing
    return replace(missing, reason=separation.reason, advice=separation.advice)


def _require_alike(results: Sequence[Result]) -> None:
    if not results:
        raise ComparisonError("nothing to compare", do="pass the results of a model's verbs")
    for result in results:
        if not isinstance(result, (PointEstimate, Approximation, Posterior)):
            is_model = isinstance(result, Model)
            raise ComparisonError(
                "not a result that can be compared",
                got=type(result).__name__,
                expected="what mle(), map(), laplace() or sample() returned",
                do="analyze(model) makes them all and compares them" if is_model else "pass these",
            )
    first = results[0].record
    for result in results[1:]:
        _require_same("program", first.program_name, first.program_hash, result.record.program_hash)
        _require_same("data set", first.program_name, first.data_hash, result.record.data_hash)
        if not _same_powers(results[0], result):
            raise ComparisonError(
                "results of densities raised to different powers are of different models",
                where=first.program_name,
                got=f"{first.powers or 'no powers'} and {result.record.powers or 'no powers'}",
                do="compare results of one weighted model",
            )


def _same_powers(first: Result, other: Result) -> bool:
    """Return whether two densities have the same powers; a likelihood alone goes with any prior."""
    if first.record.weights == other.record.weights:
        return True
    without = [{k: w for k, w in r.record.weights.items() if k != "prior"} for r in (first, other)]
    return without[0] == without[1] and any(_is_likelihood_alone(r) for r in (first, other))


def _is_likelihood_alone(result: Result) -> bool:
    if isinstance(result, PointEstimate):
        return result.estimator is Estimator.MLE
    return isinstance(result, Posterior) and leaves_prior_out(result)


def _require_same(what: str, name: str, first: str, second: str) -> None:
    if first != second:
        raise ComparisonError(
            f"results of different {what}s cannot be compared parameter by parameter",
            where=name,
            got=f"{what}s {first[:12]} and {second[:12]} (hashes)",
            do="compare results of one Model",
        )
