"""`PointEstimate`: an MLE or a MAP with its scale, spread, log densities and record.

Imports `engine`, `record` and its own neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from bayeswrap.arguments import one_of
from bayeswrap.engine.cmdstan import raw_fit
from bayeswrap.estimates.inference.derived import derive_point
from bayeswrap.estimates.inference.flat_directions import flat_directions
from bayeswrap.estimates.inference.information import correlation, digits_left, information
from bayeswrap.estimates.inference.information_criteria import aic, bic
from bayeswrap.estimates.inference.sandwich import middle_of
from bayeswrap.estimates.inference.wald_intervals import wald_interval
from bayeswrap.estimates.problem.estimand import Estimator, Scale
from bayeswrap.estimates.problem.layout import unknown_variable
from bayeswrap.estimates.profile_likelihood.profile import profile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayeswrap.engine.run_files import CmdStanOutput
    from bayeswrap.estimates.inference.derived import Derived, Quantity
    from bayeswrap.estimates.inference.flat_directions import Flat
    from bayeswrap.estimates.inference.sandwich import CovarianceKind
    from bayeswrap.estimates.problem.layout import Layout
    from bayeswrap.estimates.problem.problem import Request
    from bayeswrap.estimates.profile_likelihood.profile import Profile
    from bayeswrap.estimates.results.census import Census
    from bayeswrap.estimates.results.marginal import Marginal
    from bayeswrap.estimates.results.mode_result import LogParts
    from bayeswrap.estimates.results.optimum import Optimum
    from bayeswrap.estimates.results.status import Status
    from bayeswrap.record import RunRecord

__all__ = [
    "PointEstimate",
]


_PARAMETERS = "parameters"
_LINE = (-np.inf, np.inf)
_ROUNDING = 1e-12  # double precision over a step of 1e-3, with some room


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PointEstimate:
    """A verified mode.

    Attributes
    ----------
    estimator : Estimator
        ``MLE`` (prior off) or ``MAP`` (prior on).
    scale : Scale or None
        Scale of the density whose mode a MAP is; an MLE has none.
    status : Status
        How the search ended, with sentence and advice.
    log_parts : LogParts
        Log likelihood, prior and population at the estimate.
    layout : Layout
        Names and shapes of all scalars, derived ones last.
    values : (n,) array
        Estimates on the declared scale.
    spread : (n,) array
        Standard errors (MLE) or Laplace standard deviations (MAP); NaN with a note otherwise.
    supports : (n, 2) array
        Ends of each scalar's support.
    notes : mapping of str to str
        Why a scalar has no spread, or no value.
    root : (n, k) array
        R with covariance R R'.
    optimum : Optimum
        The point on the unconstrained scale.
    coordinates : tuple of str
        Names of the unconstrained coordinates.
    warnings : tuple of str
        What a reader of the estimate must know.
    record : RunRecord
        What it was made from.
    marginal : Marginal or None
        What was integrated out, how, and the effects; None for an ordinary estimate.
    n_parameters : int
        How many parameters were estimated: those that are held, or that nothing determines, do
        not count.
    census : Census or None
        What the starts of a search found; None without ``starts=``.
    request : Request or None
        What was asked, with program, data and density; None where the estimate was loaded.
    """

    estimator: Estimator
    scale: Scale | None
    status: Status
    log_parts: LogParts
    layout: Layout
    values: np.ndarray
    spread: np.ndarray
    supports: np.ndarray
    notes: Mapping[str, str]
    root: np.ndarray
    optimum: Optimum
    coordinates: tuple[str, ...]
    warnings: tuple[str, ...]
    record: RunRecord
    labels: Mapping[str, str] = field(default_factory=dict)
    output: CmdStanOutput | None = None
    marginal: Marginal | None = None
    n_parameters: int = 0
    census: Census | None = None
    # the way back to the density; a file holds no data, so a loaded estimate has none
    request: Request | None = field(default=None, repr=False, metadata={"saved": False})

    @property
    def spread_name(self) -> str:
        """``se`` for an MLE, ``sd_laplace`` for a MAP: a posterior sd is not a standard error."""
        return "se" if self.estimator is Estimator.MLE else "sd_laplace"

    @property
    def title(self) -> str:
        """Short name with its scale, as tables show it."""
        how = [str(self.marginal.integral)] if self.marginal else []
        how += [f"{self.scale} scale"] if self.scale else []
        name = f"marginal {self.estimator}" if self.marginal else str(self.estimator)
        told = f"{name} ({', '.join(how)})" if how else name
        return told + self.record.powers

    @property
    def effects(self) -> pd.DataFrame:
        """Conditional ``mode`` and ``sd`` of what was integrated out; empty where nothing was.

        The deviation takes the estimates as known; both are on the declared scale.
        """
        if self.marginal is None:
            return pd.DataFrame({"mode": [], "sd": []}, index=pd.Index([], name="effect"))
        return self.marginal.effects

    @property
    def log_likelihood(self) -> float:
        """Log likelihood at the estimate, nats, with all constants."""
        return self.log_parts.likelihood

    @property
    def log_prior(self) -> float:
        """Log prior density at the estimate, nats, with all constants."""
        return self.log_parts.prior

    @property
    def log_population(self) -> float:
        """Log density of the population statements at the estimate, nats."""
        return self.log_parts.population

    @property
    def log_joint(self) -> float:
        """Sum of log likelihood, log prior and log population, without Jacobian."""
        return self.log_parts.joint

    @property
    def cmdstan_fit(self) -> Any:  # noqa: ANN401 - cmdstanpy is untyped
        """The raw ``CmdStanMLE``; None where stanli evaluated the estimate.

        Its values are those of Stan's optimizer, before they were polished.
        """
        return None if self.output is None else raw_fit(self.output)

    def __getitem__(self, variable: str) -> np.ndarray:
        """Return a variable's estimate in its declared shape."""
        try:
            return self.layout.take(self.values, variable)
        except KeyError:
            raise unknown_variable(variable, self.layout) from None

    def to_frame(
        self,
        ci_prob: float = 0.95,
        *,
        derived: bool = False,
        ci_scale: Literal["link", "declared"] = "link",
    ) -> pd.DataFrame:
        """Return one row a scalar.

        Parameters
        ----------
        ci_prob : float, optional
            Coverage of the Wald interval.
        ci_scale : {"link", "declared"}, optional
            Where the Wald interval is formed: on a link that keeps it inside the support, or on
            the declared scale itself, where it is symmetric and may leave the support.
        derived : bool, optional
            Whether transformed parameters and generated quantities are shown.

        Returns
        -------
        pandas.DataFrame
            Indexed by Stan's names: ``estimate``, ``se`` or ``sd_laplace``, ``ci_lower``,
            ``ci_upper``, and ``note`` where there is something to say; a marginal estimate has
            ``sd_conditional`` of its effects as well, which is no standard error.

        Raises
        ------
        UsageError
            `ci_prob` is not between 0 and 1, or `ci_scale` is none of these.
        """
        one_of(ci_scale, ("link", "declared"), "ci_scale")
        supports = self.supports if ci_scale == "link" else np.full((self.values.size, 2), _LINE)
        lower, upper = wald_interval(self.values, self.spread, supports, ci_prob)
        frame = pd.DataFrame(
            {
                "estimate": self.values,
                self.spread_name: self.spread,
                "ci_lower": lower,
                "ci_upper": upper,
            },
            index=pd.Index(self.layout.names, name="parameter"),
        )
        if self.marginal is not None:
            frame.insert(2, "sd_conditional", self.effects["sd"].reindex(frame.index))
        if self.notes:
            frame["note"] = [self.notes.get(n, "") for n in self.layout.names]
        return frame if derived else frame.loc[self._shown()]

    def _shown(self) -> list[str]:
        wanted = {v for v, b in self.layout.blocks.items() if b == _PARAMETERS}
        rows = [i for v in self.layout.variables if v in wanted for i in self.layout.indices(v)]
        return [self.layout.names[i] for i in rows]

    def covariance(self, kind: CovarianceKind = "observed") -> pd.DataFrame:
        """Return the covariance matrix of the declared parameters.

        Parameters
        ----------
        kind : {"observed", "sandwich", "opg"}, optional
            The inverse of the observed information; or, for an MLE whose program declares
            ``vector[N] log_lik``, White's sandwich, which holds where the program is wrong about
            the distribution (White 1982, doi:10.2307/1912526), or the inverse of the outer
            product of the gradients (Berndt, Hall, Hall & Hausman 1974).

        Returns
        -------
        pandas.DataFrame
            Indexed both ways by Stan's names; by the delta method on the declared scale.

        Raises
        ------
        UsageError
            Another `kind`.
        EstimandError
            The scores that it needs cannot be had.
        """
        shown = self._shown()
        rows = [self.layout.names.index(n) for n in shown]
        matrix = self.root[rows] @ middle_of(self, kind) @ self.root[rows].T
        matrix[np.isnan(self.spread[rows])] = np.nan
        matrix[:, np.isnan(self.spread[rows])] = np.nan
        return pd.DataFrame(matrix, index=shown, columns=shown)

    def correlation(self, kind: CovarianceKind = "observed") -> pd.DataFrame:
        """Return the correlation matrix of the declared parameters (see `covariance`)."""
        return correlation(self.covariance(kind))

    @property
    def condition_number(self) -> float:
        """Condition number of the information matrix scaled to a unit diagonal."""
        return self.optimum.condition

    @property
    def digits_left(self) -> int:
        """How many of sixteen digits of the estimates the condition number leaves."""
        return digits_left(self.optimum.condition)

    @property
    def hessian_error(self) -> float:
        """Bound on the relative error of the Hessian: the difference between two step sizes.

        The finer of the two is what is used; its own error is smaller by orders of magnitude,
        down to the rounding of differences, below which no bound is given.
        """
        return max(self.optimum.hessian_error, _ROUNDING)

    def information(self) -> pd.DataFrame:
        """Return the observed information on the unconstrained scale (see `information`)."""
        return information(self)

    def flat_directions(self) -> Flat:
        """Name the directions without curvature, and what is identified all the same."""
        return flat_directions(self)

    def profile(self, name: str, ci_prob: float = 0.95) -> Profile:
        """Return the profile of one scalar, with its interval.

        Parameters
        ----------
        name : str
            A scalar parameter, transformed parameter or generated quantity, in Stan's spelling.
        ci_prob : float, optional
            Coverage.

        Raises
        ------
        UnknownNameError
            No such scalar.
        EstimandError
            It has no profile, with the reason.
        ConvergenceError
            The profile climbs above the maximum: the estimate is not the best one.
        """
        return profile(self, name, ci_prob)

    def derive(self, quantity: Quantity, ci_prob: float = 0.95) -> Derived:
        """Return a function of the estimate, its spread by the delta method.

        Parameters
        ----------
        quantity : str or callable
            An expression such as ``"exp(beta[2])"``, with Stan's 1-based indices, or a function
            of a dict of arrays.
        ci_prob : float, optional
            Coverage of the interval.

        Raises
        ------
        UsageError
            The expression is not understood.
        EstimandError
            The quantity has no derivative, or there is no estimate.
        """
        return derive_point(self, quantity, ci_prob)

    @property
    def aic(self) -> float:
        """Akaike's criterion, for an MLE; `EstimandError` for a MAP."""
        return aic(self)

    def bic(self, n: int | None = None) -> float:
        """Return Schwarz's criterion, for an MLE.

        Parameters
        ----------
        n : int, optional
            Number of observations; by default the rows of the data frame, or the length of the
            only outcome.

        Raises
        ------
        EstimandError
            Not an MLE, or the number of observations is not known.
        """
        return bic(self, n)

    def __str__(self) -> str:
        parts = self.log_parts
        lines = [
            f"{self.title}: {self.status}",
            self.to_frame().to_string(float_format=lambda x: f"{x:.6g}"),
            f"log likelihood {parts.likelihood:.4f}   log prior {parts.prior:.4f}"
            + (f"   log population {parts.population:.4f}" if parts.population else ""),
            *self.warnings,
        ]
        return "\n".join(lines)

    __repr__ = __str__
