"""`FittedRegression`: a regression with a result, its data, and designs of new data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bayeswrap.errors import UsageError
from bayeswrap.predictions.effect_uncertainty import with_effect_uncertainty
from bayeswrap.predictions.new_rows import design_at, fit_rows
from bayeswrap.predictions.parameter_points import ParameterPoints

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

    from bayeswrap.estimates.problem.layout import Layout
    from bayeswrap.formulas.design_matrices import Design
    from bayeswrap.regression.regression import Regression

__all__ = [
    "FittedRegression",
]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FittedRegression:
    """A regression with a result.

    Attributes
    ----------
    regression : Regression
        Design, family, and names of the parameters.
    points : ParameterPoints
        The result.
    data : DataFrame
        The rows of the fit, with the columns that the formula uses.
    design_of : callable
        The formula applied to other rows, with the levels and the splines of the fit.
    """

    regression: Regression
    points: ParameterPoints
    data: pd.DataFrame
    design_of: Callable[[pd.DataFrame], Design]

    @classmethod
    def of_frame(
        cls,
        regression: Regression,
        result: object,
        data: Any,  # noqa: ANN401 - any table
    ) -> FittedRegression:
        """Put a result beside a regression that a formula made of a data frame.

        Parameters
        ----------
        regression : Regression
            Its design keeps the formula.
        result : PointEstimate, Posterior or Approximation
            As for `of`.
        data : DataFrame, mapping of columns, path
            What the design was made from.

        Raises
        ------
        UsageError, EstimandError
            As for `of`.

        Examples
        --------
        >>> from bayeswrap.formulas.design_builder import design_of
        >>> from bayeswrap.predictions.prediction import predict
        >>> from bayeswrap.regression.families import family_of
        >>> from bayeswrap.regression.regression import Regression
        >>> from bayeswrap.regression_model.regression_model import RegressionModel
        >>> data = {"dose": [0.0, 1, 2, 3], "count": [1, 2, 4, 9]}
        >>> design = design_of("count ~ dose", data, "count")
        >>> model = RegressionModel(Regression.of(design, family_of("poisson")), engine="stanli")
        >>> fit = FittedRegression.of_frame(model.regression, model.mle(), data)
        >>> predict(fit, {"dose": [4.0]})[["estimate", "se"]].round(3).to_numpy().tolist()
        [[18.737, 9.924]]
        """
        return cls.of(
            regression,
            result,
            fit_rows(regression, data),
            lambda newdata: design_at(regression, newdata),
        )

    @classmethod
    def of(
        cls,
        regression: Regression,
        result: object,
        data: pd.DataFrame,
        design_of: Callable[[pd.DataFrame], Design],
    ) -> FittedRegression:
        """Put a result beside its regression.

        Parameters
        ----------
        regression, data, design_of
            As the attributes.
        result : PointEstimate, Posterior or Approximation
            Of this regression. Of a marginal estimate the effects that were integrated out get
            their conditional covariance, and that of the estimates on which they depend.

        Raises
        ------
        UsageError
            The result is none, or is one of another regression.
        EstimandError
            It is no verified estimate.
        """
        points = ParameterPoints.of(result)
        _require_parameters(regression, points.layout)
        marginal = getattr(result, "marginal", None)
        if marginal is not None:
            points = with_effect_uncertainty(regression, points, marginal.latent)
        return cls(regression=regression, points=points, data=data, design_of=design_of)


def _require_parameters(regression: Regression, layout: Layout) -> None:
    for variable, size in _sizes(regression):
        found = layout.indices(variable).size if variable in layout.blocks else None
        if found != size:
            raise UsageError(
                "this result is one of another regression",
                where=variable,
                got="no such variable" if found is None else f"{found} scalar(s)",
                expected=f"{size} scalar(s)",
                do="pass a result of this model",
            )


def _sizes(regression: Regression) -> Iterator[tuple[str, int]]:
    """Yield the variables that predictions need, with the number of their scalars."""
    family, design = regression.family, regression.design
    categories = regression.categories
    for parameter, names in regression.names.items():
        predictor = design.predictors[parameter]
        each = categories - 1 if family.outcome == "categorical" and parameter == "mu" else 1
        if names.alpha:
            yield names.alpha, each
        if names.beta:
            yield names.beta, each * len(predictor.population.names)
        for term, group in zip(predictor.groups, names.groups, strict=True):
            yield group.sd, len(term.names)
            yield group.effects, len(term.names) * len(term.levels)
    yield from ((name, 1) for name in regression.constants)
    if family.outcome == "ordered":
        yield "c", categories - 1
