"""Sensitivity of the posterior to prior and likelihood by power scaling.

References
----------
Kallioinen et al. 2024, doi:10.1007/s11222-023-10366-5.
"""

from __future__ import annotations

import importlib
import warnings
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from bayeswrap.errors import EstimandError, EstimationError, UnsupportedProgramError
from bayeswrap.estimates.pointwise.log_densities import log_densities
from bayeswrap.program.roles.role import Role
from bayeswrap.thresholds import SENSITIVE
from bayeswrap.verdicts.arviz_container import (
    arviz_stats,
    no_density_error,
    posterior_draws,
    reweighting_error,
)

if TYPE_CHECKING:
    from bayeswrap.estimates.posterior.draws import Posterior
    from bayeswrap.verdicts.lineup import Lineup

__all__ = [
    "diagnosis",
    "power_scaling",
    "sensitivity_columns",
]


_CONFLICT = "potential prior-data conflict"
_STRONG_PRIOR = "potential strong prior / weak likelihood"
_NO_DIAGNOSIS = "\N{CHECK MARK}"


def power_scaling(lineup: Lineup) -> pd.DataFrame:
    """Return how the posterior moves when the prior or the likelihood is raised to powers near 1.

    Kallioinen, Paananen, Buerkner & Vehtari 2024, doi:10.1007/s11222-023-10366-5, by ArviZ. The
    statements count with the weights that the draws were made with; population statements are
    neither prior nor likelihood.
    """
    draws = posterior_draws(lineup)
    if draws.problem is None:
        raise no_density_error(draws)
    if not draws.problem.program.of_role(Role.PRIOR):
        raise _without("prior", "no prior statement", draws)
    parts = log_densities(draws.problem.density, draws)
    powers = draws.problem.weights
    prior, likelihood = powers.prior * parts.prior, powers.likelihood * parts.likelihood
    _require_variation("prior", prior, draws)
    _require_variation("likelihood", likelihood, draws)
    table = _sensitivities(draws, prior, likelihood)
    table["diagnosis"] = [diagnosis(*row) for row in table.itertuples(index=False)]
    return table


def _sensitivities(draws: Posterior, prior: np.ndarray, likelihood: np.ndarray) -> pd.DataFrame:
    # one variable of all scalars: ArviZ spells indices in another way than Stan
    reported = draws.layout.reported
    groups = {
        "posterior": {"scalars": draws.draws[:, :, draws.layout.places(reported)]},
        "log_prior": {"prior": prior},
        "log_likelihood": {"likelihood": likelihood},
    }
    tree = importlib.import_module("arviz_base").from_dict(groups)
    try:
        columns = {
            part: np.asarray(arviz_stats().psense(tree, group=part)["scalars"])
            for part in ("prior", "likelihood")
        }
    except ValueError as error:
        raise reweighting_error(error, draws) from error
    return pd.DataFrame(columns, index=pd.Index(reported, name="parameter"))


def _require_variation(part: str, values: np.ndarray, draws: Posterior) -> None:
    bad = np.count_nonzero(~np.isfinite(values))
    if bad:
        raise _without(part, f"{bad} draws without a finite log {part}", draws)
    if np.ptp(values) == 0:
        raise _without(part, f"a log {part} that is the same at every draw", draws)


def _without(part: str, got: str, draws: Posterior) -> EstimandError:
    return EstimandError(
        f"the {part} has no power-scaling sensitivity",
        where=draws.record.program_name,
        got=got,
        do="psense() needs a prior and a likelihood that depend on the parameters",
    )


def diagnosis(prior: float, likelihood: float) -> str:
    """Return the diagnosis of ``arviz_stats.psense_summary`` for two sensitivities.

    That function is not called, because it rounds the sensitivities to three digits, computes
    both of them again, and logs a warning with every diagnosis.

    Examples
    --------
    >>> diagnosis(0.2, 0.1), diagnosis(0.2, 0.01)
    ('potential prior-data conflict', 'potential strong prior / weak likelihood')
    """
    if prior >= SENSITIVE.value and likelihood >= SENSITIVE.value:
        return _CONFLICT
    return _STRONG_PRIOR if prior > SENSITIVE.value > likelihood else _NO_DIAGNOSIS


def sensitivity_columns(lineup: Lineup) -> pd.DataFrame:
    """Return ``psense_prior`` and ``psense_likelihood`` of the declared scalars.

    Without columns where the results allow no `power_scaling`.
    """
    # draws with long tails let ArviZ's smoothing divide by zero: the numbers show it
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            table = power_scaling(lineup)
        except (EstimationError, UnsupportedProgramError):
            return pd.DataFrame()
    return table[["prior", "likelihood"]].add_prefix("psense_")
