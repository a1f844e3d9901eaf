"""Checks of the sampler: convergence, divergences, energy, tree depth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.results.status import Status
from bayeswrap.thresholds import BFMI_MIN, ESS_PER_CHAIN, R_HAT_MAX, TRAJECTORY_STEPS
from bayeswrap.verdicts.check import Check, Outcome
from bayeswrap.verdicts.references import BETANCOURT, VEHTARI_R_HAT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bayeswrap.estimates.posterior.diagnostics import Diagnostics
    from bayeswrap.verdicts.lineup import Lineup

__all__ = [
    "UnequalScales",
    "sampler",
]


def sampler(lineup: Lineup) -> Iterator[Check]:
    """Ask whether the chains describe one distribution, along accurate trajectories."""
    if lineup.posterior is None:
        return
    diagnostics = lineup.posterior.diagnostics
    scales = _unequal_scales(lineup)
    yield Check(
        code="sampler_not_converged",
        outcome=_failed_if(diagnostics.mixing_problems),
        evidence=_mixing_wording(diagnostics),
        threshold=f"R-hat <= {R_HAT_MAX.value} and {ESS_PER_CHAIN.value} effective draws a chain",
        reference=VEHTARI_R_HAT,
        advice="run longer chains" if scales is None else scales.wording(),
    )
    yield Check(
        code="divergences_expected",
        outcome=_failed_if(diagnostics.trajectory_problems),
        evidence="; ".join(diagnostics.trajectory_problems)
        or "there are no divergences, and energy and tree depth are in order",
        threshold=f"no divergences, no tree depth hits, E-BFMI >= {BFMI_MIN.value}",
        reference=BETANCOURT,
        advice="raise adapt_delta, or use a non-centred parametrisation",
    )


def _failed_if(problems: Sequence[str]) -> Outcome:
    return Outcome.FAILED if problems else Outcome.PASSED


def _mixing_wording(diagnostics: Diagnostics) -> str:
    return "; ".join(diagnostics.mixing_problems) or (
        f"R-hat is at most {diagnostics.r_hat_max:.3f}, and the effective sample size at least "
        f"{diagnostics.ess_min:.0f}"
    )


@dataclass(frozen=True, slots=True)
class UnequalScales:
    """The widest and the narrowest scale of a posterior, too far apart for one trajectory."""

    widest: str
    narrowest: str
    ratio: float

    def wording(self) -> str:
        """Return the advice in words."""
        return (
            f"give the parameters similar scales; the standard deviation of {self.widest} is "
            f"{self.ratio:.0e} times that of {self.narrowest}, and a trajectory of NUTS has at "
            f"most {TRAJECTORY_STEPS.value} steps of the smallest"
        )


def _unequal_scales(lineup: Lineup) -> UnequalScales | None:
    """Return the scales that no trajectory spans; None where they are similar, or unknown."""
    modes = [m for m in (lineup.map_unconstrained, lineup.mle) if m is not None]
    for mode in modes:
        if mode.status is Status.CONVERGED and mode.marginal is None:
            sds = np.linalg.norm(mode.optimum.root, axis=1)
            ratio = float(sds.max() / sds[sds > 0].min())
            if ratio > TRAJECTORY_STEPS.value:
                widest, narrowest = (mode.coordinates[int(i)] for i in (sds.argmax(), sds.argmin()))
                return UnequalScales(widest, narrowest, ratio)
    return None
