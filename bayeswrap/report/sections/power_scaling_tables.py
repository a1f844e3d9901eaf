"""Tables of sensitivity to the prior and the likelihood by power scaling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from bayeswrap.report.document.glossary import MEANINGS
from bayeswrap.report.document.numbers import DASH, fixed
from bayeswrap.report.document.parts import Cell, Column, Row, Table
from bayeswrap.thresholds import SENSITIVE
from bayeswrap.verdicts.power_scaling import diagnosis

if TYPE_CHECKING:
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "_power_scaling",
    "sensitivity_table",
]

_MOST_ROWS = 12


def sensitivity_table(comparison: ComparisonResult) -> Table | None:
    """Return how far prior and likelihood are felt, or None where that is not known."""
    frame = comparison.to_frame()
    if "psense_prior" not in frame:
        return None
    order = frame["psense_prior"].sort_values(ascending=False, kind="stable").index
    long = len(frame) > _MOST_ROWS
    rows = []
    for name in order[:_MOST_ROWS] if long else frame.index:
        row = frame.loc[name]
        prior, likelihood = float(row["psense_prior"]), float(row["psense_likelihood"])
        word, tone = _felt(prior, likelihood)
        numbers = (float(row.get("prior_share", np.nan)), prior, likelihood)
        cells = (*(Cell(fixed(x, 2)) for x in numbers), Cell(word, tone=tone))
        rows.append(Row(comparison.labels.get(str(name), str(name)), cells))
    return Table(
        key="sensitivity",
        caption="How far the posterior moves when prior or likelihood is raised to a power near 1",
        stub=Column("parameter"),
        columns=(
            Column("share of information", meaning=MEANINGS["prior_share"]),
            Column("prior", group="Power-scaling sensitivity", meaning=MEANINGS["psense"]),
            Column("likelihood", group="Power-scaling sensitivity", meaning=MEANINGS["psense"]),
            Column("diagnosis", meaning=MEANINGS["diagnosis"], words=True),
        ),
        rows=tuple(rows),
        notes=(
            *(note[0].upper() + note[1:] + "." for note in comparison.notes),
            *_felt_by(frame["psense_prior"].to_numpy()),
            *([f"{_MOST_ROWS} of {len(frame)} parameters are shown, the largest first."] * long),
        ),
    )


def _felt(prior: float, likelihood: float) -> tuple[str, str]:
    """Return ArviZ's diagnosis in plain words, and its tone."""
    if np.isnan(prior) or np.isnan(likelihood):
        return DASH, ""
    said = diagnosis(prior, likelihood)
    if "conflict" in said:
        return "prior and data both move it: possible conflict", ""
    if "strong prior" in said:
        return "the prior moves it and the data hardly do: strong prior or weak data", "bad"
    if likelihood < SENSITIVE.value:
        return "neither moves it much", "open"
    return "the data move it, the prior hardly does", "good"


def _felt_by(prior: np.ndarray) -> tuple[str, ...]:
    count = int(np.count_nonzero(prior >= SENSITIVE.value))
    if not count:
        return ("No parameter feels the prior beyond the threshold.",)
    told = (
        f"{count} of {prior.size} parameters {'feel' if count > 1 else 'feels'} the prior beyond "
        "the threshold: see to it that the prior says what is known, or report the estimates "
        "under another one too."
    )
    return (told,)


def _power_scaling(comparison: ComparisonResult) -> dict[str, Any] | None:
    frame = comparison.to_frame()
    if "psense_prior" not in frame:
        return None
    pairs = frame[["psense_prior", "psense_likelihood"]].astype(float)
    scalars = {
        str(name): {
            "prior": prior,
            "likelihood": likelihood,
            "diagnosis": diagnosis(prior, likelihood),
        }
        for name, prior, likelihood in pairs.itertuples(name=None)
    }
    return {"threshold": SENSITIVE.value, "scalars": scalars}
