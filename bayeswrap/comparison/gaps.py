"""Checks on the gaps between estimates: shape, scale of the mode, and prior against data.

Imports `check` and, for its types, `rows`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.comparison.check import LARGE_GAP, LARGE_RATIO, Check, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from bayeswrap.comparison.rows import Lineup

__all__ = ["depends_on_scale", "prior_conflict", "shape_of_posterior"]

_CONFLICT = 2.0
_VAART = "van der Vaart 1998, Asymptotic Statistics, ch. 10"
_DRUILHET = "Druilhet & Marin 2007, Bayesian Analysis 2:681-691"


def shape_of_posterior(frame: pd.DataFrame) -> Iterator[Check]:
    """Ask whether mode and spread describe the draws, beyond Monte Carlo error."""
    if "shape_gap_mean" not in frame:
        return
    # a scalar that the posterior fixes (the diagonal of a correlation matrix) has no shape
    frame = frame[frame["posterior_sd"] > 0]
    if frame.empty:
        return
    gap, noise = frame["shape_gap_mean"].abs(), 2 * frame["shape_gap_mcse"]
    ratio, blur = frame["se_sd_ratio"], 1 + 2 * frame["se_sd_ratio_mcse"]
    factor = np.maximum(ratio, 1 / ratio)
    sure = (gap - noise > LARGE_GAP) | (factor > LARGE_RATIO * blur) | ratio.isna()
    unsure = ~sure & ((gap + noise > LARGE_GAP) | (factor * blur > LARGE_RATIO))
    names, outcome = _worst(gap[sure]), Outcome.FAILED if sure.any() else Outcome.PASSED
    if unsure.any() and not sure.any():
        outcome, names = Outcome.NOT_DETERMINED, _worst(gap[unsure])
    yield Check(
        code="non_gaussian_posterior",
        outcome=outcome,
        evidence=_shape_evidence(gap, ratio),
        threshold=f"gap at most {LARGE_GAP} sd, ratio within {1 / LARGE_RATIO:.2f} to "
        f"{LARGE_RATIO}, both beyond two Monte Carlo standard errors",
        reference=_VAART,
        advice="report the posterior mean or median with its interval"
        if outcome is Outcome.FAILED
        else "run longer chains",
        parameters=names,
    )


def _shape_evidence(gap: pd.Series, ratio: pd.Series) -> str:
    if not gap.notna().any():
        return "no mode to compare with the posterior"
    told = f"largest gap between mode and posterior mean {gap.max():.2f} sd ({gap.idxmax()})"
    if not ratio.notna().any():
        return told + "; the mode has no spread"
    return told + f"; spread over posterior sd between {ratio.min():.2f} and {ratio.max():.2f}"


def _worst(gaps: pd.Series) -> tuple[str, ...]:
    return tuple(str(n) for n in gaps.sort_values(ascending=False, na_position="first").index)


def depends_on_scale(lineup: Lineup, frame: pd.DataFrame) -> Iterator[Check]:
    """Ask whether the modes of the two scales differ by much of the posterior sd."""
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


def prior_conflict(frame: pd.DataFrame) -> Iterator[Check]:
    """Ask whether the prior pulls the estimate to where the data did not put it."""
    if "prior_pull" not in frame:
        return
    # no larger than the distance of prior and likelihood in their joint sd: a failure is sure
    pull = frame["prior_pull"].abs()
    if not pull.notna().any():
        return
    names = _worst(pull[pull > _CONFLICT])
    at = pull.idxmax()
    yield Check(
        code="prior_data_conflict",
        outcome=Outcome.FAILED if names else Outcome.PASSED,
        evidence=f"the prior pulls the estimate by at most {pull.max():.2g} SE ({at})",
        threshold=f"at most {_CONFLICT:g} SE",
        reference="Evans & Moshonov 2006, Bayesian Analysis 1:893-914",
        advice="check the prior's scale and units against the data",
        parameters=names,
    )
