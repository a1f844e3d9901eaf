"""What a verdict looks at beyond the results: evaluations of the density that they came from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.diagnosis.identifiability.separation import separation_of
from bayeswrap.diagnosis.identifiability.weak_identification import weakness_of
from bayeswrap.diagnosis.modes.funnel import funnel_of
from bayeswrap.diagnosis.modes.label_symmetry import label_symmetry
from bayeswrap.diagnosis.modes.marginal_shift import marginal_shift
from bayeswrap.diagnosis.modes.prior_share import prior_share
from bayeswrap.diagnosis.modes.ridge_branches import separate_branches
from bayeswrap.diagnosis.modes.typical_set import drop_below
from bayeswrap.diagnosis.propriety.open_intervals import unbounded_intervals
from bayeswrap.diagnosis.propriety.tail_mass import tails_of
from bayeswrap.errors import EstimationError, UnsupportedProgramError
from bayeswrap.estimates.multistart.search import usual_starts
from bayeswrap.estimates.point_estimates.maximise import find_mode
from bayeswrap.estimates.problem.estimand import Estimator, Scale
from bayeswrap.estimates.results.status import Status
from bayeswrap.program.moving_support import moving_supports
from bayeswrap.thresholds import RIDGE_HEIGHT
from bayeswrap.verdicts.mode_hunt import from_draws, from_each_other
from bayeswrap.verdicts.questions import Questions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayeswrap.diagnosis.identifiability.separation import Separation
    from bayeswrap.diagnosis.identifiability.weak_identification import WeakIdentification
    from bayeswrap.diagnosis.modes.funnel import Funnel
    from bayeswrap.diagnosis.modes.label_symmetry import LabelSymmetry
    from bayeswrap.diagnosis.modes.prior_share import PriorShare
    from bayeswrap.diagnosis.modes.typical_set import DensityDrop
    from bayeswrap.diagnosis.propriety.tails import Tails
    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.estimates.results.census import Census
    from bayeswrap.program.moving_support import MovingSupport
    from bayeswrap.verdicts.lineup import Lineup

__all__ = [
    "Evidence",
    "before_draws",
    "beside_draws",
    "gather",
    "with_draws",
]


_CLIMBS, _MANY = 6, 20  # climbs to a ridge, and the most coordinates that a chain is relaxed in
_FOR_A_CENSUS = 0.3  # of the seconds that are left
_LISTED = 10_000  # rows: a list of all linear predictors takes a second for a thousand


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Measurements; None where the results do not allow one, as after loading them.

    Attributes
    ----------
    censuses : mapping of str to Census
        What many starts found, by the title of the estimate.
    drop : DensityDrop or None
        How far the draws lie below the MAP.
    shift : mapping of str to float or None
        How far the hyperparameters of a joint mode are from their marginal mode, in Laplace sds.
    share : PriorShare or None
        Which share of the information at the MAP the prior supplies.
    tails : Tails or None
        Where the posterior has no prior, whether its mass is finite.
    unbounded : tuple or None
        Scalars whose profile likelihood has no end on a side.
    weakness : WeakIdentification or None
        Coefficients whose interval is wider than the plausible range.
    separation : Separation or None
        Of a generalised linear model whose MLE was not found.
    supports : tuple of MovingSupport or None
        Outcomes whose support moves with a parameter.
    branches : int
        On how many separate pieces of a ridge several climbs end; 0 where there is no ridge.
    symmetry : LabelSymmetry or None
        Components whose labels the draws switch.
    funnel : Funnel or None
        Centred effects whose spread varies so much that poor draws are no wonder.
    observations : int or None
        Rows of the longest data.
    """

    censuses: Mapping[str, Census]
    drop: DensityDrop | None = None
    shift: Mapping[str, float] | None = None
    share: PriorShare | None = None
    tails: Tails | None = None
    unbounded: tuple[tuple[str, int], ...] | None = None
    weakness: WeakIdentification | None = None
    separation: Separation | None = None
    supports: tuple[MovingSupport, ...] | None = None
    branches: int = 0
    symmetry: LabelSymmetry | None = None
    funnel: Funnel | None = None
    observations: int | None = None


