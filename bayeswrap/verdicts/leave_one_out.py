"""Leave-one-out cross-validation of a posterior, by ArviZ."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np

from bayeswrap.errors import BayeswrapWarning
from bayeswrap.estimates.pointwise.log_likelihood import pointwise_log_likelihood
from bayeswrap.estimates.posterior.idata_groups import container_with
from bayeswrap.progress import task
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
    "leave_one_out",
    "log_weights_of",
]

_LOG_LIK = "log_lik"


def leave_one_out(lineup: Lineup) -> Any:  # noqa: ANN401 - ArviZ's ELPDData
    """Return the expected log predictive density by PSIS-LOO, from ArviZ.

    Vehtari, Gelman & Gabry 2017, doi:10.1007/s11222-016-9696-4.
    """
    draws = posterior_draws(lineup)
    try:
        with task("leave-one-out cross-validation"):
            return arviz_stats().loo(_with_observations(draws), pointwise=True)
    except ValueError as error:
        raise reweighting_error(error, draws) from error


def log_weights_of(score: Any) -> np.ndarray | None:  # noqa: ANN401 - ArviZ's ELPDData
    """Return the smoothed log weights of leaving each observation out, (draws, observations).

    Parameters
    ----------
    score : ELPDData
        What `leave_one_out` returned; None where it holds no weights.
    """
    weights = score.log_weights
    if weights is None:
        return None
    table = weights.transpose("chain", "draw", ...).to_numpy()
    return np.asarray(table.reshape(table.shape[0] * table.shape[1], -1))


def _with_observations(draws: Posterior) -> Any:  # noqa: ANN401 - as above
    """Return a container with the log likelihood of each observation."""
    if draws.problem is None:
        # draws that were loaded have no way back to the density, but may have log_lik
        if _LOG_LIK in draws.layout.blocks:
            return container_with(draws, _own(draws))
        raise no_density_error(draws)
    pointwise = pointwise_log_likelihood(draws.problem.program, draws.problem.density, draws)
    for note in pointwise.notes:
        warnings.warn(note, BayeswrapWarning, stacklevel=4)
    return container_with(draws, pointwise.values)


def _own(draws: Posterior) -> np.ndarray:
    """Return the program's own ``log_lik``, (chains, draws, observations)."""
    values = draws.layout.take(draws.draws, _LOG_LIK)
    return values.reshape(*values.shape[:2], -1)
