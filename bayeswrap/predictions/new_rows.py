"""The rows of a fit as a data frame, and the design of other rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from bayeswrap.errors import UsageError
from bayeswrap.formulas.data_tables import as_table
from bayeswrap.formulas.design_matrices import Design, Response

if TYPE_CHECKING:
    import pandas as pd

    from bayeswrap.formulas.design_builder import DesignBuilder
    from bayeswrap.regression.regression import Regression

__all__ = [
    "design_at",
    "fit_rows",
]


def fit_rows(regression: Regression, data: Any) -> pd.DataFrame:  # noqa: ANN401 - any table
    """Return the rows of a fit, with the columns that its predictors use.

    Parameters
    ----------
    regression : Regression
        Whose design was made by a formula.
    data : DataFrame, mapping of columns, path
        What it was made from.

    Raises
    ------
    UsageError
        The design was made by hand.
    """
    table, _, _ = as_table(data)
    kept, columns = regression.design.kept, list(_builder(regression).columns)
    return table[columns] if kept is None else table[columns].iloc[kept]


def design_at(regression: Regression, newdata: Any) -> Design:  # noqa: ANN401 - any table
    """Return the design of new data: levels, contrasts and splines are those of the fit.

    Parameters
    ----------
    regression : Regression
        Whose design was made by a formula.
    newdata : DataFrame, mapping of columns, path
        Rows with the columns of the predictors; the outcome need not be there.

    Raises
    ------
    UsageError
        The design was made by hand.
    DataError
        A column is missing, or has a level that the fit does not know.
    """
    new = _builder(regression).at(newdata)
    response = regression.design.response
    return Design(
        response=Response(
            name=response.name,
            values=np.full(new.rows, np.nan),
            levels=response.levels,
            trials=new.trials,
        ),
        predictors=new.predictors,
        rows=new.rows,
        notes=new.notes,
        kept=new.kept,
    )


def _builder(regression: Regression) -> DesignBuilder:
    builder = regression.design.builder
    if builder is None:
        raise UsageError(
            "a design that was made by hand has no formula for new data",
            got=repr(regression.design.response.name),
            do="make the regression from a formula",
        )
    return builder  # type: ignore[return-value]  # the one class that satisfies the protocol
