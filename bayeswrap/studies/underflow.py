"""`product_and_log_sum`: why log likelihoods are added."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from bayeswrap.errors import DataError, EstimandError
from bayeswrap.model.model import Model
from bayeswrap.program.roles.role import Role
from bayeswrap.studies.study import Study

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from bayeswrap.record import RunRecord

__all__ = [
    "product_and_log_sum",
]


def product_and_log_sum(source: Model | ArrayLike, *, seed: int | None = None) -> Study:
    """Multiply the densities of the observations one by one, and add their logarithms.

    A double holds nothing between 0 and 5e-324. The product falls below that after some hundreds
    of observations and is zero from there on, without a gradient. The sum stays finite.

    Parameters
    ----------
    source : Model or (n,) array
        A model, whose log likelihood by observation is taken at its MLE; or such an array, nats.
    seed : int, optional
        Stan's seed for the MLE.

    Returns
    -------
    Study
        Columns ``n log_density product log_product log_sum`` after each observation;
        `log_product` is the logarithm of the product as computed, -inf once that is zero.

    Raises
    ------
    DataError
        An array that is empty, not one-dimensional, or has NaN.
    ConvergenceError
        The model has no MLE.
    EstimandError
        The model's log likelihood has no parts by observation, or is hierarchical.

    Examples
    --------
    >>> import numpy as np
    >>> import bayeswrap as bw
    >>> study = bw.studies.product_and_log_sum(np.full(3020, np.log(0.5)))
    >>> study.to_frame()[["product", "log_sum"]].iloc[-1].round(4).tolist()
    [0.0, -2093.3045]
    """
    terms, records = _terms(source, seed)
    with np.errstate(under="ignore", over="ignore", divide="ignore"):
        product = np.cumprod(np.exp(terms))
        log_product = np.log(product)
    table = pd.DataFrame(
        {
            "n": np.arange(1, terms.size + 1),
            "log_density": terms,
            "product": product,
            "log_product": log_product,
            "log_sum": np.cumsum(terms),
        }
    )
    return Study(
        title="Product of densities and sum of their logarithms",
        finding=_finding(table),
        table=table,
        x="n",
        x_label="observations so far",
        y={"log_product": "logarithm of the product"},
        y_label="log likelihood",
        references={"log_sum": "sum of the logarithms"},
        records=records,
    )


def _terms(source: Model | ArrayLike, seed: int | None) -> tuple[np.ndarray, tuple[RunRecord, ...]]:
    if isinstance(source, Model):
        _require_no_population(source)
        mle = source.mle(seed=seed)
        pointwise = source.pointwise_log_likelihood(mle)
        return np.ravel(pointwise.values), (mle.record,)
    terms = np.asarray(source, dtype=float)
    if terms.ndim != 1 or not terms.size or np.isnan(terms).any():
        raise DataError(
            "not log likelihoods of observations",
            got=f"an array of shape {terms.shape}" + ", with NaN" * bool(np.isnan(terms).any()),
            expected="one number for each observation",
            do="pass a one-dimensional array, or a Model",
        )
    return terms, ()


def _require_no_population(model: Model) -> None:
    population = model.program.of_role(Role.POPULATION)
    if population:
        raise EstimandError(
            "the likelihood of a hierarchical program is a product only given its effects",
            where=f"{model.program.name}.stan:{population[0].line}  {population[0].text}",
            do="choose values of all parameters, such as mle(marginal=True), and pass the array "
            "np.ravel(model.pointwise_log_likelihood(them).values)",
        )


def _finding(table: pd.DataFrame) -> str:
    product, log_sum = table["product"].to_numpy(), table["log_sum"].to_numpy()
    underflow = np.isfinite(log_sum) & ((product == 0) | np.isinf(product))
    if not underflow.any():
        return "The product has not underflowed yet. With more observations it will."
    first = int(np.argmax(underflow))
    end = "0" if product[first] == 0 else "infinite"
    return (
        f"The product is {end} from observation {first + 1} on. The sum of the logarithms is "
        f"{log_sum[-1]:.6g}."
    )
