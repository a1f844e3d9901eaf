"""What the sampler reports about itself: divergences, tree depth, energy, R-hat and sample sizes.

R-hat and effective sample sizes are those of Vehtari, Gelman, Simpson, Carpenter & Bürkner,
Bayesian Analysis 16 (2021) 667-718, doi:10.1214/20-BA1221.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.results.draws_summary import (
    arviz_functions,
    constant_columns,
    draws_table,
)
from bayeswrap.thresholds import BFMI_MIN, ESS_PER_CHAIN, R_HAT_MAX

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

__all__ = [
    "Diagnostics",
    "sampler_diagnostics",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostics:
    """What the sampler reports about itself.

    Attributes
    ----------
    divergences : int
        Transitions that left the true trajectory.
    max_treedepth_hits : int
        Transitions cut off at the maximum tree depth.
    bfmi_min : float
        Smallest energy Bayesian fraction of missing information over chains.
    r_hat_max : float
        Largest R-hat over parameters; NaN for one chain, which has none.
    ess_min : float
        Smallest bulk or tail effective sample size over parameters.
    chains, draws : int
        Chains, and draws in each.
    """

    divergences: int
    max_treedepth_hits: int
    bfmi_min: float
    r_hat_max: float
    ess_min: float
    chains: int
    draws: int

    @property
    def problems(self) -> tuple[str, ...]:
        """One sentence for each thing that is wrong; empty for a sound run."""
        return self.trajectory_problems + self.mixing_problems

    @property
    def trajectory_problems(self) -> tuple[str, ...]:
        """What is wrong with the paths: divergences, tree depth, energy."""
        transitions = self.chains * self.draws
        findings = [
            (
                self.divergences > 0,
                f"{self.divergences} of {transitions} transitions diverged",
            ),
            (
                self.max_treedepth_hits > 0,
                f"{self.max_treedepth_hits} of {transitions} transitions hit the tree depth limit",
            ),
            (
                self.bfmi_min < BFMI_MIN.value,
                f"E-BFMI is {self.bfmi_min:.2f}, below {BFMI_MIN.value}",
            ),
        ]
        return tuple(sentence for wrong, sentence in findings if wrong)

    @property
    def mixing_problems(self) -> tuple[str, ...]:
        """What says that the chains do not describe one distribution: R-hat, sample sizes."""
        enough = ESS_PER_CHAIN.value * self.chains
        findings = [
            (
                self.chains == 1,
                "R-hat is not defined for one chain, which cannot show whether others agree",
            ),
            (
                self.r_hat_max > R_HAT_MAX.value,
                f"R-hat is {self.r_hat_max:.3f}, above {R_HAT_MAX.value}, so the chains disagree",
            ),
            (
                self.ess_min < enough,
                f"effective sample size is {self.ess_min:.0f}, below {enough}",
            ),
        ]
        return tuple(sentence for wrong, sentence in findings if wrong)

    @property
    def of_paths(self) -> tuple[str, ...]:
        """The former name of `trajectory_problems`."""
        warnings.warn(
            "of_paths is deprecated: use trajectory_problems", DeprecationWarning, stacklevel=2
        )
        return self.trajectory_problems

    @property
    def of_mixing(self) -> tuple[str, ...]:
        """The former name of `mixing_problems`."""
        warnings.warn(
            "of_mixing is deprecated: use mixing_problems", DeprecationWarning, stacklevel=2
        )
        return self.mixing_problems

    def __str__(self) -> str:
        if self.problems:
            return "sampler: " + "; ".join(self.problems)
        return (
            f"sampler: no divergences, R-hat at most {self.r_hat_max:.3f}, "
            f"effective sample size at least {self.ess_min:.0f}"
        )


def sampler_diagnostics(
    draws: np.ndarray,
    method_names: Sequence[str],
    method_draws: np.ndarray,
    max_treedepth: int,
) -> Diagnostics:
    """Collect the diagnostics of a run.

    Parameters
    ----------
    draws : (chains, draws, n) array
        Parameters only.
    method_names, method_draws : sequence of str, (chains, draws, m) array
        The sampler's own columns.
    max_treedepth : int
        The limit that was set.
    """
    array_stats = arviz_functions()

    def column(name: str) -> np.ndarray:
        return np.asarray(method_draws[:, :, list(method_names).index(name)])

    table = draws_table(draws, [str(i) for i in range(draws.shape[-1])])
    constant = constant_columns(draws.reshape(-1, draws.shape[-1]))
    moving = table.loc[~constant]
    # chains that never moved agree perfectly, and say nothing
    stuck = bool(constant.all())
    return Diagnostics(
        divergences=int(column("divergent__").sum()),
        max_treedepth_hits=int((column("treedepth__") >= max_treedepth).sum()),
        bfmi_min=float(np.min(array_stats.bfmi(column("energy__")))),
        r_hat_max=_largest_r_hat(draws, None if stuck else moving["r_hat"]),
        ess_min=0.0 if stuck else float(moving[["ess_bulk", "ess_tail"]].fillna(0.0).min().min()),
        chains=draws.shape[0],
        draws=draws.shape[1],
    )


def _largest_r_hat(draws: np.ndarray, r_hat: pd.Series[float] | None) -> float:
    """Return the largest R-hat, infinite where chains never moved; one chain has none."""
    if draws.shape[0] == 1:
        return np.nan
    # undefined for a scalar that varies: draws that are not finite
    return np.inf if r_hat is None else float(r_hat.fillna(np.inf).max())
