"""Checks of Laplace and Pathfinder draws: importance weights, and distance from NUTS."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.thresholds import LAPLACE_DISTANCE, MONTE_CARLO_ERRORS
from bayeswrap.verdicts.check import Check, Outcome
from bayeswrap.verdicts.references import VEHTARI_PSIS, YAO

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from bayeswrap.estimates.approximations.approximation import Approximation
    from bayeswrap.verdicts.evidence import Evidence
    from bayeswrap.verdicts.lineup import Lineup

__all__ = [
    "_approximations",
]


def _approximations(lineup: Lineup, frame: pd.DataFrame, evidence: Evidence) -> Iterator[Check]:
    for found in lineup.approximations:
        if not found.carries_weights:
            continue
        is_laplace = found.method == "laplace"
        limit = found.importance.threshold
        noise = _noise_of_k(found.importance.k_hat, found.draws.shape[1])
        outcome, told = _by_weights(found, limit + noise)
        far = _far_from_draws(lineup, frame) if is_laplace else ()
        if far:
            told += f"; {frame['laplace_wasserstein'].max():.2f} posterior sd from the draws of "
            told += f"NUTS, at {far[0]}"
        if is_laplace and evidence.supports:
            told += "; a posterior whose support moves does not become normal as data grow"
        if far or (is_laplace and evidence.supports):
            outcome = Outcome.FAILED
        yield Check(
            code=f"{found.method}_unreliable",
            outcome=outcome,
            evidence=told,
            threshold=f"k-hat at most {limit:.2f}, beyond its standard error of {noise:.2f}"
            + f"; Wasserstein distance at most {LAPLACE_DISTANCE.value:g} sd" * is_laplace,
            reference=f"{VEHTARI_PSIS}; {YAO}",
            advice="use the draws of NUTS",
            parameters=far,
        )


def _by_weights(found: Approximation, limit: float) -> tuple[Outcome, str]:
    weights, name = found.importance, found.method.capitalize()
    if weights.outside:
        return Outcome.NOT_DETERMINED, "some draws fall where the density is zero"
    told = weights.sentence
    if np.isfinite(weights.k_hat):
        told = f"Pareto k-hat of the {name} approximation {weights.k_hat:.2f}"
    if weights.k_hat > limit:
        return Outcome.FAILED, told
    return Outcome.PASSED if weights.reliable else Outcome.NOT_DETERMINED, told


def _far_from_draws(lineup: Lineup, frame: pd.DataFrame) -> tuple[str, ...]:
    """Name the scalars whose Laplace draws are elsewhere than converged draws, the farthest first.

    k-hat judges the weights of the draws that there are: of mass that none of them came near it
    knows nothing. A smaller distance is what importance sampling corrects.
    """
    draws = lineup.posterior
    if draws is None or "laplace_wasserstein" not in frame or draws.diagnostics.mixing_problems:
        return ()
    noise = MONTE_CARLO_ERRORS.value * frame["posterior_mcse_mean"] / frame["posterior_sd"]
    excess = (frame["laplace_wasserstein"] - noise).sort_values(ascending=False)
    return tuple(str(n) for n in excess.index[excess > LAPLACE_DISTANCE.value])


def _noise_of_k(k_hat: float, draws: int) -> float:
    """Return the standard error of a Pareto shape that is fitted to the tail of some draws.

    That of the maximum likelihood estimate from m exceedances is (1 + k) / sqrt(m) (Smith 1985,
    doi:10.1093/biomet/72.1.67); importance sampling fits the largest 3 sqrt(S) weights.
    """
    tail = min(0.2 * draws, 3 * draws**0.5)
    return float((1 + max(k_hat, 0.0)) / np.sqrt(max(tail, 1.0))) if np.isfinite(k_hat) else 0.0
