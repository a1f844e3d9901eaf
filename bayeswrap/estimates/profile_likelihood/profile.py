"""Profile likelihood of one scalar: its interval and its curve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import chdtri

from bayeswrap.arguments import check_ci_prob, did_you_mean
from bayeswrap.blas_threads import one_blas_thread
from bayeswrap.engine.run_files import json_values
from bayeswrap.errors import ConvergenceError, EstimandError, UnknownNameError
from bayeswrap.estimates.inference.delta_method import random_elements
from bayeswrap.estimates.problem.coordinates import bounds_depend_on_parameters
from bayeswrap.estimates.problem.estimand import Estimator, Scale
from bayeswrap.estimates.problem.labels import stan_name
from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.estimates.profile_likelihood.newton_limits import find_limit
from bayeswrap.estimates.profile_likelihood.scalar import ScalarOfInterest, scalar_of_interest
from bayeswrap.estimates.profile_likelihood.stepwise_limits import Limit, LimitKind, Point
from bayeswrap.estimates.profile_likelihood.whitened import Whitened
from bayeswrap.estimates.results.status import Status
from bayeswrap.markup import block, brief, sentences
from bayeswrap.progress import task

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.estimates.results.mode_result import ModeResult

__all__ = [
    "Profile",
    "profile",
]


_END_TOLERANCE = 1e-6  # relative: a value this close to an end of its support is the end
_BETTER_DEVIANCE = -1e-4  # nats
_ZERO = 1e-12  # standard errors
_INSIDE = 3.0  # log units away from the edge, where the density depends on a scale again
_STOPPED_POINTS = 4
_STOPPED = 1e-3  # standard errors, relative to the distance: the scalar no longer moves


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Profile:
    """The profile of one scalar.

    Attributes
    ----------
    name : str
        The scalar, in Stan's spelling.
    estimate : float
        Its value at the maximum, on its declared scale.
    ci_prob : float
        Coverage by the chi-square approximation with one degree of freedom.
    lower, upper : float
        Limits on the declared scale; infinite where the data set none, the end of the support
        where the deviance stays below the cut-off all the way to it.
    cutoff : float
        Deviance at a limit: the chi-square quantile, nats.
    values, deviances : (n,) array
        The curve, by growing value. The deviance is twice the fall of the maximised log density
        below its maximum.
    estimator : Estimator
        MLE (a profile likelihood) or MAP (a profile of the posterior density).
    scale : Scale or None
        Scale of the density, for a MAP.
    notes : tuple of str
        What a reader must know: one-sided intervals, edges, what a MAP's profile is not.
    gradients : int
        How many gradients it cost.
    label : str
        The scalar's label; its name where it has none.
    """

    name: str
    estimate: float
    ci_prob: float
    lower: float
    upper: float
    cutoff: float
    values: np.ndarray
    deviances: np.ndarray
    estimator: Estimator
    scale: Scale | None
    notes: tuple[str, ...]
    gradients: int
    label: str = ""

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper limit."""
        return self.lower, self.upper

    @property
    def curve(self) -> pd.DataFrame:
        """The curve: ``value`` on the declared scale, ``deviance`` in nats."""
        return pd.DataFrame({"value": self.values, "deviance": self.deviances})

    @property
    def title(self) -> str:
        """What kind of profile it is."""
        if self.estimator is Estimator.MLE:
            return "profile likelihood"
        return f"profile of the posterior density ({self.scale} scale)"

    def __str__(self) -> str:
        head = f"{self.title} of {self.label or self.name}: {self.estimate:.6g}"
        inside = f"{self.ci_prob:.0%} interval [{self.lower:.6g}, {self.upper:.6g}]"
        return "\n".join([f"{head}, {inside}", *self.notes])

    def __repr__(self) -> str:
        return brief(str(self))

    def _repr_html_(self) -> str:
        head, *notes = str(self).split("\n")
        return block(head, sentences(notes))


