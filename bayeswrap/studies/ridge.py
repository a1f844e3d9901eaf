"""`ridge_path`: ridge regression is a MAP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from bayeswrap.errors import DataError, UsageError
from bayeswrap.model.mode_scalars import estimates_of, status_word
from bayeswrap.model.model import Model
from bayeswrap.program.program import Program
from bayeswrap.progress import shown_steps
from bayeswrap.studies.study import Study

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import ArrayLike

    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate

__all__ = [
    "ridge_path",
]


# the noise is known, as in ridge regression, so that both have one penalty
_PROGRAM = """
data {
  int<lower=1> N;
  int<lower=1> K;
  matrix[N, K] X;
  vector[N] y;
  real<lower=0> noise_sd;
  real<lower=0> prior_sd;
}
parameters {
  real alpha; // without a prior, as ridge regression leaves the intercept alone
  vector[K] beta;
}
model {
  beta ~ normal(0, prior_sd);
  y ~ normal(alpha + X * beta, noise_sd);
}
"""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Regression:
    """Predictors (N, K), outcomes (N,), the known residual sd, and the predictors' names."""

    x: np.ndarray
    y: np.ndarray
    noise_sd: float
    labels: tuple[str, ...]

    def ridge(self, penalty: float) -> np.ndarray:
        """Return the slopes that minimise squares plus `penalty` times squared slopes."""
        x, y = self.x - self.x.mean(axis=0), self.y - self.y.mean()
        stacked = np.vstack([x, np.sqrt(penalty) * np.eye(x.shape[1])])
        # least squares of augmented rows: the normal equations would square the condition number
        return np.asarray(np.linalg.lstsq(stacked, np.append(y, np.zeros(x.shape[1])))[0])

    def mode(self, scale: float, engine: Literal["auto", "cmdstan", "stanli"]) -> PointEstimate:
        """Return Stan's MAP for a prior of that sd."""
        data = {"X": self.x, "y": self.y, "noise_sd": self.noise_sd, "prior_sd": scale}
        program = Program.from_string(_PROGRAM, name="ridge")
        return Model(program, data, engine=engine).map(seed=1, require_converged=False)


def ridge_path(
    X: pd.DataFrame | ArrayLike,  # noqa: N803 - the design matrix, as everywhere
    y: ArrayLike,
    scales: Iterable[float] | None = None,
    *,
    noise_sd: float | None = None,
    engine: Literal["auto", "cmdstan", "stanli"] = "auto",
) -> Study:
    """Follow the MAP of slopes under normal(0, s) priors while s shrinks, beside ridge regression.

    With residual sd `noise_sd` the log posterior is, up to a factor and a constant, the sum of
    squares plus (noise_sd / s)^2 times the squared slopes: ridge regression with that penalty
    (Hoerl & Kennard 1970). The intercept has no prior.

    Parameters
    ----------
    X : DataFrame or (n, k) array
        Predictors, without a column of ones; standardise them if the penalty is to treat them
        alike.
    y : (n,) array
        Outcomes.
    scales : iterable of float, optional
        Prior standard deviations, in units of a slope; by default such that the penalty runs
        from a thousandth to a thousand times the mean sum of squares of the predictors.
    noise_sd : float, optional
        Residual standard deviation; by default that of least squares, which needs n > k + 1.
    engine : str, optional
        As for `Model`.

    Returns
    -------
    Study
        Columns ``scale penalty parameter predictor estimate spread ridge least_squares status``,
        the widest prior first; ``spread`` is the Laplace standard deviation.

    Raises
    ------
    DataError
        Arrays that do not fit each other or are not finite.
    UsageError
        A scale or `noise_sd` that is not positive, or none where least squares leave no residual.

    References
    ----------
    Hoerl & Kennard (1970), Ridge regression: biased estimation for nonorthogonal problems,
    Technometrics 12:55-67, doi:10.1080/00401706.1970.10488634.

    Examples
    --------
    >>> import bayeswrap as bw
    >>> study = bw.studies.ridge_path(
    ...     [[-1.0], [0.0], [1.0]], [1.0, 2.0, 5.0], [1.0], noise_sd=1, engine="stanli")
    >>> study.to_frame()[["estimate", "ridge"]].round(6).values.tolist()  # 4 / (2 + 1)
    [[1.333333, 1.333333]]
    """
    regression = _regression(X, y, noise_sd)
    levels = _scales(regression, scales)
    modes = [regression.mode(scale, engine) for scale in shown_steps(levels, "scales")]
    tables = [_rows(regression, s, mode) for s, mode in zip(levels, modes, strict=True)]
    return Study(
        title="MAP under narrower and narrower Gaussian priors, and ridge regression",
        finding="The MAP under a Gaussian prior is ridge regression with the penalty "
        "(noise sd / prior sd)^2.",
        table=pd.concat(tables, ignore_index=True),
        x="penalty",
        x_label="penalty (noise sd / prior sd)²",
        x_scale="log",
        y={"estimate": "MAP by Stan"},
        y_label="slope",
        bands={"estimate": "spread"},
        references={"ridge": "ridge regression", "least_squares": "least squares"},
        joined=False,
        panels="parameter",
        labels=dict(zip(_slopes(regression), regression.labels, strict=True)),
        records=tuple(mode.record for mode in modes),
    )


