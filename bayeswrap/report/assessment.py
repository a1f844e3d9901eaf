"""What the draws say of the prior, of predictions and of observations left out.

Imports `comparison` and its neighbours.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from bayeswrap.comparison.predictive import predictions_of
from bayeswrap.comparison.sensitivity import SENSITIVE, diagnosis
from bayeswrap.errors import BayeswrapWarning, EngineError, EstimationError
from bayeswrap.report.numbers import DASH, fixed
from bayeswrap.report.parts import Cell, Column, Row, Table
from bayeswrap.report.words import MEANINGS

if TYPE_CHECKING:
    from bayeswrap.comparison import Comparison
    from bayeswrap.comparison.predictive import Prediction

__all__ = [
    "Assessment",
    "LeftOut",
    "assess",
    "facts_of_assessment",
    "leave_one_out_tables",
    "predictive_tables",
    "sensitivity_table",
]

_VERY_BAD_K = 1.0
_EXTREME = 0.01  # of the replications beyond the data, on one side: four statistics are looked at
_MOST_ROWS = 12
_ELEMENTS = ("value", "smallest", "largest")  # statistics that are themselves observations
_INFLUENTIAL = "or use K-fold cross-validation, before this score is trusted"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Leave-one-out cross-validation by importance sampling.

    Attributes
    ----------
    elpd, se, p : float
        Expected log predictive density of new observations and its standard error, in nats, and
        the effective number of parameters.
    observations : int
        How many were left out in turn.
    limit : float
        Pareto k-hat up to which an observation can be left out by importance sampling.
    good, bad, very_bad : int
        Observations with k-hat up to the limit, from there to 1, and beyond.
    notes : tuple of str
        Which numbers are not those of one observation.
    doubts : tuple of str
        What the sampler says against the draws.
    """

    elpd: float
    se: float
    p: float
    observations: int
    limit: float
    good: int
    bad: int
    very_bad: int
    notes: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Assessment:
    """What is computed once for a report; None and empty where the results do not allow it."""

    left_out: LeftOut | None
    predictions: tuple[Prediction, ...]


def assess(comparison: Comparison) -> Assessment:
    """Return what the draws of a comparison allow to be said."""
    return Assessment(left_out=_left_out(comparison), predictions=predictions_of(comparison.lineup))


def _left_out(comparison: Comparison) -> LeftOut | None:
    draws = comparison.lineup.posterior
    if draws is None:
        return None
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            found = comparison.loo()
        except (EstimationError, EngineError):  # no pointwise log likelihood of this program
            return None
    k = np.ravel(np.asarray(found.pareto_k))
    if not (np.isfinite(found.elpd) and np.isfinite(k).all()):
        return None
    return LeftOut(
        elpd=float(found.elpd),
        se=float(found.se),
        p=float(found.p),
        observations=int(found.n_data_points),
        limit=float(found.good_k),
        good=int(np.count_nonzero(k <= found.good_k)),
        bad=int(np.count_nonzero((k > found.good_k) & (k <= _VERY_BAD_K))),
        very_bad=int(np.count_nonzero(k > _VERY_BAD_K)),
        # ArviZ's own warning is about k-hat, which the table tells
        notes=tuple(str(w.message) for w in told if issubclass(w.category, BayeswrapWarning)),
        doubts=draws.diagnostics.problems,
    )


