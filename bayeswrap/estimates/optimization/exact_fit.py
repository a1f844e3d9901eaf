"""Whether a scale has shrunk to the rounding error of the data: an exact fit, or a spike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from bayeswrap.estimates.problem.problem import Problem

__all__ = [
    "collapsed_scales",
    "data_rounding",
    "exact_fit_warning",
    "is_exact_fit",
]


_SUM_ROUNDING = 1e3 * np.finfo(np.float64).eps  # relative to the largest number in the data
_WIDER = float(np.log(1e3))  # log units of a scale; an observation on a spike falls by as much


def collapsed_scales(problem: Problem, q: np.ndarray, *, times: float = 1.0) -> dict[str, float]:
    """Return the scales that are no larger than the rounding error of the data.

    There the residuals are rounding errors themselves, so that in double precision a finite
    maximum cannot be distinguished from a density that grows without bound.

    Parameters
    ----------
    problem : Problem
        Program and data.
    q : (dimension,) array
        The end of a search.
    times : float, optional
        How many times that rounding error a scale may be.

    Returns
    -------
    dict of str to float
        Scalars with a lower bound, and their distance from it.
    """
    limit = times * data_rounding(problem)
    names, constraints = problem.coordinates.names, problem.coordinates.constraints
    return {
        names[i]: float(np.exp(q[i]))
        for i, constraint in enumerate(constraints)
        if constraint.is_log and names[i] not in problem.fixed
        if np.exp(q[i]) < limit
    }


def data_rounding(problem: Problem) -> float:
    """Return the rounding error of the data: no residual of theirs has a smaller error."""
    sizes = [
        float(np.abs(array).max())
        for value in problem.data.values.values()
        if (array := np.asarray(value)).dtype.kind == "f" and array.size
    ]
    return float(_SUM_ROUNDING * max(sizes, default=0.0))


def is_exact_fit(problem: Problem, q: np.ndarray) -> bool:
    """Return whether a scale has collapsed, and the density grew with its inverse on the way there.

    Parameters
    ----------
    problem : Problem
        Program and data.
    q : (dimension,) array
        The end of a search. At a boundary the density has a limit, and does not grow.
    """
    function, names = problem.objective, list(problem.coordinates.names)
    value = function(q)[0]
    for name in collapsed_scales(problem, q):
        wider = np.array(q, dtype=np.float64)
        wider[names.index(name)] += _WIDER
        if value - function(wider)[0] > _WIDER:
            return True
    return False


def exact_fit_warning(collapsed: dict[str, float]) -> str:
    """Say which scale collapsed, and how far."""
    scales = ", ".join(f"{name} = {value:.1e}" for name, value in collapsed.items())
    return (
        f"collapsed: {scales}, below the rounding error of the data: an exact fit of the data, "
        "of some of them, or of effects to their mean"
    )