def _rows(regression: _Regression, scale: float, mode: PointEstimate) -> pd.DataFrame:
    penalty = (regression.noise_sd / scale) ** 2
    names = _slopes(regression)
    values = estimates_of(mode, names)
    return pd.DataFrame(
        {
            "scale": scale,
            "penalty": penalty,
            "parameter": names,
            "predictor": regression.labels,
            "estimate": values["estimate"].to_numpy(),
            "spread": values["spread"].to_numpy(),
            "ridge": regression.ridge(penalty),
            "least_squares": regression.ridge(0.0),
            "status": status_word(mode),
        }
    )


def _slopes(regression: _Regression) -> list[str]:
    return [f"beta[{k}]" for k in range(1, regression.x.shape[1] + 1)]


def _regression(
    predictors: pd.DataFrame | ArrayLike, outcomes: ArrayLike, noise_sd: float | None
) -> _Regression:
    x, y = np.asarray(predictors, dtype=float), np.asarray(outcomes, dtype=float)
    fits = x.ndim == 2 and y.shape == x.shape[:1] and x.size > 0  # noqa: PLR2004 - a matrix
    if not (fits and np.isfinite(x).all() and np.isfinite(y).all()):
        raise DataError(
            "predictors and outcomes do not fit",
            got=f"X of shape {x.shape}, y of shape {y.shape}",
            expected="X of shape (n, k) and y of shape (n,), finite",
            do="pass one row of X for each outcome",
        )
    labels = (
        tuple(str(c) for c in predictors.columns)
        if isinstance(predictors, pd.DataFrame)
        else tuple(f"beta[{k}]" for k in range(1, x.shape[1] + 1))
    )
    sd = _residual_sd(x, y) if noise_sd is None else float(noise_sd)
    if not (np.isfinite(sd) and sd > 0):
        raise UsageError(
            "no residual standard deviation",
            where="noise_sd=",
            got=repr(noise_sd),
            expected="a positive number",
            do="state noise_sd=; least squares give one only where they leave residuals",
        )
    return _Regression(x=x, y=y, noise_sd=sd, labels=labels)


def _residual_sd(x: np.ndarray, y: np.ndarray) -> float:
    design = np.column_stack([np.ones(len(y)), x])
    degrees = len(y) - int(np.linalg.matrix_rank(design))
    residuals = y - design @ np.linalg.lstsq(design, y)[0]
    return float(np.sqrt(residuals @ residuals / degrees)) if degrees > 0 else float("nan")


def _scales(regression: _Regression, scales: Iterable[float] | None) -> list[float]:
    if scales is None:
        squares = ((regression.x - regression.x.mean(axis=0)) ** 2).sum(axis=0).mean()
        return [float(s) for s in regression.noise_sd / np.sqrt(squares * np.logspace(-3, 3, 13))]
    levels = sorted({float(s) for s in scales}, reverse=True)
    if not levels or not all(np.isfinite(s) and s > 0 for s in levels):
        raise UsageError(
            "not standard deviations of a prior",
            where="scales=",
            got=repr(levels),
            expected="positive numbers",
            do="leave scales= out, or give some",
        )
    return levels
