"""From a bound model and options to a verified mode: which parts are on, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bayeswrap.blas_threads import one_blas_thread
from bayeswrap.errors import EstimandError
from bayeswrap.estimates.marginal_likelihood.latent_variables import (
    chosen_latent,
    latent_variables,
    require_population,
)
from bayeswrap.estimates.marginal_likelihood.maximise_marginal import maximise_marginal
from bayeswrap.estimates.point_estimates.convergence import require_estimate
from bayeswrap.estimates.point_estimates.maximise import maximise
from bayeswrap.estimates.problem.estimand import Estimator, Scale
from bayeswrap.estimates.problem.fixed import fixed_scalars
from bayeswrap.program.roles.role import Role
from bayeswrap.progress import progress_shown, progress_wanted

if TYPE_CHECKING:
    from bayeswrap.estimates.point_estimates.mode_options import ModeOptions
    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.model.bound_model import BoundModel
    from bayeswrap.program.program import Program
    from bayeswrap.program.weights.part_weights import PartWeights

__all__ = [
    "estimate_mode",
    "require_parameters",
]


_JOINT_MODE = (
    "joint mode of hyperparameters and latent effects: it sits where the effects collapse and is "
    "no summary of the posterior; report the posterior"
)
_JOINT_MLE = (
    "joint maximum over latent effects and hyperparameters: not the MLE that mixed model software "
    "reports, and inconsistent as groups are added"
)
_NOTHING_LATENT = "no latent variables to integrate out: an ordinary estimate"


@one_blas_thread()
def estimate_mode(
    bound: BoundModel,
    weights: PartWeights,
    estimator: Estimator,
    scale: Scale | None,
    options: ModeOptions,
) -> PointEstimate:
    """Find and verify a mode, of the joint density or of a marginal one.

    Parameters
    ----------
    bound : BoundModel
        Program, data and engine.
    weights : PartWeights
        Powers of the parts; an MLE takes the prior out.
    estimator, scale : Estimator, Scale or None
        Which mode.
    options : ModeOptions
        How it is sought.

    Raises
    ------
    EstimandError
        The program has no such mode.
    ConvergenceError
        No maximum exists, or none was found, and `options` require one.
    EngineDisagreementError
        The compiled program is another function than the in-process density.
    """
    program, is_mle = bound.program, estimator is Estimator.MLE
    require_parameters(program, "an MLE" if is_mle else "a MAP")
    if is_mle:
        weights = replace(weights, prior=0.0)
        _require_likelihood(program)
    latent = chosen_latent(program, options.marginal)
    with progress_shown(options.show_progress):
        if latent:
            estimate = _marginal_mode(bound, weights, estimator, scale, options, latent=latent)
        else:
            estimate = _joint_mode(bound, weights, estimator, scale, options)
    if estimate.status.is_estimate and estimate.problem is not None:
        bound.agreement.require(estimate.problem, estimate.optimum.q)
    if options.require_converged:
        require_estimate(estimate)
    return estimate


def _marginal_mode(
    bound: BoundModel,
    weights: PartWeights,
    estimator: Estimator,
    scale: Scale | None,
    options: ModeOptions,
    *,
    latent: tuple[str, ...],
) -> PointEstimate:
    if estimator is Estimator.MLE:
        require_population(bound.program, latent)
    problem = bound.problem(estimator, scale, weights, seed=options.seed, inits=options.inits)
    warnings = (*bound.warnings[len(bound.program.warnings) :], *_left_in(bound.program, latent))
    return maximise_marginal(
        problem,
        latent,
        options.quadrature,
        warnings,
        show_progress=progress_wanted(options.show_progress),
    )


def _joint_mode(
    bound: BoundModel,
    weights: PartWeights,
    estimator: Estimator,
    scale: Scale | None,
    options: ModeOptions,
) -> PointEstimate:
    program, warnings = bound.program, list(bound.warnings)
    if options.marginal:
        warnings.append(_NOTHING_LATENT)
    if estimator is Estimator.MLE:
        if not options.marginal:
            warnings += _joint_warning(program, joint=options.joint)
        if not options.joint:
            weights = replace(weights, population=0.0)
    elif program.of_role(Role.POPULATION):
        warnings.append(_JOINT_MODE)
    problem = bound.problem(
        estimator,
        scale,
        weights,
        seed=options.seed,
        inits=options.inits,
        start=options.start,
        fixed=fixed_scalars(bound.coordinates, options.fixed or {}, bound.labels),
    )
    return maximise(
        problem,
        warnings,
        starts=options.starts,
        stan_first=options.stan_first,
        show_progress=progress_wanted(options.show_progress),
    )


def _joint_warning(program: Program, *, joint: bool) -> tuple[str, ...]:
    """Warn of effects that are maximised, or refuse it where nobody asked for it."""
    population = program.of_role(Role.POPULATION)
    if not population:
        return ()
    if joint:
        return (_JOINT_MLE,)
    first = population[0]
    raise EstimandError(
        "a joint MLE is not meaningful here: the program is hierarchical, and the effects would "
        "be maximised, not integrated out",
        where=f"{program.name}.stan:{first.line}  {first.text}",
        do="use mle(marginal=True), which integrates them out, or sample(); or joint=True for "
        "the naive maximum; or, if this statement is an "
        f'ordinary prior, set its role: roles={{"{first.line}": "prior"}}',
    )


def _left_in(program: Program, latent: tuple[str, ...]) -> tuple[str, ...]:
    """Warn of effects that are not named, and so are maximised with the hyperparameters."""
    others = [n for n in latent_variables(program) if n not in latent]
    return (f"{', '.join(others)} not integrated out: {_JOINT_MLE}",) if others else ()


def require_parameters(program: Program, what: str) -> None:
    """Raise `EstimandError` for a program without continuous parameters."""
    if not program.variables_in("parameters"):
        raise EstimandError(
            f"program {program.name!r} has no continuous parameters: {what} is not defined",
            do="use sample(), which draws its generated quantities"
            if program.variables_in("generated quantities")
            else "use enumerate() for a parameter with finitely many values",
        )


def _require_likelihood(program: Program) -> None:
    if not program.of_role(Role.LIKELIHOOD):
        raise EstimandError(
            f"program {program.name!r} has no likelihood statement, so it has no MLE",
            do="use map() or sample(); or set the role of the likelihood with roles=",
        )
