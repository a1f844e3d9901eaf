"""Everything a comparison holds as plain values, numbers to the last digit."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import numpy as np

from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
from bayeswrap.estimates.posterior.draws import Posterior
from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.estimates.results.draws_summary import draws_table, independent_draws_table
from bayeswrap.report.sections.assessment import facts_of_assessment
from bayeswrap.report.sections.check_tables import all_missing
from bayeswrap.report.sections.program_listing import statements_of
from bayeswrap.report.sections.row_words import derived_names, row_words
from bayeswrap.report.sections.run_tables import without_folders
from bayeswrap.report.sections.search_tables import facts_of_searches

if TYPE_CHECKING:
    import pandas as pd

    from bayeswrap.estimates.approximations.approximation import Approximation
    from bayeswrap.record import RunRecord
    from bayeswrap.report.sections.assessment import Assessment
    from bayeswrap.verdicts.comparison_result import ComparisonResult
    from bayeswrap.verdicts.lineup import Result

__all__ = [
    "FORMAT",
    "facts_of",
]


FORMAT = "bayeswrap-report/1"
_OF_POSTERIOR = {
    "posterior_mean": "mean",
    "posterior_sd": "sd",
    "posterior_median": "median",
    "posterior_mcse_mean": "mcse_mean",
    "posterior_mcse_sd": "mcse_sd",
    "ess_bulk": "ess_bulk",
    "ess_tail": "ess_tail",
    "r_hat": "r_hat",
}


def facts_of(comparison: ComparisonResult, assessment: Assessment) -> dict[str, Any]:
    """Return one nested value of dicts, lists, texts and numbers; NaN where there is none."""
    record, verdict = comparison.record, comparison.verdict
    posterior = comparison.lineup.posterior
    return {
        "format": FORMAT,
        "program": _program(record),
        "data": {
            "sha256": record.data_hash,
            "file": record.data_file,
            "outcomes": dict(record.outcomes),
        },
        "engine": record.engine,
        "platform": record.platform,
        "versions": dict(record.versions),
        "ci_prob": comparison.ci_prob,
        "verdict": {
            "summary": verdict.summary,
            "point_is_enough": verdict.point_is_enough,
            "flags": sorted(verdict.flags),
            "by_parameter": row_words(comparison),
        },
        "checks": [_check(c) for c in verdict.checks],
        "missing": [dataclasses.asdict(m) for m in all_missing(comparison)],
        "labels": comparison.labels,
        "table": _rows(comparison.frame.loc[_scalar_names(comparison)]),
        "diagnostics": None if posterior is None else dataclasses.asdict(posterior.diagnostics),
        **facts_of_assessment(comparison, assessment),
        "searches": facts_of_searches(comparison),
        "results": [_result(r, comparison) for r in comparison.results],
    }


def _program(record: RunRecord) -> dict[str, Any]:
    return {
        "name": record.program_name,
        "sha256": record.program_hash,
        "source": record.program,
        "statements": [
            {"line": s.line, "text": s.text, "role": str(s.role), "sure": s.sure, "why": s.why}
            for s in statements_of(record)
        ],
    }


def _check(check: Any) -> dict[str, Any]:  # noqa: ANN401 - asdict takes any dataclass
    fields = dataclasses.asdict(check)
    return {**fields, "outcome": str(check.outcome), "parameters": list(check.parameters)}


def _scalar_names(comparison: ComparisonResult) -> list[str]:
    """Return declared and short derived scalars, without thousands of log_lik."""
    return [*(str(n) for n in comparison.to_frame().index), *derived_names(comparison)]


def _rows(frame: pd.DataFrame) -> dict[str, dict[str, Any]]:
    records = frame.to_dict("index")
    return {str(n): {str(k): _plain(v) for k, v in row.items()} for n, row in records.items()}


def _plain(value: object) -> object:
    return value.item() if isinstance(value, np.generic) else value


def _result(result: Result, comparison: ComparisonResult) -> dict[str, Any]:
    names = [n for n in _scalar_names(comparison) if n in result.layout.names]
    body = (
        _point(result, names, comparison.ci_prob)
        if isinstance(result, PointEstimate)
        else _draws(result, names, comparison)
    )
    variables = {variable_of(n) for n in names}
    return {
        "title": result.title,
        **body,
        "left_out": [v for v in result.layout.variables if v not in variables],
        "warnings": list(result.warnings),
        "run": _run(result.record),
    }


def _point(point: PointEstimate, names: list[str], ci_prob: float) -> dict[str, Any]:
    parts = point.log_parts
    frame = point.to_frame(ci_prob, derived=True).loc[names]
    return {
        "kind": "point_estimate",
        "estimator": str(point.estimator),
        "scale": None if point.scale is None else str(point.scale),
        "status": {
            "name": point.status.name.lower(),
            "sentence": point.status.sentence,
            "advice": point.status.advice,
            "is_estimate": point.status.is_estimate,
        },
        "log_densities": {
            "likelihood": parts.likelihood,
            "prior": parts.prior,
            "population": parts.population,
            "joint_without_jacobian": parts.joint,
        },
        "interval": "confidence (Wald)" if point.scale is None else "approximate",
        "spread": point.spread_name,
        "scalars": _rows(frame),
    }


def _draws(
    draws: Approximation | Posterior, names: list[str], comparison: ComparisonResult
) -> dict[str, Any]:
    columns = [draws.layout.names.index(n) for n in names]
    part = draws.draws[:, :, columns]
    sampled = isinstance(draws, Posterior)
    if draws is comparison.lineup.posterior:  # its summaries are in the comparison
        frame = comparison.frame.loc[names, [*_OF_POSTERIOR]].rename(columns=_OF_POSTERIOR)
    else:
        frame = (draws_table if sampled else independent_draws_table)(part, names)
    tail = (1 - comparison.ci_prob) / 2
    flat = part.reshape(-1, len(names))
    frame["ci_lower"], frame["ci_upper"] = np.quantile(flat, [tail, 1 - tail], axis=0)
    kind = "approximation"
    if isinstance(draws, Posterior):
        kind = "prior" if draws.of_prior else "posterior"
    return {
        "kind": kind,
        "interval": "credible, equal-tailed" if sampled else "approximate",
        "chains": draws.draws.shape[0],
        "draws_per_chain": draws.draws.shape[1],
        "scalars": _rows(frame),
    }


def _run(record: RunRecord) -> dict[str, Any]:
    return {
        "method": record.method,
        "seed": record.seed,
        "options": dict(record.options),
        "seconds": record.seconds,
        "started": record.started,
        "engine": record.engine,
        "command": without_folders(record.command),
    }
