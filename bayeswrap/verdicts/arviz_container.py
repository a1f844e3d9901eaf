"""The draws of a comparison as ArviZ's container, and what ArviZ computes from it."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from bayeswrap.errors import EstimandError
from bayeswrap.estimates.pointwise.log_densities import log_densities
from bayeswrap.estimates.pointwise.log_likelihood import (
    pointwise_log_likelihood,
    with_log_densities,
)
from bayeswrap.estimates.problem.labels import data_labels, element_names, unit_of
from bayeswrap.verdicts.predictive_checks import observed_data

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

    from bayeswrap.estimates.posterior.draws import Posterior
    from bayeswrap.verdicts.lineup import Lineup

__all__ = [
    "arviz_stats",
    "container_of",
    "no_density_error",
    "posterior_draws",
    "reweighting_error",
]


def arviz_stats() -> Any:  # noqa: ANN401 - ArviZ carries no types
    """Return ``arviz_stats``, imported late: half a second that only some users need."""
    return importlib.import_module("arviz_stats")


def container_of(lineup: Lineup, *, densities: bool = True) -> Any:  # noqa: ANN401 - ArviZ's container is an xarray DataTree
    """Return posterior and prior draws in one container, with the data that they predict.

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
    draws = posterior_draws(lineup)
    container = draws.container()
    if densities:
        problem = draws.problem
        if problem is None:
            raise no_density_error(draws)
        pointwise = pointwise_log_likelihood(problem.program, problem.density, draws)
        prior = log_densities(problem.density, draws).prior
        container = with_log_densities(draws, pointwise, prior)
    if lineup.prior is not None:
        for name, group in lineup.prior.container().children.items():
            container[name] = group
    observed = observed_data(draws)
    if observed:
        container["observed_data"] = _observed_group(draws, observed)
    return container


def _observed_group(draws: Posterior, observed: Mapping[str, np.ndarray]) -> Any:  # noqa: ANN401 - an xarray DataTree
    """Return the data as a group whose coordinates are those of their predictions."""
    base, problem = importlib.import_module("arviz_base"), draws.problem
    labels = {} if problem is None else data_labels(problem.program, problem.data)
    dims = {name: [f"{name}_dim_{i}" for i in range(a.ndim)] for name, a in observed.items()}
    coords: dict[str, list[str] | list[int]] = {}
    for name, array in observed.items():
        coords |= dict(zip(dims[name], element_names(labels, name, array.shape), strict=True))
    tree = base.from_dict({"observed_data": observed}, dims=dims, coords=coords)
    for name in observed:
        if unit := unit_of(name, labels):
            tree["observed_data"][name].attrs["units"] = unit
    return tree["observed_data"]


def posterior_draws(lineup: Lineup) -> Posterior:
    """Return the posterior of a comparison.

    Raises
    ------
    EstimandError
        There is none.
    """
    if lineup.posterior is None:
        raise EstimandError(
            "this comparison holds no draws of a posterior", do="put sample() into compare()"
        )
    return lineup.posterior


def reweighting_error(error: ValueError, draws: Posterior) -> EstimandError:
    """Return ArviZ's refusal of a log density that hardly varies, as an error of bayeswrap."""
    return EstimandError(
        "ArviZ cannot reweight these draws",
        where=draws.record.program_name,
        got=str(error),
        do="make sure that each term of the density depends on the parameters",
    )


def no_density_error(draws: Posterior) -> EstimandError:
    """Return the error for draws from a file, which have no way back to the density."""
    return EstimandError(
        "log densities need the program, and a loaded result holds no data",
        where=draws.record.program_name,
        do="load it with bw.load(path, density=True), or sample again with Model",
    )
