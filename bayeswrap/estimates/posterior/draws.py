"""`Draws` of any method, and the `Posterior` by NUTS with its diagnostics."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np

from bayeswrap.arguments import check_ci_prob
from bayeswrap.engine.cmdstan import raw_fit
from bayeswrap.estimates.inference.derived import derive_draws
from bayeswrap.estimates.posterior.idata_groups import full_container
from bayeswrap.estimates.posterior.predicted_quantities import predicted
from bayeswrap.estimates.problem.lookup import take
from bayeswrap.estimates.results.draws_summary import draws_table
from bayeswrap.estimates.results.table_rows import chosen, labelled, printed
from bayeswrap.markup import block, brief, sentences, table
from bayeswrap.program.program import Program

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from bayeswrap.engine.run_files import CmdStanOutput
    from bayeswrap.estimates.inference.derived import DerivedDraws, Quantity
    from bayeswrap.estimates.posterior.diagnostics import Diagnostics
    from bayeswrap.estimates.problem.layout import Layout
    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.estimates.results.attempt import Attempt
    from bayeswrap.record import RunRecord

__all__ = [
    "Draws",
    "Posterior",
]


# by the draws, as long as they are in use
_CONTAINERS: WeakKeyDictionary[Draws, Any] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, weakref_slot=True)
class Draws:
    """Draws of all declared scalars.

    Attributes
    ----------
    layout : Layout
        Names and shapes of the scalars, in CSV order.
    draws : (chains, draws, n) array
        On the declared scale.
    method_names : tuple of str
        The method's own columns, ``lp__`` and so on.
    method_draws : (chains, draws, m) array
        Those columns.
    record : RunRecord
        What they were made from.
    labels : mapping of str to str
        The data frame's own names for some scalars.
    warnings : tuple of str
        What a reader must know.
    attempts : tuple of Attempt
        What `Model.approximate` tried before it came to these draws.
    problem : Problem or None
        What was asked, with program, data and density; None where the draws were loaded.
    """

    layout: Layout
    draws: np.ndarray
    method_names: tuple[str, ...]
    method_draws: np.ndarray
    record: RunRecord
    labels: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    output: CmdStanOutput | None = None
    attempts: tuple[Attempt, ...] = ()
    # the way back to the density; `load` leaves it out, unless it is asked for
    problem: Problem | None = field(default=None, repr=False, metadata={"saved": False})

    @property
    def program(self) -> Program:
        """The program that was estimated; of a loaded result as its record holds it."""
        return Program.from_record(self.record) if self.problem is None else self.problem.program

    @property
    def rungs(self) -> tuple[Attempt, ...]:
        """The former name of `attempts`."""
        warnings.warn("rungs is deprecated: use attempts", DeprecationWarning, stacklevel=2)
        return self.attempts

    def __getitem__(self, name: str) -> np.ndarray:
        """Return the draws of a variable, (chains, draws, *shape), or of a scalar.

        A scalar is given as ``beta[2]`` or by its label, ``beta[dose]``.
        """
        return take(self.draws, name, self.layout, self.labels)

    def method_column(self, name: str) -> np.ndarray:
        """Return one of the method's own columns, (chains, draws)."""
        return np.asarray(self.method_draws[:, :, self.method_names.index(name)])

    @property
    def cmdstan_fit(self) -> Any:  # noqa: ANN401 - cmdstanpy is untyped
        """The raw cmdstanpy fit; None where stanli made the draws."""
        return None if self.output is None else raw_fit(self.output)

    @property
    def idata(self) -> Any:  # noqa: ANN401 - ArviZ's container is an xarray DataTree
        """All of `to_arviz`, as ArviZ's container; its arrays are computed once."""
        return self.to_arviz()

    @property
    def distribution(self) -> str:
        """ArviZ's name of what the draws are of: ``"posterior"`` or ``"prior"``."""
        return "posterior"

    def predictions(self) -> dict[str, str]:
        """Return the generated quantities that predict, each with the data that it replicates.

        ``""`` where no data are surely replicated (see `to_arviz`).
        """
        return {name: found.outcome for name, found in predicted(self).items()}

    def to_arviz(self, predictions: Mapping[str, str] | None = None) -> Any:  # noqa: ANN401 - see idata
        """Return the draws and all that belongs to them as ArviZ's container.

        Groups, as far as the results have them: ``posterior``, ``posterior_predictive``,
        ``predictions``, ``log_likelihood``, ``log_prior``, ``sample_stats``, ``observed_data`` and
        ``constant_data``; of draws of the prior ``prior`` and ``prior_predictive``. An outcome has
        the name of the data in all of them. Coordinates are the names of a data frame's columns
        and levels where a dimension has them, otherwise 1, 2, ... as in Stan.

        Parameters
        ----------
        predictions : mapping of str to str, optional
            Generated quantities by the data variable that they replicate: ``{"y": "y_rep"}``. By
            default what is named so (``y_rep``, ``y_pred``, ``y_tilde``, ``switched_rep``) and
            surely drawn from the distribution of its outcome.

        Raises
        ------
        UnknownNameError
            There is no such quantity or data variable.
        UsageError
            A quantity has not the shape of its outcome.

        Warns
        -----
        BayeswrapWarning
            What is no sure replication keeps its name, in the group ``predictions``; a log density
            could not be computed.

        Examples
        --------
        >>> import bayeswrap as bw
        >>> program = bw.Program.from_string('''
        ...     data { int N; vector[N] y; } parameters { real mu; }
        ...     model { mu ~ normal(0, 1); y ~ normal(mu, 1); }
        ...     generated quantities { array[N] real y_rep = normal_rng(rep_vector(mu, N), 1); }''')
        >>> model = bw.Model(program, {"y": [0.3, 1.2]}, engine="stanli")
        >>> container = model.sample(seed=1, show_progress=False).to_arviz()
        >>> list(container["posterior_predictive"]), list(container["log_likelihood"])
        (['y'], ['y'])
        """
        if predictions is not None:
            return full_container(self, predictions)
        if self not in _CONTAINERS:
            _CONTAINERS[self] = full_container(self)
        return _CONTAINERS[self].copy()

    def derive(self, quantity: Quantity) -> DerivedDraws:
        """Return a function of each draw.

        Parameters
        ----------
        quantity : str or callable
            An expression such as ``"exp(beta[2])"`` or ``"beta[dose] > 0"``, with Stan's 1-based
            indices or with labels, or a function of a dict of arrays.

        Raises
        ------
        UsageError
            The expression is not understood.
        """
        return derive_draws(self.layout, self.draws, quantity, self.labels)

    def _shown(self, names: str | Sequence[str] | None, *, derived: bool) -> list[int]:
        """Return the positions of the scalars that a table shows."""
        if names is None and not derived:
            return self.layout.places(self.layout.reported)
        rows = self.layout.rows(derived=derived)
        if names is None:
            return rows
        kept = set(chosen([self.layout.names[i] for i in rows], names, self.labels))
        return [i for i in rows if self.layout.names[i] in kept]

    def _estimated(self) -> list[str]:
        """Return the scalars of parameters, and those that are reported in their place."""
        return [*self.layout.parameters, *self.layout.reported]

    def _interval(self, shown: list[int], ci_prob: float) -> tuple[np.ndarray, np.ndarray]:
        tail = (1 - check_ci_prob(ci_prob)) / 2
        flat = self.draws[:, :, shown].reshape(-1, len(shown))
        lower, upper = np.quantile(flat, [tail, 1 - tail], axis=0)
        return lower, upper


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Posterior(Draws):
    """Draws of NUTS.

    Attributes
    ----------
    diagnostics : Diagnostics
        What the sampler reports about itself.
    of_prior : bool
        Whether the likelihood was off: draws of the prior.
    """

    diagnostics: Diagnostics
    of_prior: bool = False

    @property
    def distribution(self) -> str:
        """ArviZ's name of what the draws are of: ``"posterior"`` or ``"prior"``."""
        return "prior" if self.of_prior else "posterior"

    @property
    def title(self) -> str:
        """Short name, as tables show it."""
        if not self.layout.parameter_variables:
            return "simulation (no parameters)"
        return ("prior (NUTS)" if self.of_prior else "posterior (NUTS)") + self.record.powers

    def to_frame(
        self,
        ci_prob: float = 0.95,
        *,
        names: str | Sequence[str] | None = None,
        derived: bool = False,
        diagnosed: bool = True,
    ) -> pd.DataFrame:
        """Return one row a scalar.

        Parameters
        ----------
        ci_prob : float, optional
            Coverage of the equal-tailed credible interval.
        names : str or sequence of str, optional
            Scalars (``beta[2]``, ``beta[dose]``), variables, or patterns such as ``"theta[*"``;
            derived ones that are named are shown.
        derived : bool, optional
            Whether transformed parameters and generated quantities are shown; they are where
            the program has no parameters.
        diagnosed : bool, optional
            Whether these have their own MCSE, ESS and R-hat; else NaN.

        Returns
        -------
        pandas.DataFrame
            Indexed by Stan's names: ``mean sd median mcse_mean mcse_sd ess_bulk ess_tail r_hat
            ci_lower ci_upper``; and ``label`` where a scalar has one.

        Raises
        ------
        UnknownNameError
            A name that fits no scalar.
        """
        derived = derived or names is not None or not self.layout.parameter_variables
        shown = self._shown(names, derived=derived)
        scalars = [self.layout.names[i] for i in shown]
        with_diagnostics = None if diagnosed else np.isin(scalars, self._estimated())
        frame = draws_table(self.draws[:, :, shown], scalars, with_diagnostics)
        frame["ci_lower"], frame["ci_upper"] = self._interval(shown, ci_prob)
        return labelled(frame, self.labels)

    def __str__(self) -> str:
        table = printed(self.to_frame(), 4)
        return "\n".join(
            [self.title, table, str(self.diagnostics), *self.warnings, *map(str, self.attempts)]
        )

    def __repr__(self) -> str:
        return brief(str(self))

    def _repr_html_(self) -> str:
        of = f"{self.title} of {self.record.program_name}"
        notes = [str(self.diagnostics), *self.warnings]
        return block(of, table(self.to_frame()), sentences(notes))
