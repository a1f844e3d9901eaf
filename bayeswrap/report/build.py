"""`build_report`: from a comparison to the frozen report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.plots.chains import plot_rank
from bayeswrap.plots.comparison_panels import plot_comparison
from bayeswrap.plots.predictive_panels import plot_predictive
from bayeswrap.plots.prior_posterior import plot_prior_posterior
from bayeswrap.plots.sheet import svg_text
from bayeswrap.report.document.glossary import (
    CITATIONS,
    CITED_LOO,
    CITED_POWER_SCALING,
    JOINT_MLE,
    THEORY,
)
from bayeswrap.report.document.parts import Fact, Picture, Report, Section
from bayeswrap.report.facts import facts_of
from bayeswrap.report.sections import (
    assessment,
    check_tables,
    density_tables,
    estimate_tables,
    loo_tables,
    power_scaling_tables,
    predictive_tables,
    run_tables,
    sampler_tables,
    search_tables,
)
from bayeswrap.report.sections.methods_paragraph import methods_paragraph
from bayeswrap.report.sections.program_listing import annotated
from bayeswrap.verdicts.check import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayeswrap.report.sections.assessment import Assessment
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "build_report",
]


_WORDS = {
    True: ("The mode will do", "good"),
    False: ("Report the posterior", "bad"),
    None: ("No verdict", "open"),
}
_NO_POSTERIOR = ("There is no posterior", "bad")
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
    found = assessment.assess(comparison)
    improper = "improper_posterior" in verdict.flags
    word, tone = _NO_POSTERIOR if improper else _WORDS[verdict.point_is_enough]
    return Report(
        title=comparison.record.program_name,
        about=_about(comparison, found),
        word=word,
        tone=tone,
        summary=verdict.summary,
        advice=_advice(comparison),
        sections=tuple(_sections(comparison, found, pictures=pictures)),
        facts=facts_of(comparison, found) if facts else {},
    )


def _about(comparison: ComparisonResult, found: Assessment) -> tuple[Fact, ...]:
    rows = _observations(comparison, found)
    facts = [Fact("data", f"{rows} observations")] if rows else []
    facts.append(Fact("parameters", str(len(comparison.to_frame()))))
    facts.append(Fact("date", max(r.record.started for r in comparison.results)[:10]))
    engines = dict.fromkeys(r.record.engine.rstrip(".") for r in comparison.results)
    return (*facts, Fact("engine", "; ".join(engines)))


def _observations(comparison: ComparisonResult, found: Assessment) -> int:
    """Return the rows of the data frame, or the observations that have a log likelihood each."""
    if comparison.record.rows:
        return comparison.record.rows
    if found.left_out is not None and not found.left_out.notes:
        return found.left_out.observations
    layout = comparison.results[-1].layout
    return int(layout.indices("log_lik").size) if "log_lik" in layout.blocks else 0


def _advice(comparison: ComparisonResult) -> tuple[str, ...]:
    """Return what failed and what to do, where the summary does not say it already."""
    found: dict[str, str] = {}
    for check in comparison.verdict.checks:
        told = check.code in _NOT_ADVICE or check.evidence in comparison.verdict.summary
        if check.outcome is Outcome.FAILED and not told:
            found.setdefault(check.code, f"{check.evidence}: {check.advice}.")
    return tuple(text[0].upper() + text[1:] for text in found.values())


def _sections(
    comparison: ComparisonResult, found: Assessment, *, pictures: bool
) -> Iterator[Section]:
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
        yield Section(key="missing", title="What does not exist", tables=(missing,))
    if pictures:
        yield _figures(comparison)
    yield from _assessed(comparison, found, pictures=pictures)
    yield Section(
        key="checks",
        title=_checks_title(comparison),
        tables=(check_tables.checks_table(comparison),),
        folded=True,
    )
    yield from _searches(comparison)
    yield Section(key="program", title="The program", code=annotated(comparison.record))
    yield from _sampler(comparison)
    yield Section(key="methods", title="Methods, to paste", text=(methods_paragraph(comparison),))
    yield Section(key="citations", title="How to cite", text=_citations(comparison, found))
    yield Section(
        key="record",
        title="Run record",
        tables=(run_tables.runs_table(comparison),),
        facts=run_tables.record_facts(comparison),
        folded=True,
    )


def _assessed(
    comparison: ComparisonResult, found: Assessment, *, pictures: bool
) -> Iterator[Section]:
    """Yield what the draws say of the prior, of predictions and of observations left out."""
    felt = power_scaling_tables.sensitivity_table(comparison)
    learnt = _learnt(comparison) if pictures else ()
    if felt is not None or learnt:
        yield Section(
            key="prior",
            title="What the prior does",
            tables=() if felt is None else (felt,),
            pictures=learnt,
        )
    if found.predictions:
        yield Section(
            key="predictive",
            title="Predictive checks",
            tables=predictive_tables.predictive_tables(found.predictions),
            pictures=_replicated(comparison) if pictures else (),
        )
    if found.left_out is not None:
        parameters = len(comparison.to_frame())
        yield Section(
            key="loo",
            title="Observations left out",
            tables=loo_tables.leave_one_out_tables(found.left_out, parameters),
        )


def _learnt(comparison: ComparisonResult) -> tuple[Picture, ...]:
    lineup = comparison.lineup
    if lineup.prior is None or lineup.posterior is None or not len(comparison.to_frame()):
        return ()
    return (
        Picture(
            svg=svg_text(plot_prior_posterior(comparison)),
            alt="Densities of the draws of prior and posterior, a panel for each parameter.",
            caption="Prior (grey) and posterior (blue) of each parameter: where the two are the "
            "same, the data say nothing of it.",
        ),
    )


def _replicated(comparison: ComparisonResult) -> tuple[Picture, ...]:
    return (
        Picture(
            svg=svg_text(plot_predictive(comparison)),
            alt="The data among replications of them, drawn from the posterior and, where there "
            "are draws of it, from the prior; statistics are in the table above.",
            caption="The data (black) among replications of them. Bars and lines are medians and "
            "central 95 % of the replications; curves are densities of fifty replications.",
        ),
    )


def _searches(comparison: ComparisonResult) -> Iterator[Section]:
    if comparison.censuses:
        yield Section(
            key="searches",
            title="What the search from many starts found",
            tables=search_tables.census_tables(comparison),
            folded=not search_tables.found_more(comparison),
        )


def _citations(comparison: ComparisonResult, found: Assessment) -> tuple[str, ...]:
    more = [CITED_POWER_SCALING] if "psense_prior" in comparison.table else []
    more += [CITED_LOO] if found.left_out is not None else []
    return (*CITATIONS, *more)


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
        title="One sum behind all estimates",
        text=(_formula(comparison), THEORY, *_joint(comparison)),
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


def _sampler(comparison: ComparisonResult) -> Iterator[Section]:
    table = sampler_tables.diagnostics_table(comparison)
    if table is not None:
        yield Section(key="sampler", title="The sampler", tables=(table,))


def _figures(comparison: ComparisonResult) -> Section:
    found = []
    if len(comparison.to_frame()):
        found.append(
            Picture(
                svg=svg_text(plot_comparison(comparison)),
                alt="Posterior and prior density of each parameter, and below them the point "
                "estimates with their intervals; the numbers are in the tables above.",
                caption="Each parameter's posterior, with the estimates below it. A marker with "
                "its line is an estimate with its interval; an arrow at the edge is an estimate "
                "that lies outside the figure.",
            )
        )
    posterior = comparison.lineup.posterior
    if posterior is not None and len(comparison.to_frame()):
        found.append(
            Picture(
                svg=svg_text(plot_rank(posterior)),
                alt="Histograms of the ranks of each chain's draws, one row a chain; flat where "
                "the chains agree. R-hat of each parameter is in the table above.",
                caption="Rank plots (Vehtari et al. 2021): where the chains agree, every bar "
                "reaches the dashed line up to chance.",
            )
        )
    return Section(key="figures", title="Figures", pictures=tuple(found))
