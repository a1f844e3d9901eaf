"""`build_report`: from a comparison to the frozen report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.report.document.glossary import JOINT_MLE
from bayeswrap.report.document.parts import Fact, Report, Section
from bayeswrap.report.facts import facts_of
from bayeswrap.report.sections import (
    check_tables,
    density_tables,
    estimate_tables,
    loo_tables,
    power_scaling_tables,
    predictive_tables,
    report_figures,
    run_tables,
    sampler_tables,
    search_tables,
)
from bayeswrap.report.sections.assessment import assess
from bayeswrap.report.sections.methods_paragraph import methods_paragraph
from bayeswrap.report.sections.program_listing import annotated_lines
from bayeswrap.report.sections.reference_list import reference_list
from bayeswrap.report.sections.run_tables import engine_name
from bayeswrap.verdicts.check import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayeswrap.report.sections.assessment import Assessment
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "build_report",
]


_NO_POSTERIOR = ("The posterior does not exist", "bad")
# repeats the other checks
_NOT_ADVICE = frozenset({"recommend_marginal_or_full_bayes"})


def build_report(
    comparison: ComparisonResult, *, pictures: bool = True, facts: bool = True
) -> Report:
    """Return the report of a comparison.

    Parameters
    ----------
    comparison : ComparisonResult
        What `compare` or `analyze` returned.
    pictures : bool, optional
        Whether the figures are drawn: a renderer of numbers needs none.
    facts : bool, optional
        Whether all numbers are gathered: a renderer of pages needs only those of its tables.
    """
    verdict = comparison.verdict
    assessment = assess(comparison)
    word, tone = _heading(comparison)
    return Report(
        title=comparison.record.program_name,
        about=_about(comparison, assessment),
        word=word,
        tone=tone,
        summary=verdict.summary,
        advice=_advice(comparison),
        sections=tuple(_sections(comparison, assessment, pictures=pictures)),
        facts=facts_of(comparison, assessment) if facts else {},
    )


def _heading(comparison: ComparisonResult) -> tuple[str, str]:
    """Return the verdict in a few words, and its tone."""
    verdict, lineup = comparison.verdict, comparison.lineup
    if "improper_posterior" in verdict.flags:
        return _NO_POSTERIOR
    if verdict.point_is_enough is None:
        return "No verdict", "open"
    if not verdict.point_is_enough:
        return "Report the posterior", "bad"
    target = "the population parameters" if lineup.effects else "the posterior"
    return f"The {lineup.mode_name} is an adequate summary of {target}", "good"


def _about(comparison: ComparisonResult, assessment: Assessment) -> tuple[Fact, ...]:
    rows = _observations(comparison, assessment)
    facts = [Fact("data", f"{rows} observations")] if rows else []
    facts.append(Fact("parameters", str(len(comparison.to_frame()))))
    facts.append(Fact("date", max(r.record.started for r in comparison.results)[:10]))
    engines = dict.fromkeys(engine_name(r.record) for r in comparison.results)
    return (*facts, Fact("engine", "; ".join(engines)))


def _observations(comparison: ComparisonResult, assessment: Assessment) -> int:
    """Return the rows of the data frame, or the observations that have a log likelihood each."""
    if comparison.record.rows:
        return comparison.record.rows
    if assessment.loo is not None and not assessment.loo.notes:
        return assessment.loo.observations
    layout = comparison.results[-1].layout
    return int(layout.indices("log_lik").size) if "log_lik" in layout.blocks else 0


def _advice(comparison: ComparisonResult) -> tuple[str, ...]:
    """Return evidence and advice of each check that failed, unless the summary has it already."""
    sentences: dict[str, str] = {}
    for check in comparison.verdict.checks:
        redundant = check.code in _NOT_ADVICE or check.evidence[1:] in comparison.verdict.summary
        if check.outcome is Outcome.FAILED and not redundant:
            sentences.setdefault(
                check.code, f"{_sentence(check.evidence)} {_sentence(check.advice)}"
            )
    return tuple(sentences.values())


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def _sections(
    comparison: ComparisonResult, assessment: Assessment, *, pictures: bool
) -> Iterator[Section]:
    """Yield the sections in the order of the page."""
    yield from _estimates(comparison)
    if pictures:
        yield Section(
            key="figures", title="Figures", pictures=report_figures.estimate_figures(comparison)
        )
    yield from _assessed(comparison, assessment, pictures=pictures)
    yield Section(
        key="checks",
        title=_checks_title(comparison),
        tables=(check_tables.checks_table(comparison),),
        folded=True,
    )
    yield from _searches(comparison)
    yield from _documentation(comparison, assessment)


def _estimates(comparison: ComparisonResult) -> Iterator[Section]:
    """Yield the estimates, their log densities, and the estimates that do not exist."""
    yield Section(
        key="estimates", title="Estimates", tables=(estimate_tables.comparison_table(comparison),)
    )
    yield Section(
        key="intervals", title="Intervals", tables=(estimate_tables.interval_table(comparison),)
    )
    derived = estimate_tables.derived_table(comparison)
    if derived is not None:
        yield Section(key="derived", title="Derived quantities", tables=(derived,), folded=True)
    yield _densities(comparison)
    missing = check_tables.missing_table(comparison)
    if missing is not None:
        yield Section(key="missing", title="Estimates that do not exist", tables=(missing,))


def _assessed(
    comparison: ComparisonResult, assessment: Assessment, *, pictures: bool
) -> Iterator[Section]:
    """Yield the sections on the prior, on predictions and on leave-one-out cross-validation."""
    sensitivity = power_scaling_tables.sensitivity_table(comparison)
    figures = report_figures.prior_figures(comparison) if pictures else ()
    if sensitivity is not None or figures:
        yield Section(
            key="prior",
            title="Influence of the prior",
            tables=() if sensitivity is None else (sensitivity,),
            pictures=figures,
        )
    if assessment.predictions:
        yield Section(
            key="predictive",
            title="Predictive checks",
            tables=predictive_tables.predictive_tables(assessment.predictions),
            pictures=report_figures.predictive_figures(comparison) if pictures else (),
        )
    if assessment.loo is not None:
        parameters = len(comparison.to_frame())
        yield Section(
            key="loo",
            title="Leave-one-out cross-validation",
            tables=loo_tables.leave_one_out_tables(assessment.loo, parameters),
        )


def _searches(comparison: ComparisonResult) -> Iterator[Section]:
    if comparison.censuses:
        yield Section(
            key="searches",
            title="Search from many starts",
            tables=search_tables.census_tables(comparison),
            folded=search_tables.has_one_mode_each(comparison),
        )


def _checks_title(comparison: ComparisonResult) -> str:
    outcomes = [c.outcome for c in comparison.verdict.checks]
    failed, passed = outcomes.count(Outcome.FAILED), outcomes.count(Outcome.PASSED)
    title = f"Checks: {passed} passed, {failed} failed"
    unknown = outcomes.count(Outcome.NOT_DETERMINED)
    return f"{title}, {unknown} not determined" if unknown else title


def _densities(comparison: ComparisonResult) -> Section:
    table = density_tables.log_density_table(comparison)
    return Section(
        key="theory",
        title="Decomposition of the log density",
        text=(_formula(comparison), density_tables.theory(comparison), *_joint(comparison)),
        facts=density_tables.equations(comparison),
        tables=() if table is None else (table,),
    )


def _joint(comparison: ComparisonResult) -> tuple[str, ...]:
    mle = comparison.lineup.mle
    return (JOINT_MLE,) if mle is not None and mle.log_population else ()


def _formula(comparison: ComparisonResult) -> str:
    has_population = any(p.log_population for p in comparison.lineup.points)
    middle = "log prior + log population" if has_population else "log prior"
    return f"log posterior = log likelihood + {middle} + const"


def _documentation(comparison: ComparisonResult, assessment: Assessment) -> Iterator[Section]:
    """Yield what a reader needs to trace and to describe the results."""
    yield Section(
        key="program",
        title="Program and roles of its statements",
        code=annotated_lines(comparison.record),
    )
    table = sampler_tables.diagnostics_table(comparison)
    if table is not None:
        yield Section(key="sampler", title="Sampler diagnostics", tables=(table,))
    yield Section(
        key="methods", title="Methods text", text=(methods_paragraph(comparison, assessment),)
    )
    yield Section(key="citations", title="References", text=reference_list(comparison, assessment))
    yield Section(
        key="record",
        title="Run record",
        tables=(run_tables.runs_table(comparison),),
        facts=run_tables.record_facts(comparison),
        folded=True,
    )
