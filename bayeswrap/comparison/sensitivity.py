"""The draws of a comparison as ArviZ's container, and what ArviZ computes from it.

Imports `estimates` and `rows`.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

import pandas as pd

from bayeswrap.errors import EstimandError
from bayeswrap.estimates.log_densities import log_densities
from bayeswrap.estimates.pointwise import pointwise_log_likelihood, with_log_densities

if TYPE_CHECKING:
    from bayeswrap.comparison.rows import Lineup

__all__ = ["container_of", "leave_one_out", "power_scaling"]


_DECIMALS = 6


def _arviz() -> Any:  # noqa: ANN401 - ArviZ carries no types
    # half a second that only some users need
    return importlib.import_module("arviz_stats")


def container_of(lineup: Lineup, *, densities: bool = True) -> Any:  # noqa: ANN401 - ArviZ's container is an xarray DataTree
    """Return posterior and prior draws in one container.

    Parameters
    ----------
    lineup : Lineup
        With draws of the posterior.
    densities : bool, optional
        Whether the groups ``log_likelihood`` and ``log_prior`` are computed.

    Raises
    ------
    EstimandError
        There are no posterior draws; or, for the densities, they were loaded from a file, or the
        program has no pointwise log likelihood.
    """
    draws = lineup.posterior
    if draws is None:
        raise EstimandError(
            "this comparison holds no draws of a posterior", do="put sample() into compare()"
        )
    found = draws.container()
    if densities:
        request = draws.request
        if request is None:
            raise EstimandError(
                "log densities need the program and the data, and a saved result holds no data",
                where=draws.record.program_name,
                do="sample again with Model",
            )
        pointwise = pointwise_log_likelihood(request.program, request.density, draws)
        prior = log_densities(request.density, draws).prior
        found = with_log_densities(draws, pointwise, prior)
    if lineup.prior is not None:
        for name, group in lineup.prior.container().children.items():
            found[name] = group
    return found


def power_scaling(lineup: Lineup) -> pd.DataFrame:
    """Return how the posterior moves when the prior or the likelihood is raised to powers near 1.

    Kallioinen, Paananen, Buerkner & Vehtari 2024, doi:10.1007/s11222-023-10366-5, by ArviZ.
    """
    container = container_of(lineup)
    blocks = lineup.posterior.layout.blocks if lineup.posterior else {}
    declared = [v for v, block in blocks.items() if block == "parameters"]
    found = _arviz().psense_summary(container, var_names=declared, round_to=_DECIMALS)
    return pd.DataFrame(found).rename_axis("parameter")


def leave_one_out(lineup: Lineup) -> Any:  # noqa: ANN401 - ArviZ's ELPDData
    """Return the expected log predictive density by PSIS-LOO, from ArviZ.

    Vehtari, Gelman & Gabry 2017, doi:10.1007/s11222-016-9696-4.
    """
    return _arviz().loo(container_of(lineup), pointwise=True)
