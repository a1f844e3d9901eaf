# ruff: noqa: PD011 - `values` are arrays here, nothing of pandas
"""The rows of a fit as a data frame, and the design of other rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from bayeswrap.errors import UsageError
from bayeswrap.formulas.data_tables import as_table
from bayeswrap.formulas.design_matrices import Design, Response

if TYPE_CHECKING:
    import pandas as pd

    from bayeswrap.formulas.design_matrices import DesignMaker, Predictor
    from bayeswrap.regression.regression import Regression

__all__ = [
    "design_at",
    "fit_rows",
    "rows_of",
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
    kept, columns = regression.design.kept, _columns(_builder(regression))
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


def rows_of(design: Design, rows: slice) -> Design:
    """Return some rows of a design.

    Parameters
    ----------
    design : Design
        Of any rows.
    rows : slice
        Which.

    Examples
    --------
    >>> from bayeswrap.formulas.design_builder import design_of
    >>> design = design_of("y ~ x", {"y": [1.0, 2, 4], "x": [1.0, 2, 3]}, "real")
    >>> rows_of(design, slice(1, 3)).predictors["mu"].population.values.tolist()
    [[2.0], [3.0]]
    """
    response, kept = design.response, design.kept
    trials = None if response.trials is None else response.trials[rows]
    return Design(
        response=Response(
            name=response.name,
            values=response.values[rows],
            levels=response.levels,
            trials=trials,
        ),
        predictors={k: _predictor_rows(p, rows) for k, p in design.predictors.items()},
        rows=len(range(*rows.indices(design.rows))),
        kept=None if kept is None else kept[rows],
    )


def _predictor_rows(predictor: Predictor, rows: slice) -> Predictor:
    population = predictor.population
    return replace(
        predictor,
        population=replace(population, values=population.values[rows]),
        groups=tuple(
            replace(
                term,
                values=term.values[rows],
                index=term.index[rows],
                new_index=None if term.new_index is None else term.new_index[rows],
            )
            for term in predictor.groups
        ),
        offset=None if predictor.offset is None else predictor.offset[rows],
    )


def _columns(builder: object) -> list[str]:
    """Return the columns that new data need; a builder that scales columns has one inside."""
    inner = getattr(builder, "builder", None)
    return list(getattr(builder, "columns", ())) if inner is None else _columns(inner)


def _builder(regression: Regression) -> DesignMaker:
    builder = regression.design.builder
    if builder is None:
        raise UsageError(
            "a design that was made by hand has no formula for new data",
            got=repr(regression.design.response.name),
            do="make the regression from a formula",
        )
    return builder
