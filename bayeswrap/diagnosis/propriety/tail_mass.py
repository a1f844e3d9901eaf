"""Whether a density has finite mass: its tails along each coordinate without a prior.

With g(t) the log of the integral over everything else at distance t, by Laplace's method, the mass
beyond is finite where exp(g) falls faster than 1/t, and infinite where it does not: the exponent
between t and 2t decides.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.diagnosis.propriety.centre import centre_of, line_along
from bayeswrap.diagnosis.propriety.evaluation_budget import BudgetSpentError
from bayeswrap.diagnosis.propriety.exact_fit_tails import exact_fit_tails
from bayeswrap.diagnosis.propriety.rays import ray_of
from bayeswrap.diagnosis.propriety.tails import Mass, Tail, Tails
from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.program.flat_priors import without_proper_prior
from bayeswrap.thresholds import TAIL_CONVERGES, TAIL_DIVERGES, TAIL_MARGIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.diagnosis.propriety.centre import Centre, Line
    from bayeswrap.diagnosis.propriety.rays import ConditionalMaximum, Ray
    from bayeswrap.estimates.problem.problem import Problem

__all__ = [
    "tails_of",
]


_LADDER = (1 / 8, 1 / 2, 1.0, 2.0)
_WIDTH = 100.0  # a longer way than this in units is no way on a log scale
_SMALL = 0.2  # share of a fall that an unfinished climb may still win back
_NEEDED = 40  # evaluations for each coordinate: some whitenings of all the others
_SAME = 1e-7  # relative: rounding far out


def tails_of(
    problem: Problem,
    q: np.ndarray | None = None,
    *,
    directions: Sequence[np.ndarray] = (),
    unbounded_ends: Sequence[np.ndarray] = (),
    budget: int = 20_000,
) -> Tails:
    """Follow the log posterior of the unconstrained scale out to where its mass is decided.

    Only coordinates whose parameters have no proper prior are followed: elsewhere the prior
    bounds the tail of a bounded likelihood. Where the likelihood is not bounded, at an exact fit,
    a prior need not help, and the scale that collapses there is followed whatever its prior.

    Parameters
    ----------
    problem : Problem
        Which density: its parts, with the Jacobian.
    q : (dimension,) array, optional
        Its mode, or the point at which a search ended; None starts from the origin.
    directions : sequence of (dimension,) arrays
        Further directions to follow, such as one along which the density is known to be flat.
    unbounded_ends : sequence of (dimension,) arrays
        Where searches ended that found the density to grow without bound.
    budget : int
        Most evaluations of the gradient; what is not decided by then stays so.

    Returns
    -------
    Tails
        One for each coordinate and side; nothing is raised.

    References
    ----------
    Tierney & Kadane 1986, doi:10.1080/01621459.1986.10478240 (Laplace's method for marginals).
    """
    function = problem.density.objective(problem.weights, jacobian=True)
    free, centre = centre_of(problem, function, q, budget)
    loose = without_proper_prior(problem.program, problem.weights)
    lines = [line_along(centre, d[free]) for d in directions if d[free].any()]
    lines += [centre.line(i) for i, n in enumerate(centre.names) if variable_of(n) in loose]
    # scales first: theirs are the tails that are left open, should the budget be short
    lines.sort(key=lambda line: not line.on_log_scale)
    ways = [(line, sign) for line in lines for sign in (-1, 1)]
    tails = []
    for done, (line, sign) in enumerate(ways):
        centre.function.allow(1 / (len(ways) - done), at_least=_NEEDED * centre.position.size)
        tails.append(_tail(centre, line, sign))
    return Tails(_with_exact_fits(tails, problem, unbounded_ends))


def _with_exact_fits(
    tails: Sequence[Tail], problem: Problem, unbounded_ends: Sequence[np.ndarray]
) -> tuple[Tail, ...]:
    """Put what was proved at an exact fit in the place of what was seen from elsewhere."""
    for q in unbounded_ends:
        proved = exact_fit_tails(problem, q)
        if proved:
            ways = {(t.coordinate, t.sign) for t in proved}
            return (*(t for t in tails if (t.coordinate, t.sign) not in ways), *proved)
    return tuple(tails)


def _is_invariant(centre: Centre, line: Line) -> bool:
    """Return whether neither the density nor its slope changes along a line."""
    value, slope = centre.function(centre.position)
    for t in (-line.far, line.far, 2 * line.far):
        there, its_slope = centre.function(centre.position + t * line.direction)
        same = np.allclose(its_slope, slope, rtol=_SAME, atol=_SAME)
        if not (same and abs(there - value) < _SAME * (1 + abs(value))):
            return False
    return True


def _tail(centre: Centre, line: Line, sign: int) -> Tail:
    tail = Tail(
        coordinate=line.name,
        sign=sign,
        outcome=Mass.NOT_DETERMINED,
        exponent=np.nan,
        depth=np.nan,
        end=line.ends[sign > 0],
    )
    try:
        return _followed(centre, line, sign, tail)
    except BudgetSpentError:
        return tail


def _followed(centre: Centre, line: Line, sign: int, tail: Tail) -> Tail:
    if _is_invariant(centre, line):
        return replace(tail, outcome=Mass.INFINITE, exponent=0.0, depth=0.0)
    ray = ray_of(centre.function, centre.position, sign * line.direction, line.unit)
    quick = _falls(ray, line.far)
    if quick is not None:
        return replace(tail, outcome=Mass.FINITE, exponent=quick, depth=np.inf)
    return _by_exponent(tail, ray, line.far)


def _falls(ray: Ray, far: float) -> float | None:
    """Return a bound on the exponent where the height alone proves a finite mass."""
    for t in (far, far / 2):
        (near, _), (beyond, left) = ray.rough(t), ray.rough(2 * t)
        fall = near.height - beyond.height
        # the scales of the others grow in proportion to t, or, if t is a log scale, to exp(t)
        growth = np.log(2) if t > _WIDTH else max(np.log(2), t)
        if np.isfinite(fall):
            enough = (
                fall > (ray.drift.size + 1) * growth + TAIL_MARGIN.value
                and left * t < _SMALL * fall
            )
            return float(fall / np.log(2) - ray.drift.size) if enough else None
    return None


def _by_exponent(tail: Tail, ray: Ray, far: float) -> Tail:
    stations = _stations(ray, [0.0, *(far * step for step in _LADDER)])
    # where numbers lose their digits farther out, the last pair that kept them decides
    pairs = [stations[-2:], stations[-3:-1]]
    near, beyond = next((p for p in pairs if not np.isnan([s.marginal for s in p]).any()), pairs[0])
    if len(stations) <= len(_LADDER):
        return tail
    if np.inf in {near.volume, beyond.volume}:
        return replace(tail, outcome=Mass.INFINITE, exponent=0.0, depth=_depth(stations))
    exponent = (near.marginal - beyond.marginal) / np.log(2)
    if not np.isfinite(exponent):
        return tail
    outcome = Mass.NOT_DETERMINED
    if exponent <= TAIL_DIVERGES.value:
        outcome = Mass.INFINITE
    elif exponent >= TAIL_CONVERGES.value:
        outcome = Mass.FINITE
    return replace(tail, outcome=outcome, exponent=float(exponent), depth=_depth(stations))


def _stations(ray: Ray, distances: Sequence[float]) -> list[ConditionalMaximum]:
    """Walk out, each inner maximum from the last ones, until there is none twice in a row."""
    stations: list[ConditionalMaximum] = []
    for i, t in enumerate(distances):
        starts = [t * ray.drift, *(s.w for s in stations[-1:])]
        if len(stations) > 1:
            a, b = distances[i - 2], distances[i - 1]
            starts.append(stations[-1].w + (t - b) / (b - a) * (stations[-1].w - stations[-2].w))
        root = stations[-1].root if stations else None
        stations.append(ray.exact(t, [np.asarray(w) for w in starts], root))
        if np.isnan([s.volume for s in stations[-2:]]).all() and i:
            break
    return stations


def _depth(stations: Sequence[ConditionalMaximum]) -> float:
    """Return how far down the way leads, by the marginal density, or by the height without one."""
    marginals = [s.marginal for s in stations]
    if not np.isfinite(marginals).all():
        marginals = [s.height for s in stations]
    return float(max(0.0, marginals[0] - min(marginals[1:])))
