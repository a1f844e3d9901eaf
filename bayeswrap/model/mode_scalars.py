"""The scalars of a mode that are followed, and its numbers for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from bayeswrap.estimates.problem.labels import stan_name
from bayeswrap.estimates.problem.lookup import unknown_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate

__all__ = [
    "estimates_of",
    "inits_at",
    "selected_scalars",
    "status_word",
]


def selected_scalars(estimate: PointEstimate, names: Sequence[str] | None) -> list[str]:
    """Return scalars in Stan's spelling.

    Parameters
    ----------
    estimate : PointEstimate
        What has them.
    names : sequence of str or None
        Scalars or whole variables; where it is None all declared parameters, without those that
        were integrated out.

    Raises
    ------
    UnknownNameError
        A name that the estimate does not have.
    """
    layout = estimate.layout
    if names is None:
        latent = estimate.marginal.latent if estimate.marginal else ()
        names = [v for v in layout.parameter_variables if v not in latent]
    scalars: list[str] = []
    for name in [names] if isinstance(names, str) else names:
        scalar = stan_name(name, estimate.labels)
        if scalar in layout.names:
            scalars.append(scalar)
        elif name in layout.variables:
            scalars.extend(layout.names[i] for i in layout.indices(name))
        else:
            raise unknown_name(name, layout.names, estimate.labels)
    return list(dict.fromkeys(scalars))


def estimates_of(estimate: PointEstimate, names: Sequence[str]) -> pd.DataFrame:
    """Return ``estimate`` and ``spread`` by scalar; NaN where no mode exists."""
    frame = estimate.to_frame(derived=True).loc[list(names), ["estimate", estimate.spread_name]]
    frame.columns = pd.Index(["estimate", "spread"])
    return frame if estimate.status.is_estimate else frame * np.nan


def status_word(estimate: PointEstimate) -> str:
    """Return how the search ended, in a word."""
    return estimate.status.name.lower()


def inits_at(estimate: PointEstimate) -> Mapping[str, np.ndarray]:
    """Return initial values at a mode inside the support; none for any other end of a search."""
    if status_word(estimate) != "converged":
        return {}
    layout = estimate.layout
    return layout.split(estimate.values, layout.parameter_variables)
