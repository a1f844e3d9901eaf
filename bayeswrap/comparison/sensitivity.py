"""The draws of a comparison as ArviZ's container, and what ArviZ computes from it.

Imports `estimates`, `predictive` and `rows`.
"""

from __future__ import annotations

import importlib
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from bayeswrap.comparison.predictive import observed_data
from bayeswrap.errors import (
    BayeswrapWarning,
    EstimandError,
    EstimationError,
    UnsupportedProgramError,
)
from bayeswrap.estimates.log_densities import log_densities
from bayeswrap.estimates.pointwise import pointwise_log_likelihood, with_log_densities
from bayeswrap.program import Role

if TYPE_CHECKING:
    from bayeswrap.comparison.rows import Lineup
    from bayeswrap.estimates import Posterior

__all__ = [
    "SENSITIVE",
    "container_of",
    "diagnosis",
    "leave_one_out",
    "power_scaling",
    "sensitivity_columns",
]

SENSITIVE = 0.05  # Kallioinen et al. 2024, and what ArviZ takes
_LOG_LIK = "log_lik"
_CONFLICT = "potential prior-data conflict"
_STRONG_PRIOR = "potential strong prior / weak likelihood"
_NO_DIAGNOSIS = "\N{CHECK MARK}"


def _arviz() -> Any:  # noqa: ANN401 - ArviZ carries no types
    # half a second that only some users need
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
    draws = _posterior(lineup)
    found = draws.container()
    if densities:
        request = draws.request
        if request is None:
            raise _loaded(draws)
        pointwise = pointwise_log_likelihood(request.program, request.density, draws)
        prior = log_densities(request.density, draws).prior
        found = with_log_densities(draws, pointwise, prior)
    if lineup.prior is not None:
        for name, group in lineup.prior.container().children.items():
            found[name] = group
    observed = observed_data(draws)
    if observed:
        base = importlib.import_module("arviz_base")
        found["observed_data"] = base.from_dict({"observed_data": observed})["observed_data"]
    return found


def power_scaling(lineup: Lineup) -> pd.DataFrame:
    """Return how the posterior moves when the prior or the likelihood is raised to powers near 1.

    Kallioinen, Paananen, Buerkner & Vehtari 2024, doi:10.1007/s11222-023-10366-5, by ArviZ. The
    statements count with the weights that the draws were made with; population statements are
    neither prior nor likelihood.
    """
    draws = _posterior(lineup)
    if draws.request is None:
        raise _loaded(draws)
    if not draws.request.program.of_role(Role.PRIOR):
        raise _without("prior", "no prior statement", draws)
    parts = log_densities(draws.request.density, draws)
    powers = draws.request.parts
    prior, likelihood = powers.prior * parts.prior, powers.likelihood * parts.likelihood
    _require_variation("prior", prior, draws)
    _require_variation("likelihood", likelihood, draws)
    found = _sensitivities(draws, prior, likelihood)
    found["diagnosis"] = [diagnosis(*row) for row in found.itertuples(index=False)]
    return found


def _sensitivities(draws: Posterior, prior: np.ndarray, likelihood: np.ndarray) -> pd.DataFrame:
    names = [
        n
        for v, block in draws.layout.blocks.items()
        if block == "parameters"
        for n in _scalars(draws, v)
    ]
    at = {name: i for i, name in enumerate(draws.layout.names)}
    # one variable of all scalars: ArviZ spells indices in another way than Stan
    groups = {
        "posterior": {"scalars": draws.draws[:, :, [at[n] for n in names]]},
        "log_prior": {"prior": prior},
        "log_likelihood": {"likelihood": likelihood},
    }
    tree = importlib.import_module("arviz_base").from_dict(groups)
    try:
        columns = {
            part: np.asarray(_arviz().psense(tree, group=part)["scalars"])
            for part in ("prior", "likelihood")
        }
    except ValueError as error:
        raise _refused(error, draws) from error
    return pd.DataFrame(columns, index=pd.Index(names, name="parameter"))


def _scalars(draws: Posterior, variable: str) -> list[str]:
    return [draws.layout.names[i] for i in draws.layout.indices(variable)]


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
    """Return ArviZ's word for two sensitivities.

    Examples
    --------
    >>> diagnosis(0.2, 0.1), diagnosis(0.2, 0.01)
    ('potential prior-data conflict', 'potential strong prior / weak likelihood')
    """
    if prior >= SENSITIVE:
        return _CONFLICT if likelihood >= SENSITIVE else _STRONG_PRIOR
    return _NO_DIAGNOSIS


def sensitivity_columns(lineup: Lineup) -> pd.DataFrame:
    """Return ``psense_prior`` and ``psense_likelihood`` of the declared scalars.

    Without columns where the results allow no `power_scaling`.
    """
    # draws with long tails let ArviZ's smoothing divide by zero: the numbers tell, not numpy
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            found = power_scaling(lineup)
        except (EstimationError, UnsupportedProgramError):
            return pd.DataFrame()
    return found[["prior", "likelihood"]].add_prefix("psense_")


def leave_one_out(lineup: Lineup) -> Any:  # noqa: ANN401 - ArviZ's ELPDData
    """Return the expected log predictive density by PSIS-LOO, from ArviZ.

    Vehtari, Gelman & Gabry 2017, doi:10.1007/s11222-016-9696-4.
    """
    draws = _posterior(lineup)
    try:
        return _arviz().loo(_with_observations(draws), pointwise=True)
    except ValueError as error:
        raise _refused(error, draws) from error


def _with_observations(draws: Posterior) -> Any:  # noqa: ANN401 - as above
    """Return a container with the log likelihood of each observation."""
    if draws.request is None:
        # draws that were loaded have no way back to the density, but may have log_lik
        if _LOG_LIK in draws.layout.blocks:
            return draws.container()
        raise _loaded(draws)
    found = pointwise_log_likelihood(draws.request.program, draws.request.density, draws)
    for note in found.notes:
        warnings.warn(note, BayeswrapWarning, stacklevel=4)
    return draws.container({"log_likelihood": {_LOG_LIK: found.values}})  # noqa: PD011 - an array


def _posterior(lineup: Lineup) -> Posterior:
    if lineup.posterior is None:
        raise EstimandError(
            "this comparison holds no draws of a posterior", do="put sample() into compare()"
        )
    return lineup.posterior


def _refused(error: ValueError, draws: Posterior) -> EstimandError:
    """Return ArviZ's refusal of a log density that hardly varies, in the project's own tree."""
    return EstimandError(
        "ArviZ cannot reweight these draws",
        where=draws.record.program_name,
        got=str(error),
        do="see to it that each term of the density depends on the parameters",
    )


def _loaded(draws: Posterior) -> EstimandError:
    return EstimandError(
        "log densities need the program and the data, and a saved result holds no data",
        where=draws.record.program_name,
        do="sample again with Model",
    )
