"""What stands below the estimates: observations, groups, log likelihood, AIC, LOO, the sampler."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bayeswrap.errors import BayeswrapError
from bayeswrap.estimates.results.status import Status
from bayeswrap.report.document.numbers import decimals_for, fixed
from bayeswrap.report.paper.estimate_columns import is_restricted
from bayeswrap.report.paper.row_choice import latent_counts, latent_variables
from bayeswrap.report.sections.loo_tables import score_of
from bayeswrap.verdicts.lineup import lineup_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.record import RunRecord
    from bayeswrap.report.paper.estimate_columns import EstimateColumn, Result
    from bayeswrap.report.sections.loo_tables import LooSummary

__all__ = [
    "STATISTICS",
    "ModelStatistics",
    "column_statistics",
    "model_statistics",
    "observations_of",
]


STATISTICS = ("n", "groups", "log_likelihood", "aic", "loo", "r_hat", "ess")
_OBSERVATIONS = "observations"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelStatistics:
    """What holds for a model, whichever of its estimates a column shows.

    Attributes
    ----------
    observations : str
        How many there are; of several outcomes one number each.
    counts : mapping of str to int
        Groups, or elements of latent variables, by the words of their row.
    loo : LooSummary, optional
        The score of its draws.
    """

    observations: str
    counts: Mapping[str, int] = field(default_factory=dict)
    loo: LooSummary | None = None


def model_statistics(
    results: Sequence[Result], columns: Sequence[EstimateColumn], wanted: Sequence[str]
) -> ModelStatistics:
    """Measure what a table asks for: LOO only for draws that it shows."""
    draws = next((c.draws for c in columns if c.draws is not None), None)
    scored = "loo" in wanted and draws is not None and draws.distribution == "posterior"
    return ModelStatistics(
        observations=observations_of(results[0].record),
        counts=latent_counts(results),
        loo=score_of(lineup_of([draws])) if scored and draws is not None else None,
    )


def observations_of(record: RunRecord) -> str:
    """Return the number of observations; one of each outcome where they differ.

    Where the record counts no outcomes it is the number of rows.
    """
    counts = list(record.outcomes.values())
    if not counts:
        return str(record.rows) if record.rows else ""
    return str(counts[0]) if len(set(counts)) == 1 else " + ".join(map(str, counts))


def column_statistics(
    column: EstimateColumn,
    model: ModelStatistics,
    results: Sequence[Result],
    wanted: Sequence[str],
    digits: int,
) -> dict[str, str]:
    """Return the statistics of a column as text, by the words of their row."""
    found: dict[str, str] = {}
    if "n" in wanted:
        found[_OBSERVATIONS] = model.observations
    if "groups" in wanted:
        found |= {words: str(count) for words, count in model.counts.items()}
    if column.absence:
        return found
    if column.mle is not None:
        found |= _of_maximum(column.mle, results, wanted)
    if column.draws is not None:
        found |= _of_draws(column, model, wanted, digits)
    return found


def _of_maximum(
    mle: PointEstimate, results: Sequence[Result], wanted: Sequence[str]
) -> dict[str, str]:
    """Return log likelihood and AIC of a maximum that has them.

    A joint maximum over parameters and effects has neither: its likelihood is conditional on the
    effects. That of REML depends on the coefficients that are integrated out.
    """
    joint = mle.marginal is None and latent_variables(results)
    if joint or is_restricted(mle):
        return {}
    found = {}
    if "log_likelihood" in wanted and math.isfinite(mle.log_likelihood):
        found["log likelihood"] = fixed(mle.log_likelihood, 2)
    if "aic" in wanted and mle.status is Status.CONVERGED:
        try:
            found["AIC"] = fixed(mle.aic, 2)
        except BayeswrapError:  # the free parameters cannot be counted
            return found
    return found


def _of_draws(
    column: EstimateColumn, model: ModelStatistics, wanted: Sequence[str], digits: int
) -> dict[str, str]:
    found: dict[str, str] = {}
    if model.loo is not None:
        decimals = decimals_for([model.loo.se], digits)
        error = fixed(model.loo.se, decimals)
        found["elpd by LOO (SE)"] = f"{fixed(model.loo.elpd, decimals)} ({error})"
    diagnostics = None if column.draws is None else column.draws.diagnostics
    if diagnostics is None or not column.shows_draws:
        return found
    if "r_hat" in wanted and math.isfinite(diagnostics.r_hat_max) and diagnostics.chains > 1:
        found["largest R\N{NON-BREAKING HYPHEN}hat"] = fixed(diagnostics.r_hat_max, 3)
    if "ess" in wanted and diagnostics.ess_min > 0:
        found["smallest ESS"] = fixed(diagnostics.ess_min, 0)
    return found
