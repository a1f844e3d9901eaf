"""The checks behind a verdict: each with code, outcome, evidence, threshold, reference, advice.

Imports `estimates` and `rows`.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from bayeswrap.comparison.rows import Lineup
    from bayeswrap.estimates import PointEstimate

__all__ = ["Check", "Outcome", "run_checks"]

# A point shifted by g posterior sds loses coverage: at 0.1 a 95 % interval covers 94.9 %,
# at 0.3 it covers 94.0 %. See docs/decisions/0003.
SMALL_GAP, LARGE_GAP = 0.1, 0.3
SMALL_RATIO, LARGE_RATIO = 1.1, 1.25
_K_HAT = 0.7
_CONFLICT = 2.0
_ILL = 1e10
_LISTED = 6

_VEHTARI = "Vehtari et al. 2021, Bayesian Analysis 16:667-718"
_PSIS = "Vehtari et al. 2024, JMLR 25(72); Yao et al. 2018, ICML"
_VAART = "van der Vaart 1998, Asymptotic Statistics, ch. 10"
_SELF = "Self & Liang 1987, JASA 82:605-610"
_ALBERT = "Albert & Anderson 1984, Biometrika 71:1-10"
_CHUNG = "Chung et al. 2013, Psychometrika 78:685-709"
_DRUILHET = "Druilhet & Marin 2007, Bayesian Analysis 2:681-691"
_BETANCOURT = "Betancourt 2017, arXiv:1701.02434"


class Outcome(enum.StrEnum):
    """How a check ended; that no trouble was proved is not a proof of health."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_DETERMINED = "not_determined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check of a comparison.

    Attributes
    ----------
    code : str
        What a failure is called.
    outcome : Outcome
        Passed, failed or not determined.
    evidence : str
        A sentence with the number.
    threshold : str
        What would have passed.
    reference : str
        Where the threshold comes from.
    advice : str
        What to do after a failure.
    parameters : tuple of str
        The parameters concerned.
    """

    code: str
    outcome: Outcome
    evidence: str
    threshold: str
    reference: str
    advice: str
    parameters: tuple[str, ...] = ()


def run_checks(
    lineup: Lineup, frame: pd.DataFrame, *, has_population: bool
) -> tuple[Check, ...]:
    """Run all checks that the results allow.

    Parameters
    ----------
    lineup : Lineup
        The results.
    frame : pandas.DataFrame
        The parameters' rows of `rows.align`.
    has_population : bool
        Whether the program has population statements.
    """
    return tuple(
        [
            *_sampler(lineup),
            *_existence(lineup),
            *_hierarchy(lineup, has_population=has_population),
            *_curvature(lineup),
            *_shape(lineup, frame),
            *_parametrisation(lineup, frame),
            *_pull(lineup, frame),
            *_laplace(lineup),
        ]
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
                reference=_ALBERT if point.status is Status.AT_INFINITY else _CHUNG,
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


def _hierarchy(lineup: Lineup, *, has_population: bool) -> Iterator[Check]:
    modes = [p for p in lineup.points if p.scale is not None]
    if not has_population or not modes:
        return
    yield Check(
        code="joint_mode_degenerate",
        outcome=Outcome.FAILED,
        evidence="the program has population statements: the joint mode of effects and their "
        "scale sits where the effects collapse",
        threshold="no population statements in a joint mode",
        reference=_CHUNG,
        advice="report the posterior",
    )


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
            reference="Nocedal & Wright 2006, Numerical Optimization, ch. 2",
            advice="centre and scale the predictors",
        )


def _shape(lineup: Lineup, frame: pd.DataFrame) -> Iterator[Check]:
    """Ask whether mode and spread describe the draws, beyond Monte Carlo error."""
    if "shape_gap_mean" not in frame:
        return
    gap, noise = frame["shape_gap_mean"].abs(), 2 * frame["shape_gap_mcse"]
    ratio = frame["se_sd_ratio"]
    skew = np.maximum(ratio, 1 / ratio)
    sure = (gap - noise > LARGE_GAP) | (skew > LARGE_RATIO) | frame["se_sd_ratio"].isna()
    unsure = ~sure & (gap + noise > LARGE_GAP)
    names = _worst(gap[sure])
    outcome = Outcome.PASSED
    if sure.any():
        outcome = Outcome.FAILED
    elif unsure.any():
        outcome, names = Outcome.NOT_DETERMINED, _worst(gap[unsure])
    at = gap.idxmax() if gap.notna().any() else "-"
    yield Check(
        code="non_gaussian_posterior",
        outcome=outcome,
        evidence=f"largest gap between mode and posterior mean {gap.max():.2f} sd ({at}); "
        f"spread over posterior sd between {ratio.min():.2f} and {ratio.max():.2f}",
        threshold=f"gap at most {LARGE_GAP} sd, ratio within {1 / LARGE_RATIO:.2f} to "
        f"{LARGE_RATIO}",
        reference=_VAART,
        advice="report the posterior mean or median with its interval",
        parameters=names,
    )


def _worst(gaps: pd.Series) -> tuple[str, ...]:
    return tuple(str(n) for n in gaps.sort_values(ascending=False, na_position="first").index)


def _parametrisation(lineup: Lineup, frame: pd.DataFrame) -> Iterator[Check]:
    first, second = lineup.map_constrained, lineup.map_unconstrained
    if first is None or second is None:
        return
    if not (first.status.is_estimate and second.status.is_estimate):
        return
    unit = frame.get("posterior_sd", frame["map_unconstrained_sd_laplace"])
    gap = ((frame["map_constrained"] - frame["map_unconstrained"]) / unit).abs()
    names = _worst(gap[gap > LARGE_GAP])
    yield Check(
        code="map_depends_on_parametrisation",
        outcome=Outcome.FAILED if names else Outcome.PASSED,
        evidence=f"the modes on the two scales differ by at most {gap.max():.2f} sd",
        threshold=f"at most {LARGE_GAP} sd",
        reference=_DRUILHET,
        advice="name the scale of the mode, or report the posterior median, which has none",
        parameters=names,
    )


def _pull(lineup: Lineup, frame: pd.DataFrame) -> Iterator[Check]:
    del lineup
    if "prior_pull" not in frame:
        return
    pull = frame["prior_pull"].abs()
    names = _worst(pull[pull > _CONFLICT])
    at = pull.idxmax() if pull.notna().any() else "-"
    yield Check(
        code="prior_data_conflict",
        outcome=Outcome.FAILED if names else Outcome.PASSED,
        evidence=f"the prior pulls the estimate by at most {pull.max():.2g} SE ({at})",
        threshold=f"at most {_CONFLICT:g} SE",
        reference="Evans & Moshonov 2006, Bayesian Analysis 1:893-914",
        advice="check the prior's scale and units against the data",
        parameters=names,
    )


def _laplace(lineup: Lineup) -> Iterator[Check]:
    found = lineup.laplace
    if found is None or "log_p__" not in found.method_names:
        return
    from arviz_stats.base import array_stats  # noqa: PLC0415 - half a second, only for draws

    weights = found.method_column("log_p__") - found.method_column("log_q__")
    weights = weights.ravel()
    finite = np.isfinite(weights)
    if not finite.all() or np.ptp(weights) == 0:
        return
    k_hat = float(array_stats.psislw(weights)[1])
    yield Check(
        code="laplace_unreliable",
        outcome=Outcome.FAILED if k_hat > _K_HAT else Outcome.PASSED,
        evidence=f"Pareto k-hat of the Laplace approximation {k_hat:.2f}",
        threshold=f"at most {_K_HAT}",
        reference=_PSIS,
        advice="use the draws of NUTS",
    )
