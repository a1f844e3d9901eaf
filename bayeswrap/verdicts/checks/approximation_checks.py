"""Checks of Laplace and Pathfinder draws: importance weights, and distance from NUTS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.thresholds import LAPLACE_DISTANCE, MONTE_CARLO_ERRORS
from bayeswrap.verdicts.check import Check, Outcome
from bayeswrap.verdicts.references import VEHTARI_PSIS, YAO

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from bayeswrap.estimates.approximations.approximation import Approximation
    from bayeswrap.estimates.approximations.importance import Importance
    from bayeswrap.verdicts.evidence import Evidence
    from bayeswrap.verdicts.lineup import Lineup

__all__ = [
    "ApproximationQuality",
    "approximations",
    "k_hat_error",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproximationQuality:
    """How far the draws of an approximation can be trusted.

    Attributes
    ----------
    method : str
        ``"laplace"`` or ``"pathfinder"``.
    importance : Importance
        The weights of the draws.
    k_hat_error : float
        Standard error of k-hat.
    distances : pandas.Series
        Wasserstein distances from converged draws of NUTS, beyond Monte Carlo error, posterior
        sds; empty where they are not measured.
    moving_support : bool
        Whether the support of an outcome moves with a parameter, which no normal follows.
    """

    method: str
    importance: Importance
    k_hat_error: float
    distances: pd.Series
    moving_support: bool

    @property
    def distant(self) -> tuple[str, ...]:
        """The scalars whose draws lie elsewhere, the farthest first."""
        ranked = self.distances.sort_values(ascending=False)
        return tuple(str(n) for n in ranked.index[ranked > LAPLACE_DISTANCE.value])

    @property
    def outcome(self) -> Outcome:
        """Failed by distance, by a moving support, or by k-hat beyond its standard error."""
        weights = self.importance
        if self.distant or self.moving_support:
            return Outcome.FAILED
        if weights.outside:
            return Outcome.NOT_DETERMINED
        if weights.k_hat > weights.threshold + self.k_hat_error:
            return Outcome.FAILED
        return Outcome.PASSED if weights.reliable else Outcome.NOT_DETERMINED

    def wording(self) -> str:
        """Return the evidence in words."""
        clauses = [self._weights_wording()]
        if self.distant:
            clauses.append(
                f"the marginal of {self.distant[0]} lies {self.distances.max():.2f} posterior sd "
                "from that of the NUTS draws"
            )
        if self.moving_support:
            clauses.append(
                "a posterior whose support depends on a parameter is not asymptotically normal"
            )
        return "; ".join(clauses)

    def _weights_wording(self) -> str:
        weights = self.importance
        if weights.outside:
            return "some draws fall where the density is zero"
        if np.isfinite(weights.k_hat):
            name = self.method.capitalize()
            return f"the Pareto k-hat of the {name} approximation is {weights.k_hat:.2f}"
        return weights.sentence


def approximations(lineup: Lineup, frame: pd.DataFrame, evidence: Evidence) -> Iterator[Check]:
    """Ask whether the draws of each approximation can stand for those of the posterior."""
    for approximation in lineup.approximations:
        if approximation.carries_weights:
            yield _quality_check(_quality(approximation, lineup, frame, evidence))


def _quality(
    approximation: Approximation, lineup: Lineup, frame: pd.DataFrame, evidence: Evidence
) -> ApproximationQuality:
    is_laplace = approximation.method == "laplace"
    weights = approximation.importance
    return ApproximationQuality(
        method=approximation.method,
        importance=weights,
        k_hat_error=k_hat_error(weights.k_hat, approximation.draws.shape[1]),
        distances=_distances(lineup, frame) if is_laplace else frame.iloc[:0, 0].astype(float),
        moving_support=is_laplace and bool(evidence.supports),
    )


def _quality_check(measured: ApproximationQuality) -> Check:
    threshold = (
        f"k-hat at most {measured.importance.threshold:.2f}, beyond its standard error of "
        f"{measured.k_hat_error:.2f}"
    )
    if measured.method == "laplace":
        threshold += f"; Wasserstein distance at most {LAPLACE_DISTANCE.value:g} posterior sd"
    return Check(
        code=f"{measured.method}_unreliable",
        outcome=measured.outcome,
        evidence=measured.wording(),
        threshold=threshold,
        reference=f"{VEHTARI_PSIS}; {YAO}",
        advice="use the draws of NUTS",
        parameters=measured.distant,
    )


def _distances(lineup: Lineup, frame: pd.DataFrame) -> pd.Series:
    """Return how far the Laplace draws of each scalar are from converged draws of NUTS.

    k-hat judges the draws that exist. It cannot detect mass that none of them came near. A
    distance below the threshold is what importance sampling corrects.
    """
    draws = lineup.posterior
    if draws is None or "laplace_wasserstein" not in frame or draws.diagnostics.mixing_problems:
        return frame.iloc[:0, 0].astype(float)
    error = MONTE_CARLO_ERRORS.value * frame["posterior_mcse_mean"] / frame["posterior_sd"]
    return frame["laplace_wasserstein"] - error


def k_hat_error(k_hat: float, draws: int) -> float:
    """Return the standard error of a Pareto shape that is fitted to the tail of some draws.

    That of the maximum likelihood estimate from m exceedances is (1 + k) / sqrt(m) (Smith 1985,
    doi:10.1093/biomet/72.1.67); importance sampling fits the largest 3 sqrt(S) weights.
    """
    tail = min(0.2 * draws, 3 * draws**0.5)
    return float((1 + max(k_hat, 0.0)) / np.sqrt(max(tail, 1.0))) if np.isfinite(k_hat) else 0.0
