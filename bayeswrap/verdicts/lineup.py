"""Results of one program on one data set, each in its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from bayeswrap.estimates.approximations.approximation import Approximation
from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
from bayeswrap.estimates.posterior.draws import Posterior
from bayeswrap.estimates.problem.estimand import Estimator, Scale
from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.program.roles.role import Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from bayeswrap.estimates.results.census import Census

__all__ = [
    "Lineup",
    "Result",
    "leaves_prior_out",
    "lineup_of",
    "local_maxima",
]


Result = PointEstimate | Approximation | Posterior


def lineup_of(results: Sequence[Result]) -> Lineup:
    """Put the results of one program, of which there is one at least, in their places."""
    program = results[0].program
    has_prior = any(program.of_role(r) for r in (Role.POPULATION, Role.PRIOR))
    return Lineup(tuple(results), has_prior=has_prior)


@dataclass(frozen=True, eq=False)
class Lineup:
    """The results of one comparison, each in its place.

    Attributes
    ----------
    results : tuple of results
        Of one program and data set; of each kind the first one counts.
    has_prior : bool
        Whether the program has prior statements.
    """

    results: tuple[Result, ...]
    has_prior: bool = field(default=True, kw_only=True)

    def __repr__(self) -> str:
        return f"Lineup: {', '.join(result.title for result in self.results)}"

    @cached_property
    def mle(self) -> PointEstimate | None:
        """The MLE; the marginal one where there is no other."""
        return self._point(Estimator.MLE, None) or self._any_marginal_mle

    @cached_property
    def marginal_mle(self) -> PointEstimate | None:
        """The marginal MLE beside a joint one."""
        return None if self._any_marginal_mle is self.mle else self._any_marginal_mle

    @cached_property
    def _any_marginal_mle(self) -> PointEstimate | None:
        return self._point(Estimator.MLE, None, marginal=True)

    @cached_property
    def marginal_map(self) -> PointEstimate | None:
        """The marginal MAP, that of the constrained scale first."""
        scales = (Scale.CONSTRAINED, Scale.UNCONSTRAINED)
        found = (self._point(Estimator.MAP, scale, marginal=True) for scale in scales)
        return next((p for p in found if p is not None), None)

    @cached_property
    def marginal(self) -> PointEstimate | None:
        """What a user of a hierarchy reports: the marginal MLE, the marginal MAP without one."""
        candidates = (self._any_marginal_mle, self.marginal_map)
        return next((p for p in candidates if p is not None and p.status.is_estimate), None)

    @cached_property
    def map_constrained(self) -> PointEstimate | None:
        """The MAP of the constrained scale."""
        return self._point(Estimator.MAP, Scale.CONSTRAINED)

    @cached_property
    def map_unconstrained(self) -> PointEstimate | None:
        """The MAP of the unconstrained scale."""
        return self._point(Estimator.MAP, Scale.UNCONSTRAINED)

    @cached_property
    def laplace(self) -> Approximation | None:
        """The Laplace approximation."""
        return self._approximation("laplace")

    @cached_property
    def pathfinder(self) -> Approximation | None:
        """The approximation by Pathfinder."""
        return self._approximation("pathfinder")

    @cached_property
    def prior(self) -> Posterior | None:
        """Draws of the prior."""
        return next((r for r in self._sampled if r.of_prior), None)

    @cached_property
    def posterior(self) -> Posterior | None:
        """Draws of the posterior; of that under a flat prior where there is no other."""
        return next(iter(self._under_prior or self._after_data), None)

    @cached_property
    def is_flat(self) -> bool:
        """Whether the posterior is one under a flat prior, which an MLE is to be compared with."""
        return not self.has_prior or (self.posterior is not None and not self._under_prior)

    @property
    def _sampled(self) -> list[Posterior]:
        return [r for r in self.results if isinstance(r, Posterior)]

    @property
    def _after_data(self) -> list[Posterior]:
        return [r for r in self._sampled if not r.of_prior]

    @property
    def _under_prior(self) -> list[Posterior]:
        return [r for r in self._after_data if not leaves_prior_out(r)]

    def _approximation(self, method: str) -> Approximation | None:
        approximations = (r for r in self.results if isinstance(r, Approximation))
        return next((a for a in approximations if a.method == method), None)

    def _point(
        self, estimator: Estimator, scale: Scale | None, *, marginal: bool = False
    ) -> PointEstimate | None:
        wanted = (estimator, scale, marginal)
        for point in self.results:
            if isinstance(point, PointEstimate):
                kind = (point.estimator, point.scale, point.marginal is not None)
                if kind == wanted:
                    return point
        return None

    @property
    def map(self) -> PointEstimate | None:
        """The MAP that is compared with the posterior: that of the constrained scale, if any."""
        modes = (self.map_constrained, self.map_unconstrained)
        return next((m for m in modes if m is not None and m.status.is_estimate), None)

    @property
    def mode(self) -> PointEstimate | None:
        """The point that is compared with the posterior.

        A marginal estimate where effects are integrated out, else a MAP, or the MLE under a flat
        prior.
        """
        if self.marginal is not None:
            return self.marginal
        if self.is_flat and self.mle is not None:
            return self.mle if self.mle.status.is_estimate else None
        return self.map

    @property
    def mode_name(self) -> str:
        """What the point that is compared with the posterior is called."""
        if self.mode is None:
            return "mode"
        return "marginal " * (self.mode.marginal is not None) + str(self.mode.estimator)

    @property
    def effects(self) -> tuple[str, ...]:
        """What is reported of the variables that are integrated out of the point compared."""
        if self.mode is None or self.mode.marginal is None:
            return ()
        return self.mode.layout.reported_variables(self.mode.marginal.latent)

    def judged(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of the parameters that the point estimates: effects have no error."""
        return frame[[variable_of(str(n)) not in self.effects for n in frame.index]]

    @property
    def separate_densities(self) -> tuple[PointEstimate, ...]:
        """One point for each density whose maxima there are to be found."""
        points = [p for p in (self.mle, self.map_constrained) if p is not None]
        return tuple(points[:1] if self.is_flat else points)

    @property
    def approximations(self) -> tuple[Approximation, ...]:
        """The approximations to the posterior, the simplest one first."""
        return tuple(a for a in (self.laplace, self.pathfinder) if a is not None)

    @property
    def points(self) -> tuple[PointEstimate, ...]:
        """The point estimates, MLE first."""
        points = (
            self.mle,
            self.marginal_mle,
            self.marginal_map,
            self.map_constrained,
            self.map_unconstrained,
        )
        return tuple(p for p in points if p is not None)


def leaves_prior_out(result: Result) -> bool:
    """Return whether a result is of a density without its prior, by ``weighted(prior=0)``."""
    return result.record.weights.get("prior") == 0


def local_maxima(lineup: Lineup, censuses: Mapping[str, Census]) -> tuple[str, ...]:
    """Return the titles of estimates beside which the density is higher, without a maximum there.

    Parameters
    ----------
    lineup : Lineup
        The results.
    censuses : mapping of str to Census
        What searches found, by the title of the estimate.
    """
    points = (p for p in lineup.points if p.status.is_estimate and p.title in censuses)
    return tuple(p.title for p in points if censuses[p.title].higher)
