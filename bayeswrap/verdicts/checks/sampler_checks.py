"""Checks of the sampler: convergence, divergences, energy, tree depth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.results.status import Status
from bayeswrap.thresholds import BFMI_MIN, ESS_PER_CHAIN, R_HAT_MAX, TRAJECTORY_STEPS
from bayeswrap.verdicts.check import Check, Outcome
from bayeswrap.verdicts.references import BETANCOURT, VEHTARI_R_HAT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayeswrap.verdicts.lineup import Lineup

__all__ = [
    "_sampler",
]


def _sampler(lineup: Lineup) -> Iterator[Check]:
    if lineup.posterior is None:
        return
    found = lineup.posterior.diagnostics
    broken, geometry = found.mixing_problems, found.trajectory_problems
    yield Check(
        code="sampler_not_converged",
        outcome=Outcome.FAILED if broken else Outcome.PASSED,
        evidence="; ".join(broken)
        or f"R-hat at most {found.r_hat_max:.3f}, effective sample size at least "
        f"{found.ess_min:.0f}",
        threshold=f"R-hat <= {R_HAT_MAX.value} and {ESS_PER_CHAIN.value} effective draws a chain",
        reference=VEHTARI_R_HAT,
        advice=_slow_scales(lineup) or "run longer chains",
    )
    yield Check(
        code="divergences_expected",
        outcome=Outcome.FAILED if geometry else Outcome.PASSED,
        evidence="; ".join(geometry) or "no divergences, energy and tree depth in order",
        threshold=f"no divergences, no tree depth hits, E-BFMI >= {BFMI_MIN.value}",
        reference=BETANCOURT,
        advice="raise adapt_delta, or use a non-centred parametrisation",
    )


def _slow_scales(lineup: Lineup) -> str:
    """Say so where a trajectory is too short for the widest scale; empty where it is not."""
    modes = [m for m in (lineup.map_unconstrained, lineup.mle) if m is not None]
    for mode in modes:
        if mode.status is Status.CONVERGED and mode.marginal is None:
            sds = np.linalg.norm(mode.optimum.root, axis=1)
            ratio = sds.max() / sds[sds > 0].min()
            if ratio > TRAJECTORY_STEPS.value:
                names = [mode.coordinates[i] for i in (int(sds.argmax()), int(sds.argmin()))]
                return (
                    f"give the parameters similar scales: the standard deviation of {names[0]} is "
                    f"{ratio:.0e} times that of {names[1]}, and a trajectory of NUTS has at most "
                    f"{TRAJECTORY_STEPS.value} steps of the smallest"
                )
    return ""
