"""`Approximation`: draws from normal approximations of the posterior, and their weights."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.arguments import check_ci_prob
from bayeswrap.errors import EstimationError, UsageError
from bayeswrap.estimates.approximations.importance import (
    Importance,
    importance_of,
    quantity_k_hats,
    weighted_table,
)
from bayeswrap.estimates.posterior.draws import Draws
from bayeswrap.estimates.results.draws_summary import draws_table
from bayeswrap.estimates.results.table_rows import labelled, printed
from bayeswrap.markup import block, brief, sentences, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate

__all__ = [
    "Approximation",
]


# Stan's names for the log densities of posterior and approximation at the draws
_DENSITIES = {"laplace": ("log_p__", "log_q__"), "pathfinder": ("lp__", "lp_approx__")}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Approximation(Draws):
    """Draws of an approximation to the posterior by normals on the unconstrained scale.

    Attributes
    ----------
    method : str
        ``"laplace"`` or ``"pathfinder"``.
    centre : PointEstimate or None
        The mode that a Laplace approximation is centred on.
    offset : float
        What constants add to log p - log q of the method's columns to make it the ratio of two
        normalised densities; NaN where that is not known.
    proposal : Approximation or None
        For draws that were resampled by their importance: those they were taken from.
    """

    method: str
    centre: PointEstimate | None = None
    offset: float = np.nan
    proposal: Approximation | None = None

    @property
    def title(self) -> str:
        """Short name, as tables show it."""
        plain = f"{self.method.capitalize()} approximation{self.record.powers}"
        return f"{plain}, importance resampled" if self.proposal else plain

    @property
    def carries_weights(self) -> bool:
        """Whether the densities at the draws were computed."""
        return _DENSITIES[self.method][0] in self.method_names

    @property
    def importance(self) -> Importance:
        """Smoothed importance weights; of resampled draws, those of the draws before.

        Raises
        ------
        UsageError
            The densities at the draws were not computed.
        """
        if self.proposal is not None:
            return self.proposal.importance
        of_posterior, of_approximation = _DENSITIES[self.method]
        if not self.carries_weights:
            raise UsageError(
                "the draws carry no densities, so they have no weights",
                got=f"columns {', '.join(self.method_names) or 'none'}",
                expected=f"{of_posterior} and {of_approximation}",
                do="approximate again with bayeswrap",
            )
        with np.errstate(invalid="ignore"):
            ratios = self.method_column(of_posterior) - self.method_column(of_approximation)
        return importance_of(ratios, self.offset)

    @property
    def pareto_k(self) -> float:
        """Pareto k-hat of the joint importance weights (see `Importance`)."""
        return self.importance.k_hat

    def corrected(self, *, seed: int | None = None) -> Approximation:
        """Resample the draws by their smoothed importance weights.

        Tables of the result are those of the weighted draws, without the noise of resampling.

        Parameters
        ----------
        seed : int, optional
            Of the resampling; that of the run by default.

        Returns
        -------
        Approximation
            As many draws, in random order; some stand there more than once.

        Raises
        ------
        EstimationError
            Pareto k-hat is above its threshold: the weights are carried by a few draws, and
            what they average to is not the posterior.
        """
        if self.proposal is not None:
            return self.proposal.corrected(seed=seed)
        importance = self.importance
        if not importance.reliable:
            raise EstimationError(
                f"importance weights cannot correct this {self.method.capitalize()} approximation",
                where=self.record.program_name,
                got=importance.sentence,
                expected=f"k-hat of at most {importance.threshold:.2f}",
                do="use sample(); more draws help only where k-hat is just above its threshold",
            )
        return self.resampled(self.draws.shape[1], seed=seed)

    def resampled(self, draws: int, *, seed: int | None = None) -> Approximation:
        """Resample by the importance weights, however good these are.

        Parameters
        ----------
        draws : int
            Number of draws.
        seed : int, optional
            As for `corrected`.
        """
        weights = np.exp(self.importance.log_weights)
        rng = np.random.default_rng(self.record.seed if seed is None else seed)
        rows = rng.choice(weights.size, size=draws, p=weights / weights.sum())
        return replace(
            self,
            draws=self.draws[:, rows],
            method_draws=self.method_draws[:, rows],
            proposal=replace(self, output=None),
        )

    def to_frame(
        self,
        ci_prob: float = 0.95,
        *,
        names: str | Sequence[str] | None = None,
        derived: bool = False,
        k_hat: bool = True,
        diagnosed: bool = True,
    ) -> pd.DataFrame:
        """Return one row a scalar.

        Parameters
        ----------
        ci_prob : float, optional
            Coverage of the equal-tailed interval of the approximation.
        names : str or sequence of str, optional
            Scalars (``beta[2]``, ``beta[dose]``), variables, or patterns such as ``"theta[*"``;
            derived ones that are named are shown.
        derived : bool, optional
            Whether transformed parameters and generated quantities are shown.
        k_hat : bool, optional
            Whether to tell for each scalar how far its weighted mean can be trusted.
        diagnosed : bool, optional
            Whether unweighted draws get Monte Carlo errors, which take a millisecond a scalar.

        Returns
        -------
        pandas.DataFrame
            Indexed by Stan's names: ``mean sd median mcse_mean mcse_sd ci_lower ci_upper
            k_hat``; and ``label`` where a scalar has one. Of resampled draws, the summary of the
            weighted ones.
        """
        source = self.proposal or self
        shown = self._shown(names, derived=derived or names is not None)
        scalars = [source.layout.names[i] for i in shown]
        if self.proposal is None:
            marks = np.full(len(scalars), diagnosed)
            frame = draws_table(self.draws[:, :, shown], scalars, marks)
            frame["ci_lower"], frame["ci_upper"] = self._interval(shown, ci_prob)
            # independent draws: chains have nothing to disagree about
            frame = frame.drop(columns=["ess_bulk", "ess_tail", "r_hat"])
        else:
            log_weights = self.importance.log_weights
            frame = weighted_table(
                source.draws[0][:, shown], log_weights, scalars, check_ci_prob(ci_prob)
            )
        if k_hat and self.carries_weights:
            frame["k_hat"] = quantity_k_hats(source.draws[0][:, shown], self.importance)
        elif k_hat:
            frame["k_hat"] = np.nan
        return labelled(frame, self.labels)

    def __str__(self) -> str:
        table = printed(self.to_frame(), 4)
        weights = [self.importance.sentence] if self.carries_weights else []
        lines = [self.title, table, *weights, *self.warnings, *map(str, self.attempts)]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return brief(str(self))

    def _repr_html_(self) -> str:
        of = f"{self.title} of {self.record.program_name}"
        return block(of, table(self.to_frame()), sentences(self.warnings))
