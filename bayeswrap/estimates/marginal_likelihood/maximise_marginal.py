"""From a problem to a marginal estimate."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.budget import to_the_end
from bayeswrap.errors import EstimandError
from bayeswrap.estimates.marginal_likelihood.joint_density import joint_density
from bayeswrap.estimates.marginal_likelihood.laplace_marginal import Laplace
from bayeswrap.estimates.marginal_likelihood.marginal_estimate import (
    MarginalOptimum,
    marginal_estimate,
)
from bayeswrap.estimates.marginal_likelihood.marginal_search import search_marginal
from bayeswrap.estimates.marginal_likelihood.scale_scan import start_of
from bayeswrap.estimates.optimization.starting_points import flat_coordinates
from bayeswrap.estimates.results.marginal import Integral

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.estimates.marginal_likelihood.joint_density import Joint
    from bayeswrap.estimates.marginal_likelihood.laplace_marginal import Inner
    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.estimates.problem.problem import Problem

__all__ = [
    "maximise_marginal",
]


_LAPLACE = (
    "the integral over {} is a Laplace approximation, poor where groups are small and outcomes "
    "discrete{}"
)
_QUADRATURE = "; quadrature=32 computes it by quadrature"


def maximise_marginal(
    problem: Problem,
    latent: tuple[str, ...],
    quadrature: int | None,
    warnings: Sequence[str] = (),
    *,
    show_progress: bool = False,
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
    show_progress : bool
        Whether a search that lasts longer than a second shows a bar.

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
    OutOfTimeError
        The seconds of the budget in force were spent before there was a point.
    UsageError
        Quadrature was asked for over effects that depend on each other.
    """
    started = time.perf_counter()
    joint = joint_density(problem, latent)
    start = start_of(problem, joint)
    flat = flat_coordinates(joint, start)
    _require_integrable(problem, joint, flat)
    laplace = Laplace(joint, start, joint.latent, ~joint.latent & ~flat)
    end = search_marginal(problem, laplace, quadrature, show_progress=show_progress)
    with to_the_end():  # a point in hand is described whatever the budget
        whole = start if end.inner is None else end.inner.q
        integral = _integral(laplace, end.inner, quadrature)
        quality = _quality(latent, integral, independent=laplace.pattern.is_diagonal)
        found = MarginalOptimum(
            optimum=end.optimum.embedded(np.flatnonzero(laplace.free), whole),
            inner=end.inner,
            joint=joint,
            flat=flat,
            latent=latent,
            integral=integral,
        )
        return marginal_estimate(problem, found, started, (*warnings, *end.warnings, *quality))


def _require_integrable(problem: Problem, joint: Joint, flat: np.ndarray) -> None:
    loose = np.flatnonzero(flat & joint.latent)
    if loose.size:
        raise EstimandError(
            f"no statement that is on reaches {problem.coordinates.names[loose[0]]}: "
            "the integral over it does not exist",
            where=problem.program.name,
            do="give it a population statement, or leave it out of marginal=",
        )


def _integral(laplace: Laplace, inner: Inner | None, quadrature: int | None) -> Integral:
    if inner is not None and laplace.is_quadratic(inner):
        return Integral.EXACT
    return Integral.LAPLACE if quadrature is None else Integral.QUADRATURE


def _quality(latent: Sequence[str], integral: Integral, *, independent: bool) -> tuple[str, ...]:
    """Warn where the integral is an approximation."""
    if integral is not Integral.LAPLACE:
        return ()
    return (_LAPLACE.format(", ".join(latent), _QUADRATURE if independent else ""),)
