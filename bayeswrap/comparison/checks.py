"""The checks behind a verdict: each with code, outcome, evidence, threshold, reference, advice.

Imports `estimates`, `rows` and its own neighbours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.comparison.check import Check, Outcome
from bayeswrap.comparison.existence import improper, irregular, separated, weakly_identified
from bayeswrap.comparison.gaps import depends_on_scale, prior_conflict, shape_of_posterior
from bayeswrap.comparison.modes import joint_mode, mode_and_mass, other_modes
from bayeswrap.estimates import Status
from bayeswrap.estimates.describe import ILL_CONDITIONED

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from bayeswrap.comparison.evidence import Evidence
    from bayeswrap.comparison.rows import Lineup
    from bayeswrap.estimates import Approximation, PointEstimate

__all__ = ["Check", "Outcome", "run_checks"]

_STEPS = 1023  # of a trajectory, at Stan's tree depth of 10
_ELSEWHERE = 1.0  # posterior sds: outside the bulk

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
        *mode_and_mass(lineup, evidence),
        *_curvature(lineup),
        *shape_of_posterior(lineup, frame),
        *depends_on_scale(lineup, frame),
        *prior_conflict(lineup, frame),
        *_approximations(lineup, frame, evidence),
    )


def _sampler(lineup: Lineup) -> Iterator[Check]:
    if lineup.posterior is None:
        return
    found = lineup.posterior.diagnostics
    broken, geometry = found.of_mixing, found.of_paths
    yield Check(
        code="sampler_not_converged",
        outcome=Outcome.FAILED if broken else Outcome.PASSED,
        evidence="; ".join(broken)
        or f"R-hat at most {found.r_hat_max:.3f}, effective sample size at least "
        f"{found.ess_min:.0f}",
        threshold="R-hat <= 1.01 and 100 effective draws a chain",
        reference=_VEHTARI,
        advice=_slow_scales(lineup) or "run longer chains",
    )
    yield Check(
        code="divergences_expected",
        outcome=Outcome.FAILED if geometry else Outcome.PASSED,
        evidence="; ".join(geometry) or "no divergences, energy and tree depth in order",
        threshold="no divergences, no tree depth hits, E-BFMI >= 0.3",
        reference=_BETANCOURT,
        advice="raise adapt_delta, or use a non-centred parametrisation",
    )


def _slow_scales(lineup: Lineup) -> str:
    """Say so where a trajectory is too short for the widest scale; empty where it is not."""
    modes = [m for m in (lineup.map_unconstrained, lineup.mle) if m is not None]
    for mode in modes:
        if mode.status is Status.CONVERGED and mode.marginal is None:
            sds = np.linalg.norm(mode.optimum.root, axis=1)
            ratio = sds.max() / sds[sds > 0].min()
            if ratio > _STEPS:
                names = [mode.coordinates[i] for i in (int(sds.argmax()), int(sds.argmin()))]
                return (
                    f"give the parameters similar scales: the standard deviation of {names[0]} is "
                    f"{ratio:.0e} times that of {names[1]}, and a trajectory of NUTS has at most "
                    f"{_STEPS} steps of the smallest"
                )
    return ""


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
            outcome=Outcome.FAILED if condition > ILL_CONDITIONED else Outcome.PASSED,
            evidence=f"{point.title}: condition number {condition:.0e}, which costs up to "
            f"{max(np.log10(condition), 0):.0f} of 16 digits",
            threshold=f"at most {ILL_CONDITIONED:.0e} with a unit diagonal",
            reference=_NOCEDAL,
            advice="centre and scale the predictors",
        )


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
            + f"; Wasserstein distance at most {_ELSEWHERE:g} sd" * is_laplace,
            reference=_PSIS,
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
    if draws is None or "laplace_wasserstein" not in frame or draws.diagnostics.of_mixing:
        return ()
    noise = 2 * frame["posterior_mcse_mean"] / frame["posterior_sd"]
    excess = (frame["laplace_wasserstein"] - noise).sort_values(ascending=False)
    return tuple(str(n) for n in excess.index[excess > _ELSEWHERE])


def _noise_of_k(k_hat: float, draws: int) -> float:
    """Return the standard error of a Pareto shape that is fitted to the tail of some draws.

    That of the maximum likelihood estimate from m exceedances is (1 + k) / sqrt(m) (Smith 1985,
    doi:10.1093/biomet/72.1.67); importance sampling fits the largest 3 sqrt(S) weights.
    """
    tail = min(0.2 * draws, 3 * draws**0.5)
    return float((1 + max(k_hat, 0.0)) / np.sqrt(max(tail, 1.0))) if np.isfinite(k_hat) else 0.0
