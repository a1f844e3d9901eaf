"""The draws of a comparison as ArviZ's container, and what ArviZ computes from it."""

from __future__ import annotations

import importlib
import warnings
from typing import TYPE_CHECKING, Any

from bayeswrap.errors import BayeswrapWarning, EstimandError

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def container_of(lineup: Lineup, predictions: Mapping[str, str] | None = None) -> Any:  # noqa: ANN401 - ArviZ's container is an xarray DataTree
    """Return posterior and prior draws in one container, with the data that they predict.

    Parameters
    ----------
    lineup : Lineup
        With draws of the posterior.
    predictions : mapping of str to str, optional
        As for `Draws.to_arviz`.

    Raises
    ------
    EstimandError
        There are no posterior draws.
    """
    container = posterior_draws(lineup).to_arviz(predictions)
    if lineup.prior is not None:
        with warnings.catch_warnings():
            # the same quantities as those of the posterior, which were told of
            warnings.simplefilter("ignore", BayeswrapWarning)
            prior = lineup.prior.to_arviz(predictions)
        for name in ("prior", "prior_predictive", "sample_stats_prior"):
            if name in prior.children:
                container[name] = prior[name]
    return container


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
