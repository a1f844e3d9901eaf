"""Tables of functions of the parameters: estimate, spread, interval and its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from bayeswrap.predictions.parameter_points import ParameterPoints, Spread

__all__ = [
    "interval_kind",
    "uncertainty_table",
]


def uncertainty_table(
    spread: Spread,
    points: ParameterPoints,
    index: pd.Index[Any],
    *,
    ci_prob: float,
    support: tuple[float, float] | np.ndarray = (-np.inf, np.inf),
) -> pd.DataFrame:
    """Return one row an element.

    Parameters
    ----------
    spread : Spread
        A function of the parameters, with as many elements as the index has rows.
    points : ParameterPoints
        What it is a function of.
    index : pandas.Index
        Names of the elements.
    ci_prob : float
        Coverage of the interval.
    support : pair of float or (*shape, 2) array, optional
        Ends of the range of the function.

    Returns
    -------
    pandas.DataFrame
        ``estimate``, ``se`` (``sd_laplace`` of a MAP, ``sd`` of draws), ``ci_lower``,
        ``ci_upper`` and ``interval``: which kind it is.
    """
    lower, upper = spread.interval(ci_prob, support)
    return pd.DataFrame(
        {
            "estimate": spread.value.ravel(),
            points.spread_name: spread.spread.ravel(),
            "ci_lower": lower.ravel(),
            "ci_upper": upper.ravel(),
            "interval": interval_kind(points, support),
        },
        index=index,
    )


def interval_kind(points: ParameterPoints, support: tuple[float, float] | np.ndarray) -> str:
    """Return the kind of an interval in words.

    Examples
    --------
    >>> from bayeswrap.estimates.problem.layout import Layout
    >>> from bayeswrap.predictions.parameter_points import ParameterPoints
    >>> draws = ParameterPoints(
    ...     layout=Layout(("a",), {"a": "parameters"}),
    ...     scalars=np.zeros((2, 1)), root=None, spread_name="sd",
    ... )
    >>> interval_kind(draws, (0.0, 1.0))
    'quantiles'
    """
    if not points.is_point:
        return "quantiles"
    bounded = int(np.isfinite(support).sum(axis=-1).max(initial=0))
    return ("Wald", "Wald (log scale)", "Wald (logit scale)")[bounded]
