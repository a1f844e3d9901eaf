"""`Draws` of any method, and the `Posterior` by NUTS with its diagnostics."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from bayeswrap.arguments import check_ci_prob
from bayeswrap.engine.cmdstan import raw_fit
from bayeswrap.estimates.inference.derived import derive_draws
from bayeswrap.estimates.posterior.predicted_quantities import predictions
from bayeswrap.estimates.problem.labels import element_names, unit_of
from bayeswrap.estimates.problem.lookup import take
from bayeswrap.estimates.results.draws_summary import draws_table
from bayeswrap.estimates.results.table_rows import chosen, labelled, printed
from bayeswrap.markup import block, sentences, table
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


_ARVIZ_NAMES = {
    "lp__": "lp",
    "accept_stat__": "acceptance_rate",
    "stepsize__": "step_size",
    "treedepth__": "tree_depth",
    "n_leapfrog__": "n_steps",
    "divergent__": "diverging",
    "energy__": "energy",
}
_ARVIZ_TYPES: dict[str, type] = {"divergent__": bool, "treedepth__": int, "n_leapfrog__": int}
_POINTWISE = "log_lik"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
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
        """The draws as ArviZ's container.

        Coordinates are the names of a data frame's columns and levels where a dimension has them,
        otherwise 1, 2, ... as in Stan.
        ``log_lik`` goes to the group ``log_likelihood``, ``y_rep`` and its kin (see
        `predictions`) to ``posterior_predictive``. Draws of the prior go to ``prior`` and
        ``prior_predictive``.
        """
        return self.container()

    @property
    def distribution(self) -> str:
        """ArviZ's name of what the draws are of: ``"posterior"`` or ``"prior"``."""
        return "posterior"

    def container(
        self,
        more: Mapping[str, Mapping[str, np.ndarray]] | None = None,
        names: Mapping[str, Sequence[str]] | None = None,
    ) -> Any:  # noqa: ANN401 - see idata
        """Return `idata` with further groups.

        Parameters
        ----------
        more : mapping, optional
            Arrays (chains, draws, ...) by group and variable.
        names : mapping, optional
            By such a variable: names of the elements of its last axis.
        """
        import arviz_base  # noqa: PLC0415 - half a second that only some users need

        of, predicted = self.distribution, self.predictions()
        groups: dict[str, dict[str, np.ndarray]] = {of: {}}
        for variable, values in self.layout.split(self.draws).items():
            group = of
            if variable == _POINTWISE and of == "posterior":
                group = "log_likelihood"
            elif variable in predicted:
                group = f"{of}_predictive"
            groups.setdefault(group, {})[variable] = values
        groups["sample_stats" if of == "posterior" else "sample_stats_prior"] = {
            _ARVIZ_NAMES.get(n, n.removesuffix("__")): self.method_column(n).astype(
                _ARVIZ_TYPES.get(n, float)
            )
            for n in self.method_names
        }
        dims, coords = self._dimensions()
        for variable, elements in (names or {}).items():
            dims[variable] = [f"{variable}_dim_0"]
            coords[f"{variable}_dim_0"] = list(elements)
        groups |= {group: dict(variables) for group, variables in (more or {}).items()}
        tree = arviz_base.from_dict(groups, dims=dims, coords=coords)
        for group, variables in groups.items():
            for variable in variables:
                if unit := unit_of(variable, self.labels):
                    tree[group][variable].attrs["units"] = unit
        return tree

    def predictions(self) -> dict[str, str]:
        """Return the generated quantities that predict data, each with its data variable.

        By name: ``y_rep``, ``y_pred``, ``y_tilde``, and what ends like them after the name of a
        data variable, such as ``switched_rep``. ``""`` where no data variable has that name.
        """
        return predictions(self.layout, lambda: self.program)

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

    def _dimensions(self) -> tuple[dict[str, list[str]], dict[str, list[Any]]]:
        dims: dict[str, list[str]] = {}
        coords: dict[str, list[Any]] = {}
        for variable in self.layout.variables:
            shape = self.layout.shape(variable)
            dims[variable] = [f"{variable}_dim_{i}" for i in range(len(shape))]
            names = element_names(self.labels, variable, shape)
            coords |= dict(zip(dims[variable], names, strict=True))
        return {v: d for v, d in dims.items() if d}, coords

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

    __repr__ = __str__

    def _repr_html_(self) -> str:
        of = f"{self.title} of {self.record.program_name}"
        notes = [str(self.diagnostics), *self.warnings]
        return block(of, table(self.to_frame()), sentences(notes))
