"""A comparison as a plain value: its rows and tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
from bayeswrap.estimates.posterior.draws import Draws
from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.estimates.results.table_rows import chosen
from bayeswrap.markup import block, brief, sentences, table
from bayeswrap.verdicts.alignment import points_by_column
from bayeswrap.verdicts.arviz_container import container_of
from bayeswrap.verdicts.checks.time_checks import OUT_OF_TIME
from bayeswrap.verdicts.leave_one_out import leave_one_out
from bayeswrap.verdicts.lineup import local_maxima
from bayeswrap.verdicts.power_scaling import power_scaling
from bayeswrap.verdicts.table_views import by_variable, first_rows, rows_left, worst_first

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.estimates.results.census import Census
    from bayeswrap.record import RunRecord
    from bayeswrap.verdicts.lineup import Lineup, Result
    from bayeswrap.verdicts.verdict import Missing, Verdict

__all__ = [
    "ComparisonResult",
    "as_text",
    "scalar_names",
]


_SHOWN = (
    ("mle", "MLE"),
    ("mle_se", "se"),
    ("map_constrained", "MAP"),
    ("map_constrained_sd_laplace", "sd_laplace"),
    ("map_unconstrained", "MAP (unc.)"),
    ("posterior_mean", "mean"),
    ("posterior_sd", "sd"),
    ("prior_pull", "prior shift (in SE)"),
    ("shape_gap_mean", "(mode - mean)/sd"),
    ("se_sd_ratio", "SE/sd"),
    ("prior_share", "prior's share"),
    ("r_hat", "R-hat"),
    ("ess_bulk", "ESS"),
)


_LONG = 40  # rows that fit on a screen
_WITH_CONSTANTS = frozenset({"CholeskyCorr", "CholeskyCov", "Correlation"})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ComparisonResult:
    """Results side by side, as a plain value; `Comparison` has the verbs.

    Attributes
    ----------
    lineup : Lineup
        Point estimates, approximations and draws of one program and data set, by kind.
    missing : tuple of Missing
        Estimates that do not exist.
    verdict : Verdict
        What it amounts to, with the evidence.
    ci_prob : float
        Coverage of all intervals.
    frame : pandas.DataFrame
        What `to_frame` shows, derived quantities included.
    censuses : mapping of str to Census
        What the searches from many starts found, by the title of the estimate.
    notes : tuple of str
        Why a column is not defined here.
    """

    lineup: Lineup
    missing: tuple[Missing, ...]
    verdict: Verdict
    ci_prob: float
    frame: pd.DataFrame
    censuses: Mapping[str, Census] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def results(self) -> tuple[Result, ...]:
        """Point estimates, approximations and draws of one program and data set."""
        return self.lineup.results

    @property
    def has_prior(self) -> bool:
        """Whether the program has prior statements."""
        return self.lineup.has_prior

    @property
    def record(self) -> RunRecord:
        """The record of the first result."""
        return self.results[0].record

    @property
    def labels(self) -> dict[str, str]:
        """The data frame's own names for parameters."""
        return dict(self.results[0].labels)

    @property
    def local(self) -> tuple[str, ...]:
        """Titles of estimates beside which the density is higher, without a maximum there."""
        return local_maxima(self.lineup, self.censuses)

    def to_frame(
        self,
        names: str | Sequence[str] | None = None,
        *,
        derived: bool = False,
        worst: int | None = None,
    ) -> pd.DataFrame:
        """Return one row a scalar, in declaration order.

        Parameters
        ----------
        names : str or sequence of str, optional
            Scalars, variables, labels of the data frame, or patterns such as ``"theta[*"``; all
            by default. Derived quantities that are named are shown.
        derived : bool, optional
            Whether transformed parameters and generated quantities are shown.
        worst : int, optional
            How many rows, the one whose point and posterior differ most first.

        Returns
        -------
        pandas.DataFrame
            Columns as `alignment.align` describes them; ``psense_prior`` and
            ``psense_likelihood`` as `psense` does, where the results allow it; and ``label``
            where the data frame named the columns of a matrix.

        Raises
        ------
        UnknownNameError
            A name that fits no scalar.
        """
        own = scalar_names(self.results, derived=derived or names is not None)
        if names is not None:
            own = chosen(own, names, self.results[0].labels)
        frame = self.frame.loc[own]
        return (frame if worst is None else worst_first(frame).head(worst)).copy()

    def groups(self, *, derived: bool = False) -> pd.DataFrame:
        """Return one row a variable: how many scalars it has, and their worst (see `by_variable`).

        Parameters
        ----------
        derived : bool, optional
            Whether transformed parameters and generated quantities are shown.
        """
        return by_variable(self.to_frame(derived=derived))

    @property
    def idata(self) -> Any:  # noqa: ANN401 - ArviZ's container is an xarray DataTree
        """All of `to_arviz`, as ArviZ's container."""
        return container_of(self.lineup)

    def to_arviz(self, predictions: Mapping[str, str] | None = None) -> Any:  # noqa: ANN401 - see idata
        """Return draws of posterior and prior with all that belongs to them as ArviZ's container.

        Groups ``posterior``, ``posterior_predictive``, ``predictions``, ``log_likelihood``,
        ``log_prior``, ``sample_stats``, ``prior``, ``prior_predictive``, ``observed_data`` and
        ``constant_data``, as far as the results have them. An outcome has the name of the data in
        all of them, so that the functions of arviz-stats and arviz-plots take it as it is.

        Parameters
        ----------
        predictions : mapping of str to str, optional
            As for `Posterior.to_arviz`.

        Raises
        ------
        EstimandError
            There are no draws of the posterior.
        """
        return container_of(self.lineup, predictions)

    def psense(self) -> pd.DataFrame:
        """Return the power-scaling sensitivity of each parameter, by ArviZ.

        Returns
        -------
        pandas.DataFrame
            By Stan's name: ``prior``, ``likelihood`` (distance that the posterior moves for a
            power of one) and ``diagnosis``.

        Raises
        ------
        EstimandError
            There are no draws with their program and data, or a prior or likelihood that does
            not depend on the parameters.

        References
        ----------
        Kallioinen, Paananen, Buerkner and Vehtari (2024), doi:10.1007/s11222-023-10366-5.
        """
        return power_scaling(self.lineup)

    def loo(self) -> Any:  # noqa: ANN401 - ArviZ's ELPDData
        """Return the expected log predictive density by PSIS-LOO, by ArviZ.

        Raises
        ------
        EstimandError
            There are no draws with their program and data, or no pointwise log likelihood.

        References
        ----------
        Vehtari, Gelman and Gabry (2017), doi:10.1007/s11222-016-9696-4.
        """
        return leave_one_out(self.lineup)

    def shown_frame(self) -> pd.DataFrame:
        """Return the table that is printed: labels, short names, no more rows than a screen has."""
        frame = first_rows(self.to_frame(), _LONG)
        columns = {old: new for old, new in _SHOWN if old in frame}
        mle = self.lineup.mle
        if mle is not None and mle.marginal is not None:
            columns["mle"] = "marginal MLE"
        for point, short in points_by_column(self.lineup):
            if point.title in self.local and short in columns:
                columns[short] += " (local)"
        shown = frame[list(columns)].rename(columns=columns)
        names = [self.labels.get(n, n) for n in frame.index]
        return shown.set_axis(pd.Index(names, name="parameter"))

    def __str__(self) -> str:
        frame = self.to_frame()
        by_name = (
            () if len(frame) <= _LONG else (as_text(self.groups()), "", rows_left(frame, _LONG))
        )
        return "\n".join(
            [
                *by_name,
                as_text(self.shown_frame()),
                "prior shift: (MAP - MLE) / se; mean and sd are those of the posterior",
                *self.notes,
                *(c.evidence for c in self.verdict.checks if c.code == OUT_OF_TIME),
                "",
                self.verdict.summary,
            ]
        )

    def __repr__(self) -> str:
        return brief(str(self))

    def _repr_html_(self) -> str:
        notes = [*self.notes, self.verdict.summary]
        title = f"{self.record.program_name}: {', '.join(r.title for r in self.results)}"
        return block(title, table(first_rows(self.to_frame(), _LONG)), sentences(notes))


