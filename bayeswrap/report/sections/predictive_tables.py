"""What the draws say of the prior, of predictions and of observations left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from bayeswrap.report.document.glossary import MEANINGS
from bayeswrap.report.document.numbers import fixed
from bayeswrap.report.document.parts import Cell, Column, Row, Table
from bayeswrap.thresholds import PREDICTIVE_TAIL

if TYPE_CHECKING:
    from bayeswrap.verdicts.predictive_checks import Prediction

__all__ = [
    "_predictive",
    "predictive_tables",
]

_ELEMENTS = ("value", "smallest", "largest")  # statistics that are themselves observations


def predictive_tables(found: tuple[Prediction, ...]) -> tuple[Table, ...]:
    """Return statistics of the data among those of their replications, one table an outcome."""
    # what a column means is told once, below the last table
    return tuple(_predictive_table(p, explained=p is found[-1]) for p in found)


def _predictive_table(prediction: Prediction, *, explained: bool) -> Table:
    frame = prediction.statistics()
    rows = []
    for name, row in frame.iterrows():
        tail = float(row["tail"])
        far = min(tail, 1 - tail) < PREDICTIVE_TAIL.value
        spread = float(row["upper"] - row["lower"]) / 4 or abs(float(row["median"]))
        decimals = 0 if not spread else min(max(0, 1 - int(np.floor(np.log10(spread)))), 6)
        if prediction.whole and name in _ELEMENTS:
            decimals = 0
        values = [fixed(float(row[c]), decimals) for c in ("observed", "median", "lower", "upper")]
        cells = (
            Cell(values[0]),
            Cell(values[1]),
            Cell(f"{values[2]} to {values[3]}"),
            Cell(fixed(tail, 2), tone="bad" if far else ""),
        )
        rows.append(Row(str(name), cells))
    return Table(
        key="predictive",
        caption=f"{prediction.outcome}: the data among {len(prediction.posterior)} replications "
        f"({prediction.name}) from the posterior",
        stub=Column("statistic"),
        columns=(
            Column("data"),
            Column("median", group="Replications"),
            Column("95 %", group="Replications"),
            Column("share above", group="Replications", meaning=MEANINGS["tail"] * explained),
        ),
        rows=tuple(rows),
    )


def _predictive(prediction: Prediction) -> dict[str, Any]:
    return {
        "name": prediction.name,
        "outcome": prediction.outcome,
        "observations": int(prediction.observed.size),
        "replications": len(prediction.posterior),
        "statistics": prediction.statistics().to_dict("index"),
    }