def gather(
    lineup: Lineup,
    starts: int | None,
    *,
    show_progress: bool = False,
    questions: Questions | None = None,
) -> Evidence:
    """Measure what the results allow, draws apart.

    Parameters
    ----------
    lineup : Lineup
        The results.
    starts : int or None
        From how many starts to search where no result was searched for; 0 for no search, None for
        the usual number.
    show_progress : bool, optional
        Whether a search that lasts longer than a second shows a bar.
    questions : Questions, optional
        The seconds for it, and what they were not enough for; without a limit by default.
    """
    questions = questions or Questions()
    first = before_draws(lineup, questions)
    return beside_draws(first, lineup, starts, questions, show_progress=show_progress)


def before_draws(lineup: Lineup, questions: Questions) -> Evidence:
    """Measure what decides whether to sample: the tails, and what a joint mode is worth."""
    both = (lineup.map_unconstrained, lineup.map_constrained)
    joint, modes = [m for m in both if m is not None and m.marginal is None], _joint_modes(lineup)
    # far out Stan's own arithmetic overflows to infinity without a warning
    with np.errstate(all="ignore"):
        return Evidence(
            # a search that stops early says little of modes that are rarely reached
            censuses={
                p.title: p.census
                for p in lineup.points
                if p.census is not None and p.record.options["starts"] is not None
            },
            tails=questions.ask(
                "whether the posterior is proper", lambda: _tails(lineup, joint), None
            ),
            shift=questions.ask(
                "how far the joint mode is from a marginal one",
                lambda: marginal_shift(modes[0]) if modes else None,
                None,
            ),
        )


def beside_draws(
    evidence: Evidence,
    lineup: Lineup,
    starts: int | None,
    questions: Questions,
    *,
    show_progress: bool = False,
) -> Evidence:
    """Measure the rest that needs no draws (see `gather`)."""
    modes = _joint_modes(lineup)
    with np.errstate(all="ignore"):
        share = questions.ask(
            "the prior's share of the information",
            lambda: prior_share(modes[-1]) if modes else None,
            None,
        )
        evidence = _with_likelihood(replace(evidence, share=share), lineup, questions)
    censuses = dict(evidence.censuses)
    for point in lineup.separate_densities if starts != 0 else ():
        if point.title not in censuses:
            search = partial(_census, point, starts, show_progress=show_progress)
            about = f"whether the {point.title} is the only mode"
            census = questions.ask(about, search, None, share=_FOR_A_CENSUS)
            censuses |= {point.title: census} if census is not None else {}
    if starts != 0:
        with np.errstate(all="ignore"):
            censuses = questions.ask(
                "whether the modes of likelihood and posterior lead to one another",
                lambda: from_each_other(lineup, censuses),
                censuses,
                share=_FOR_A_CENSUS,
            )
    return replace(evidence, censuses=censuses)


def with_draws(evidence: Evidence, lineup: Lineup, questions: Questions | None = None) -> Evidence:
    """Add what is measured on posterior draws beside the mode."""
    modes, draws, questions = _joint_modes(lineup), lineup.posterior, questions or Questions()
    if draws is None:
        return evidence
    with np.errstate(all="ignore"):
        return replace(
            evidence,
            censuses=questions.ask(
                "whether draws far from the mode lead to another one",
                lambda: from_draws(lineup, evidence.censuses),
                evidence.censuses,
                share=_FOR_A_CENSUS,
            ),
            drop=questions.ask(
                "how far the draws lie below the mode",
                lambda: drop_below(modes[0], draws) if modes else None,
                None,
            ),
            symmetry=label_symmetry(draws) if draws.diagnostics.mixing_problems else None,
            funnel=funnel_of(draws) if draws.diagnostics.problems else None,
        )


def _joint_modes(lineup: Lineup) -> list[PointEstimate]:
    both = (lineup.map_unconstrained, lineup.map_constrained)
    joint = (m for m in both if m is not None and m.marginal is None)
    return [m for m in joint if m.status.is_estimate]


