"""`ParameterPoints`: a result as points of the parameters, and functions of them with their spread.

A point estimate is one point with a root R of its covariance R R'; a function of it has the spread
of the delta method (van der Vaart, Asymptotic Statistics, 1998, ch. 3). Draws are many points, and
a function of them is as many numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.arguments import check_ci_prob
from bayeswrap.errors import EstimandError, UsageError
from bayeswrap.estimates.inference.wald_intervals import wald_interval
from bayeswrap.estimates.numerics.derivatives import central_difference
from bayeswrap.estimates.posterior.draws import Draws
from bayeswrap.estimates.results.mode_result import ModeResult

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bayeswrap.estimates.problem.layout import Layout

__all__ = [
    "ParameterPoints",
    "Spread",
]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spread:
    """A function of the parameters, with its uncertainty.

    Attributes
    ----------
    value : (*shape) array
        At the estimate, or the mean over draws.
    spread : (*shape) array
        Standard error, or standard deviation over draws.
    draws : (n, *shape) array or None
        The function of each draw.
    """

    value: np.ndarray
    spread: np.ndarray
    draws: np.ndarray | None = None

    def interval(
        self, ci_prob: float, support: tuple[float, float] | np.ndarray = (-np.inf, np.inf)
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return the ends of the interval: quantiles of draws, or Wald's inside the support.

        Parameters
        ----------
        ci_prob : float
            Coverage.
        support : pair or (*shape, 2) array, optional
            Ends of the range; the Wald interval is formed on the log or logit scale where they
            are finite.
        """
        if self.draws is not None:
            tail = (1 - check_ci_prob(ci_prob)) / 2
            lower, upper = np.quantile(self.draws, [tail, 1 - tail], axis=0)
            return lower, upper
        ends = np.broadcast_to(support, (*self.value.shape, 2)).reshape(-1, 2)
        lower, upper = wald_interval(self.value.ravel(), self.spread.ravel(), ends, ci_prob)
        return lower.reshape(self.value.shape), upper.reshape(self.value.shape)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ParameterPoints:
    """A result as points of the parameters.

    Attributes
    ----------
    layout : Layout
        Names and shapes of the scalars.
    scalars : (n, scalars) array
        One point, or as many as there are draws.
    root : (scalars, k) array or None
        R with covariance R R' of the point; None for draws.
    spread_name : str
        ``se``, ``sd_laplace`` or ``sd``.
    """

    layout: Layout
    scalars: np.ndarray
    root: np.ndarray | None
    spread_name: str

    @classmethod
    def of(cls, result: object) -> ParameterPoints:
        """Read a result.

        Parameters
        ----------
        result : PointEstimate, Posterior or Approximation
            Its scalars on the declared scale.

        Raises
        ------
        UsageError
            It is no result.
        EstimandError
            It is no verified estimate.
        """
        if isinstance(result, Draws):
            flat = result.draws.reshape(-1, result.draws.shape[-1])
            return cls(layout=result.layout, scalars=flat, root=None, spread_name="sd")
        if not isinstance(result, ModeResult):
            raise UsageError(
                "not a result of this regression",
                got=type(result).__name__,
                expected="an estimate of mle() or map(), or draws of sample() or laplace()",
                do="pass one of these",
            )
        if not result.status.is_estimate:
            raise EstimandError(
                "predictions need a verified estimate",
                got=result.status.sentence,
                do=result.status.advice,
            )
        return cls(
            layout=result.layout,
            scalars=result.values[np.newaxis],
            root=np.nan_to_num(result.root),
            spread_name=result.spread_name,
        )

    @property
    def is_point(self) -> bool:
        """Whether this is a point estimate."""
        return self.root is not None

    def variables(self, scalars: np.ndarray | None = None) -> dict[str, np.ndarray]:
        """Return Stan's variables at the points, (n, *shape) each."""
        return self.layout.split(self.scalars if scalars is None else scalars)

    def spread_of(self, function: Callable[[Mapping[str, np.ndarray]], np.ndarray]) -> Spread:
        """Return a function of the parameters with its uncertainty.

        Parameters
        ----------
        function : callable
            From Stan's variables at n points, (n, *shape) each, to an array (n, *shape).
        """
        values = function(self.variables())
        if self.root is None:
            return Spread(
                value=values.mean(axis=0), spread=values.std(axis=0, ddof=1), draws=values
            )
        # one row for each column of the root: all directions at once
        here = np.broadcast_to(self.scalars, self.root.T.shape)
        slopes = central_difference(lambda at: function(self.variables(at)), here, self.root.T)
        return Spread(value=values[0], spread=np.sqrt((slopes**2).sum(axis=0)))
