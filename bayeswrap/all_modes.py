"""Every mode of a model, one after the other within a budget, and why others are missing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bayeswrap.budget import Budget, checkpoint
from bayeswrap.errors import (
    BayeswrapError,
    EngineRunError,
    EstimationError,
    OutOfTimeError,
    UnsupportedProgramError,
)
from bayeswrap.estimates.approximations.laplace import laplace_at
from bayeswrap.estimates.point_estimates.mode_options import MODE_SEED, ModeOptions
from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
from bayeswrap.estimates.problem.estimand import Estimator, Scale
from bayeswrap.estimates.results.status import Status
from bayeswrap.model.mode_estimation import estimate_mode
from bayeswrap.program.roles.role import Role
from bayeswrap.progress import task
from bayeswrap.verdicts.verdict import Missing

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    from bayeswrap.model.model import Model
    from bayeswrap.verdicts.lineup import Result

__all__ = [
    "LAPLACE_DRAWS",
    "Estimates",
    "ModeSearch",
    "add_modes",
]

_LAPLACE = "Laplace approximation"
LAPLACE_DRAWS = 4000  # fewer leave k-hat, a shape of their tail, to chance
# of the seconds that are left: a search takes what others leave, and leaves some
_SHARE = 0.6
_JOINT_SHARE = 0.3  # of a joint mode beside a marginal one, which is what is reported


@dataclass(slots=True)
class Estimates:
    """The estimates that exist, and why others do not, as they are made within a budget."""

    budget: Budget
    results: list[Result] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    failures: list[BayeswrapError] = field(default_factory=list)

    def attempt(
        self, title: str, make: Callable[[], Result], *, share: float | None = None
    ) -> Result | None:
        """Keep what is made, or why it is not: one failure must not take the others with it.

        Parameters
        ----------
        title : str
            What is made.
        make : callable
            Makes it.
        share : float, optional
            How much of the seconds that are left it may take; None for no limit.
        """
        limit = Budget() if share is None else self.budget.share(share)
        try:
            with limit.in_force():
                checkpoint()
                with task(title):
                    result = make()
        except OutOfTimeError as error:
            self._leave_out(title, "its seconds were spent before it was found", error.do)
            self.failures.append(error)
            return None
        except (EstimationError, EngineRunError, UnsupportedProgramError) as error:
            status = getattr(getattr(error, "estimate", None), "status", None)
            self._leave_out(title, error.what if status is None else status.sentence, error.do)
            self.failures.append(error)
            return None
        self.results.append(result)
        if isinstance(result, PointEstimate) and not result.status.is_estimate:
            self._leave_out(title, result.status.sentence, result.status.advice)
        return result

    def _leave_out(self, title: str, reason: str, advice: str | None) -> None:
        self.missing.append(Missing(title=title, reason=reason, advice=advice or ""))


class ModeSearch:
    """The searches for the modes of one model, each made once.

    A mode that not every start leads to is where the searches after it begin.
    """

    def __init__(self, model: Model, seed: int, *, show_progress: bool | None) -> None:
        self._model = model
        self._common = ModeOptions(
            require_converged=False, seed=seed, show_progress=show_progress, stan_first=True
        )
        self._start: np.ndarray | None = None

    def seek(self, estimator: Estimator, scale: Scale | None, starts: int) -> PointEstimate:
        """Seek a mode from one start, and from many more where `starts` is not 0."""
        options = replace(self._common, start=self._start, starts=starts or None)
        point = estimate_mode(self._model.bound, self._model.weights, estimator, scale, options)
        if point.status is Status.CONVERGED and (self._start is not None or _is_hard(point)):
            self._start = point.optimum.q
        return point


def add_modes(
    estimates: Estimates,
    model: Model,
    starts: int,
    seed: int | None,
    *,
    show_progress: bool | None,
) -> None:
    """Seek every mode of a model, the marginal MLE of a hierarchy first.

    Parameters
    ----------
    estimates : Estimates
        Keeps what is found, within its budget.
    model : Model
        Program and data.
    starts : int
        From how many starts to look beyond the first.
    seed : int or None
        Of the starts.
    show_progress : bool or None
        Whether to show progress bars.
    """
    seed = MODE_SEED if seed is None else seed
    search = ModeSearch(model, seed, show_progress=show_progress)
    has_effects = all(model.program.of_role(r) for r in (Role.POPULATION, Role.LIKELIHOOD))
    share = _SHARE
    if has_effects:
        marginal = estimates.attempt(
            "marginal MLE", lambda: model.mle(marginal=True, seed=seed), share=_SHARE
        )
        if isinstance(marginal, PointEstimate) and marginal.status is Status.CONVERGED:
            return  # it is what a user reports, and nobody asked for a joint mode
        share = _SHARE if marginal is None else _JOINT_SHARE
    estimates.attempt(
        "joint MLE" if has_effects else "MLE",
        lambda: search.seek(Estimator.MLE, None, starts),
        share=share,
    )
    # under a flat prior the search is done
    again = starts if any(model.program.of_role(r) for r in (Role.PRIOR, Role.POPULATION)) else 0
    estimates.attempt(
        "MAP (constrained scale)",
        lambda: search.seek(Estimator.MAP, Scale.CONSTRAINED, again),
        share=share,
    )
    mode = estimates.attempt(
        "MAP (unconstrained scale)",
        lambda: search.seek(Estimator.MAP, Scale.UNCONSTRAINED, 0),
        share=share,
    )
    if isinstance(mode, PointEstimate):
        estimates.attempt(_LAPLACE, lambda: laplace_at(mode, LAPLACE_DRAWS), share=_SHARE)
    else:  # without the mode, for the same reason
        estimates.missing.append(replace(estimates.missing[-1], title=_LAPLACE))


def _is_hard(point: PointEstimate) -> bool:
    """Return whether a mode is one that not every start leads to."""
    if point.census is None:
        return False
    by_search = point.record.options["starts"] is not None
    return by_search or len(point.census.basins) > 1