def leave_one_out_tables(found: LeftOut, parameters: int) -> tuple[Table, ...]:
    """Return the score, and how far it can be trusted."""
    score = Table(
        key="loo",
        caption=f"Leave-one-out cross-validation (PSIS-LOO) of {found.observations} observations",
        stub=Column("quantity"),
        columns=(Column("value"), Column("what it is", words=True)),
        rows=(
            Row("elpd_loo", (_with_spread(found.elpd, found.se), Cell(MEANINGS["elpd_loo"]))),
            Row("p_loo", (Cell(fixed(found.p, 1)), Cell(_p_words(parameters)))),
        ),
    )
    limit = f"{found.limit:.2f}"
    kinds = (
        (f"up to {limit}", found.good, "good", "can be left out by reweighting the draws", "good"),
        (f"{limit} to 1", found.bad, "bad", "influential and its term unreliable", "bad"),
        ("above 1", found.very_bad, "very bad", "its term has no finite error", "bad"),
    )
    trust = Table(
        key="pareto-k",
        caption="Pareto k-hat of the observations",
        stub=Column("k-hat"),
        columns=(Column("observations"), Column("share"), Column("", words=True)),
        rows=tuple(
            Row(
                name,
                (
                    Cell(str(count)),
                    Cell(f"{100 * count / found.observations:.1f} %"),
                    Cell(f"{word}, {meaning}", tone=tone if count else ""),
                ),
            )
            for name, count, word, meaning, tone in kinds
        ),
        notes=(
            *_trust(found),
            *(f"{n[0].upper()}{n[1:]}." for n in found.notes),
            *(f"The draws are in doubt: {d}." for d in found.doubts),
        ),
    )
    return score, trust


def _with_spread(value: float, spread: float) -> Cell:
    return Cell(fixed(value, 1), f"(se {fixed(spread, 1)})" if np.isfinite(spread) else "")


def _p_words(parameters: int) -> str:
    declared = f"{parameters} parameter{'s' * (parameters > 1)}"
    return f"{MEANINGS['p_loo']}; the program declares {declared}"


def _trust(found: LeftOut) -> tuple[str, ...]:
    bad = found.bad + found.very_bad
    if not bad:
        if found.doubts:
            return ()
        told = "Every observation can be left out by importance sampling: the score is reliable."
        return (told,)
    number = f"{bad} of {found.observations} observations"
    if bad == 1:
        told = f"{number} is too influential for importance sampling: refit without it"
    else:
        told = f"{number} are too influential for importance sampling: refit without them, in turn"
    return (f"{told}, {_INFLUENTIAL}.",)


def sensitivity_table(comparison: Comparison) -> Table | None:
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
    if likelihood < SENSITIVE:
        return "neither moves it much", "open"
    return "the data move it, the prior hardly does", "good"


def _felt_by(prior: np.ndarray) -> tuple[str, ...]:
    count = int(np.count_nonzero(prior >= SENSITIVE))
    if not count:
        return ("No parameter feels the prior beyond the threshold.",)
    told = (
        f"{count} of {prior.size} parameters {'feel' if count > 1 else 'feels'} the prior beyond "
        "the threshold: see to it that the prior says what is known, or report the estimates "
        "under another one too."
    )
    return (told,)


def predictive_tables(found: tuple[Prediction, ...]) -> tuple[Table, ...]:
    """Return statistics of the data among those of their replications, one table an outcome."""
    # what a column means is told once, below the last table
    return tuple(_predictive_table(p, explained=p is found[-1]) for p in found)


def _predictive_table(prediction: Prediction, *, explained: bool) -> Table:
    frame = prediction.statistics()
    rows = []
    for name, row in frame.iterrows():
        tail = float(row["tail"])
        far = min(tail, 1 - tail) < _EXTREME
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


def facts_of_assessment(comparison: Comparison, found: Assessment) -> dict[str, Any]:
    """Return the same as plain values."""
    return {
        "power_scaling": _power_scaling(comparison),
        "loo": None if found.left_out is None else _fields(found.left_out),
        "predictive": [_predictive(p) for p in found.predictions],
    }


def _fields(found: LeftOut) -> dict[str, Any]:
    names = ("elpd", "se", "p", "observations", "limit", "good", "bad", "very_bad")
    told = {"notes": list(found.notes), "doubts": list(found.doubts)}
    return {**{n: getattr(found, n) for n in names}, **told}


def _power_scaling(comparison: Comparison) -> dict[str, Any] | None:
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
    return {"threshold": SENSITIVE, "scalars": scalars}


def _predictive(prediction: Prediction) -> dict[str, Any]:
    return {
        "name": prediction.name,
        "outcome": prediction.outcome,
        "observations": int(prediction.observed.size),
        "replications": len(prediction.posterior),
        "statistics": prediction.statistics().to_dict("index"),
    }
