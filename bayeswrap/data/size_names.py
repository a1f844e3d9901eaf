"""Names of what sizes count: given by the user, or the columns of data frames in a dict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from bayeswrap.arguments import did_you_mean
from bayeswrap.data.foreign_frames import as_pandas
from bayeswrap.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "column_names",
    "size_names",
]


def size_names(
    given: Mapping[str, Sequence[str]], values: Mapping[str, np.ndarray]
) -> dict[str, tuple[str, ...]]:
    """Return the names that the user gives for what a size counts, checked.

    Parameters
    ----------
    given : mapping of str to sequence of str
        Names by size variable.
    values : mapping of str to array
        The data.

    Raises
    ------
    DataError
        No size has that name, or the names are too few, too many or not distinct.

    Examples
    --------
    >>> size_names({"K": ["dose", "age"]}, {"K": np.array(2)})
    {'K': ('dose', 'age')}
    """
    sizes = {
        name: int(value)
        for name, value in values.items()
        if isinstance(value, np.ndarray) and value.ndim == 0 and value.dtype.kind in "iu"
    }
    names: dict[str, tuple[str, ...]] = {}
    for size, listed in given.items():
        if size not in sizes:
            raise DataError(
                f"labels= names no size of the data block{did_you_mean(size, sizes)}",
                got=repr(size),
                expected=", ".join(sizes) or "a program that declares a size",
                do='give names by the integer that counts them: labels={"K": [...]}',
            )
        names[size] = (listed,) if isinstance(listed, str) else tuple(str(n) for n in listed)
        if len(set(names[size])) != sizes[size] or len(names[size]) != sizes[size]:
            raise DataError(
                "the names in labels= do not fit the size",
                where=f"labels={{{size!r}: ...}}",
                got=f"{len(names[size])} names, {len(set(names[size]))} of them different",
                expected=f"{sizes[size]} different names",
                do="give each element one name, in their order",
            )
    return names


def column_names(raw: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    """Return the column names of the data frames among the values of a dict."""
    frames = {name: as_pandas(value) for name, value in raw.items()}
    return {
        name: tuple(str(c) for c in frame.columns)
        for name, frame in frames.items()
        if isinstance(frame, pd.DataFrame) and not isinstance(frame.columns, pd.RangeIndex)
    }
