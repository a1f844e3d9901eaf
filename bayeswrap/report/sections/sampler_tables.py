"""The table of the sampler's diagnostics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.report.document.glossary import DIAGNOSTICS
from bayeswrap.report.document.numbers import fixed
from bayeswrap.report.document.parts import Cell, Column, Row, Table

if TYPE_CHECKING:
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "diagnostics_table",
]


def diagnostics_table(comparison: ComparisonResult) -> Table | None:
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
