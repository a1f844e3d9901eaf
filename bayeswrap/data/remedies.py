"""What is wrong with a value that is no array of numbers or has a wrong shape, and its remedy."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from bayeswrap.data.cells import is_text_number
from bayeswrap.errors import DataError

if TYPE_CHECKING:
    from bayeswrap.program.syntax.tree import Declaration

__all__ = [
    "listed",
    "shape_remedy",
    "shown",
    "what_is_wrong",
]

_NOT_NUMBERS = "not an array of numbers"


def listed(value: Any, where: str) -> Any:  # noqa: ANN401 - whatever the user gave
    """Return a value, the items of a generator or a view as a list.

    Raises
    ------
    DataError
        It is a set, whose items have no order.
    """
    if isinstance(value, AbstractSet) and not isinstance(value, Mapping):
        raise DataError(
            "a set has no order, and holds each value once",
            where=where,
            got=shown(value),
            expected="values in the order of the other variables",
            do="pass a list",
        )
    if isinstance(value, (Mapping, str, bytes)) or hasattr(value, "__array__") or _is_sparse(value):
        return value
    if not isinstance(value, Iterable):
        return value
    items = value if isinstance(value, Sequence) else list(value)
    if any(_is_iterator(item) for item in items):
        return [list(item) if _is_iterator(item) else item for item in items]
    return items


def _is_iterator(value: object) -> bool:
    return hasattr(value, "__next__")


def _is_sparse(value: object) -> bool:
    return hasattr(value, "toarray")


def what_is_wrong(value: object) -> tuple[str, str, str]:
    """Return what is wrong with a value that holds no numbers, what was got, and the remedy."""
    lengths = _lengths(value)
    if len(set(lengths)) > 1:
        odd = next(i for i, n in enumerate(lengths) if n != lengths[0])
        first, other = ("a single number" if n < 0 else str(n) for n in (lengths[0], lengths[odd]))
        return (
            f"{_NOT_NUMBERS}: its lists have different lengths",
            f"{first} in the first, {other} in number {odd + 1}",
            "pass one long vector and an index of the group of each value, or pad to a rectangle",
        )
    container = _container_remedy(value)
    if container:
        return _NOT_NUMBERS, "", f"pass {container}"
    cells = _cells(value)
    return _wrong_cells(value, cells)


def _wrong_cells(value: object, cells: list[Any]) -> tuple[str, str, str]:
    if any(isinstance(c, int) and abs(c) > sys.float_info.max for c in cells):
        what = f"{_NOT_NUMBERS}: one is too large for a floating point number"
        return what, "", "rescale the values, such as by taking logarithms"
    text = [i for i, c in enumerate(cells) if isinstance(c, str) and not is_text_number(c)]
    missing = [i for i, c in enumerate(cells) if c is None or c is pd.NA or c != c]  # noqa: PLR0124 - NaN
    if missing and len(text) + len(missing) == len(cells):
        what = f"{len(missing)} missing value{'s' * (len(missing) > 1)} among levels"
        got = f"{cells[missing[0]]} at [{missing[0] + 1}] of {shown(value)}"
        return what, got, 'pass missing="drop" to leave them out, or give them a level of their own'
    if text and all(is_text_number(str(c).replace(",", "")) for c in cells):
        got = f"{shown(cells[text[0]])} at [{text[0] + 1}] of {shown(value)}"
        numbers = '[float(v.replace(",", "")) for v in ...] reads them'
        return f"{_NOT_NUMBERS}: text with separators of thousands", got, f"pass numbers: {numbers}"
    if text and len(cells) > 1:
        got = f"{shown(cells[text[0]])} at [{text[0] + 1}] of {shown(value)}"
        return _NOT_NUMBERS, got, "correct that value, or code the levels of text as numbers"
    return _NOT_NUMBERS, "", "pass numbers: " + _remedy(cells, readable=not text)


def _container_remedy(value: object) -> str:
    """Return what to pass in place of a container that is no array; empty for others."""
    if isinstance(value, Mapping):
        return "list(value.values()), in the order of the other variables"
    if isinstance(value, str) and "," in value and not is_text_number(value.replace(",", "")):
        return "a list of numbers, such as [float(v) for v in text.split(',')]"
    if _is_sparse(value):
        return "its .toarray()"
    if isinstance(value, np.ndarray) and value.dtype.names:
        return f"one field of it, such as ...[{value.dtype.names[0]!r}]"
    return ""


def _remedy(cells: list[Any], *, readable: bool) -> str:
    """Return code that makes numbers of what the cells hold."""
    if readable and any(isinstance(c, str) for c in cells):
        return "numpy.asarray(..., dtype=float) reads the text as numbers"
    kind = pd.api.types.infer_dtype(cells) if cells else ""
    if any(isinstance(c, (complex, np.complexfloating)) for c in cells):
        return "its .real, and its .imag as another data variable"
    if kind in {"datetime64", "datetime", "date"}:
        days = "when = pandas.Series(pandas.to_datetime(...)); (when - when.min()).dt.days"
        return f"days since the first, {days}"
    if kind in {"timedelta64", "timedelta"}:
        return "seconds, pandas.Series(pandas.to_timedelta(...)).dt.total_seconds()"
    return "a list, an array, or one number"


def _lengths(value: object) -> list[int]:
    if not isinstance(value, (list, tuple)):
        return []
    return [len(v) if isinstance(v, (list, tuple, np.ndarray)) else -1 for v in value]


def _cells(value: object) -> list[Any]:
    """Return the cells of a container in a row."""
    if isinstance(value, (Mapping, str, bytes)) or value is None:
        return [value] if isinstance(value, str) else []
    try:
        return list(np.array(value, dtype=object).ravel())
    except (TypeError, ValueError):
        return []


def shape_remedy(got: tuple[int, ...], wanted: Sequence[int | None], declared: Declaration) -> str:
    """Return how to bring an array of one shape to another, where that is clear."""
    remedy = "check that sizes and arrays belong together"
    if declared.base == "matrix" and len(got) == len(wanted) - 1:
        return f"{remedy}; pass a list of columns for a matrix, also for one column: ['x']"
    if not wanted and got == (1,):
        return f"take the number out of the list: {declared.name}[0]"
    if len(wanted) == 1 and got == ():
        return "pass a list, also of one number"
    if len(wanted) == 1 and len(got) == 2 and 1 in got:  # noqa: PLR2004 - a matrix
        index = "[:, 0]" if got[1] == 1 else "[0]"
        return (
            f"pass a vector: numpy.asarray({declared.name}){index}, or the name of a column "
            "without a list around it"
        )
    turned = tuple(reversed(got))
    if len(got) > 1 and got != turned and _fits(turned, wanted):
        turn = f"numpy.asarray({declared.name}).T has this shape"
        return f"its dimensions are in the wrong order: {turn}"
    return remedy


def _fits(got: tuple[int, ...], wanted: Sequence[int | None]) -> bool:
    return len(got) == len(wanted) and all(w in (None, g) for w, g in zip(wanted, got, strict=True))


def shown(value: Any) -> str:  # noqa: ANN401 - whatever the user gave
    """Return a value on one line, for a message."""
    text = " ".join(repr(value).split())
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004 - one line
