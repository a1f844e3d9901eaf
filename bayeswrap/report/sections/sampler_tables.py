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
    """Return the sampler's diagnostics, or None without posterior draws."""
    posterior = comparison.lineup.posterior
    if posterior is None:
        return None
    diagnostics = posterior.diagnostics
    rows = (
        ("divergent transitions", f"{diagnostics.divergences}", "divergences"),
        ("tree depth limit hits", f"{diagnostics.max_treedepth_hits}", "max_treedepth_hits"),
        ("E-BFMI", fixed(diagnostics.bfmi_min, 2), "bfmi_min"),
        ("R-hat", fixed(diagnostics.r_hat_max, 3), "r_hat_max"),
        ("effective sample size", fixed(diagnostics.ess_min, 0), "ess_min"),
    )
    return Table(
        key="diagnostics",
        caption=f"Diagnostics of {diagnostics.chains} chains of {diagnostics.draws} draws",
        stub=Column("diagnostic"),
        columns=(Column("value"), Column("meaning", words=True)),
        rows=tuple(Row(n, (Cell(v), Cell(DIAGNOSTICS[k]))) for n, v, k in rows),
        notes=(*diagnostics.problems, *posterior.warnings),
    )
