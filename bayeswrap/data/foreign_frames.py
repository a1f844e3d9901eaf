"""Data frames of other packages (polars, Arrow) as frames of pandas, without importing them."""

from __future__ import annotations

from typing import Any

import pandas as pd

__all__ = [
    "as_pandas",
    "as_plain",
]


def as_pandas(data: Any) -> Any:  # noqa: ANN401 - whatever the user gave
    """Return a frame of polars or Arrow as one of pandas, and anything else as it is.

    Columns go through plain lists: ``to_pandas`` of polars would need pyarrow. A polars Enum keeps
    the order of its levels.
    """
    if isinstance(data, pd.DataFrame):
        return data
    if hasattr(data, "collect_schema") and hasattr(data, "collect"):  # a polars LazyFrame
        data = data.collect()
    if hasattr(data, "to_pydict") and hasattr(data, "schema"):  # an Arrow table
        return pd.DataFrame(data.to_pydict())
    if hasattr(data, "get_columns") and hasattr(data, "to_dicts"):  # a polars DataFrame
        return pd.DataFrame({c.name: _series(c) for c in data.get_columns()})
    return data


def as_plain(value: Any) -> Any:  # noqa: ANN401 - whatever the user gave
    """Return a column of polars or Arrow as one of pandas, and anything else as it is."""
    if hasattr(value, "to_pylist"):  # Arrow
        return pd.Series(value.to_pylist())
    if hasattr(value, "to_list") and hasattr(value, "to_frame") and hasattr(value, "to_physical"):
        return _series(value)  # polars
    return value


def _series(column: Any) -> pd.Series | pd.Categorical:  # noqa: ANN401 - a polars Series
    values = column.to_list()
    if type(column.dtype).__name__ == "Enum":
        return pd.Categorical(values, categories=list(column.dtype.categories), ordered=True)
    return pd.Series(values)
