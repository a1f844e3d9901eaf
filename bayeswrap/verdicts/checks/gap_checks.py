"""Checks on the gaps between estimates: shape, scale of the mode, and prior against data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtr

from bayeswrap.thresholds import (
    CONFLICT_SHIFT,
    CONFLICT_TAIL,
    LARGE_GAP,
    LARGE_RATIO,
    MONTE_CARLO_ERRORS,
)
from bayeswrap.verdicts.check import Check, Outcome
from bayeswrap.verdicts.references import DRUILHET_MARIN, EVANS_MOSHONOV, VAN_DER_VAART

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from bayeswrap.estimates.posterior.draws import Posterior
    from bayeswrap.verdicts.lineup import Lineup

__all__ = [
    "depends_on_scale",
    "prior_conflict",
    "shape_of_posterior",
]


def shape_of_posterior(lineup: Lineup, frame: pd.DataFrame) -> Iterator[Check]:
    """Ask whether mode and spread describe the draws, beyond Monte Carlo error."""
    if "shape_gap_mean" not in frame:
        return
    # a scalar that the posterior fixes (the diagonal of a correlation matrix) has no shape
    frame = frame[frame["posterior_sd"] > 0]
    if frame.empty:
        return
    gap, noise = frame["shape_gap_mean"].abs(), MONTE_CARLO_ERRORS.value * frame["shape_gap_mcse"]
    ratio, blur = frame["se_sd_ratio"], 1 + MONTE_CARLO_ERRORS.value * frame["se_sd_ratio_mcse"]
    factor = np.maximum(ratio, 1 / ratio)
    sure = (gap - noise > LARGE_GAP.value) | (factor > LARGE_RATIO.value * blur) | ratio.isna()
    unsure = ~sure & ((gap + noise > LARGE_GAP.value) | (factor * blur > LARGE_RATIO.value))
    names, outcome = _worst(gap[sure]), Outcome.FAILED if sure.any() else Outcome.PASSED
    # chains that disagree have neither a mean nor an error of it
    mixed = lineup.posterior is not None and not lineup.posterior.diagnostics.mixing_problems
    if not mixed or (unsure.any() and not sure.any()):
        outcome, names = Outcome.NOT_DETERMINED, _worst(gap[sure | unsure])
    yield Check(
        code="non_gaussian_posterior",
        outcome=outcome,
        evidence=_shape_evidence(gap, ratio),
        threshold=f"gap at most {LARGE_GAP.value} sd, ratio within {1 / LARGE_RATIO.value:.2f} to "
        f"{LARGE_RATIO.value}, both beyond two Monte Carlo standard errors",
        reference=VAN_DER_VAART,
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
    names = _worst(gap[gap > LARGE_GAP.value])
    yield Check(
        code="map_depends_on_parametrisation",
        outcome=Outcome.FAILED if names else Outcome.PASSED,
        evidence=f"the modes on the two scales differ by at most {gap.max():.2f} sd",
        threshold=f"at most {LARGE_GAP.value} sd",
        reference=DRUILHET_MARIN,
        advice="name the scale of the mode, or report the posterior median, which has none",
        parameters=names,
    )


def prior_conflict(lineup: Lineup, frame: pd.DataFrame) -> Iterator[Check]:
    """Ask whether prior and likelihood put a parameter where the other finds it improbable."""
    mle, prior = lineup.mle, lineup.prior
    if lineup.is_flat or mle is None or not mle.status.is_estimate:
        return
    if prior is None:
        yield from _by_pull(frame)
        return
    table = mle.to_frame()
    pairs = zip(table.index, table["estimate"].to_numpy(), table["se"].to_numpy(), strict=True)
    tails = {
        str(n): _tail(prior, str(n), estimate, error)
        for n, estimate, error in pairs
        if np.isfinite(error) and n in prior.layout.names
    }
    if not tails:
        return
    worst = min(tails, key=tails.__getitem__)
    limit = CONFLICT_TAIL.value / len(tails)
    names = tuple(sorted((n for n in tails if tails[n] < limit), key=tails.__getitem__))
    yield Check(
        code="prior_data_conflict",
        outcome=Outcome.FAILED if names else Outcome.PASSED,
        evidence=f"of {worst} the prior, blurred by the standard error, holds {tails[worst]:.2g} "
        "of its mass beyond the MLE, both tails counted",
        threshold=f"at least {limit:.2g}: {CONFLICT_TAIL.value:g} shared among {len(tails)} "
        "parameters",
        reference=EVANS_MOSHONOV,
        advice="check the prior's scale and units against the data",
        parameters=names,
    )


def _tail(prior: Posterior, name: str, estimate: float, error: float) -> float:
    """Return twice the smaller tail of prior draws with the noise of the estimate added."""
    draws = prior.draws[:, :, prior.layout.names.index(name)].ravel()
    below = float(ndtr((estimate - draws[np.isfinite(draws)]) / error).mean())
    return 2 * min(below, 1 - below)


def _by_pull(frame: pd.DataFrame) -> Iterator[Check]:
    if "prior_pull" not in frame:
        return
    # no larger than the distance of prior and likelihood in their joint sd: a failure is sure
    pull = frame["prior_pull"].abs()
    if not pull.notna().any():
        return
    names = _worst(pull[pull > CONFLICT_SHIFT.value])
    yield Check(
        code="prior_data_conflict",
        outcome=Outcome.FAILED if names else Outcome.PASSED,
        evidence=f"the prior pulls the estimate by at most {pull.max():.2g} SE ({pull.idxmax()})",
        threshold=f"at most {CONFLICT_SHIFT.value:g} SE",
        reference=EVANS_MOSHONOV,
        advice="check the prior's scale and units against the data",
        parameters=names,
    )
