"""What a verdict looks at beyond the results: evaluations of the density that they came from.

Imports `estimates` and `rows`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.errors import EstimationError
from bayeswrap.estimates.collapse import marginal_shift
from bayeswrap.estimates.maximise import maximise
from bayeswrap.estimates.shares import prior_share
from bayeswrap.estimates.typical import drop_below

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayeswrap.comparison.rows import Lineup
    from bayeswrap.estimates import Census, PointEstimate
    from bayeswrap.estimates.shares import PriorShare
    from bayeswrap.estimates.typical import Drop

__all__ = ["Evidence", "gather"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Measurements; None where the results do not allow one, as after loading them.

    Attributes
    ----------
    censuses : mapping of str to Census
        What many starts found, by the title of the estimate.
    drop : Drop or None
        How far the draws lie below the MAP.
    shift : mapping of str to float or None
        How far the hyperparameters of a joint mode are from their marginal mode, in Laplace sds.
    share : PriorShare or None
        Which share of the information at the MAP the prior supplies.
    """

    censuses: Mapping[str, Census]
    drop: Drop | None = None
    shift: Mapping[str, float] | None = None
    share: PriorShare | None = None


def gather(lineup: Lineup, starts: int, *, show_progress: bool = False) -> Evidence:
    """Measure what the results allow.

    Parameters
    ----------
    lineup : Lineup
        The results.
    starts : int
        From how many starts to search where no result was searched for; 0 for no search.
    show_progress : bool, optional
        Whether a search that lasts longer than a second shows a bar.
    """
    found = {p.title: p.census for p in lineup.points if p.census is not None}
    if starts:
        for point in lineup.separate_densities:
            census = _census(point, starts, show_progress=show_progress)
            if census is not None and point.title not in found:
                found[point.title] = census
    both = (lineup.map_unconstrained, lineup.map_constrained)
    modes = [m for m in both if m is not None and m.status.is_estimate and m.marginal is None]
    if not modes:
        return Evidence(censuses=found)
    mode = modes[0]
    draws = lineup.posterior
    # draws lie at a fixed place, the scale of the density is that of the mode
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        return Evidence(
            censuses=found,
            drop=drop_below(mode, draws) if draws is not None else None,
            shift=marginal_shift(mode),
            share=prior_share(modes[-1]),
        )


def _census(point: PointEstimate, starts: int, *, show_progress: bool) -> Census | None:
    request = point.request
    if point.census is not None or request is None or point.marginal is not None or request.fixed:
        return point.census
    try:
        again = replace(request, starts=starts, inits={})
        return maximise(again, show_progress=show_progress).census
    except EstimationError:  # no start has a finite density: the estimate stands alone
        return None
