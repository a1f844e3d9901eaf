"""`uniform_prior` and `modes_by_scale`: the mode depends on the scale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from bayeswrap.errors import DataError
from bayeswrap.model.mode_scalars import estimates_of, selected_scalars, status_word
from bayeswrap.model.model import Model
from bayeswrap.model.prior_path import with_prior_weight
from bayeswrap.program.program import Program
from bayeswrap.studies.study import Study

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import ArrayLike

    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate

__all__ = [
    "modes_by_scale",
    "uniform_prior",
]


_SCALES: tuple[Literal["constrained", "unconstrained"], ...] = ("constrained", "unconstrained")
_ENOUGH = 2
_GAUSSIAN = """
data {
  int<lower=2> N;
  vector[N] y;
}
parameters {
  real mu;
  real<lower=0> sigma;
}
model {
  y ~ normal(mu, sigma);
}
"""


def uniform_prior(
    model: Model,
    names: Sequence[str] | None = None,
    *,
    marginal: bool | str | Sequence[str] = False,
    seed: int | None = None,
) -> Study:
    """Compare the MLE with the modes under a prior that is uniform on the declared scale.

    The prior statements are taken out, which leaves a uniform prior on each declared parameter.
    Its mode on that scale is the MLE; on Stan's unconstrained scale the same prior is uniform no
    more, and its mode is another.

    Parameters
    ----------
    model, names, marginal, seed
        As for `prior_weight_path`.

    Returns
    -------
    Study
        Columns ``parameter kind estimate spread shift status``: `kind` is ``MLE`` or the scale
        of a MAP, `shift` the distance from the MLE in its standard errors. NaN where no mode
        exists.

    Raises
    ------
    UnknownNameError, EstimandError
        As for `prior_weight_path`.

    Examples
    --------
    >>> import bayeswrap as bw
    >>> coin = bw.library["beta_binomial"].program
    >>> model = bw.Model(coin, {"n": 10, "y": 2, "a": 1, "b": 1}, engine="stanli")
    >>> bw.studies.uniform_prior(model, seed=1).to_frame()["estimate"].round(6).tolist()
    [0.2, 0.2, 0.25]
    """
    mle = model.mle(marginal=marginal, seed=seed, require_converged=False)
    flat = with_prior_weight(model, 0.0)
    estimates = {"MLE": mle, **_modes(flat, marginal, mle.record.seed)}
    return _study(
        _table(estimates, selected_scalars(mle, names)),
        estimates,
        title="A uniform prior on the declared scale",
        finding="On the scale on which the prior is uniform the MAP is the MLE. On another scale "
        "it is not.",
    )


def modes_by_scale(
    source: Model | ArrayLike,
    names: Sequence[str] | None = None,
    *,
    marginal: bool | str | Sequence[str] = False,
    engine: Literal["auto", "cmdstan", "stanli"] = "auto",
    seed: int | None = None,
) -> Study:
    """Compare the mode on the declared scale with the mode on the unconstrained scale.

    For measurements `y` under flat priors on mu and sigma both have a closed form: with `ss`
    the sum of squared deviations, sigma is sqrt(ss/n) on its own scale, as the MLE is, and
    sqrt(ss/(n - 1)) on the scale of its logarithm: the square of that is the unbiased variance.

    Parameters
    ----------
    source : Model or (n,) array
        A model, with its own priors; or measurements of one quantity.
    names, marginal
        As for `prior_weight_path`.
    engine : str, optional
        As for `Model`, where `source` is an array.
    seed : int, optional
        Stan's seed for both searches.

    Returns
    -------
    Study
        Columns ``parameter kind estimate spread shift status``; `shift` is the distance from
        the first mode in its standard deviations. For measurements also ``closed_form``.

    Raises
    ------
    DataError
        Measurements that are fewer than two, not finite, or all the same.
    UnknownNameError
        A name that the program does not have.

    Examples
    --------
    >>> import bayeswrap as bw
    >>> y = [4.2, 5.1, 3.8, 6.0, 5.5, 4.9, 5.2, 4.4]
    >>> study = bw.studies.modes_by_scale(y, ["sigma"], engine="stanli", seed=1)
    >>> study.to_frame()["estimate"].round(6).tolist()
    [0.675347, 0.721976]
    """
    if isinstance(source, Model):
        exact, model = None, source
    else:
        y = _measurements(source)
        program = Program.from_string(_GAUSSIAN, name="gaussian_flat")
        exact, model = _closed_form(y), Model(program, {"y": y}, engine=engine)
    estimates = _modes(model, marginal, seed)
    first = next(iter(estimates.values()))
    table = _table(estimates, selected_scalars(first, names))
    if exact is not None:
        table["closed_form"] = [
            exact[str(kind)][str(name)]
            for name, kind in zip(table["parameter"], table["kind"], strict=True)
        ]
    return _study(
        table,
        estimates,
        title="Modes on two scales",
        finding="The mode of a posterior depends on the scale of the parameter.",
    )


def _modes(
    model: Model,
    marginal: bool | str | Sequence[str],  # noqa: FBT001 - passed on from the user
    seed: int | None,
) -> dict[str, PointEstimate]:
    return {
        f"MAP ({scale})": model.map(scale, marginal=marginal, seed=seed, require_converged=False)
        for scale in _SCALES
    }


def _table(estimates: Mapping[str, PointEstimate], scalars: Sequence[str]) -> pd.DataFrame:
    """Return one row a parameter and estimate; the first estimate is what shifts refer to."""
    values = {kind: estimates_of(estimate, scalars) for kind, estimate in estimates.items()}
    origin = next(iter(values.values()))
    rows = [
        {
            "parameter": name,
            "kind": kind,
            "estimate": values[kind]["estimate"][name],
            "spread": values[kind]["spread"][name],
            "shift": (values[kind]["estimate"][name] - origin["estimate"][name])
            / origin["spread"][name],
            "status": status_word(estimate),
        }
        for name in scalars
        for kind, estimate in estimates.items()
    ]
    return pd.DataFrame(rows)


def _study(
    table: pd.DataFrame, estimates: Mapping[str, PointEstimate], *, title: str, finding: str
) -> Study:
    return Study(
        title=title,
        finding=finding,
        table=table,
        x="kind",
        x_label="",
        x_scale="category",
        y={"estimate": "estimate"},
        y_label="estimate",
        bands={"estimate": "spread"},
        references={"closed_form": "closed form"} if "closed_form" in table else {},
        joined=False,
        panels="parameter",
        labels=next(iter(estimates.values())).labels,
        records=tuple(estimate.record for estimate in estimates.values()),
    )


def _measurements(values: ArrayLike) -> np.ndarray:
    y = np.asarray(values, dtype=float)
    if y.ndim != 1 or y.size < _ENOUGH or not np.isfinite(y).all() or np.ptp(y) == 0:
        raise DataError(
            "not measurements whose spread could be estimated",
            got=f"an array of shape {y.shape}",
            expected="two or more finite numbers that are not all the same",
            do="pass one array of measurements, or a Model",
        )
    return y


def _closed_form(y: np.ndarray) -> dict[str, dict[str, float]]:
    mean, squares, n = float(y.mean()), float(np.sum((y - y.mean()) ** 2)), y.size
    divisors = dict(zip(_SCALES, (n, n - 1), strict=True))
    return {
        f"MAP ({scale})": {"mu": mean, "sigma": float(np.sqrt(squares / divisor))}
        for scale, divisor in divisors.items()
    }
