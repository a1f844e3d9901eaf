"""Results aligned by parameter, with the prior shift and (mode - mean)/sd in separate columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.stats import wasserstein_distance

if TYPE_CHECKING:
    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.estimates.posterior.draws import Draws, Posterior
    from bayeswrap.verdicts.lineup import Lineup

__all__ = [
    "align",
    "interval_overlap",
    "points_by_column",
]


_COVERAGE = 0.95  # of the intervals that the verdict judges
_MASSES = (
    "interval_below",
    "estimate_below",
    "interval_above",
    "interval_ratio",
    "interval_ratio_mcse",
)


_BLOCK = 256  # scalars whose draws are sorted at once
_DIAGNOSED = 200  # derived scalars: replications of many outcomes would take as long as NUTS


def align(lineup: Lineup, names: list[str], ci_prob: float) -> pd.DataFrame:
    """Return one row a parameter.

    Parameters
    ----------
    lineup : Lineup
        The results.
    names : list of str
        Scalars in Stan's spelling.
    ci_prob : float
        Coverage of all intervals.

    Returns
    -------
    pandas.DataFrame
        Estimates with their spread, NaN where there is none; ``prior_pull`` (MAP of the
        constrained scale minus MLE, in standard errors of the MLE); ``shape_gap_mean`` and
        ``shape_gap_median`` (MAP minus posterior mean or median, in posterior standard
        deviations) with ``shape_gap_mcse`` (Monte Carlo error of the mean in the same unit);
        ``interval_below`` and ``interval_above`` (posterior mass beyond the ends of the 95 %
        interval of the point estimate, 0.025 each where it is that of the posterior, whatever
        `ci_prob`), ``estimate_below`` (posterior mass below the estimate), ``interval_ratio``
        (width of that interval over that of the posterior's) with ``interval_ratio_mcse``
        (relative Monte Carlo error);
        ``se_sd_ratio`` (spread of the point estimate over that of the posterior) with
        ``se_sd_ratio_mcse`` (relative Monte Carlo error of the latter); ``interval_overlap``;
        ``laplace_wasserstein`` (Wasserstein distance between the draws of the Laplace
        approximation and those of the posterior, in posterior standard deviations);
        the sampler's ``r_hat ess_bulk ess_tail``.
    """
    frame = pd.DataFrame(index=pd.Index(names, name="parameter"))
    for point, short in points_by_column(lineup):
        table = point.to_frame(ci_prob, derived=True).reindex(names)
        # a point that a search merely reached is no estimate: it must not stand in a table of them
        frame[short] = table["estimate"] if point.status.is_estimate else np.nan
        frame[f"{short}_{point.spread_name}"] = table[point.spread_name]
    for approximation in lineup.approximations:
        table = approximation.to_frame(ci_prob, derived=True, k_hat=False, diagnosed=False).reindex(
            names
        )
        short = approximation.method
        frame[f"{short}_mean"], frame[f"{short}_sd"] = table["mean"], table["sd"]
    if lineup.posterior is not None:
        _add_posterior(frame, lineup.posterior, names, ci_prob)
    _add_gaps(frame, lineup, names, ci_prob)
    _add_shapes(frame, lineup, names)
    return frame


def points_by_column(lineup: Lineup) -> list[tuple[PointEstimate, str]]:
    """Return the point estimates, each with the name of its column."""
    named = (
        (lineup.mle, "mle"),
        (lineup.marginal_mle, "marginal_mle"),
        (lineup.marginal_map, "marginal_map"),
        (lineup.map_constrained, "map_constrained"),
        (lineup.map_unconstrained, "map_unconstrained"),
    )
    return [(point, short) for point, short in named if point is not None]


def _add_posterior(
    frame: pd.DataFrame, posterior: Posterior, names: list[str], ci_prob: float
) -> None:
    diagnosed = not _has_many(posterior) or not posterior.layout.parameters
    table = posterior.to_frame(ci_prob, derived=True, diagnosed=diagnosed)
    table = table.reindex(names)
    for column in ("mean", "sd", "median", "mcse_mean", "mcse_sd"):
        frame[f"posterior_{column}"] = table[column]
    frame["posterior_lower"], frame["posterior_upper"] = table["ci_lower"], table["ci_upper"]
    for column in ("r_hat", "ess_bulk", "ess_tail"):
        frame[column] = table[column]


def _has_many(posterior: Posterior) -> bool:
    """Return whether there are so many derived scalars that only parameters are looked into."""
    rows = posterior.layout.rows
    return len(rows(derived=True)) - len(rows()) > _DIAGNOSED


def _add_gaps(frame: pd.DataFrame, lineup: Lineup, names: list[str], ci_prob: float) -> None:
    mode = lineup.mode
    mode_values = None if mode is None else mode.to_frame(derived=True).reindex(names)["estimate"]
    both = (lineup.mle, lineup.map_constrained)
    # the mode of the other scale would add the pull of the Jacobian to that of the prior, and a
    # joint mode beside a marginal MLE the collapse of the effects
    if all(p is not None and p.status.is_estimate and p.marginal is None for p in both):
        frame["prior_pull"] = (frame["map_constrained"] - frame["mle"]) / frame["mle_se"]
    if lineup.posterior is None:
        return
    sd = frame["posterior_sd"].where(frame["posterior_sd"] > 0)
    if mode is not None and mode_values is not None:
        frame["shape_gap_mean"] = (mode_values - frame["posterior_mean"]) / sd
        frame["shape_gap_median"] = (mode_values - frame["posterior_median"]) / sd
        frame["shape_gap_mcse"] = frame["posterior_mcse_mean"] / sd
    point = mode or lineup.mle
    if point is not None and point.status.is_estimate:
        table = point.to_frame(ci_prob, derived=True).reindex(names)
        frame["se_sd_ratio"] = table[point.spread_name] / sd
        frame["se_sd_ratio_mcse"] = frame["posterior_mcse_sd"] / sd
        limits = point.wald_limits(ci_prob).reindex(names)
        lower, upper = limits["ci_lower"], limits["ci_upper"]
        frame["interval_overlap"] = interval_overlap(
            np.array([lower, upper]),
            np.array([frame["posterior_lower"], frame["posterior_upper"]]),
        )


def _add_shapes(frame: pd.DataFrame, lineup: Lineup, names: list[str]) -> None:
    """Add what is read off all draws of a scalar; of very many derived scalars it is not."""
    posterior, point = lineup.posterior, lineup.mode or lineup.mle
    if posterior is None:
        return
    looked_into = set(posterior.layout.reported) if _has_many(posterior) else set(names)
    own = [name for name in names if name in looked_into]
    if lineup.laplace is not None:
        sd = frame["posterior_sd"].where(frame["posterior_sd"] > 0)
        distances = pd.Series(_distances(lineup.laplace, posterior, own), own, dtype=float)
        frame["laplace_wasserstein"] = distances.reindex(names) / sd
    if point is not None and point.status.is_estimate:
        masses = _masses(point, posterior, own, frame["ess_tail"].reindex(own).to_numpy())
        table = pd.DataFrame(masses, index=own, columns=list(_MASSES)).reindex(names)
        frame[list(_MASSES)] = table.to_numpy()


def _masses(
    point: PointEstimate, posterior: Posterior, names: list[str], ess: np.ndarray
) -> np.ndarray:
    """Hold the 95 % interval of a point estimate against the draws, one row a scalar."""
    table = point.wald_limits(_COVERAGE).reindex(names)
    intervals = table[["ci_lower", "estimate", "ci_upper"]].to_numpy(dtype=float)
    masses = np.full((len(names), len(_MASSES)), np.nan)
    for some in _blocks(len(names)):
        masses[some] = _masses_of(intervals[some], _marginals(posterior, names[some]), ess[some])
    return masses


def _blocks(n: int) -> list[slice]:
    """Return slices of some columns each: copies of all draws of many quantities take room."""
    return [slice(first, first + _BLOCK) for first in range(0, n, _BLOCK)]


def _masses_of(intervals: np.ndarray, draws: np.ndarray, ess: np.ndarray) -> np.ndarray:
    lower, estimate, upper = intervals.T
    columns = (
        np.mean(draws < lower, axis=0),
        np.mean(draws < estimate, axis=0),
        np.mean(draws > upper, axis=0),
        *_width_ratio(np.sort(draws, axis=0), upper - lower, ess),
    )
    known = np.isfinite(draws).all(axis=0) & np.isfinite(intervals).all(axis=1)
    return np.where(known[:, np.newaxis], np.column_stack(columns), np.nan)


def _marginals(result: Draws, names: list[str]) -> np.ndarray:
    """Return all draws of each scalar, one column a name; NaN for what the result does not hold."""
    place = {n: i for i, n in enumerate(result.layout.names)}
    draws = result.draws.reshape(-1, result.draws.shape[-1])
    held = [k for k, name in enumerate(names) if name in place]
    columns = np.full((len(draws), len(names)), np.nan)
    columns[:, held] = draws[:, [place[names[k]] for k in held]]
    return columns


def _width_ratio(
    ordered: np.ndarray, width: np.ndarray, ess: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the width of each interval over that of the draws', and its relative error."""
    tail = (1 - _COVERAGE) / 2
    # the quantiles of two probabilities that are one standard error of a probability apart
    errors = np.sqrt(tail * (1 - tail) / np.where(ess > 0, ess, np.inf))
    ends = [[_quantiles(ordered, p + s * errors) for s in (0, -0.5, 0.5)] for p in (tail, 1 - tail)]
    (lower, low, high), (upper, low_up, high_up) = ends
    own = np.where(upper - lower > 0, upper - lower, np.nan)
    return width / own, np.hypot(high - low, high_up - low_up) / own


def _quantiles(ordered: np.ndarray, probabilities: np.ndarray) -> np.ndarray:
    """Return one quantile of each column, by linear interpolation between its sorted values."""
    last = len(ordered) - 1
    place = np.clip(probabilities, 0, 1) * last
    below = np.floor(place).astype(int)
    columns = np.arange(ordered.shape[1])
    low, high = ordered[below, columns], ordered[np.minimum(below + 1, last), columns]
    return np.asarray(low + (place - below) * (high - low))


def _distances(first: Draws, second: Draws, names: list[str]) -> np.ndarray:
    """Return the Wasserstein distance of each scalar's marginals, in its own unit."""
    distances = np.full(len(names), np.nan)
    for some in _blocks(len(names)):
        distances[some] = _distances_of(
            _marginals(first, names[some]), _marginals(second, names[some])
        )
    return distances


def _distances_of(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    known = np.isfinite(one).all(axis=0) & np.isfinite(other).all(axis=0)
    distances = np.full(len(known), np.nan)
    one, other = one[:, known], other[:, known]
    if len(one) == len(other):  # the cheapest plan moves the k-th smallest to the k-th smallest
        distances[known] = np.abs(np.sort(one, axis=0) - np.sort(other, axis=0)).mean(axis=0)
    else:
        distances[known] = [
            wasserstein_distance(*pair) for pair in zip(one.T, other.T, strict=True)
        ]
    return distances


def interval_overlap(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return the length of the common part of two intervals over that of their union.

    Parameters
    ----------
    first, second : (2, n) array
        Lower and upper ends.

    Returns
    -------
    (n,) array
        Between 0 (apart) and 1 (the same); NaN where an end is NaN.

    Examples
    --------
    >>> import numpy as np
    >>> interval_overlap(np.array([[0.0], [2.0]]), np.array([[1.0], [3.0]])).round(3)
    array([0.333])
    """
    common = np.minimum(first[1], second[1]) - np.maximum(first[0], second[0])
    union = np.maximum(first[1], second[1]) - np.minimum(first[0], second[0])
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(common < 0, 0.0, common / union))
