"""`RegressionModel`: a model whose program is made of a formula, a family and priors."""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from bayeswrap.errors import UsageError
from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.model.bound_model import ALL_ON, BoundModel
from bayeswrap.predictions.formula_updates import updated_formula
from bayeswrap.predictions.simulated_outcomes import replications
from bayeswrap.program.program import Program
from bayeswrap.regression.prior_section import prior_section
from bayeswrap.regression.program_data import element_axes, program_data
from bayeswrap.regression.program_text import program_text
from bayeswrap.regression_model.regression_verbs import RegressionVerbs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd

    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.formulas.design_matrices import Design
    from bayeswrap.model.bound_model import EngineName
    from bayeswrap.regression.families import Family
    from bayeswrap.regression.regression import Regression

__all__ = [
    "RegressionModel",
]

_GLS = "integrated out (REML): its generalised least squares estimate"


class RegressionModel(RegressionVerbs):
    """A regression of a data frame: a `Model` with a formula, made by `bayeswrap.glm`.

    Parameters
    ----------
    regression : Regression
        Design, family and priors.
    formula : str, optional
        As the user wrote it.
    engine : str, optional
        As for `Model`.
    frame : DataFrame, mapping of columns or path, optional
        What the design was made from, which predictions need.
    maker : callable, optional
        Makes such a model of another formula or other data.

    Raises
    ------
    UnknownNameError, UsageError
        A prior that does not fit.
    DataError
        The outcome does not fit the family.
    """

    def __init__(
        self,
        regression: Regression,
        *,
        formula: str = "",
        engine: EngineName = "auto",
        frame: Any = None,  # noqa: ANN401 - any table
        maker: Callable[..., RegressionModel] | None = None,
    ) -> None:
        self.regression = regression
        self.formula = formula
        self.frame = frame
        self._maker = maker
        self._priors = prior_section(regression)
        program = Program.from_string(
            program_text(regression, self._priors), name=f"{regression.family.name}_regression"
        )
        bound = BoundModel.of(program, program_data(regression, self._priors), engine=engine)
        data = replace(
            bound.data,
            columns={**bound.data.columns, "y": regression.design.response.name},
            formula=formula,
            file=Path(frame).name if isinstance(frame, (str, Path)) else "",
            rows=regression.design.rows,
            notes=(*bound.data.notes, *regression.design.notes),  # which rows were left out
        )
        self.bound = replace(
            bound,
            data=data,
            elements=element_axes(regression),
            replicate=functools.partial(replications, regression),
        )
        self.weights = ALL_ON

    def __repr__(self) -> str:
        family = self.family
        formula = self.formula or self.design.response.name
        return (
            f"RegressionModel({formula!r}, {family.name} ({family.link}), {self.design.rows} rows)"
        )

    def __str__(self) -> str:
        return f"{self!r}\n{self._priors.table.to_string()}"

    @property
    def family(self) -> Family:
        """Distribution, link and further parameters of the outcome."""
        return self.regression.family

    @property
    def design(self) -> Design:
        """What the formula made of the data frame."""
        return self.regression.design

    @property
    def stan_code(self) -> str:
        """The Stan program: to read, to save, and to edit."""
        return self.program.source

    def priors(self) -> pd.DataFrame:
        """Return the priors as they are used.

        Returns
        -------
        DataFrame
            One row a parameter, by label: ``prior`` in Stan's words, and ``how`` it was chosen.
        """
        return self._priors.table.copy()

    def weighted(
        self, *, prior: float = 1.0, likelihood: float = 1.0, population: float = 1.0
    ) -> Self:
        """Return the same model with its parts raised to powers (see `Model.weighted`)."""
        other = super().weighted(prior=prior, likelihood=likelihood, population=population)
        own = {k: v for k, v in vars(self).items() if k not in vars(other)}
        vars(other).update(own)
        return other

    def mle(
        self,
        *,
        inits: Mapping[str, Any] | None = None,
        marginal: bool | str | Sequence[str] | None = None,
        quadrature: int | None = None,
        starts: int | None = None,
        fixed: Mapping[str, Any] | None = None,
        joint: bool = False,
        require_converged: bool = True,
        seed: int | None = None,
        show_progress: bool | None = None,
        reml: bool = False,
    ) -> PointEstimate:
        """Maximise the likelihood, without any prior; effects of groups are integrated out.

        Parameters
        ----------
        inits, quadrature, starts, fixed, joint, require_converged, seed, show_progress
            As for `Model.mle`.
        marginal : bool, str or sequence of str, optional
            As for `Model.mle`; by default True where the formula has group terms.
        reml : bool, optional
            Restricted maximum likelihood: intercept and coefficients are integrated out too,
            under a flat prior. Exact for Gaussian outcomes. The log likelihood counts the
            integral as lme4 does, and compares models with the same columns only.

        Raises
        ------
        UsageError
            `reml` with another choice of what is integrated out, or without coefficients.
        EstimandError, ConvergenceError
            As for `Model.mle`.
        """
        if marginal is None:
            marginal = bool(self._effects) and not joint
        if reml:
            marginal = self._latent_of_reml(asked=marginal is not True and bool(self._effects))
        estimate = super().mle(
            inits=inits,
            marginal=marginal,
            quadrature=quadrature,
            starts=starts,
            fixed=fixed,
            joint=joint,
            require_converged=require_converged,
            seed=seed,
            show_progress=show_progress,
        )
        return _with_coefficients(estimate, self._coefficients) if reml else estimate

    def update(
        self,
        formula: str | None = None,
        data: Any = None,  # noqa: ANN401 - any table
        **options: Any,  # noqa: ANN401 - those of `glm`
    ) -> RegressionModel:
        """Make the model anew with another formula, other data or other options.

        Parameters
        ----------
        formula : str, optional
            Where it holds a dot, that stands for what was there: ``". ~ . + z"``.
        data : DataFrame, mapping of columns or path, optional
            Other data.
        **options
            Arguments of `bayeswrap.glm` that change.

        Raises
        ------
        UsageError
            The model was not made by `bayeswrap.glm`.

        Examples
        --------
        >>> import bayeswrap as bw
        >>> data = {"y": [1.0, 3, 2, 5], "x": [1.0, 2, 3, 4], "z": [0.0, 1, 1, 0]}
        >>> model = bw.glm("y ~ x", data, engine="stanli")
        >>> model.update(". ~ . + z").formula
        'y ~ x + z'
        """
        if self._maker is None:
            raise UsageError(
                "the model was not made by a formula",
                do="make it with bw.glm(formula, data)",
            )
        # formulas of further parameters stay as they are
        first, *further = re.split(r", (?=\w+ ~ )", self.formula)
        changed = first if formula is None else updated_formula(first, formula)
        text = [changed, *further] if further else changed
        return self._maker(text, self.frame if data is None else data, **options)

    @property
    def _effects(self) -> tuple[str, ...]:
        return tuple(g.standard for names in self.regression.names.values() for g in names.groups)

    @property
    def _coefficients(self) -> tuple[str, ...]:
        names = self.regression.mu
        return tuple(name for name in (names.beta, names.alpha) if name)

    def _latent_of_reml(self, *, asked: bool) -> tuple[str, ...]:
        if asked or not self._coefficients:
            raise UsageError(
                "reml=True integrates out the coefficients and all effects of groups",
                where="mle(reml=True)",
                got="another choice with marginal= or joint=" if asked else "no coefficients",
                do="leave marginal= and joint= out, or name all of these in marginal=",
            )
        return (*self._coefficients, *self._effects)


def _with_coefficients(estimate: PointEstimate, names: tuple[str, ...]) -> PointEstimate:
    """Give coefficients that were integrated out their standard errors, as mixed models have."""
    if estimate.marginal is None or not estimate.status.is_estimate:
        return estimate
    deviations = estimate.marginal.effects["sd"]
    spread, notes = np.array(estimate.spread), dict(estimate.notes)
    for i, name in enumerate(estimate.layout.names):
        if variable_of(name) in names:
            spread[i] = deviations[name]
            notes[name] = _GLS
    return replace(estimate, spread=spread, notes=notes)
