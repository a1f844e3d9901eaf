"""Predictive checks: statistics of the data among those of their replications."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from bayeswrap.report.document.glossary import MEANINGS
from bayeswrap.report.document.numbers import fixed
from bayeswrap.report.document.parts import Cell, Column, Row, Table
from bayeswrap.thresholds import PREDICTIVE_TAIL

if TYPE_CHECKING:
    import pandas as pd

    from bayeswrap.verdicts.predictive_checks import Prediction

__all__ = [
    "facts_of_prediction",
    "predictive_tables",
]

_DECIMALS_MAX = 6
_GROUP = "Replications"
_ELEMENTS = ("value", "smallest", "largest")  # statistics that are themselves observations


def predictive_tables(predictions: tuple[Prediction, ...]) -> tuple[Table, ...]:
    """Return one table an outcome; columns are explained below the last one."""
    return tuple(_table(p, explained=p is predictions[-1]) for p in predictions)


def _table(prediction: Prediction, *, explained: bool) -> Table:
    return Table(
        key="predictive",
        caption=f"Statistics of {prediction.outcome} and of {len(prediction.posterior)} posterior "
        f"predictive replications ({prediction.name})",
        stub=Column("statistic"),
        columns=(
            Column("data"),
            Column("median", group=_GROUP),
            Column("95 %", group=_GROUP),
            Column(
                "p-value",
                group=_GROUP,
                meaning=MEANINGS["tail"] * explained,
                title="posterior predictive p-value",
            ),
        ),
        rows=tuple(
            _row(str(name), row, _decimals(prediction, str(name), row))
            for name, row in prediction.statistics().iterrows()
        ),
    )


def _decimals(prediction: Prediction, name: str, row: pd.Series) -> int:
    """Return the decimals at which the spread of the replications has two digits."""
    if prediction.whole and name in _ELEMENTS:
        return 0
    spread = float(row["upper"] - row["lower"]) / 4 or abs(float(row["median"]))
    return 0 if not spread else min(max(0, 1 - int(np.floor(np.log10(spread)))), _DECIMALS_MAX)


def _row(name: str, row: pd.Series, decimals: int) -> Row:
    p_value = float(row["tail"])
    extreme = min(p_value, 1 - p_value) < PREDICTIVE_TAIL.value
    data, median, lower, upper = (
        fixed(float(row[c]), decimals) for c in ("observed", "median", "lower", "upper")
    )
    return Row(
        name,
        (
            Cell(data),
            Cell(median),
            Cell(f"{lower} to {upper}"),
            Cell(fixed(p_value, 2), tone="bad" if extreme else ""),
        ),
    )


def facts_of_prediction(prediction: Prediction) -> dict[str, Any]:
    """Return a predictive check as plain values."""
    return {
        "name": prediction.name,
        "outcome": prediction.outcome,
        "observations": int(prediction.observed.size),
        "replications": len(prediction.posterior),
        "statistics": prediction.statistics().to_dict("index"),
    }
