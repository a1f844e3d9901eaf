"""Which scalars a report shows, with how many decimals, and the recommendation for each."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Any, cast

from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.report.document.numbers import decimals_for
from bayeswrap.verdicts.check import Outcome
from bayeswrap.verdicts.ruling import rough_scalars

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from bayeswrap.estimates.problem.layout import Layout
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "Recommendation",
    "decimals_of",
    "derived_names",
    "rough_names",
    "row_of",
    "row_words",
]


class Recommendation(enum.StrEnum):
    """What to report for one parameter."""

    MAP = "MAP is adequate"
    MLE = "MLE is adequate"
    MARGINAL_MLE = "marginal MLE is adequate"
    MARGINAL_MAP = "marginal MAP is adequate"
    ROUGH_MAP = "MAP is a rough summary"
    ROUGH_MLE = "MLE is a rough summary"
    ROUGH_MARGINAL_MLE = "marginal MLE is a rough summary"
    ROUGH_MARGINAL_MAP = "marginal MAP is a rough summary"
    POSTERIOR = "report the posterior"
    NONE = "\N{EM DASH}"


_POINTWISE = frozenset({"log_lik"})
_SCALARS_MAX = 50  # of a derived variable
_SPREADS = (
    "posterior_sd",
    "mle_se",
    "map_constrained_sd_laplace",
    "map_unconstrained_sd_laplace",
    "laplace_sd",
    "pathfinder_sd",
)


def row_words(comparison: ComparisonResult) -> dict[str, str]:
    """Return the recommendation for each declared scalar."""
    names = [str(n) for n in comparison.to_frame().index]
    verdict, lineup = comparison.verdict, comparison.lineup
    if verdict.point_is_enough is None:
        return dict.fromkeys(names, Recommendation.NONE)
    point = Recommendation(f"{lineup.mode_name} is adequate") if lineup.mode else None
    effects = {n for n in names if variable_of(n) in lineup.effects}
    if verdict.point_is_enough and point:
        rough = Recommendation(f"{lineup.mode_name} is a rough summary")
        of_rough = rough_names(comparison)
        words: dict[str, str] = {n: rough if n in of_rough else point for n in names}
        return words | dict.fromkeys(effects, Recommendation.POSTERIOR)
    # a code that forbids the mode forbids it for all parameters
    if point is None or "recommend_marginal_or_full_bayes" in verdict.flags:
        return dict.fromkeys(names, Recommendation.POSTERIOR)
    failed = _non_gaussian(comparison) | effects
    words = {n: Recommendation.POSTERIOR if n in failed else point for n in names}
    return words | dict.fromkeys(_undecided(comparison), Recommendation.NONE)


def rough_names(comparison: ComparisonResult) -> frozenset[str]:
    """Return the scalars of which the point estimate is a rough summary; none without a verdict."""
    if not comparison.verdict.point_is_enough:
        return frozenset()
    return rough_scalars(comparison.lineup, comparison.to_frame())


def _non_gaussian(comparison: ComparisonResult) -> set[str]:
    """Return the scalars whose marginal posterior the point and its spread misdescribe."""
    return {
        name
        for check in comparison.verdict.checks
        if check.code == "non_gaussian_posterior" and check.outcome is Outcome.FAILED
        for name in check.parameters
    }


def _undecided(comparison: ComparisonResult) -> set[str]:
    """Return the scalars for which the draws do not decide, beside others that fail."""
    return {name for check in comparison.verdict.checks for name in check.undecided}


def decimals_of(row: pd.Series | Mapping[Any, Any]) -> int:
    """Return the decimals of a row: by the posterior's sd, or the smallest spread there is."""
    spreads = [float(row[c]) for c in _SPREADS if c in row and row[c] > 0]
    return decimals_for(spreads[:1] if row.get("posterior_sd", 0) > 0 else spreads)


def row_of(comparison: ComparisonResult, name: str) -> pd.Series[Any]:
    """Return one scalar's row of the comparison's table."""
    return cast("pd.Series[Any]", comparison.frame.loc[name])


def _random_names(comparison: ComparisonResult) -> frozenset[str]:
    """Return the scalars that a random number generator makes: they estimate nothing."""
    notes = (p.notes for p in comparison.lineup.points)
    return frozenset(n for of_one in notes for n, why in of_one.items() if why.startswith("random"))


def _constant_names(comparison: ComparisonResult) -> set[str]:
    """Return the elements that are 0 or 1 in every draw: the diagonal of a correlation matrix."""
    table = comparison.frame
    if "posterior_sd" not in table:
        return set()
    still = (table["posterior_sd"] == 0) & table["posterior_mean"].isin((0.0, 1.0))
    return set(table.index[still])


def derived_names(comparison: ComparisonResult) -> list[str]:
    """Return transformed parameters and generated quantities that fit into a table."""
    layout = comparison.results[-1].layout
    left_out = {*layout.parameters, *_random_names(comparison)}
    rows = set(comparison.frame.index) - left_out - _constant_names(comparison)
    own = layout.reported_variables(layout.parameter_variables)
    return [n for v in _short(layout) if v not in own for n in _names(layout, v) if n in rows]


def _short(layout: Layout) -> Iterable[str]:
    fits = (v for v in layout.variables if layout.indices(v).size <= _SCALARS_MAX)
    return (v for v in fits if v not in _POINTWISE)


def _names(layout: Layout, variable: str) -> list[str]:
    return [layout.names[i] for i in layout.indices(variable)]
