"""The checks behind a verdict: each with code, outcome, evidence, threshold, reference, advice.

Imports `estimates`, `rows` and its own neighbours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.comparison.check import LARGE_GAP, Check, Outcome
from bayeswrap.comparison.existence import improper, irregular, separated, weakly_identified
from bayeswrap.comparison.gaps import depends_on_scale, prior_conflict, shape_of_posterior
from bayeswrap.comparison.modes import joint_mode, mode_and_mass, other_modes
from bayeswrap.estimates import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from bayeswrap.comparison.evidence import Evidence
    from bayeswrap.comparison.rows import Lineup
    from bayeswrap.estimates import PointEstimate

__all__ = ["Check", "Outcome", "run_checks"]

_ILL = 1e10
_MIXED = 1.01  # R-hat

_VEHTARI = "Vehtari et al. 2021, Bayesian Analysis 16:667-718"
_PSIS = "Vehtari et al. 2024, JMLR 25(72); Yao et al. 2018, ICML"
_SELF = "Self & Liang 1987, JASA 82:605-610"
_KIEFER = "Kiefer & Wolfowitz 1956, Annals of Mathematical Statistics 27:887-906"
_RAUE = "Raue et al. 2009, Bioinformatics 25:1923-1929"
_NOCEDAL = "Nocedal & Wright 2006, Numerical Optimization, ch. 2"
_ALBERT = "Albert & Anderson 1984, Biometrika 71:1-10"
_BETANCOURT = "Betancourt 2017, arXiv:1701.02434"


def run_checks(
    lineup: Lineup, frame: pd.DataFrame, evidence: Evidence, *, has_population: bool
) -> tuple[Check, ...]:
    """Run all checks that the results allow.

    Parameters
    ----------
    lineup : Lineup
        The results.
    frame : pandas.DataFrame
        The parameters' rows of `rows.align`.
    evidence : Evidence
        What was measured beside the results.
    has_population : bool
        Whether the program has population statements.
    """
    return (
        *_sampler(lineup),
        *improper(evidence),
        *_existence(lineup),
        *separated(lineup, evidence),
        *irregular(evidence),
        *weakly_identified(evidence),
        *other_modes(lineup, evidence),
        *joint_mode(lineup, evidence, has_population=has_population),
        *mode_and_mass(evidence),
        *_curvature(lineup),
        *shape_of_posterior(frame),
        *depends_on_scale(lineup, frame),
        *prior_conflict(lineup, frame),
        *_approximations(lineup, frame),
    )


def _sampler(lineup: Lineup) -> Iterator[Check]:
    if lineup.posterior is None:
        return
    found = lineup.posterior.diagnostics
    broken = [p for p in found.problems if "R-hat" in p or "sample size" in p]
    yield Check(
        code="sampler_not_converged",
        outcome=Outcome.FAILED if broken else Outcome.PASSED,
        evidence="; ".join(broken)
        or f"R-hat at most {found.r_hat_max:.3f}, effective sample size at least "
        f"{found.ess_min:.0f}",
        threshold="R-hat <= 1.01 and 100 effective draws a chain",
        reference=_VEHTARI,
        advice="run longer chains; no verdict stands on draws that disagree",
    )
    geometry = [p for p in found.problems if p not in broken]
    yield Check(
        code="divergences_expected",
        outcome=Outcome.FAILED if geometry else Outcome.PASSED,
        evidence="; ".join(geometry) or "no divergences, energy and tree depth in order",
        threshold="no divergences, no tree depth hits, E-BFMI >= 0.3",
        reference=_BETANCOURT,
        advice="raise adapt_delta, or use a non-centred parametrisation",
    )


_STATUS_CODES = {
    Status.UNBOUNDED: ("unbounded_density",),
    Status.AT_INFINITY: ("optimum_at_infinity",),
    Status.FLAT: ("not_identified", "singular_hessian"),
}
_STATUS_REFERENCES = {
    Status.UNBOUNDED: _KIEFER,
    Status.AT_INFINITY: _ALBERT,
    Status.FLAT: _RAUE,
}


def _existence(lineup: Lineup) -> Iterator[Check]:
    for point in lineup.points:
        if point.status.is_estimate:
            yield _exists(point)
            continue
        codes = list(_STATUS_CODES.get(point.status, ("optimum_not_found",)))
        is_mle = point.spread_name == "se"
        if is_mle and point.status in {Status.UNBOUNDED, Status.AT_INFINITY}:
            codes.insert(0, "mle_does_not_exist")
        for code in codes:
            yield Check(
                code=code,
                outcome=Outcome.FAILED,
                evidence=f"{point.title}: {point.status.sentence}",
                threshold="a verified maximum",
                reference=_STATUS_REFERENCES.get(point.status, _NOCEDAL),
                advice=point.status.advice,
                parameters=_moving(point),
            )


def _exists(point: PointEstimate) -> Check:
    on_edge = point.status is Status.BOUNDARY
    names = tuple(n for n, why in point.notes.items() if "edge" in why)
    return Check(
        code="boundary_estimate",
        outcome=Outcome.FAILED if on_edge else Outcome.PASSED,
        evidence=f"{point.title}: {point.status.sentence}",
        threshold="a maximum inside the support",
        reference=_SELF,
        advice=Status.BOUNDARY.advice,
        parameters=names if on_edge else (),
    )


def _moving(point: PointEstimate) -> tuple[str, ...]:
    """Name the coordinates along which there is no maximum."""
    direction = point.optimum.direction
    if direction is None or not np.isfinite(direction).all():
        return ()
    size = np.abs(direction)
    return tuple(c for c, s in zip(point.coordinates, size, strict=True) if s > size.max() / 20)


def _curvature(lineup: Lineup) -> Iterator[Check]:
    for point in lineup.points:
        if point.status is not Status.CONVERGED:
            continue
        condition = point.optimum.condition
        yield Check(
            code="ill_conditioned",
            outcome=Outcome.FAILED if condition > _ILL else Outcome.PASSED,
            evidence=f"{point.title}: condition number {condition:.0e}",
            threshold=f"at most {_ILL:.0e} with a unit diagonal",
            reference=_NOCEDAL,
            advice="centre and scale the predictors",
        )


def _approximations(lineup: Lineup, frame: pd.DataFrame) -> Iterator[Check]:
    for found in lineup.approximations:
        if not found.carries_weights:
            continue
        weights = found.importance
        limit, noise = weights.threshold, _noise_of_k(weights.k_hat, found.draws.shape[1])
        told = weights.sentence
        if np.isfinite(weights.k_hat):
            name = found.method.capitalize()
            told = f"Pareto k-hat of the {name} approximation {weights.k_hat:.2f}"
        if weights.outside:
            outcome, told = Outcome.NOT_DETERMINED, "some draws fall where the density is zero"
        elif weights.k_hat - noise > limit:
            outcome = Outcome.FAILED
        else:
            outcome = Outcome.PASSED if weights.reliable else Outcome.NOT_DETERMINED
        far = _far_from_draws(lineup, frame) if found.method == "laplace" else ()
        if far:
            outcome = Outcome.FAILED
            distance = frame["laplace_wasserstein"].max()
            told += f"; {distance:.2f} posterior sd from the draws of NUTS, at {far[0]}"
        yield Check(
            code=f"{found.method}_unreliable",
            outcome=outcome,
            evidence=told,
            threshold=f"k-hat at most {limit:.2f}, beyond its standard error of {noise:.2f}"
            + f"; Wasserstein distance at most {LARGE_GAP} sd" * (found.method == "laplace"),
            reference=_PSIS,
            advice="use the draws of NUTS",
            parameters=far,
        )


def _far_from_draws(lineup: Lineup, frame: pd.DataFrame) -> tuple[str, ...]:
    """Name the scalars whose Laplace draws are far from converged draws, the farthest first.

    k-hat is about the use of the draws as a proposal, and its noise is large; the distance is no
    smaller than the difference of the means, so the threshold is that of the gap.
    """
    if lineup.posterior is None or "laplace_wasserstein" not in frame:
        return ()
    if not lineup.posterior.diagnostics.r_hat_max <= _MIXED:
        return ()
    noise = 2 * frame["posterior_mcse_mean"] / frame["posterior_sd"]
    excess = (frame["laplace_wasserstein"] - noise).sort_values(ascending=False)
    return tuple(str(n) for n in excess.index[excess > LARGE_GAP])


def _noise_of_k(k_hat: float, draws: int) -> float:
    """Return the standard error of a Pareto shape that is fitted to the tail of some draws.

    That of the maximum likelihood estimate from m exceedances is (1 + k) / sqrt(m) (Smith 1985,
    doi:10.1093/biomet/72.1.67); importance sampling fits the largest 3 sqrt(S) weights.
    """
    tail = min(0.2 * draws, 3 * draws**0.5)
    return float((1 + max(k_hat, 0.0)) / np.sqrt(max(tail, 1.0))) if np.isfinite(k_hat) else 0.0
