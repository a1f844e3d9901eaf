"""Log densities, missing estimates, checks, diagnostics and the run record, as tables.

Imports `comparison` and its neighbours.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from bayeswrap.comparison import Missing, Outcome
from bayeswrap.report.numbers import DASH, fixed, plain
from bayeswrap.report.parts import Cell, Column, Fact, Row, Table
from bayeswrap.report.words import DIAGNOSTICS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayeswrap.comparison import Check, Comparison
    from bayeswrap.comparison.rows import Line
    from bayeswrap.estimates import PointEstimate
    from bayeswrap.record import Option

__all__ = [
    "all_missing",
    "checks_table",
    "diagnostics_table",
    "equations",
    "log_density_table",
    "missing_table",
    "record_facts",
    "runs_table",
]

_TONES = {Outcome.PASSED: "good", Outcome.FAILED: "bad", Outcome.NOT_DETERMINED: "open"}
_NATS = (3, 6)  # decimals, at least and at most


def log_density_table(comparison: Comparison) -> Table | None:
    """Return the parts of the log density at each mode, or None where there is no mode."""
    points = comparison.lineup.points
    if not points:
        return None
    population = any(p.log_population for p in points)
    columns = [Column("log likelihood"), Column("log prior")]
    if population:
        columns.append(Column("log population"))
    columns.append(Column("sum"))
    return Table(
        key="log-densities",
        caption="Log densities at each mode, in nats, all constants included, without Jacobian",
        stub=Column("at"),
        columns=tuple(columns),
        rows=tuple(
            _density_row(p, _nats_decimals(comparison), population=population) for p in points
        ),
        notes=_density_notes(comparison),
    )


def _density_row(point: PointEstimate, decimals: int, *, population: bool) -> Row:
    parts = point.log_parts
    values = [parts.likelihood, parts.prior, *([parts.population] if population else [])]
    if not point.status.is_estimate:
        why = point.status.sentence
        return Row(point.title, tuple(Cell(DASH, hint=why) for _ in [*values, 0]))
    return Row(point.title, tuple(Cell(fixed(v, decimals)) for v in [*values, parts.joint]))


def _exchange(comparison: Comparison) -> tuple[float, float] | None:
    """Return what the MAP loses of the log likelihood and wins of the sum against the MLE."""
    lineup = comparison.lineup
    mle, mode = lineup.mle, lineup.map_constrained
    if mle is None or mode is None or not (mle.status.is_estimate and mode.status.is_estimate):
        return None
    return mle.log_likelihood - mode.log_likelihood, mode.log_joint - mle.log_joint


def _nats_decimals(comparison: Comparison) -> int:
    """Return the decimals at which the log densities of MLE and MAP differ visibly."""
    sizes = [abs(d) for d in _exchange(comparison) or () if math.isfinite(d) and d != 0]
    needed = [1 - math.floor(math.log10(s)) for s in sizes]
    return min(max([_NATS[0], *needed]), _NATS[1])


def _density_notes(comparison: Comparison) -> tuple[str, ...]:
    exchange = _exchange(comparison)
    if exchange is None:
        return ()
    lost, won = exchange
    sentence = (
        "From the MLE to the MAP (constrained scale) the log likelihood falls by "
        f"{_difference(lost)} nats and the sum rises by {_difference(won)}."
    )
    return (sentence,)


def _difference(nats: float) -> str:
    return "less than 0.000001" if abs(nats) < 10 ** -_NATS[1] else plain(nats)


def equations(comparison: Comparison) -> tuple[Fact, ...]:
    """Return the sum of log likelihood and log prior at each mode, written out."""
    return tuple(
        Fact(f"at the {p.title}", _equation(p, _nats_decimals(comparison)))
        for p in comparison.lineup.points
        if p.status.is_estimate
    )


def _equation(point: PointEstimate, decimals: int) -> str:
    parts = point.log_parts
    terms = [parts.likelihood, parts.prior, *([parts.population] if parts.population else [])]
    first, *others = (f"({fixed(t, decimals)})" for t in terms)
    return f"{fixed(parts.joint, decimals)} + const = " + " + ".join([first, *others, "const"])


def all_missing(comparison: Comparison) -> tuple[Missing, ...]:
    """Return the estimates that do not exist: those told, and those with a status that says so."""
    told = {m.title for m in comparison.missing}
    found = [
        Missing(title=p.title, reason=p.status.sentence, advice=p.status.advice)
        for p in comparison.lineup.points
        if not p.status.is_estimate and p.title not in told
    ]
    return (*comparison.missing, *found)


def missing_table(comparison: Comparison) -> Table | None:
    """Return the estimates that do not exist, or None where all do."""
    found = all_missing(comparison)
    if not found:
        return None
    return Table(
        key="missing",
        caption="Estimates that do not exist or were not found",
        stub=Column("estimate"),
        columns=(Column("why not", words=True), Column("what to do", words=True)),
        rows=tuple(Row(m.title, (Cell(m.reason), Cell(m.advice))) for m in found),
    )


def checks_table(comparison: Comparison) -> Table:
    """Return all checks with their evidence."""
    heads = ("outcome", "evidence", "would pass", "if it fails", "reference")
    return Table(
        key="checks",
        caption="Checks behind the verdict",
        stub=Column("check"),
        columns=tuple(Column(h, words=True) for h in heads),
        rows=tuple(_check_row(c) for c in comparison.verdict.checks),
    )


def _check_row(check: Check) -> Row:
    tone = _TONES[check.outcome]
    word = Cell(str(check.outcome).replace("_", " "), tone=tone)
    rest = (check.evidence, check.threshold, check.advice, check.reference)
    return Row(check.code, (word, *(Cell(t) for t in rest)), tone=tone)


def diagnostics_table(comparison: Comparison) -> Table | None:
    """Return what the sampler says about itself, or None without posterior draws."""
    posterior = comparison.lineup.posterior
    if posterior is None:
        return None
    found = posterior.diagnostics
    rows = (
        ("divergent transitions", f"{found.divergences}", "divergences"),
        ("tree depth limit hits", f"{found.max_treedepth_hits}", "max_treedepth_hits"),
        ("E-BFMI", fixed(found.bfmi_min, 2), "bfmi_min"),
        ("R-hat", fixed(found.r_hat_max, 3), "r_hat_max"),
        ("effective sample size", fixed(found.ess_min, 0), "ess_min"),
    )
    return Table(
        key="diagnostics",
        caption=f"The sampler: {found.chains} chains of {found.draws} draws",
        stub=Column("diagnostic"),
        columns=(Column("value"), Column("what is right", words=True)),
        rows=tuple(Row(n, (Cell(v), Cell(DIAGNOSTICS[k]))) for n, v, k in rows),
        notes=(*found.problems, *posterior.warnings),
    )


def runs_table(comparison: Comparison) -> Table:
    """Return one row a run: method, seed, options, start and duration."""
    return Table(
        key="runs",
        caption="Runs",
        stub=Column("result"),
        columns=(
            Column("seed"),
            Column("options", words=True),
            Column("seconds"),
            Column("started (UTC)", words=True),
        ),
        rows=tuple(_run_row(result) for result in comparison.results),
    )


def _run_row(result: Line) -> Row:
    record = result.record
    seed = DASH if record.seed is None else str(record.seed)
    cells = (seed, _options(record.options), f"{record.seconds:.2f}", record.started[:19])
    return Row(result.title, tuple(Cell(c) for c in cells))


def _options(options: Mapping[str, Option]) -> str:
    return ", ".join(f"{k}={v}" for k, v in options.items() if v is not None)


def record_facts(comparison: Comparison) -> tuple[Fact, ...]:
    """Return hashes, versions and command lines."""
    record = comparison.record
    versions = ", ".join(f"{name} {version}" for name, version in record.versions.items())
    return (
        Fact("engine", record.engine),
        Fact("program, SHA-256", record.program_hash, code=True),
        Fact("data, SHA-256", record.data_hash, code=True),
        Fact("versions", versions),
        Fact("platform", record.platform),
        *(
            Fact(f"command of {r.title}", r.record.command, code=True)
            for r in comparison.results
            if r.record.command
        ),
    )
