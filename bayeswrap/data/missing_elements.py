"""``missing="drop"`` for arrays: elements without missing values, by the sizes that they share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from bayeswrap.data.missing_rows import DROPPED
from bayeswrap.errors import DataError, UsageError
from bayeswrap.program.syntax.evaluate import unparse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.program.syntax.tree import Variable

__all__ = [
    "drop_missing_elements",
]

_SHOWN = 5  # numbers of elements in one note


def drop_missing_elements(
    raw: Mapping[str, Any], needed: Sequence[Variable]
) -> tuple[dict[str, Any], list[str]]:
    """Return arrays without the elements that are missing in one of them, and notes of these.

    Variables with the same first size share their elements: ``vector[N] y`` and
    ``matrix[N, K] X`` lose the same ones, and so does ``matrix[K, N] Z`` along its second
    dimension. A size that was passed is read off the arrays again.

    Parameters
    ----------
    raw : mapping
        Values by data variable.
    needed : sequence of Variable
        The variables of the data block.

    Raises
    ------
    UsageError
        Another variable is sized by an expression of that size, such as ``N - 1``.
    DataError
        All elements of a size have a missing value.
    """
    values, notes = dict(raw), []
    given = {v.name: v.declaration for v in needed if v.name in raw and v.declaration.dims}
    for size in dict.fromkeys(d.dims[0].name for d in given.values()):
        missing = {
            name: _holes(values[name])
            for name, declared in given.items()
            if size and declared.dims[0].name == size
        }
        holes = {name: bad for name, bad in missing.items() if bad is not None and bad.any()}
        if not holes or len({None if bad is None else bad.size for bad in missing.values()}) > 1:
            continue  # lengths that disagree have their own message
        _refuse_expressions(size, needed)
        bad = np.logical_or.reduce(list(holes.values()))
        counts = ", ".join(f"{name!r}: {int(of.sum())}" for name, of in holes.items())
        if bad.all():
            raise DataError(
                f"every element of {size} has a missing value",
                got=f"missing values by variable: {counts}",
                do="leave a variable out, or impute its values",
            )
        good = np.flatnonzero(~bad)
        for name, declared in given.items():
            for axis, dim in enumerate(declared.dims):
                if dim.head == "Variable" and dim.name == size:
                    values[name] = _kept(values[name], good, bad.size, axis)
        if size in values and np.ndim(values[size]) == 0 and values[size] == bad.size:
            del values[size]
        notes.append(_note(size, np.flatnonzero(bad), bad.size, counts))
    return values, notes


def _note(size: str, at: np.ndarray, total: int, counts: str) -> str:
    more = f" and {at.size - _SHOWN} more" if at.size > _SHOWN else ""
    listed = ", ".join(str(i + 1) for i in at[:_SHOWN])
    what = f"{at.size} of {total} elements of {size} {DROPPED} ({counts})"
    return f"{what}: {listed}{more}"


def _refuse_expressions(size: str, needed: Sequence[Variable]) -> None:
    for variable in needed:
        for dim in variable.declaration.dims:
            if dim.head != "Variable" and any(e.name == size for e in dim.walk()):
                raise UsageError(
                    f'missing="drop" cannot know which elements of {variable.name!r} go with those '
                    f"of {size}",
                    got=f"the size {unparse(dim)}",
                    do="drop the elements before they are passed",
                )


def _holes(value: Any) -> np.ndarray | None:  # noqa: ANN401 - whatever the user gave
    """Return which elements of the first axis have a missing value; None for what is no array."""
    if isinstance(value, pd.DataFrame):
        return np.asarray(value.isna().any(axis=1))
    try:
        if np.ma.isMaskedArray(value):
            array = np.ma.getmaskarray(value)
        elif isinstance(value, pd.Series) or isinstance(getattr(value, "dtype", None), np.dtype):
            array = np.asarray(pd.isna(value))
        else:
            array = np.asarray(pd.isna(np.array(value, dtype=object)))
    except (TypeError, ValueError):  # ragged, which has its own message
        return None
    return np.asarray(array.reshape(len(array), -1).any(axis=1)) if array.ndim else None


def _kept(value: Any, good: np.ndarray, total: int, axis: int) -> Any:  # noqa: ANN401 - as above
    """Return some elements along an axis; the value itself where it is of another length."""
    if axis == 0 and len(value) == total:
        if isinstance(value, (pd.DataFrame, pd.Series)):
            return value.iloc[good]
        if isinstance(value, (list, tuple, range)):
            return [value[i] for i in good]
        return value[good]
    array = np.asarray(value)
    return array.take(good, axis) if array.ndim > axis and array.shape[axis] == total else value
