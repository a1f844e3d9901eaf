"""The methods text: what was done, in words ready for a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.data.missing_rows import DROPPED
from bayeswrap.estimates.results.marginal import Integral
from bayeswrap.report.document.numbers import fixed
from bayeswrap.report.sections.reference_list import CITED, References
from bayeswrap.report.sections.run_tables import engine_name
from bayeswrap.thresholds import SENSITIVE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.estimates.posterior.draws import Posterior
    from bayeswrap.record import RunRecord
    from bayeswrap.report.sections.assessment import Assessment
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "methods_paragraph",
    "missing_sentence",
]


_HASH_SHOWN = 12
_IN_PROCESS = "stanli"
_HOW_INTEGRATED = {
    Integral.EXACT: "exactly, by Laplace's formula for a log density that is quadratic in them",
    Integral.LAPLACE: "by Laplace's approximation",
    Integral.QUADRATURE: "by quadrature",
}


def methods_paragraph(comparison: ComparisonResult, assessment: Assessment | None = None) -> str:
    """Return one paragraph for the methods section of a paper.

    Parameters
    ----------
    comparison : ComparisonResult
        What was done.
    assessment : Assessment, optional
        What was computed from the draws for the report.
    """
    return " ".join(_sentences(comparison, assessment))


def _sentences(comparison: ComparisonResult, assessment: Assessment | None) -> Iterator[str]:
    lineup = comparison.lineup
    percent = f"{100 * comparison.ci_prob:g} %"
    yield _program_sentence(comparison)
    yield missing_sentence(comparison.record)
    yield from _maxima(comparison, percent)
    yield from _modes(comparison)
    if lineup.posterior is not None:
        yield from _sampling(lineup.posterior, percent)
    if "psense_prior" in comparison.frame:
        yield (
            "Sensitivity to the prior and to the likelihood was measured by power scaling "
            f"({CITED[References.POWER_SCALING]}). It is the cumulative Jensen-Shannon distance of "
            f"the posterior for a doubling of the power; values from {SENSITIVE.value:g} on count "
            "as sensitive."
        )
    if assessment is not None and assessment.loo is not None:
        yield (
            "Predictive accuracy was estimated by leave-one-out cross-validation with "
            f"Pareto-smoothed importance sampling ({CITED[References.LOO]})."
        )


def _program_sentence(comparison: ComparisonResult) -> str:
    """Say which program was fitted to which data, by what."""
    record = comparison.record
    engines = dict.fromkeys(engine_name(r.record) for r in comparison.results)
    with_cmdstan = any(_IN_PROCESS not in name for name in engines)
    packages = ("bayeswrap", *(("cmdstanpy",) if with_cmdstan else ()))
    words = ", and ".join(_engine_words(record, name) for name in engines)
    return (
        f"We fitted the Stan program {record.program_name} (SHA-256 "
        f"{record.program_hash[:_HASH_SHOWN]}; data {record.data_hash[:_HASH_SHOWN]}) with "
        f"{words}, called by {' and '.join(_package(record, p) for p in packages)}."
    )


def missing_sentence(record: RunRecord) -> str:
    """Say which rows were left out for missing values; the numbers of the rows stay out."""
    if not record.left_out:
        return "No observation of the data that were passed was left out for missing values."
    notes = "; ".join(note.partition("): ")[0] + ")" for note in record.left_out)
    return f"{notes.replace(DROPPED, f'were {DROPPED}')}; nothing was imputed."


def _engine_words(record: RunRecord, name: str) -> str:
    """Return an engine with its citation; one that is in process is called by what it is."""
    cited = CITED[References.STAN]
    if name.startswith(_IN_PROCESS):
        stanli = _package(record, _IN_PROCESS)
        return f"Stan's language and densities ({cited}), evaluated in process by {stanli}"
    engine, _, searched = name.partition("; ")
    return f"{engine} ({cited})" + (f", with modes {searched}" if searched else "")


def _maxima(comparison: ComparisonResult, percent: str) -> Iterator[str]:
    """Describe the maximum likelihood estimates, ordinary and marginal ones."""
    points = [p for p in comparison.lineup.points if p.scale is None and p.status.is_estimate]
    if not points:
        return
    if any(p.marginal is None for p in points):
        yield (
            "Maximum likelihood estimates maximise the log likelihood, without the prior "
            "statements of the program."
        )
    for point in points:
        yield from _integrated(point, "Marginal maximum likelihood estimates maximise")
    if not any(np.isfinite(p.spread).any() for p in points):
        return
    yield (
        "Standard errors come from the observed information. "
        f"The {percent} confidence intervals are Wald intervals, formed on a scale on which "
        "the support is the whole line."
    )


def _integrated(point: PointEstimate, what: str) -> Iterator[str]:
    if point.marginal is None:
        return
    names = ", ".join(point.marginal.latent)
    density = "likelihood" if point.scale is None else "posterior density"
    alone = ", without the prior statements of the program" if point.scale is None else ""
    yield (
        f"{what} the {density} of the population parameters{alone}. The latent effects ({names}) "
        f"were integrated out of it {_HOW_INTEGRATED[point.marginal.integral]}."
    )


def _modes(comparison: ComparisonResult) -> Iterator[str]:
    """Describe the posterior modes."""
    points = [p for p in comparison.lineup.points if p.scale is not None and p.status.is_estimate]
    scales = [str(p.scale) for p in points if p.marginal is None]
    if scales:
        population = any(p.log_population for p in comparison.lineup.points)
        prior = "log prior, population statements included," if population else "log prior"
        yield (
            f"Posterior modes (MAP) maximise the sum of log likelihood and {prior} on the "
            f"{' and on the '.join(scales)} scale."
        )
    for point in points:
        yield from _integrated(point, f"Marginal posterior modes ({point.scale} scale) maximise")
    if points:
        yield "The spread of a mode is that of the normal (Laplace) approximation at it."


def _package(record: RunRecord, name: str) -> str:
    """Return a package with its version; a source tree that is not installed has none."""
    version = record.versions.get(name, "")
    return f"{name} {version}" if version[:1].isdigit() else name


def _sampling(posterior: Posterior, percent: str) -> Iterator[str]:
    sampler, record = posterior.diagnostics, posterior.record
    warmup = record.options.get("iter_warmup")
    before = f"{warmup} warmup and " if warmup is not None else ""
    seed = f" (seed {record.seed})" if record.seed is not None else ""
    yield (
        f"We drew from the posterior by NUTS ({CITED[References.NUTS]}), with {sampler.chains} "
        f"chains, each of {before}{sampler.draws} sampling iterations{seed}."
    )
    transitions = "transition" if sampler.divergences == 1 else "transitions"
    r_hat = (
        "One chain has no R-hat; the smallest effective sample size was "
        if sampler.chains == 1
        else "The largest rank-normalised split R-hat of a parameter was "
        f"{fixed(sampler.r_hat_max, 3)} and the smallest effective sample size "
    )
    yield (
        f"{r_hat}{fixed(sampler.ess_min, 0)} ({CITED[References.R_HAT]}), with "
        f"{sampler.divergences or 'no'} divergent {transitions}. Posterior means and standard "
        f"deviations stand with equal-tailed {percent} credible intervals."
    )
