"""A mode as a plain value: scale, status, values, spread, log densities and record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from bayeswrap.errors import EstimandError
from bayeswrap.estimates.problem.estimand import Estimator, Scale
from bayeswrap.estimates.problem.lookup import take
from bayeswrap.program.program import Program

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayeswrap.engine.run_files import CmdStanOutput
    from bayeswrap.estimates.problem.layout import Layout
    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.estimates.results.census import Census
    from bayeswrap.estimates.results.limit_model import LimitModel
    from bayeswrap.estimates.results.marginal import Marginal
    from bayeswrap.estimates.results.optimum import Optimum
    from bayeswrap.estimates.results.status import Status
    from bayeswrap.record import RunRecord

__all__ = [
    "LogParts",
    "ModeResult",
]

_PARAMETERS = "parameters"
_SAME = 1e-6  # relative: one density, evaluated twice


@dataclass(frozen=True, slots=True, kw_only=True)
class LogParts:
    """Log likelihood, log prior and log population at a point: nats, all constants included."""

    likelihood: float
    prior: float
    population: float

    @property
    def joint(self) -> float:
        """Their sum."""
        return self.likelihood + self.prior + self.population


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ModeResult:
    """A verified mode as a plain value; `PointEstimate` has the verbs.

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
    labels : mapping of str to str
        The names of a data frame in place of numbers, by Stan's name: ``beta[dose]``.
    n_parameters : int
        How many parameters were estimated: those that are held, or that nothing determines, do
        not count.
    census : Census or None
        What the starts of a search found; None without ``starts=``.
    limit : LimitModel or None
        Where parameters are at the end of their range, on a boundary or at infinity: which, and
        what the others are there. None elsewhere.
    problem : Problem or None
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
    limit: LimitModel | None = None
    # the way back to the density; `load` leaves it out, unless it is asked for
    problem: Problem | None = field(default=None, repr=False, metadata={"saved": False})

    @property
    def program(self) -> Program:
        """The program that was estimated; of a loaded result as its record holds it."""
        return Program.from_record(self.record) if self.problem is None else self.problem.program

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
        title = f"{name} ({', '.join(how)})" if how else name
        return title + self.record.powers

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

    def __getitem__(self, name: str) -> np.ndarray:
        """Return the estimate of a variable in its declared shape, or that of a scalar.

        A scalar is given as ``beta[2]`` or by its label, ``beta[dose]``.
        """
        return take(self.values, name, self.layout, self.labels)

    def parameters(self) -> list[str]:
        """Return the names of the scalars that are reported, in declaration order.

        They are the parameters', or what the program reports in their place.
        """
        return list(self.layout.reported)

    def problem_for(self, what: str) -> Problem:
        """Return the problem that the mode solves, for what needs its density.

        Parameters
        ----------
        what : str
            Who needs it, as the error says.

        Raises
        ------
        EstimandError
            The estimate was loaded from a file, or maximises another density.
        """
        if self.problem is None:
            raise EstimandError(
                f"{what} needs the log density, and a loaded estimate holds no data",
                where=self.record.program_name,
                do="load it with bw.load(path, density=True), or make it again with Model",
            )
        q, density = self.optimum.q, self.problem.density.transforms
        if q.size != density.dimension or not np.isclose(
            self.problem.objective(q)[0], self.optimum.value, rtol=_SAME, equal_nan=True
        ):
            raise EstimandError(
                f"{what} needs the whole program's density, and this estimate maximises another",
                got=self.title,
                do="ask it of an estimate without marginal=",
            )
        return self.problem
