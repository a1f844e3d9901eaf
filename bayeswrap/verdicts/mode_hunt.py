"""Modes are looked for where something points: at the other estimates, and at draws."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.errors import BayeswrapError
from bayeswrap.estimates.multistart.further_modes import farthest, with_further_modes
from bayeswrap.estimates.multistart.search import usual_starts
from bayeswrap.estimates.pointwise.log_densities import positions_of
from bayeswrap.estimates.results.status import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.estimates.results.census import Census
    from bayeswrap.verdicts.lineup import Lineup

__all__ = [
    "from_draws",
    "from_each_other",
]


_THINNED = 200  # draws, of which the farthest from the mode are climbed from


def from_each_other(lineup: Lineup, censuses: Mapping[str, Census]) -> dict[str, Census]:
    """Climb to the MLE from where the MAP is, and back.

    Parameters
    ----------
    lineup : Lineup
        The results.
    censuses : mapping of str to Census
        What searches found, by the title of the estimate.
    """
    places = [p for p in lineup.points if _is_regular(p)]
    return {
        title: _further(
            point, census, [o.optimum.q for o in places if o is not point], are_draws=False
        )
        if (point := _of(lineup, title)) is not None
        else census
        for title, census in censuses.items()
    }


def from_draws(lineup: Lineup, censuses: Mapping[str, Census]) -> dict[str, Census]:
    """Climb from the draws that lie farthest from the mode of the posterior.

    Parameters
    ----------
    lineup : Lineup
        The results.
    censuses : mapping of str to Census
        What searches found, by the title of the estimate.
    """
    found, draws = dict(censuses), lineup.posterior
    point = next((p for p in lineup.separate_densities[::-1] if p.title in censuses), None)
    if draws is None or point is None or not _is_regular(point) or point.problem is None:
        return found
    chains, count = draws.draws.shape[:2]
    step = max(1, chains * count // _THINNED)
    transforms = point.problem.density.transforms
    try:
        rows = positions_of(transforms, replace(draws, draws=draws.draws[:, ::step]))
    except BayeswrapError:  # draws of other parameters
        return found
    positions = np.reshape(rows, (-1, transforms.dimension))
    places = farthest(positions, point.optimum, usual_starts(transforms.dimension))
    return found | {point.title: _further(point, found[point.title], places, are_draws=True)}


def _of(lineup: Lineup, title: str) -> PointEstimate | None:
    return next((p for p in lineup.points if p.title == title and _is_regular(p)), None)


def _is_regular(point: PointEstimate) -> bool:
    """Return whether all coordinates of a joint mode have a curvature."""
    root = point.optimum.root
    plain = point.problem is not None and point.marginal is None and not point.problem.fixed
    full = bool(root.size) and root.shape[0] == root.shape[1]
    return bool(plain and full and point.status is Status.CONVERGED and np.linalg.det(root) != 0)


def _further(
    point: PointEstimate, census: Census, places: list[np.ndarray], *, are_draws: bool
) -> Census:
    if point.problem is None or not places:
        return census
    plain = replace(point.problem, start=None, inits={})
    return with_further_modes(plain, point.optimum, census, places, are_draws=are_draws)