@one_blas_thread()
def profile(estimate: ModeResult, name: str, ci_prob: float = 0.95) -> Profile:
    """Profile one scalar: maximise over everything else at each of its values.

    The interval holds the values whose maximised log density lies within half the chi-square
    quantile of the maximum (Pawitan, In All Likelihood, 2001, ch. 3 and 9). It does not depend
    on the parametrisation, and it may be one-sided or lopsided where a Wald interval cannot be.

    Parameters
    ----------
    estimate : ModeResult
        An MLE or a MAP, as a verb of `Model` returned it.
    name : str
        A scalar parameter, transformed parameter or generated quantity, in Stan's spelling or by
        its label.
    ci_prob : float, optional
        Coverage.

    Returns
    -------
    Profile
        Limits, curve and notes.

    Raises
    ------
    UnknownNameError
        No such scalar.
    UsageError
        `ci_prob` is not between 0 and 1.
    EstimandError
        The scalar has no profile (random, a whole number, constant), or there is no maximum to
        start from, or the estimate was loaded from a file.
    ConvergenceError
        The profile climbs above the maximum: the estimate is not the best one.

    Examples
    --------
    >>> import bayeswrap as bw
    >>> program = bw.Program.from_string(
    ...     "data { int n; int y; } parameters { real<lower=0, upper=1> p; }"
    ...     "model { y ~ binomial(n, p); }", name="coin")
    >>> mle = bw.Model(program, {"n": 10, "y": 1}, engine="stanli").mle(seed=1)
    >>> mle.profile("p")
    profile likelihood of p: 0.1, 95% interval [0.00599112, 0.371636]
    """
    cutoff = float(chdtri(1, 1 - check_ci_prob(ci_prob)))
    problem = estimate.problem_for("profile()")
    name = stan_name(name, estimate.labels)
    row = _row(estimate, name)
    _require_maximum(estimate)
    _require_smooth(estimate, problem, name, row)
    space, starts = _space(estimate, problem)
    interest = scalar_of_interest(problem, space, name, row, away=starts[0] if starts else None)
    if interest is None:
        raise EstimandError(
            f"{name} has no profile: it does not move with the parameters at the estimate",
            got=estimate.notes.get(name, "a derivative of zero in all directions"),
            do="profile a parameter that it depends on",
        )
    falling = _is_falling(interest, name)
    edges = _ends(estimate, problem, row) == _at(estimate, row)
    with task(f"profile of {estimate.labels.get(name, name)}"):
        limits = [
            _on_edge(interest) if at_edge else find_limit(interest, side, cutoff, starts)
            for side, at_edge in zip((-1, 1), edges[::-1] if falling else edges, strict=True)
        ]
        _refuse_better(estimate, problem, interest, limits)
        return _described(estimate, interest, ci_prob, limits)


def _row(estimate: ModeResult, name: str) -> int:
    if name in estimate.layout.names:
        return estimate.layout.names.index(name)
    names, labels = estimate.layout.names, estimate.labels
    inside = [n for n in names if variable_of(n) == variable_of(name)] or list(names)
    shown = [labels.get(n, n) for n in inside]
    raise UnknownNameError(
        f"no scalar {name!r} in this result{did_you_mean(name, [*shown, *inside])}",
        expected=", ".join(shown[:8]),
        do="name one scalar, with Stan's 1-based indices or its label",
    )


def _at(estimate: ModeResult, row: int) -> float:
    """Return a scalar at the estimate; on an edge it is the edge itself."""
    return float(estimate.values[row])  # noqa: PD011 - an array, not a data frame


def _ends(estimate: ModeResult, problem: Problem, row: int) -> np.ndarray:
    """Return the ends of a scalar's support; infinite where they move with other parameters."""
    if bounds_depend_on_parameters(problem.program, estimate.layout.names[row]):
        return np.array([-np.inf, np.inf])
    return np.asarray(estimate.supports[row])


def _require_maximum(estimate: ModeResult) -> None:
    if estimate.status in {Status.CONVERGED, Status.BOUNDARY}:
        return
    raise EstimandError(
        "a profile starts from a smooth maximum, and there is none here",
        got=estimate.status.sentence,
        do=estimate.status.advice,
    )


def _require_smooth(estimate: ModeResult, problem: Problem, name: str, row: int) -> None:
    """Refuse what has no derivative or no meaning."""
    transforms = problem.density.transforms
    reason = ""
    if np.isnan(_at(estimate, row)):
        reason = estimate.notes.get(name, "it has no value at the estimate")
    elif problem.program.variables[variable_of(name)].declaration.base == "int":
        reason = "a whole number has no derivative"
    elif row >= len(transforms.names()) and random_elements(transforms, estimate.optimum.q)[row]:
        reason = "it is random: one draw at the estimate"
    if reason:
        raise EstimandError(
            f"{name} has no profile", got=reason, do="profile a parameter or a smooth function"
        )


def _space(estimate: ModeResult, problem: Problem) -> tuple[Whitened, tuple[np.ndarray, ...]]:
    """Return whitened coordinates, and more starts where some of them lie on an edge."""
    optimum, excluded = estimate.optimum, estimate.optimum.excluded
    extra = np.zeros((optimum.q.size, len(excluded)))
    extra[list(excluded), range(len(excluded))] = 1.0
    root = np.hstack([optimum.root, extra])
    space = Whitened(problem.objective, optimum.q, optimum.value, root)
    if not excluded:
        return space, ()
    back = np.zeros(root.shape[1])
    edges = optimum.q[list(excluded)]
    back[optimum.root.shape[1] :] = np.sign(edges) * _INSIDE - edges
    return space, (back,)


def _on_edge(interest: ScalarOfInterest) -> Limit:
    return Limit(LimitKind.EDGE, Point(np.zeros(interest.space.size), 0.0, 0.0), ())


