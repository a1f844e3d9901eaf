"""Results of one program on one data set, each in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.estimates.approximations.approximation import Approximation
from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
from bayeswrap.estimates.posterior.draws import Posterior
from bayeswrap.estimates.problem.estimand import Estimator, Scale
from bayeswrap.program.program import Program
from bayeswrap.program.roles.role import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "Lineup",
    "Result",
    "leaves_prior_out",
    "lineup_of",
]


def lineup_of(results: Sequence[Result]) -> Lineup:
    """Put the results of one program, of which there is one at least, in their places."""
    program = Program.from_record(results[0].record)
    return Lineup(results, has_prior=any(program.of_role(r) for r in (Role.POPULATION, Role.PRIOR)))


Result = PointEstimate | Approximation | Posterior


class Lineup:
    """The results of one comparison, each in its place.

    Parameters
    ----------
    results : sequence of results
        Of one program and data set; of each kind the first one counts.
    has_prior : bool, optional
        Whether the program has prior statements.

    Attributes
    ----------
    is_flat : bool
        Whether the posterior is one under a flat prior, which an MLE is to be compared with.
    """

    def __init__(self, results: Sequence[Result], *, has_prior: bool = True) -> None:
        self.results = tuple(results)
        self.has_prior = has_prior
        marginal = self._point(Estimator.MLE, None, marginal=True)
        self.mle = self._point(Estimator.MLE, None) or marginal
        self.marginal_mle = None if marginal is self.mle else marginal
        self.map_constrained = self._point(Estimator.MAP, Scale.CONSTRAINED)
        self.map_unconstrained = self._point(Estimator.MAP, Scale.UNCONSTRAINED)
        self.laplace = self._approximation("laplace")
        self.pathfinder = self._approximation("pathfinder")
        draws = [r for r in results if isinstance(r, Posterior)]
        self.prior = next((r for r in draws if r.of_prior), None)
        after = [r for r in draws if not r.of_prior]
        under_prior = [r for r in after if not leaves_prior_out(r)]
        self.posterior = next(iter(under_prior or after), None)
        self.is_flat = not has_prior or (self.posterior is not None and not under_prior)

    def _approximation(self, method: str) -> Approximation | None:
        found = (r for r in self.results if isinstance(r, Approximation))
        return next((r for r in found if r.method == method), None)

    def _point(
        self, estimator: Estimator, scale: Scale | None, *, marginal: bool = False
    ) -> PointEstimate | None:
        wanted = (estimator, scale, marginal)
        points = [r for r in self.results if isinstance(r, PointEstimate)]
        found = ((p, (p.estimator, p.scale, p.marginal is not None)) for p in points)
        return next((p for p, kind in found if kind == wanted), None)

    @property
    def map(self) -> PointEstimate | None:
        """The MAP that is compared with the posterior: that of the constrained scale, if any."""
        found = (self.map_constrained, self.map_unconstrained)
        return next((m for m in found if m is not None and m.status.is_estimate), None)

    @property
    def mode(self) -> PointEstimate | None:
        """The point that is compared with the posterior: a MAP, or the MLE under a flat prior."""
        if self.is_flat and self.mle is not None:
            return self.mle if self.mle.status.is_estimate else None
        return self.map

    @property
    def separate_densities(self) -> tuple[PointEstimate, ...]:
        """One point for each density whose maxima there are to be found."""
        found = [p for p in (self.mle, self.map_constrained) if p is not None]
        return tuple(found[:1] if self.is_flat else found)

    @property
    def approximations(self) -> tuple[Approximation, ...]:
        """The approximations to the posterior, the simplest one first."""
        return tuple(a for a in (self.laplace, self.pathfinder) if a is not None)

    @property
    def points(self) -> tuple[PointEstimate, ...]:
        """The point estimates, MLE first."""
        found = (self.mle, self.marginal_mle, self.map_constrained, self.map_unconstrained)
        return tuple(p for p in found if p is not None)


def leaves_prior_out(result: Result) -> bool:
    """Tell whether a result is of a density without its prior, by ``weighted(prior=0)``."""
    return result.record.weights.get("prior") == 0
