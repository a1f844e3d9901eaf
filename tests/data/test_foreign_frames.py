"""Frames of other packages become frames of pandas."""

from __future__ import annotations

from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from bayeswrap.data.foreign_frames import as_pandas, as_plain


class ArrowLike:
    """What an Arrow table has."""

    schema = ("dose",)

    def to_pydict(self) -> dict[str, list[float]]:
        return {"dose": [0.5, 1.5]}


def test_an_arrow_table_is_read_by_its_columns() -> None:
    assert as_pandas(ArrowLike())["dose"].tolist() == [0.5, 1.5]


@pytest.mark.parametrize("data", [None, {"x": 1}, "a.csv", [1, 2]])
def test_anything_else_is_left_as_it_is(data: Any) -> None:
    assert as_pandas(data) is data


def test_a_polars_frame_keeps_its_levels() -> None:
    kind = pl.Enum(["low", "high"])
    frame = pl.DataFrame({"dose": [0.5, None], "level": pl.Series(["high", "low"], dtype=kind)})
    for one in (frame, frame.lazy()):
        read = as_pandas(one)
        assert read["dose"].isna().tolist() == [False, True]
        assert isinstance(read["level"].dtype, pd.CategoricalDtype)
        assert list(read["level"].cat.categories) == ["low", "high"]


def test_columns_become_series() -> None:
    assert as_plain(pl.Series(["b", "a"])).tolist() == ["b", "a"]
    assert as_plain(pa.array([1.5, None])).isna().tolist() == [False, True]
    value = [1, 2]
    assert as_plain(value) is value
