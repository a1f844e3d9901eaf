"""What follows from a fit of a regression: predictions, effects, hypotheses, residuals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from bayeswrap.errors import UsageError
from bayeswrap.estimates.posterior.draws import Draws
from bayeswrap.estimates.problem.lookup import spell_out
from bayeswrap.estimates.results.mode_result import ModeResult
from bayeswrap.formulas.data_tables import as_table
from bayeswrap.model.model import Model
from bayeswrap.predictions.coefficient_tables import ratios, standardized_coefficients
from bayeswrap.predictions.comparisons import comparisons, slopes
from bayeswrap.predictions.effects import effects
from bayeswrap.predictions.explained_variance import intraclass_correlation, r_squared
from bayeswrap.predictions.fitted_regression import FittedRegression
from bayeswrap.predictions.hypotheses import hypothesis
from bayeswrap.predictions.prediction import predict
from bayeswrap.predictions.residuals import leave_one_out_pit, residuals

if TYPE_CHECKING:
    import pandas as pd

    from bayeswrap.estimates.approximations.approximation import Approximation
    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.estimates.posterior.draws import Posterior
    from bayeswrap.predictions.effect_table import EffectTable
    from bayeswrap.regression.regression import Regression

__all__ = [
    "RegressionVerbs",
]


class RegressionVerbs(Model):
    """Verbs of a regression after a fit.

    Each takes a `result` of the model: a point estimate, whose intervals come from the delta
    method, or draws. Without one it is the MLE. It may stand before columns or statements, too.
    """

    regression: Regression
    frame: Any

    def fitted(
        self, result: PointEstimate | Posterior | Approximation | None = None
    ) -> FittedRegression:
        """Put a result beside the regression and its data.

        Parameters
        ----------
        result : PointEstimate, Posterior or Approximation, optional
            Of this model; the MLE by default.

        Raises
        ------
        UsageError
            The model was made without a data frame, or the result is one of another regression.
        EstimandError
            The result is no verified estimate.
        """
        if self.frame is None:
            raise UsageError(
                "the model knows its design alone, not the data frame",
                do="make it with bw.glm(formula, data)",
            )
        result = self.mle() if result is None else result
        return FittedRegression.of_frame(self.regression, result, self.frame)

    def predict(
        self,
        result: PointEstimate | Posterior | Approximation | None = None,
        newdata: Any = None,  # noqa: ANN401 - any table
        *,
        kind: Literal["mean", "response", "linear"] = "mean",
        **options: Any,  # noqa: ANN401 - those of `predictions`
    ) -> pd.DataFrame:
        """Predict rows: the expected outcome, an outcome with its interval, or the predictor.

        Parameters
        ----------
        result : PointEstimate, Posterior or Approximation, optional
            Of this model; the MLE by default.
        newdata : DataFrame, mapping of columns or path, optional
            Rows to predict; those of the fit by default.
        kind : str, optional
            ``"mean"``, ``"response"`` or ``"linear"``.
        **options
            ``groups``: ``"include"`` effects of groups, ``"exclude"`` or ``"marginal"``;
            ``new_groups``: what becomes of levels that were not seen, ``"marginal"``,
            ``"sample"``, ``"zero"`` or ``"error"``; ``ci_prob``; ``seed``.

        Returns
        -------
        DataFrame
            One row a row of `newdata`: ``estimate``, ``se`` (or ``sd``), ``ci_lower ci_upper``.

        Examples
        --------
        >>> import bayeswrap as bw
        >>> data = {"dose": [0.0, 1, 2, 3], "count": [1, 2, 4, 9]}
        >>> model = bw.glm("count ~ dose", data, family="poisson", engine="stanli")
        >>> model.predict(newdata={"dose": [4.0]})["estimate"].round(3).tolist()
        [18.737]
        """
        table = None if newdata is None else as_table(newdata)[0]
        return predict(self.fitted(result), table, kind=kind, **options)

    def effects(
        self,
        variables: Any,  # noqa: ANN401 - names, or a result before them
        result: Any = None,  # noqa: ANN401 - a result
        **options: Any,  # noqa: ANN401 - those of `predictions`
    ) -> EffectTable:
        """Return the expected outcome over values of one or more columns, as a table and a plot.

        Parameters
        ----------
        variables : str or sequence of str
            Columns of the data frame.
        result : PointEstimate, Posterior or Approximation, optional
            Of this model; the MLE by default.
        **options
            ``at``: values of columns; ``average``: over the rows of the data rather than at
            typical values; ``kind``; ``groups``; ``ci_prob``.
        """
        variables, result = _in_order(variables, result)
        return effects(self.fitted(result), variables, **options)

    def comparisons(
        self,
        variables: Any = None,  # noqa: ANN401 - names, or a result before them
        result: Any = None,  # noqa: ANN401 - a result
        **options: Any,  # noqa: ANN401 - those of `predictions`
    ) -> EffectTable:
        """Compare expected outcomes between values of a column: differences, ratios, odds ratios.

        Parameters
        ----------
        variables : str or sequence of str, optional
            Columns of the data frame; all by default.
        result : PointEstimate, Posterior or Approximation, optional
            Of this model; the MLE by default.
        **options
            ``contrast``: ``"difference"``, ``"ratio"`` or ``"odds_ratio"``; ``levels``; ``step``;
            ``at``; ``average``; ``by``; ``groups``; ``ci_prob``.
        """
        variables, result = _in_order(variables, result)
        return comparisons(self.fitted(result), variables, **options)

    def slopes(
        self,
        variables: Any = None,  # noqa: ANN401 - names, or a result before them
        result: Any = None,  # noqa: ANN401 - a result
        **options: Any,  # noqa: ANN401 - those of `predictions`
    ) -> EffectTable:
        """Return derivatives of the expected outcome by columns.

        Parameters
        ----------
        variables : str or sequence of str, optional
            Columns of the data frame; all numbers by default.
        result : PointEstimate, Posterior or Approximation, optional
            Of this model; the MLE by default.
        **options
            ``at``, ``average``, ``by``, ``groups``, ``ci_prob``.
        """
        variables, result = _in_order(variables, result)
        return slopes(self.fitted(result), variables, **options)

    def hypothesis(
        self,
        statements: Any,  # noqa: ANN401 - names, or a result before them
        result: Any = None,  # noqa: ANN401 - a result
        *,
        ci_prob: float = 0.95,
    ) -> pd.DataFrame:
        """Judge statements of coefficients, such as ``"x1 > x2"``.

        Parameters
        ----------
        statements : str or sequence of str
            An equation or inequality each, of columns, labels (``beta[x1]``) or Stan's names.
        result : PointEstimate, Posterior or Approximation, optional
            Of this model; the MLE by default.
        ci_prob : float, optional
            Coverage of the intervals.
        """
        statements, result = _in_order(statements, result)
        texts = [statements] if isinstance(statements, str) else list(statements)
        labels = self.bound.labels
        spelled = [spell_out(text, labels, tuple(labels)) for text in texts]
        frame = hypothesis(self.fitted(result), spelled, ci_prob=ci_prob)
        return frame.set_axis([text.strip() for text in texts]).rename_axis("hypothesis")

    def residuals(
        self,
        result: PointEstimate | Posterior | Approximation | None = None,
        *,
        kind: str = "response",
        **options: Any,  # noqa: ANN401 - those of `predictions`
    ) -> pd.Series[float]:
        """Return one residual a row.

        Parameters
        ----------
        result : PointEstimate, Posterior or Approximation, optional
            Of this model; the MLE by default.
        kind : str, optional
            ``"response"``, ``"pearson"``, ``"deviance"`` or ``"quantile"``.
        **options
            ``groups``, ``seed``.
        """
        return residuals(self.fitted(result), kind, **options)  # type: ignore[arg-type]  # checked there

    def ratios(
        self,
        result: PointEstimate | Posterior | Approximation | None = None,
        *,
        ci_prob: float = 0.95,
    ) -> pd.DataFrame:
        """Return exponentiated coefficients: odds ratios, rate ratios."""
        return ratios(self.fitted(result), ci_prob=ci_prob)

    def standardized(
        self,
        result: PointEstimate | Posterior | Approximation | None = None,
        *,
        ci_prob: float = 0.95,
    ) -> pd.DataFrame:
        """Return coefficients per standard deviation of their column (and of the outcome)."""
        return standardized_coefficients(self.fitted(result), ci_prob=ci_prob)

    def r_squared(
        self,
        result: PointEstimate | Posterior | Approximation | None = None,
        *,
        ci_prob: float = 0.95,
    ) -> pd.DataFrame:
        """Return R2: Bayesian R2, and Nakagawa's of mixed models."""
        return r_squared(self.fitted(result), ci_prob=ci_prob)

    def icc(
        self,
        result: PointEstimate | Posterior | Approximation | None = None,
        *,
        ci_prob: float = 0.95,
    ) -> pd.DataFrame:
        """Return the share of the variance that lies between groups."""
        return intraclass_correlation(self.fitted(result), ci_prob=ci_prob)

    def loo_pit(
        self,
        result: PointEstimate | Posterior | Approximation | None = None,
        *,
        seed: int | None = None,
    ) -> pd.Series[float]:
        """Return the leave-one-out probability integral transform of each row."""
        return leave_one_out_pit(self.fitted(result), seed=seed)


def _in_order(first: Any, second: Any) -> tuple[Any, Any]:  # noqa: ANN401 - either order
    """Return names and a result, in whichever order they were given."""
    return (second, first) if isinstance(first, (Draws, ModeResult)) else (first, second)