def _refuse_better(
    estimate: ModeResult, problem: Problem, interest: ScalarOfInterest, limits: Sequence[Limit]
) -> None:
    """Raise where the profile passes above the maximum that it started from."""
    points = [p for limit in limits for p in (*limit.path, limit.last)]
    best = min(points, key=lambda p: p.deviance)
    if best.deviance >= _BETTER_DEVIANCE:
        return
    inits = json_values(problem.coordinates.arrays(interest.space.position(best.z)))
    error = ConvergenceError(
        "the profile passes above the maximum, so that this estimate is not the best one",
        where=f"log density {-best.deviance / 2:.4g} nats above {estimate.log_joint:.6g}",
        do=f"estimate again from there: inits={inits}",
    )
    error.estimate = estimate
    raise error


def _described(
    estimate: ModeResult, interest: ScalarOfInterest, ci_prob: float, limits: Sequence[Limit]
) -> Profile:
    """Return limits and curve on the declared scale, with notes on them."""
    row, name = interest.row, estimate.layout.names[interest.row]
    label = estimate.labels.get(name, name)
    cutoff = float(chdtri(1, 1 - ci_prob))
    low, high = reversed(limits) if _is_falling(interest, name) else limits
    lower_end, upper_end = _ends(estimate, interest.problem, row)
    lower = _value_at(interest, low, lower_end, -np.inf)
    upper = _value_at(interest, high, upper_end, np.inf)
    points = [(interest.declared(p.z), p.deviance) for limit in limits for p in limit.path]
    points.append((_at(estimate, row), 0.0))
    curve = np.array(sorted({p for p in points if np.isfinite(p).all()}))
    return Profile(
        name=name,
        estimate=_at(estimate, row),
        ci_prob=ci_prob,
        lower=lower,
        upper=upper,
        cutoff=cutoff,
        values=curve[:, 0],
        deviances=curve[:, 1],
        estimator=estimate.estimator,
        scale=estimate.scale,
        notes=(
            *_side_notes(label, "lower", low, lower, cutoff),
            *_side_notes(label, "upper", high, upper, cutoff),
            *_kind_notes(estimate),
        ),
        gradients=interest.space.gradients,
        label=label,
    )


def _is_falling(interest: ScalarOfInterest, name: str) -> bool:
    """Return whether a scalar falls where its coordinate grows: Stan maps x = U - exp(q).

    Looked for around 0, as next to an edge nothing moves.
    """
    if interest.direction is None:
        return False
    coordinates = interest.problem.coordinates
    q = interest.space.centre.copy()
    ends = []
    for at in (0.0, 1.0):
        q[coordinates.names.index(name)] = at
        ends.append(coordinates.constrain(q)[interest.row])
    return bool(ends[1] < ends[0])


def _value_at(interest: ScalarOfInterest, limit: Limit, end: float, without: float) -> float:
    """Return a limit on the declared scale."""
    reached = interest.declared(limit.last.z)
    if limit.end in {LimitKind.CROSSED, LimitKind.JUMPED, LimitKind.REFUSED}:
        return reached
    if interest.direction is not None or abs(reached - end) < _END_TOLERANCE * max(1.0, abs(end)):
        return float(end)
    if not _has_stopped(limit):
        return without
    return 0.0 if abs(reached) < _ZERO * interest.scale else reached


def _has_stopped(limit: Limit) -> bool:
    """Return whether the scalar itself no longer moves along the end of the path."""
    last = [p.u for p in limit.path[-_STOPPED_POINTS:]]
    return max(last, default=0.0) - min(last, default=0.0) < _STOPPED * max(1.0, abs(limit.last.u))


def _side_notes(name: str, side: str, limit: Limit, value: float, cutoff: float) -> list[str]:
    if limit.end is LimitKind.CROSSED:
        return []
    if limit.end in {LimitKind.JUMPED, LimitKind.REFUSED}:
        return [f"at the {side} limit, {value:.6g}, {limit.end.value}; look at the curve"]
    deviance = max(limit.last.deviance, 0.0)
    reached = f"{limit.end.value} ({deviance:.4g} of {cutoff:.4g})"
    if np.isinf(value):
        other = "lower" if side == "upper" else "upper"
        return [
            f"no finite {side} limit: {reached}; the data bound {name} on the {other} side at most"
        ]
    return [f"the {side} limit is the end of the range of {name}, {value:.6g}: {reached}"]


def _kind_notes(estimate: ModeResult) -> list[str]:
    notes = []
    if estimate.estimator is Estimator.MAP:
        notes.append(
            "a profile of the posterior density, not of the likelihood: a description of its "
            "shape, neither a confidence nor a credible interval"
        )
    if estimate.status is Status.BOUNDARY:
        notes.append(
            "the maximum lies on the edge of the support, where the chi-square cut-off is only "
            "approximate (Self & Liang 1987)"
        )
    return notes
