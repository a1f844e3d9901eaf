"""Checks of the sampler: convergence, divergences, energy, tree depth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.thresholds import BFMI_MIN, ESS_PER_CHAIN, R_HAT_MAX
from bayeswrap.verdicts.check import Check, Outcome
from bayeswrap.verdicts.references import BETANCOURT, VEHTARI_R_HAT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bayeswrap.estimates.posterior.diagnostics import Diagnostics
    from bayeswrap.verdicts.checks.known_causes import KnownCause
    from bayeswrap.verdicts.lineup import Lineup

__all__ = [
    "sampler",
]


def sampler(lineup: Lineup, cause: KnownCause | None = None) -> Iterator[Check]:
    """Ask whether the chains describe one distribution, along accurate trajectories.

    Parameters
    ----------
    lineup : Lineup
        The results.
    cause : KnownCause, optional
        Why they do not.
    """
    if lineup.posterior is None:
        return
    diagnostics = lineup.posterior.diagnostics
    yield Check(
        code="sampler_not_converged",
        outcome=_failed_if(diagnostics.mixing_problems),
        evidence=_mixing_wording(diagnostics),
        threshold=f"R-hat <= {R_HAT_MAX.value} and {ESS_PER_CHAIN.value} effective draws a chain",
        reference=VEHTARI_R_HAT,
        advice=_more_chains(diagnostics) if cause is None else cause.remedy,
    )
    yield Check(
        code="divergences_expected",
        outcome=_failed_if(diagnostics.trajectory_problems),
        evidence="; ".join(diagnostics.trajectory_problems)
        or "there are no divergences, and energy and tree depth are in order",
        threshold=f"no divergences, no tree depth hits, E-BFMI >= {BFMI_MIN.value}",
        reference=BETANCOURT,
        advice="raise adapt_delta" if cause is None else cause.remedy,
    )


def _more_chains(diagnostics: Diagnostics) -> str:
    return "run four chains" if diagnostics.chains == 1 else "run longer chains"


def _failed_if(problems: Sequence[str]) -> Outcome:
    return Outcome.FAILED if problems else Outcome.PASSED


def _mixing_wording(diagnostics: Diagnostics) -> str:
    return "; ".join(diagnostics.mixing_problems) or (
        f"R-hat is at most {diagnostics.r_hat_max:.3f}, and the effective sample size at least "
        f"{diagnostics.ess_min:.0f}"
    )
