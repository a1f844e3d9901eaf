"""`PointEstimate`: an MLE or a MAP with its scale, spread, log densities and record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from bayeswrap.arguments import one_of
from bayeswrap.engine.cmdstan import raw_fit
from bayeswrap.estimates.inference.derived import derive_point
from bayeswrap.estimates.inference.flat_directions import flat_directions
from bayeswrap.estimates.inference.information import correlation, digits_left, information
from bayeswrap.estimates.inference.information_criteria import aic, bic
from bayeswrap.estimates.inference.sandwich import sandwich_middle
from bayeswrap.estimates.inference.wald_intervals import near_an_end, wald_interval
from bayeswrap.estimates.profile_likelihood.profile import profile
from bayeswrap.estimates.results.mode_result import ModeResult
from bayeswrap.estimates.results.status import Status
from bayeswrap.estimates.results.table_rows import chosen, labelled, printed
from bayeswrap.markup import block, brief, sentences, table
from bayeswrap.thresholds import NEAR_EDGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.estimates.inference.derived import Derived, Quantity
    from bayeswrap.estimates.inference.flat_directions import UnidentifiedDirections
    from bayeswrap.estimates.inference.sandwich import CovarianceKind
    from bayeswrap.estimates.profile_likelihood.profile import Profile

__all__ = [
    "PointEstimate",
]


_LINE = (-np.inf, np.inf)
_NEAR_END = (
    f"no Wald interval, as an end of the range lies within {NEAR_EDGE.value:g} standard errors; "
    "a profile or the posterior has one"
)
_ROUNDING = 1e-12  # double precision over a step of 1e-3, with some room


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PointEstimate(ModeResult):
    """A verified mode with its verbs: intervals, covariance, profiles, derived quantities.

    See Also
    --------
    ModeResult : the fields.
    """

    @property
    def cmdstan_fit(self) -> Any:  # noqa: ANN401 - cmdstanpy is untyped
        """The raw ``CmdStanMLE``; None where stanli evaluated the estimate.

        Its values are those of Stan's optimizer, before they were polished.
        """
        return None if self.output is None else raw_fit(self.output)

    def to_frame(
        self,
        ci_prob: float = 0.95,
        *,
        names: str | Sequence[str] | None = None,
        derived: bool = False,
        ci_scale: Literal["link", "declared"] = "link",
    ) -> pd.DataFrame:
        """Return one row a scalar.

        Parameters
        ----------
        ci_prob : float, optional
            Coverage of the Wald interval.
        names : str or sequence of str, optional
            Scalars (``beta[2]``, ``beta[dose]``), variables, or patterns such as ``"theta[*"``;
            derived ones that are named are shown.
        ci_scale : {"link", "declared"}, optional
            Where the Wald interval is formed: on a link that keeps it inside the support, or on
            the declared scale itself, where it is symmetric and may leave the support.
        derived : bool, optional
            Whether transformed parameters and generated quantities are shown.

        Returns
        -------
        pandas.DataFrame
            Indexed by Stan's names: ``estimate``, ``se`` or ``sd_laplace``, ``ci_lower``,
            ``ci_upper``, ``label`` where a scalar has one, and ``note`` where there is something to
            say; a marginal estimate has ``sd_conditional`` of its effects as well, which is no
            standard error.

        Raises
        ------
        UsageError
            `ci_prob` is not between 0 and 1, or `ci_scale` is none of these.
        UnknownNameError
            A name that fits no scalar.
        """
        one_of(ci_scale, ("link", "declared"), "ci_scale")
        supports = self.supports if ci_scale == "link" else np.full((self.values.size, 2), _LINE)
        lower, upper = wald_interval(self.values, self.spread, supports, ci_prob)
        near = near_an_end(self.values, self.spread, supports)
        lower[near], upper[near] = np.nan, np.nan
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
        if self.notes or near.any():
            notes = zip(self.layout.names, near, strict=True)
            frame["note"] = [
                self.notes.get(n, _NEAR_END if is_near else "") for n, is_near in notes
            ]
        shown = list(self.layout.names) if derived or names is not None else self.parameters()
        if names is not None:
            shown = chosen(shown, names, self.labels)
        return labelled(frame.loc[shown], self.labels)

    def wald_limits(self, ci_prob: float = 0.95) -> pd.DataFrame:
        """Return Wald limits of all scalars on their link, near an end of the range as well.

        There `to_frame` withholds them; beside draws they show how little the quadratic holds.

        Parameters
        ----------
        ci_prob : float, optional
            Coverage.

        Returns
        -------
        pandas.DataFrame
            ``ci_lower``, ``estimate`` and ``ci_upper``, indexed by Stan's names, derived ones last.
        """
        lower, upper = wald_interval(self.values, self.spread, self.supports, ci_prob)
        return pd.DataFrame(
            {"ci_lower": lower, "estimate": self.values, "ci_upper": upper},
            index=pd.Index(self.layout.names, name="parameter"),
        )

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
        shown = self.parameters()
        rows = [self.layout.names.index(n) for n in shown]
        matrix = self.root[rows] @ sandwich_middle(self, kind) @ self.root[rows].T
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

    def flat_directions(self) -> UnidentifiedDirections:
        """Name the directions without curvature, and what is identified all the same."""
        return flat_directions(self)

    def profile(self, name: str, ci_prob: float = 0.95) -> Profile:
        """Return the profile of one scalar, with its interval.

        Parameters
        ----------
        name : str
            A scalar parameter, transformed parameter or generated quantity, in Stan's spelling or
            by its label.
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
        return profile(self._at_its_limit(), name, ci_prob)

    def _at_its_limit(self) -> PointEstimate:
        """Return an estimate at infinity as one on the boundary of its range."""
        if self.limit is None or self.status is not Status.AT_INFINITY:
            return self
        ended = self.limit.parameters
        pairs = zip(self.layout.names, self.values, strict=True)
        values = np.array([ended.get(name, value) for name, value in pairs])
        return replace(self, status=Status.BOUNDARY, values=values)

    def derive(self, quantity: Quantity, ci_prob: float = 0.95) -> Derived:
        """Return a function of the estimate, its spread by the delta method.

        Parameters
        ----------
        quantity : str or callable
            An expression such as ``"exp(beta[2])"``, with Stan's 1-based indices or with labels
            (``"exp(beta[dose])"``), or a function of a dict of arrays.
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
            printed(self.to_frame(), 6),
            f"log likelihood {parts.likelihood:.4f}   log prior {parts.prior:.4f}"
            + (f"   log population {parts.population:.4f}" if parts.population else ""),
            *([self.census.summary()] if self.census and self.census.is_unanimous else []),
            *self.warnings,
        ]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return brief(str(self))

    def _repr_html_(self) -> str:
        title, parts = f"{self.title} of {self.record.program_name}", self.log_parts
        height = f"log likelihood {parts.likelihood:.4f}, log prior {parts.prior:.4f}"
        frame = table(self.to_frame(), digits=6)
        return block(title, frame, sentences([str(self.status), height, *self.warnings]))
