"""The sections of a report in the order of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.report.document.glossary import JOINT_MLE
from bayeswrap.report.document.parts import Section
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
from bayeswrap.report.sections.first_screen import doubt
from bayeswrap.report.sections.methods_paragraph import methods_paragraph
from bayeswrap.report.sections.overview_tables import overview_section
from bayeswrap.report.sections.program_listing import annotated_lines
from bayeswrap.report.sections.ratio_tables import ratio_table
from bayeswrap.report.sections.recommended import LONGEST, groups_of, recommended_estimates
from bayeswrap.report.sections.reference_list import reference_list
from bayeswrap.report.sections.row_words import derived_names
from bayeswrap.verdicts.check import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bayeswrap.report.sections.assessment import Assessment
    from bayeswrap.report.sections.recommended import Recommended
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "page_sections",
]


_ELEMENTS = 200  # of one vector that have a row in the comparison


def page_sections(
    comparison: ComparisonResult, assessment: Assessment, *, pictures: bool
) -> tuple[Section, ...]:
    """Return the sections in the order of the page; those without content are left out.

    Parameters
    ----------
    comparison : ComparisonResult
        What is reported.
    assessment : Assessment
        What was computed from its draws.
    pictures : bool
        Whether the figures are drawn.
    """
    estimates, doubtful = recommended_estimates(comparison), doubt(comparison)
    sections = (
        overview_section(comparison, estimates, doubtful),
        _results(comparison, estimates, doubtful),
        _agreement(comparison, estimates, pictures=pictures),
        _fit(comparison, assessment, doubtful, pictures=pictures),
        _prior(comparison, doubtful, pictures=pictures),
        _computation(comparison, pictures=pictures),
        _checks(comparison),
        *_documentation(comparison, assessment),
    )
    return tuple(s for s in sections if s.parts or s.tables or s.text or s.pictures or s.code)


def _results(
    comparison: ComparisonResult, estimates: Mapping[str, Recommended], doubtful: str
) -> Section:
    """Return ratios and derived quantities."""
    derived = groups_of(comparison, derived_names(comparison))
    short = [n for _, names in derived if len(names) <= LONGEST for n in names]
    tables = {
        ("ratios", "Odds and rate ratios"): ratio_table(comparison, estimates),
        ("derived", "Derived quantities"): estimate_tables.derived_table(comparison, short),
    }
    parts = [
        Section(key=key, title=title, tables=(table,))
        for (key, title), table in tables.items()
        if table is not None
    ]
    for variable, names in derived:
        if len(names) > LONGEST:
            table = estimate_tables.derived_table(comparison, names)
            parts.append(
                Section(
                    key=f"elements-{variable}",
                    title=f"{variable}: {len(names)} elements",
                    tables=() if table is None else (table,),
                    folded=True,
                )
            )
    return Section(key="results", title="Results", parts=tuple(parts), doubtful=doubtful)


def _agreement(
    comparison: ComparisonResult, estimates: Mapping[str, Recommended], *, pictures: bool
) -> Section:
    """Return how far the estimates agree: the comparison, densities, and what does not exist."""
    groups = groups_of(comparison, [*estimates])
    short = [n for _, names in groups if len(names) <= LONGEST for n in names]
    vectors = [(v, names) for v, names in groups if len(names) > LONGEST]
    flagged = [n for n in short if estimates[n].flags] + [
        n for _, names in vectors for n in names if estimates[n].flags
    ]
    warnings = estimate_tables.warnings_of(comparison)
    table = estimate_tables.comparison_table(comparison, short)
    parts = [
        Section(key="estimates", title="Estimates side by side", tables=(table,), text=warnings),
        *(_elements(comparison, v, names) for v, names in vectors),
        Section(
            key="intervals",
            title="Intervals by kind",
            tables=(estimate_tables.interval_table(comparison, short),),
            folded=True,
        ),
    ]
    if pictures:
        figures = report_figures.density_figures(comparison, flagged)
        parts.append(Section(key="figures", title="Densities", pictures=figures))
    parts.append(_densities(comparison))
    missing = check_tables.missing_table(comparison)
    if missing is not None:
        parts.append(Section(key="missing", title="Estimates that do not exist", tables=(missing,)))
    return Section(
        key="agreement",
        title="Agreement of the estimates",
        text=(comparison.verdict.summary,),
        parts=tuple(parts),
        folded=True,
    )


def _elements(comparison: ComparisonResult, variable: str, names: Sequence[str]) -> Section:
    """Return the comparison of a long vector, element by element."""
    shown, text = [*names], tuple[str, ...]()
    if len(shown) > _ELEMENTS:
        frame = comparison.to_frame().loc[shown]
        if "shape_gap_mean" in frame:
            order = frame["shape_gap_mean"].abs().sort_values(ascending=False, kind="stable")
            shown = [str(n) for n in order.index]
        shown = shown[:_ELEMENTS]
        text = (f"The table shows {_ELEMENTS} of {len(names)} elements, the largest gaps first.",)
    caption = f"Estimates of the elements of {variable}, side by side"
    return Section(
        key=f"elements-{variable}",
        title=f"{variable}: {len(names)} elements side by side",
        text=text,
        tables=(estimate_tables.comparison_table(comparison, shown, caption),),
        folded=True,
    )


def _densities(comparison: ComparisonResult) -> Section:
    table = density_tables.log_density_table(comparison)
    return Section(
        key="theory",
        title="Decomposition of the log density",
        text=(_formula(comparison), density_tables.theory(comparison), *_joint(comparison)),
        facts=density_tables.equations(comparison),
        tables=() if table is None else (table,),
        folded=True,
    )


def _joint(comparison: ComparisonResult) -> tuple[str, ...]:
    mle = comparison.lineup.mle
    return (JOINT_MLE,) if mle is not None and mle.log_population else ()


def _formula(comparison: ComparisonResult) -> str:
    has_population = any(p.log_population for p in comparison.lineup.points)
    middle = "log prior + log population" if has_population else "log prior"
    return f"log posterior = log likelihood + {middle} + const"


def _fit(
    comparison: ComparisonResult, assessment: Assessment, doubtful: str, *, pictures: bool
) -> Section:
    """Return predictive checks and leave-one-out cross-validation."""
    parts = []
    if assessment.predictions:
        parts.append(
            Section(
                key="predictive",
                title="Predictive checks",
                tables=predictive_tables.predictive_tables(assessment.predictions),
                pictures=report_figures.predictive_figures(comparison, assessment)
                if pictures
                else (),
            )
        )
    if assessment.loo is not None:
        parameters = len(comparison.to_frame())
        parts.append(
            Section(
                key="loo",
                title="Leave-one-out cross-validation",
                tables=loo_tables.leave_one_out_tables(assessment.loo, parameters),
            )
        )
    return Section(key="fit", title="Model fit", parts=tuple(parts), doubtful=doubtful, folded=True)


def _prior(comparison: ComparisonResult, doubtful: str, *, pictures: bool) -> Section:
    table = power_scaling_tables.sensitivity_table(comparison)
    return Section(
        key="prior",
        title="Influence of the prior",
        tables=() if table is None else (table,),
        pictures=report_figures.prior_figures(comparison) if pictures else (),
        doubtful=doubtful,
        folded=True,
    )


def _computation(comparison: ComparisonResult, *, pictures: bool) -> Section:
    """Return the sampler's diagnostics, and what the searches found."""
    parts = []
    table = sampler_tables.diagnostics_table(comparison)
    if table is not None:
        ranks = report_figures.rank_figures(comparison) if pictures else ()
        parts.append(
            Section(key="sampler", title="Sampler diagnostics", tables=(table,), pictures=ranks)
        )
    if comparison.censuses:
        parts.append(
            Section(
                key="searches",
                title="Search from many starts",
                tables=search_tables.census_tables(comparison),
                folded=search_tables.has_one_mode_each(comparison),
            )
        )
    return Section(key="computation", title="Computation", parts=tuple(parts), folded=True)


