"""Tables of leave-one-out cross-validation."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from bayeswrap.errors import BayeswrapWarning, EngineError, EstimationError
from bayeswrap.report.document.glossary import MEANINGS
from bayeswrap.report.document.numbers import fixed
from bayeswrap.report.document.parts import Cell, Column, Row, Table
from bayeswrap.thresholds import K_HAT_NO_MEAN

if TYPE_CHECKING:
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "LooSummary",
    "_fields",
    "_left_out",
    "leave_one_out_tables",
]


_INFLUENTIAL = "or use K-fold cross-validation, before this score is trusted"


@dataclass(frozen=True, slots=True, kw_only=True)
class LooSummary:
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


def _left_out(comparison: ComparisonResult) -> LooSummary | None:
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
    return LooSummary(
        elpd=float(found.elpd),
        se=float(found.se),
        p=float(found.p),
        observations=int(found.n_data_points),
        limit=float(found.good_k),
        good=int(np.count_nonzero(k <= found.good_k)),
        bad=int(np.count_nonzero((k > found.good_k) & (k <= K_HAT_NO_MEAN.value))),
        very_bad=int(np.count_nonzero(k > K_HAT_NO_MEAN.value)),
        # ArviZ's own warning is about k-hat, which the table tells
        notes=tuple(str(w.message) for w in told if issubclass(w.category, BayeswrapWarning)),
        doubts=draws.diagnostics.problems,
    )


def leave_one_out_tables(found: LooSummary, parameters: int) -> tuple[Table, ...]:
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


def _trust(found: LooSummary) -> tuple[str, ...]:
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


def _fields(found: LooSummary) -> dict[str, Any]:
    names = ("elpd", "se", "p", "observations", "limit", "good", "bad", "very_bad")
    told = {"notes": list(found.notes), "doubts": list(found.doubts)}
    return {**{n: getattr(found, n) for n in names}, **told}