def _tails(lineup: Lineup, modes: list[PointEstimate]) -> Tails | None:
    """Follow the tails from the mode of the unconstrained scale, or from where its search ended."""
    problem = next((r.problem for r in (*modes, lineup.posterior) if r and r.problem), None)
    marginal = lineup.marginal
    if problem is None and marginal is not None and marginal.problem is not None:
        problem = _of_posterior(marginal.problem)
    if problem is None:
        return None
    flat = [m.optimum.direction for m in modes if m.status is Status.FLAT]
    directions = [d for d in flat if d is not None and np.isfinite(d).all()]
    # without a joint mode: effects at their conditional modes lie in the middle as well
    tops = modes[:1] or [m for m in (marginal,) if m is not None]
    top = next((m.optimum.q for m in tops if m.status is Status.CONVERGED), None)
    points = [p for p in (*modes, lineup.mle) if p is not None and p.marginal is None]
    unbounded_ends = [p.optimum.q for p in points if p.status is Status.UNBOUNDED]
    try:
        return tails_of(problem, top, directions=directions, unbounded_ends=unbounded_ends)
    except UnsupportedProgramError:  # draws of a program that CmdStan alone takes
        return None


def _of_posterior(problem: Problem) -> Problem:
    """Return the problem of the posterior density of a marginal MLE, which leaves the prior out."""
    weights = replace(problem.weights, prior=1.0)
    return replace(problem, estimator=Estimator.MAP, scale=Scale.UNCONSTRAINED, weights=weights)


def _with_likelihood(evidence: Evidence, lineup: Lineup, questions: Questions) -> Evidence:
    """Add what is measured on the likelihood alone, where there is an ordinary MLE of it."""
    mle = lineup.mle
    if mle is None or mle.problem is None or mle.marginal is not None or mle.problem.fixed:
        return evidence
    problem, optimum, rows = mle.problem, mle.optimum, _longest(mle.problem)
    smooth, listed = mle.status is Status.CONVERGED, rows <= _LISTED
    return replace(
        evidence,
        observations=rows,
        supports=moving_supports(problem.program),
        # along a direction of separation the likelihood rises from everywhere: where there is a
        # verified maximum there is none
        separation=questions.ask(
            "whether predictors separate the outcomes",
            lambda: separation_of(problem) if listed and not smooth else None,
            None,
        ),
        weakness=questions.ask(
            "which coefficients are weakly identified",
            lambda: weakness_of(problem, optimum) if listed and smooth else None,
            None,
        ),
        unbounded=questions.ask(
            "whether a profile interval has an end",
            lambda: unbounded_intervals(problem, optimum.q) if smooth else None,
            None,
        ),
        branches=questions.ask(
            "whether the ridge is in separate pieces",
            lambda: _branches(problem) if mle.status is Status.FLAT else 0,
            0,
        ),
    )


def _longest(problem: Problem) -> int:
    """Return the number of rows of the longest data."""
    return max((len(v) for v in problem.data.values.values() if np.ndim(v)), default=0)


def _branches(problem: Problem) -> int:
    """Ascend to a ridge from a few starts; return the number of its pieces that they reach."""
    if problem.density.transforms.dimension > _MANY:
        return 0
    ends = []
    for seed in range(1, _CLIMBS + 1):
        try:
            again = replace(problem, start=None, inits={}, seed=seed)
            ends.append(find_mode(again, starts=1).optimum)
        except EstimationError:  # this start has no finite density
            continue
    top = max((o.value for o in ends), default=np.nan)
    return separate_branches(
        problem.objective, [o.q for o in ends if top - o.value < RIDGE_HEIGHT.value]
    )


def _census(point: PointEstimate, starts: int | None, *, show_progress: bool) -> Census | None:
    problem = point.problem
    if problem is None or point.marginal is not None or problem.fixed:
        return None
    try:
        dimension = problem.density.transforms.dimension
        many = usual_starts(dimension, problem.density.work) if starts is None else starts
        again = replace(problem, start=None, inits={})
        return find_mode(again, starts=many, show_progress=show_progress).census
    except EstimationError:  # no start has a finite density: the estimate stands alone
        return None
