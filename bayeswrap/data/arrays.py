"""Bring one data variable to an array of the declared type and shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from bayeswrap.data.json_data import SPECIAL_NUMBERS
from bayeswrap.data.remedies import listed, shape_remedy, shown, what_is_wrong
from bayeswrap.errors import DataError
from bayeswrap.program.syntax.evaluate import NotEvaluable, evaluate, unparse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayeswrap.data.row_names import Origin
    from bayeswrap.program.syntax.tree import Declaration, Expression, Variable

__all__ = [
    "as_array",
    "as_integers",
    "describe",
    "first_of",
    "in_shape",
    "place_of",
    "shown",
]


_INT_MAX = 2**31 - 1


def describe(declaration: Declaration) -> str:
    """Return a declaration's type as Stan writes it, without its constraint."""
    sizes = [unparse(d) for d in declaration.dims]
    array, own = sizes[: declaration.array_rank], sizes[declaration.array_rank :]
    base = declaration.base + (f"[{', '.join(own)}]" if own else "")
    return f"array[{', '.join(array)}] {base}" if array else base


def place_of(variable: Variable, program: str) -> str:
    """Return which variable of which program a message is about."""
    return f"data variable {variable.name!r} ({describe(variable.declaration)}) of {program!r}"


def as_array(value: Any, declared: Declaration, where: str) -> Any:  # noqa: ANN401 - see above
    """Return a new array of numbers, missing values as NaN; ``"Inf"`` and ``"NaN"`` are numbers."""
    if declared.base == "tuple":
        return value
    kind = np.complex128 if declared.base.startswith("complex") else np.float64
    value = listed(value, where)
    try:
        array = np.array(value)
        if np.ma.isMaskedArray(value):
            array = np.ma.filled(np.ma.asarray(value).astype(kind), np.nan)
        if array.dtype.kind in "US" and not isinstance(value, np.ndarray):
            array = np.array(value, dtype=object)
        if array.dtype.kind in "OUS":
            array = np.array([_number(v) for v in array.flat]).reshape(array.shape)
        if not array.size:
            return array.astype(np.float64)
        return _converted(array, kind)
    except (TypeError, ValueError, OverflowError) as error:
        what, got, remedy = what_is_wrong(value)
        raise DataError(
            what,
            where=where,
            got=got or shown(value),
            expected="numbers in a rectangular array",
            do=remedy,
        ) from error


def _converted(array: np.ndarray, kind: type[np.number]) -> np.ndarray:
    """Convert numbers to one kind; text that reads as numbers, and dates, are none."""
    if array.dtype.kind not in "biufc" or (np.iscomplexobj(array) and kind is np.float64):
        raise TypeError
    return array.astype(kind)


def _number(value: object) -> object:
    """Return an entry of a mixed array as a number; text is none, even if it reads as one."""
    if value is None or value is pd.NA or value is pd.NaT or value is np.ma.masked:
        return np.nan
    if isinstance(value, (str, bytes)):
        if value in SPECIAL_NUMBERS:
            return SPECIAL_NUMBERS[str(value)]
        raise TypeError
    return value if isinstance(value, complex) else float(value)  # type: ignore[arg-type]  # or raises


def as_integers(array: np.ndarray, where: str, origin: Origin | None = None) -> np.ndarray:
    """Return whole numbers as integers that Stan can hold."""
    broken = array != np.round(array)
    if broken.any():
        raise DataError(
            "not whole numbers, but the program declares int",
            where=where,
            got=first_of(array, broken, origin=origin),
            expected="integers",
            do="round or recode the values, or declare the variable as real",
        )
    large = np.abs(array) > _INT_MAX
    if large.any():
        raise DataError(
            "too large for Stan's int",
            where=where,
            got=first_of(array, large, origin=origin),
            expected=f"at most {_INT_MAX}",
            do="rescale the values",
        )
    return array.astype(np.int64)


def in_shape(
    array: np.ndarray, declared: Declaration, values: Mapping[str, Any], where: str
) -> np.ndarray:
    """Return the array in the declared shape; only an empty one may need the change."""
    sizes = [_size(dim, values) for dim in declared.dims]
    fits = array.ndim == len(sizes) and all(
        want is None or want == got for want, got in zip(sizes, array.shape, strict=True)
    )
    if fits:
        return array
    if array.size == 0 and 0 in sizes and None not in sizes:
        return array.reshape([size or 0 for size in sizes])
    named = ", ".join(unparse(d) for d in declared.dims)
    wanted = ", ".join("?" if s is None else str(s) for s in sizes)
    raise DataError(
        "wrong shape",
        where=where,
        got=f"{array.shape}" if array.ndim else "a single number",
        expected=f"({named}) = ({wanted})" if sizes else "a single number",
        do=shape_remedy(array.shape, sizes, declared),
    )


def _size(dim: Expression, values: Mapping[str, Any]) -> int | None:
    """Return a declared size; None where it is not known here, or is no number."""
    try:
        size = evaluate(dim, values)
    except NotEvaluable:
        return None
    return int(size) if size.ndim == 0 and np.isfinite(size) else None


def first_of(
    array: np.ndarray,
    bad: np.ndarray,
    labels: tuple[str, ...] | None = None,
    origin: Origin | None = None,
) -> str:
    """Name the first bad value in Stan's own 1-based index, and by column and row of a table."""
    at = np.argwhere(bad)[0]
    if not at.size:
        return f"{array.item():g}"
    place = ", ".join(str(i + 1) for i in at)
    column = f" (column {labels[at[-1]]!r})" if labels else ""
    if origin is not None:
        column = f" ({origin.place(at)})"
    return f"{array[tuple(at)]:g} at [{place}]{column}"
