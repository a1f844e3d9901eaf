"""Leave-one-out cross-validation: the score, and how reliable it is."""

from __future__ import annotations

import warnings
import weakref
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from bayeswrap.errors import BayeswrapWarning, EngineError, EstimationError
from bayeswrap.report.document.glossary import MEANINGS, PARETO_K
from bayeswrap.report.document.numbers import fixed
from bayeswrap.report.document.parts import Cell, Column, Row, Table
from bayeswrap.thresholds import K_HAT_NO_MEAN
from bayeswrap.verdicts.leave_one_out import leave_one_out, log_weights_of

if TYPE_CHECKING:
    from bayeswrap.estimates.posterior.draws import Posterior
    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.verdicts.comparison_result import ComparisonResult
    from bayeswrap.verdicts.lineup import Lineup

__all__ = [
    "LooSummary",
    "facts_of_loo",
    "leave_one_out_tables",
    "loo_summary",
    "score_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class LooSummary:
    """Leave-one-out cross-validation by importance sampling.

    Attributes
    ----------
    elpd, se, p : float
        Expected log predictive density of new observations and its standard error, in nats, and
        the effective number of parameters.
    observations : int
        How many there are.
    limit : float
        Pareto k-hat up to which an observation can be left out by importance sampling.
    good, bad, very_bad : int
        Observations with k-hat up to the limit, from there to 1, and beyond.
    notes : tuple of str
        Which numbers are not those of one observation.
    doubts : tuple of str
        Problems of the sampler.
    log_weights : (draws, observations) array or None
        Of leaving each observation out, which a PIT needs.
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
    log_weights: np.ndarray | None = field(default=None, repr=False, compare=False)


_KEPT: dict[tuple[int, int], tuple[Problem | None, LooSummary | None]] = {}


def loo_summary(comparison: ComparisonResult) -> LooSummary | None:
    """Return the score of a comparison's draws, or None where they allow none."""
    return score_of(comparison.lineup)


def score_of(lineup: Lineup) -> LooSummary | None:
    """Return the score of the draws of a lineup, or None where they allow none.

    It takes seconds, so that it is kept as long as the draws are: tables and reports share it.
    """
    draws = lineup.posterior
    if draws is None:
        return None
    key = id(draws.draws), id(draws.problem)
    if key not in _KEPT:
        # the problem is kept too, so that no other can have its identity
        _KEPT[key] = draws.problem, _measured(lineup, draws)
        weakref.finalize(draws.draws, _KEPT.pop, key, None)
    return _KEPT[key][1]


def _measured(lineup: Lineup, draws: Posterior) -> LooSummary | None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            score = leave_one_out(lineup)
        except (EstimationError, EngineError):  # no pointwise log likelihood of this program
            return None
    k = np.ravel(np.asarray(score.pareto_k))
    if not (np.isfinite(score.elpd) and np.isfinite(k).all()):
        return None
    return LooSummary(
        elpd=float(score.elpd),
        se=float(score.se),
        p=float(score.p),
        observations=int(score.n_data_points),
        limit=float(score.good_k),
        good=int(np.count_nonzero(k <= score.good_k)),
        bad=int(np.count_nonzero((k > score.good_k) & (k <= K_HAT_NO_MEAN.value))),
        very_bad=int(np.count_nonzero(k > K_HAT_NO_MEAN.value)),
        # ArviZ's own warning is about k-hat, which has a table
        notes=tuple(str(w.message) for w in caught if issubclass(w.category, BayeswrapWarning)),
        doubts=draws.diagnostics.problems,
        log_weights=log_weights_of(score),
    )


def leave_one_out_tables(loo: LooSummary, parameters: int) -> tuple[Table, ...]:
    """Return the score, and how reliable it is.

    Parameters
    ----------
    loo : LooSummary
        The score.
    parameters : int
        How many parameters the program declares.
    """
    return _score_table(loo, parameters), _pareto_k_table(loo)


def _score_table(loo: LooSummary, parameters: int) -> Table:
    return Table(
        key="loo",
        caption=f"Leave-one-out cross-validation (PSIS-LOO) of {loo.observations} observations",
        stub=Column("quantity"),
        columns=(Column("value"), Column("meaning", words=True)),
        rows=(
            Row("elpd_loo", (_with_se(loo.elpd, loo.se), Cell(MEANINGS["elpd_loo"]))),
            Row("p_loo", (Cell(fixed(loo.p, 1)), Cell(_p_words(parameters)))),
        ),
    )


def _with_se(value: float, se: float) -> Cell:
    return Cell(fixed(value, 1), f"(se {fixed(se, 1)})" if np.isfinite(se) else "")


def _p_words(parameters: int) -> str:
    count = f"{parameters} parameter{'s' * (parameters > 1)}"
    return f"{MEANINGS['p_loo']} The program declares {count}."


def _pareto_k_table(loo: LooSummary) -> Table:
    limit, very_bad = f"{loo.limit:.2f}", f"{K_HAT_NO_MEAN.value:g}"
    rows = (
        _k_row(f"up to {limit}", loo.good, loo, "good", PARETO_K["good"]),
        _k_row(f"{limit} to {very_bad}", loo.bad, loo, "bad", PARETO_K["bad"]),
        _k_row(f"above {very_bad}", loo.very_bad, loo, "bad", PARETO_K["very_bad"]),
    )
    return Table(
        key="pareto-k",
        caption="Pareto k-hat of the observations",
        stub=Column("k-hat"),
        columns=(Column("observations"), Column("share"), Column("meaning", words=True)),
        rows=rows,
        notes=(
            *_reliability(loo),
            *(f"{n[0].upper()}{n[1:]}." for n in loo.notes),
            *(f"The draws are in doubt: {d}." for d in loo.doubts),
        ),
    )


def _k_row(name: str, count: int, loo: LooSummary, tone: str, meaning: str) -> Row:
    share = Cell(f"{100 * count / loo.observations:.1f} %")
    return Row(name, (Cell(str(count)), share, Cell(meaning, tone=tone if count else "")))


def _reliability(loo: LooSummary) -> tuple[str, ...]:
    """Return a sentence on the observations that importance sampling cannot leave out."""
    influential = loo.bad + loo.very_bad
    if not influential:
        return () if loo.doubts else ("Importance sampling is reliable for every observation.",)
    several = influential > 1
    sentence = (
        f"{influential} of {loo.observations} observations "
        f"{'are' if several else 'is'} too influential for importance sampling. Refit the model "
        f"without {'each of them' if several else 'it'}, or use K-fold cross-validation."
    )
    return (sentence,)


def facts_of_loo(loo: LooSummary) -> dict[str, Any]:
    """Return the score as plain values."""
    names = ("elpd", "se", "p", "observations", "limit", "good", "bad", "very_bad")
    words = {"notes": list(loo.notes), "doubts": list(loo.doubts)}
    return {**{n: getattr(loo, n) for n in names}, **words}