def scalar_names(results: Sequence[Result], *, derived: bool) -> list[str]:
    """Return the scalars that the results know, in declaration order, without constants."""
    longest = max((r.layout for r in results), key=lambda layout: len(layout.names))
    constants = set[str]().union(*(_constants(r) for r in results))
    rows = [longest.names[i] for i in longest.rows(derived=True)] if derived else longest.reported
    return [n for n in rows if n not in constants]


def _constants_of_point(point: PointEstimate) -> set[str]:
    """Return the elements of correlation matrices and Cholesky factors that cannot vary."""
    types = {v.name: v.declaration.transform for v in point.program.variables_in("parameters")}
    still = (point.spread == 0) & np.isin(point.values, (0.0, 1.0))
    names = (point.layout.names[i] for i in np.flatnonzero(still))
    return {n for n in names if types.get(variable_of(n)) in _WITH_CONSTANTS}


def _constants(result: Result) -> set[str]:
    """Return the elements of parameters that are 0 or 1 by their type, as the draws show.

    The diagonal of a correlation matrix is 1, and a Cholesky factor is 0 above its diagonal.
    """
    if isinstance(result, PointEstimate):
        return _constants_of_point(result)
    if not isinstance(result, Draws):
        return set()
    flat = result.draws.reshape(-1, result.draws.shape[-1])
    still = (np.ptp(flat, axis=0) == 0) & np.isin(flat[0], (0.0, 1.0))
    if still.all():
        return set()
    parameters = set(result.layout.parameters)
    names = zip(result.layout.names, still, strict=True)
    return {name for name, is_still in names if is_still and name in parameters}


def as_text(frame: pd.DataFrame) -> str:
    """Return a table as it is printed."""
    return str(frame.to_string(float_format=lambda x: f"{x:.4g}", na_rep="-"))
