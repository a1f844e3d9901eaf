"""The joint log density of hyperparameters and latent effects, each on its own scale.

Effects are integrated over their declared scale, so the log Jacobian of *their* transforms belongs
to the integrand; that of the hyperparameters' does not, unless the mode of the unconstrained scale
is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.engine.stanli import InProcessDensity, translate
from bayeswrap.errors import EngineError, EstimandError
from bayeswrap.program.syntax.rewriting import parameters_without

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.engine.density import Density
    from bayeswrap.estimates.problem.log_density import Objective
    from bayeswrap.estimates.problem.problem import Problem

__all__ = [
    "Joint",
    "joint_density",
]


@dataclass(frozen=True, slots=True)
class Joint:
    """Log density of a whole unconstrained position, with the Jacobian of the effects alone.

    Attributes
    ----------
    whole : Objective
        With the Jacobian of all parameters.
    hyper : Density
        Log Jacobian of the hyperparameters.
    latent : (dimension,) array of bool
        Coordinates of latent effects.
    keeps_jacobian : bool
        Whether the Jacobian of the hyperparameters is left in.
    """

    whole: Objective
    hyper: Density
    latent: np.ndarray
    keeps_jacobian: bool
    _last: dict[bytes, tuple[float, np.ndarray]] = field(
        init=False, repr=False, default_factory=dict
    )

    def __call__(self, q: np.ndarray) -> tuple[float, np.ndarray]:
        """Return value (nats) and gradient; -inf where Stan refuses the point."""
        value, gradient = self.whole(q)
        if not self.keeps_jacobian and np.isfinite(value):
            log_jacobian, its_gradient = self._hyper_at(q[~self.latent])
            value -= log_jacobian
            gradient[~self.latent] -= its_gradient
        return value, gradient

    def _hyper_at(self, psi: np.ndarray) -> tuple[float, np.ndarray]:
        """Evaluate the Jacobian once for all positions that differ in the effects alone."""
        key = psi.tobytes()
        if key not in self._last:
            self._last.clear()
            self._last[key] = self.hyper.evaluate(psi)
        return self._last[key]

    def log_jacobian(self, q: np.ndarray) -> float:
        """Return what the hyperparameters' Jacobian adds to the value, nats."""
        return self.hyper.evaluate(q[~self.latent])[0] if self.keeps_jacobian else 0.0


def joint_density(problem: Problem, latent: Sequence[str]) -> Joint:
    """Return the density that a marginal estimate integrates.

    Parameters
    ----------
    problem : Problem
        Program, data, parts and scale.
    latent : sequence of str
        Latent variables.

    Raises
    ------
    EstimandError
        The support of a hyperparameter depends on a latent variable.
    """
    mask = np.array([variable in latent for variable in problem.coordinates.variables])
    whole = problem.density.objective(problem.weights, jacobian=True)
    spheres = () if problem.jacobian else problem.spheres
    hyper = _hyper_jacobian(problem, latent)
    return Joint(replace(whole, spheres=spheres), hyper, mask, problem.jacobian)


def _hyper_jacobian(problem: Problem, latent: Sequence[str]) -> Density:
    """Return the density of the program that declares the hyperparameters and nothing else."""
    name = problem.program.name
    try:
        mir = translate(parameters_without(problem.density.source.text, latent), name)
    except EngineError as error:
        raise EstimandError(
            f"the support of a hyperparameter depends on {', '.join(latent)}, which is integrated "
            "out",
            where=name,
            do="declare its bounds without latent variables, or name other ones in marginal=",
        ) from error
    return InProcessDensity(mir=mir, data=problem.stan_data, name=name)
