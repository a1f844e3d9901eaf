"""Sensitivity of the posterior to the prior and to the likelihood, by power scaling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from bayeswrap.report.document.glossary import MEANINGS
from bayeswrap.report.document.numbers import DASH, fixed
from bayeswrap.report.document.parts import Cell, Column, Row, Table
from bayeswrap.thresholds import SENSITIVE
from bayeswrap.verdicts.power_scaling import diagnosis

if TYPE_CHECKING:
    import pandas as pd

    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "facts_of_power_scaling",
    "sensitivity_table",
]

_ROWS_MAX = 12
_ROUNDING = 5e-3  # half a unit of the last digit that is shown
_GROUP = "Power-scaling sensitivity"


def sensitivity_table(comparison: ComparisonResult) -> Table | None:
    """Return the sensitivities of the declared parameters, or None where they are not known."""
    frame = comparison.to_frame()
    if "psense_prior" not in frame:
        return None
    order = frame["psense_prior"].sort_values(ascending=False, kind="stable").index
    names = order[:_ROWS_MAX] if len(frame) > _ROWS_MAX else frame.index
    return Table(
        key="sensitivity",
        caption="Change of the posterior when the prior or the likelihood is raised to a power "
        "near 1",
        stub=Column("parameter"),
        columns=(
            Column("prior's share of the information", meaning=MEANINGS["prior_share"]),
            Column("prior", group=_GROUP, meaning=MEANINGS["psense"]),
            Column("likelihood", group=_GROUP, meaning=MEANINGS["psense"]),
            Column("diagnosis", meaning=MEANINGS["diagnosis"], words=True),
        ),
        rows=tuple(_row(comparison, name, row) for name, row in frame.loc[names].iterrows()),
        notes=(
            *(note[0].upper() + note[1:] + "." for note in comparison.notes),
            _count_sensitive(frame["psense_prior"].to_numpy()),
            *_rows_left_out(len(frame)),
        ),
    )


def _row(comparison: ComparisonResult, name: object, row: pd.Series) -> Row:
    prior, likelihood = float(row["psense_prior"]), float(row["psense_likelihood"])
    words, tone = _in_words(prior, likelihood)
    numbers = (_share(row), prior, likelihood)
    cells = (*(Cell(fixed(x, 2)) for x in numbers), Cell(words, tone=tone))
    return Row(comparison.labels.get(str(name), str(name)), cells)


def _share(row: pd.Series) -> float:
    """Return the prior's share of the information, or NaN where the information does not divide."""
    share = float(row.get("prior_share", np.nan))
    return share if -_ROUNDING < share < 1 + _ROUNDING else np.nan


def _in_words(prior: float, likelihood: float) -> tuple[str, str]:
    """Return ArviZ's diagnosis in words, and its tone."""
    if np.isnan(prior) or np.isnan(likelihood):
        return DASH, ""
    code = diagnosis(prior, likelihood)
    if "conflict" in code:
        return "sensitive to prior and data (possible prior-data conflict)", ""
    if "strong prior" in code:
        return "sensitive to the prior (strong prior or weak data)", "bad"
    if likelihood < SENSITIVE.value:
        return "sensitive to neither", "open"
    return "sensitive to the data", "good"


def _count_sensitive(prior: np.ndarray) -> str:
    count = int(np.count_nonzero(prior >= SENSITIVE.value))
    if not count:
        return "No parameter is prior-sensitive."
    return (
        f"{count} of {prior.size} parameters {'are' if count > 1 else 'is'} prior-sensitive. "
        "Check that the prior states what is known. Otherwise report the estimates under another "
        "prior too."
    )


def _rows_left_out(count: int) -> tuple[str, ...]:
    if count <= _ROWS_MAX:
        return ()
    return (f"The table shows {_ROWS_MAX} of {count} parameters, the most prior-sensitive first.",)


def facts_of_power_scaling(comparison: ComparisonResult) -> dict[str, Any] | None:
    """Return the sensitivities as plain values, or None where they are not known."""
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
