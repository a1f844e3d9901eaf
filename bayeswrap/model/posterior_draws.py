"""From a bound model and options to draws: of the posterior, its approximations, the prior."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bayeswrap.errors import EstimandError
from bayeswrap.estimates.approximations.automatic import TimeBudget, first_adequate, seconds_of_nuts
from bayeswrap.estimates.approximations.laplace import laplace_at
from bayeswrap.estimates.approximations.pathfinder import (
    PathfinderOptions,
    approximate_by_pathfinder,
)
from bayeswrap.estimates.posterior.fixed_param import sample_fixed
from bayeswrap.estimates.posterior.nuts import SampleOptions, sample
from bayeswrap.estimates.problem.estimand import Estimator, Scale
from bayeswrap.model.mode_estimation import estimate_mode, require_parameters
from bayeswrap.program.flat_priors import improper_parameters
from bayeswrap.progress import progress_shown, progress_wanted, task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayeswrap.estimates.approximations.approximation import Approximation
    from bayeswrap.estimates.point_estimates.mode_options import ModeOptions
    from bayeswrap.estimates.posterior.draws import Posterior
    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.model.bound_model import BoundModel
    from bayeswrap.program.weights.part_weights import PartWeights

__all__ = [
    "draw_approximation",
    "draw_laplace",
    "draw_pathfinder",
    "draw_posterior",
    "draw_prior",
]

_WARMUP = 1000
_CHAINS = 4
_DRAWS_MIN = 4  # of a chain: fewer leave R-hat undefined


def draw_laplace(
    bound: BoundModel, weights: PartWeights, options: ModeOptions, draws: int
) -> Approximation:
    """Seek the mode of the unconstrained scale and draw from the normal there."""
    mode = estimate_mode(bound, weights, Estimator.MAP, Scale.UNCONSTRAINED, options)
    return laplace_at(mode, draws)


def draw_pathfinder(
    bound: BoundModel,
    weights: PartWeights,
    options: PathfinderOptions,
    inits: Mapping[str, Any] | None,
    seed: int | None,
) -> Approximation:
    """Draw along the paths of an optimizer (see `Model.pathfinder`)."""
    require_parameters(bound.program, "an approximation by Pathfinder")
    with task("Pathfinder"):
        return approximate_by_pathfinder(_problem(bound, weights, inits, seed), options)


def draw_approximation(
    bound: BoundModel,
    weights: PartWeights,
    options: ModeOptions,
    *,
    draws: int,
    seconds: float | None,
) -> Approximation | Posterior:
    """Draw by the first method that is adequate (see `Model.approximate`)."""
    require_parameters(bound.program, "an approximation")
    problem = _problem(bound, weights, options.inits, options.seed)
    options = replace(options, seed=problem.seed)
    budget = TimeBudget(seconds)

    def pathfinder() -> Approximation:
        limits = PathfinderOptions(draws=draws, timeout=budget.left)
        return approximate_by_pathfinder(problem, limits)

    def nuts() -> Posterior:
        limits = SampleOptions(timeout=None if problem.executable is None else budget.left)
        return sample(problem, limits, show_progress=progress_wanted(options.show_progress))

    with progress_shown(options.show_progress):
        return first_adequate(
            lambda: draw_laplace(bound, weights, options, draws),
            pathfinder,
            nuts,
            budget,
            lambda: seconds_of_nuts(problem, SampleOptions()),
        )


def draw_posterior(
    bound: BoundModel,
    weights: PartWeights,
    options: SampleOptions,
    seed: int | None,
    *,
    show_progress: bool | None,
) -> Posterior:
    """Sample the posterior by NUTS (see `Model.sample`)."""
    if not bound.program.variables_in("parameters"):
        return _simulated(bound, weights, options, seed, show_progress=show_progress)
    if options.chain_inits:
        by_chain = [bound.initial_values(inits) for inits in options.chain_inits]
        options = replace(options, inits=by_chain)
    problem = _problem(bound, weights, options.shared_inits, seed)
    wanted = progress_wanted(show_progress)
    return sample(problem, options, show_progress=wanted, warnings=bound.warnings)


def _simulated(
    bound: BoundModel,
    weights: PartWeights,
    options: SampleOptions,
    seed: int | None,
    *,
    show_progress: bool | None,
) -> Posterior:
    """Draw the generated quantities of a program without parameters."""
    if not bound.program.variables_in("generated quantities"):
        require_parameters(bound.program, "a posterior by NUTS")
    problem = _problem(bound, weights, None, seed)
    wanted = progress_wanted(show_progress)
    return sample_fixed(problem, options, show_progress=wanted, warnings=bound.warnings)


def draw_prior(
    bound: BoundModel,
    weights: PartWeights,
    draws: int,
    seed: int | None,
    *,
    show_progress: bool | None,
    warmup: int = _WARMUP,
) -> Posterior:
    """Sample the prior by NUTS, with the likelihood statements off (see `Model.prior`)."""
    require_parameters(bound.program, "a prior")
    flat = improper_parameters(bound.program)
    if flat:
        raise EstimandError(
            "the prior is improper: it has no draws",
            got=f"no prior statement for {', '.join(flat)}, and no finite bounds",
            do="give these parameters a prior",
        )
    problem = _problem(bound, replace(weights, likelihood=0.0), None, seed)
    options = SampleOptions(iter_warmup=warmup, iter_sampling=max(_DRAWS_MIN, -(-draws // _CHAINS)))
    wanted = progress_wanted(show_progress)
    return sample(problem, options, show_progress=wanted, warnings=bound.warnings)


def _problem(
    bound: BoundModel,
    weights: PartWeights,
    inits: Mapping[str, Any] | None,
    seed: int | None,
) -> Problem:
    return bound.problem(Estimator.MAP, Scale.UNCONSTRAINED, weights, seed=seed, inits=inits)
