"""From a problem to a marginal estimate."""

from __future__ import annotations

import itertools
import time
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.errors import EngineRunError, EstimandError, EstimationError
from bayeswrap.estimates.marginal_likelihood.boundary_maxima import (
    Limit,
    limits_of,
    optimum_at_limits,
)
from bayeswrap.estimates.marginal_likelihood.joint_density import joint_density
from bayeswrap.estimates.marginal_likelihood.laplace_marginal import Laplace
from bayeswrap.estimates.marginal_likelihood.marginal_estimate import (
    MarginalOptimum,
    marginal_estimate,
)
from bayeswrap.estimates.marginal_likelihood.quadrature import Quadrature
from bayeswrap.estimates.marginal_likelihood.scale_scan import (
    rough_maximum,
    scanned_start,
    start_of,
)
from bayeswrap.estimates.optimization.find_optimum import find_optimum
from bayeswrap.estimates.optimization.starting_points import flat_coordinates
from bayeswrap.estimates.results.marginal import Integral

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bayeswrap.estimates.marginal_likelihood.joint_density import Joint
    from bayeswrap.estimates.marginal_likelihood.laplace_marginal import Inner
    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.estimates.problem.support import SupportEdges
    from bayeswrap.estimates.results.optimum import Optimum

__all__ = [
    "maximise_marginal",
]


_LAPLACE = (
    "the integral over {} is a Laplace approximation, poor where groups are small and outcomes "
    "discrete{}"
)
_QUADRATURE = "; quadrature=32 computes it by quadrature"


def maximise_marginal(
    problem: Problem, latent: tuple[str, ...], quadrature: int | None, warnings: Sequence[str] = ()
) -> PointEstimate:
    """Find, verify and describe the mode of a marginal density.

    Parameters
    ----------
    problem : Problem
        What is to be maximised once `latent` is integrated out.
    latent : tuple of str
        Parameters that are integrated out.
    quadrature : int or None
        Nodes of a quadrature in each group; None takes the Laplace approximation.
    warnings : sequence of str
        To stay with the estimate.

    Returns
    -------
    PointEstimate
        With its status; the caller decides what raises.

    Raises
    ------
    DataError
        The initial values do not fit the program.
    EngineRunError
        No point was found at which the latent variables can be integrated out.
    EstimandError
        The integral does not exist.
    EstimationError
        The program branches on its effects, so that their Hessian changes its pattern.
    UsageError
        Quadrature was asked for over effects that depend on each other.
    """
    started = time.perf_counter()
    joint = joint_density(problem, latent)
    start = start_of(problem, joint)
    flat = flat_coordinates(joint, start)
    _require_integrable(problem, joint, flat)
    laplace = Laplace(joint, start, joint.latent, ~joint.latent & ~flat)
    marginal = laplace if quadrature is None else Quadrature(laplace, quadrature)
    psi = scanned_start(problem, laplace)
    if not np.isfinite(laplace.value(psi)):
        raise EngineRunError(
            f"no point was found at which {', '.join(latent)} can be integrated out",
            where=problem.program.name,
            do="pass inits= for the other parameters, or use sample()",
        )
    edges = problem.coordinates.edges.of(laplace.free)
    psi = rough_maximum(laplace, psi, np.array(edges.below) | np.array(edges.above))
    optimum, inner = _optimum(marginal, laplace, psi, edges)
    if inner is not None and not laplace.has_pattern(inner):
        raise EstimationError(
            "the effects meet in other pairs at the estimate than at the start of the search",
            where=problem.program.name,
            do="pass inits= near the estimate, or use sample()",
        )
    integral = _integral(laplace, inner, quadrature)
    quality = _quality(latent, integral, independent=laplace.pattern.is_diagonal)
    marginal_optimum = MarginalOptimum(
        optimum=optimum.embedded(
            np.flatnonzero(laplace.free), laplace.start if inner is None else inner.q
        ),
        inner=inner,
        joint=joint,
        flat=flat,
        latent=latent,
        integral=integral,
    )
    return marginal_estimate(problem, marginal_optimum, started, (*warnings, *quality))


def _require_integrable(problem: Problem, joint: Joint, flat: np.ndarray) -> None:
    loose = np.flatnonzero(flat & joint.latent)
    if loose.size:
        raise EstimandError(
            f"no statement that is on reaches {problem.coordinates.names[loose[0]]}: "
            "the integral over it does not exist",
            where=problem.program.name,
            do="give it a population statement, or leave it out of marginal=",
        )


def _optimum(
    marginal: Laplace | Quadrature, laplace: Laplace, psi: np.ndarray, edges: SupportEdges
) -> tuple[Optimum, Inner | None]:
    """Find the maximum; where a scale may have collapsed, that of its limit."""
    limits = limits_of(marginal, psi, edges)
    for chosen in _choices(limits):
        optimum = optimum_at_limits(marginal, psi, edges, chosen)
        if optimum is not None:
            q = optimum.q.copy()
            q[[limit.at for limit in chosen]] = [limit.value for limit in chosen]
            return optimum, laplace.settle(q)
    optimum = find_optimum(marginal, psi, edges)
    return optimum, laplace.settle(optimum.q)


def _choices(limits: tuple[Limit, ...]) -> Iterator[tuple[Limit, ...]]:
    """Yield sets of limits, each coordinate at one edge at most, the largest sets first."""
    for size in range(len(limits), 0, -1):
        for chosen in itertools.combinations(limits, size):
            if len({limit.at for limit in chosen}) == size:
                yield chosen


def _integral(laplace: Laplace, inner: Inner | None, quadrature: int | None) -> Integral:
    if inner is not None and laplace.is_quadratic(inner):
        return Integral.EXACT
    return Integral.LAPLACE if quadrature is None else Integral.QUADRATURE


def _quality(latent: Sequence[str], integral: Integral, *, independent: bool) -> tuple[str, ...]:
    """Warn where the integral is an approximation."""
    if integral is not Integral.LAPLACE:
        return ()
    return (_LAPLACE.format(", ".join(latent), _QUADRATURE if independent else ""),)