def _checks(comparison: ComparisonResult) -> Section:
    return Section(
        key="checks",
        title=_checks_title(comparison),
        tables=(check_tables.checks_table(comparison),),
        folded=True,
    )


def _checks_title(comparison: ComparisonResult) -> str:
    outcomes = [c.outcome for c in comparison.verdict.checks]
    failed, passed = outcomes.count(Outcome.FAILED), outcomes.count(Outcome.PASSED)
    title = f"Checks: {failed} failed, {passed} passed"
    unknown = outcomes.count(Outcome.NOT_DETERMINED)
    return f"{title}, {unknown} not determined" if unknown else title


def _documentation(comparison: ComparisonResult, assessment: Assessment) -> Iterator[Section]:
    """Yield what a reader needs to trace and to describe the results."""
    yield Section(
        key="program",
        title="Program and roles of its statements",
        code=annotated_lines(comparison.record),
        folded=True,
    )
    paragraph = methods_paragraph(comparison, assessment)
    yield Section(key="methods", title="Methods text", text=(paragraph,), folded=True)
    yield Section(
        key="citations",
        title="References",
        text=reference_list(comparison, assessment),
        folded=True,
    )
    yield Section(
        key="record",
        title="Run record",
        tables=(run_tables.runs_table(comparison),),
        facts=run_tables.record_facts(comparison),
        folded=True,
    )
