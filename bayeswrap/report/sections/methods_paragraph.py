"""The methods text: what was done, in words ready for a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.estimates.results.marginal import Integral
from bayeswrap.report.document.numbers import fixed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.estimates.posterior.draws import Posterior
    from bayeswrap.record import RunRecord
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "engine_name",
    "methods_paragraph",
]


_HASH_SHOWN = 12
_IN_PROCESS = "evaluated by "  # how the record of a run without CmdStan begins


def methods_paragraph(comparison: ComparisonResult) -> str:
    """Return one paragraph for the methods section of a paper."""
    return " ".join(_sentences(comparison))


def _sentences(comparison: ComparisonResult) -> Iterator[str]:
    record, lineup = comparison.record, comparison.lineup
    percent = f"{100 * comparison.ci_prob:g} %"
    packages = ("bayeswrap",) if _in_process(record) else ("bayeswrap", "cmdstanpy")
    yield (
        f"We fitted the Stan program {record.program_name} (SHA-256 "
        f"{record.program_hash[:_HASH_SHOWN]}; data {record.data_hash[:_HASH_SHOWN]}) with "
        f"{engine_name(record)} (Carpenter et al. 2017), called by "
        f"{' and '.join(_package(record, p) for p in packages)}."
    )
    if lineup.mle is not None and lineup.mle.status.is_estimate:
        yield (
            "Maximum likelihood estimates maximise the log likelihood, without the prior "
            "statements of the program. Standard errors come from the observed information. "
            f"The {percent} confidence intervals are Wald intervals, formed on a scale on which "
            "the support is the whole line."
        )
        yield from _integrated(lineup.mle)
    scales = [p.scale for p in lineup.points if p.scale is not None and p.status.is_estimate]
    if scales:
        population = any(p.log_population for p in lineup.points)
        prior = "log prior, population statements included," if population else "log prior"
        yield (
            f"Posterior modes (MAP) maximise the sum of log likelihood and {prior} on the "
            f"{' and on the '.join(scales)} scale. Their spread is that of the normal (Laplace) "
            "approximation at the mode."
        )
    if lineup.posterior is not None:
        yield from _sampling(lineup.posterior, percent)


def _integrated(mle: PointEstimate) -> Iterator[str]:
    if mle.marginal is None:
        return
    how = {
        Integral.EXACT: "exactly, by Laplace's formula for a log density that is quadratic in them",
        Integral.LAPLACE: "by Laplace's approximation",
        Integral.QUADRATURE: "by quadrature",
    }[mle.marginal.integral]
    names = ", ".join(mle.marginal.latent)
    yield f"The likelihood is marginal: the latent effects ({names}) are integrated out {how}."


def engine_name(record: RunRecord) -> str:
    """Return the engine of a run as a noun phrase."""
    return record.engine.rstrip(".").removeprefix(_IN_PROCESS)


def _in_process(record: RunRecord) -> bool:
    return record.engine.startswith(_IN_PROCESS)


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
        f"We drew from the posterior by NUTS (Hoffman and Gelman 2014), with {sampler.chains} "
        f"chains, each of {before}{sampler.draws} sampling iterations{seed}."
    )
    transitions = "transition" if sampler.divergences == 1 else "transitions"
    yield (
        "The largest rank-normalised split R-hat of a parameter was "
        f"{fixed(sampler.r_hat_max, 3)} and the smallest effective sample size "
        f"{fixed(sampler.ess_min, 0)} (Vehtari et al. 2021), with {sampler.divergences or 'no'} "
        f"divergent {transitions}. We report posterior means and standard deviations with "
        f"equal-tailed {percent} credible intervals."
    )
