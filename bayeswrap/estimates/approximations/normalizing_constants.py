"""The constants that log densities at draws lack, so that their ratio can be integrated."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.errors import DataError, EngineError

if TYPE_CHECKING:
    from bayeswrap.estimates.problem.layout import Layout
    from bayeswrap.estimates.problem.problem import Problem

__all__ = [
    "dropped_constants",
    "laplace_offset",
]


_POINTS = 3
_RELATIVE = 1e-6


def dropped_constants(
    problem: Problem, layout: Layout, draws: np.ndarray, log_density: np.ndarray
) -> float:
    """Return what the log density with all constants has more than the one that was computed.

    Parameters
    ----------
    problem : Problem
        Program and data, with the Jacobian in.
    layout : Layout
        Of the draws.
    draws : (draws, n) array
        On the declared scale.
    log_density : (draws,) array
        Computed at these draws, Jacobian in, up to a constant.

    Returns
    -------
    float
        Nats; NaN where the in-process density cannot tell.
    """
    full = replace(problem.weights, normalized=True)
    parameters = [v.name for v in problem.program.variables_in("parameters")]
    # the highest of them: far out, differences lose digits
    best = [i for i in np.argsort(-log_density)[:_POINTS] if np.isfinite(log_density[i])]
    try:
        density = problem.density.of(full)
        gaps = [
            density.evaluate(
                density.unconstrain({v: layout.take(draws[i], v) for v in parameters})
            )[0]
            - log_density[i]
            for i in best
        ]
    except (DataError, EngineError):
        return np.nan
    sizes = np.abs(log_density[best])
    same = len(gaps) > 0 and bool(np.ptp(gaps) <= _RELATIVE * max(1.0, sizes.max()))
    return float(np.mean(gaps)) if same else np.nan


def laplace_offset(
    problem: Problem, root: np.ndarray, layout: Layout, draws: np.ndarray, densities: np.ndarray
) -> float:
    """Return what constants add to log p - log q of a Laplace approximation.

    Parameters
    ----------
    problem : Problem
        Program and data, with the Jacobian in.
    root : (dimension, k) array
        T with covariance T T'.
    layout : Layout
        Of the draws.
    draws : (1, draws, n) array
        On the declared scale.
    densities : (1, draws, 2) array
        log p up to a constant, and log q without its normalising constant.

    Returns
    -------
    float
        Nats; NaN where the in-process density cannot tell, or a direction has no curvature.
    """
    dimension, rank = root.shape
    if rank != dimension:
        return np.nan
    log_scale: float = np.linalg.slogdet(root)[1]
    of_posterior = dropped_constants(problem, layout, draws[0], densities[0, :, 0])
    return float(of_posterior + dimension / 2 * np.log(2 * np.pi) + log_scale)
