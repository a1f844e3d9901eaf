# ruff: noqa: PD011 - `Coding.values` is a dict, nothing of pandas
"""Text and 0-based factors become Stan's 1-based indices where the declaration says index.

An index is declared as ``array[N] int<lower=1, upper=J>``. Two indices with the same bound (home
and away of teams) share one coding. Where ``J`` is not given, it is the number of levels.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd

from bayeswrap.data.cells import is_text_number, levels_or_numbers
from bayeswrap.errors import DataError
from bayeswrap.program.syntax.evaluate import NotEvaluable, evaluate, unparse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bayeswrap.program.syntax.tree import Declaration, Expression, Variable

__all__ = [
    "Coding",
    "code_factors",
    "has_levels",
    "is_index",
]

_SHOWN = 8  # levels that a note lists
_MANY = 1000  # levels; a bound beyond is not one of a factor

Level: TypeAlias = "int | str"


@dataclass(slots=True)
class Coding:
    """Values with indices from 1, what the indices stand for, and what was changed.

    Attributes
    ----------
    values : dict
        The raw values, factors as integers, with bounds that were derived.
    levels : dict of str to tuple of str
        What 1, 2, ... stand for, by data variable; only where values were recoded.
    changes : list of str
        Which variables were recoded, and how.
    notes : list of str
        Levels without rows.
    """

    values: dict[str, Any]
    levels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Factor:
    """The cells of one index, and the order of its levels where its type has one."""

    cells: list[Level]
    order: tuple[Level, ...] = ()
    shape: tuple[int, ...]


def is_index(declaration: Declaration) -> bool:
    """Return whether a declaration is that of indices: ``array[N] int<lower=1, upper=J>``."""
    bounds = declaration.bounds
    return (
        declaration.base == "int"
        and declaration.array_rank > 0
        and tuple(declaration.constraint.bounds) == ("lower", "upper")
        and (bounds[0].head, bounds[0].name) == ("IntNumeral", "1")
    )


def code_factors(raw: Mapping[str, Any], needed: Sequence[Variable]) -> Coding:
    """Return the values with every index coded from 1.

    Parameters
    ----------
    raw : mapping
        What was given, by variable.
    needed : sequence of Variable
        The variables of the data block.

    Raises
    ------
    DataError
        There are more levels than the bound that was given has room for.
    """
    coding = Coding(dict(raw))
    groups: dict[str, list[Variable]] = {}
    for variable in needed:
        if variable.name in raw and is_index(variable.declaration):
            bound = variable.declaration.bounds[1]
            # two factors of at most 4 levels need not be the same factor
            key = bound.name if bound.head == "Variable" else f"only {variable.name}"
            groups.setdefault(key, []).append(variable)
    for variables in groups.values():
        factors = {v.name: _factor(raw[v.name]) for v in variables}
        known = {name: factor for name, factor in factors.items() if factor is not None}
        if known and len(known) == len(factors):  # else their own checks name what is wrong
            _code(coding, known, variables[0].declaration.bounds[1], needed)
    return coding


def _code(
    coding: Coding, factors: dict[str, _Factor], bound: Expression, needed: Sequence[Variable]
) -> None:
    """Code the indices that share a bound, and derive the bound where it is not given."""
    limit = _limit(bound, coding.values, needed)
    derived = limit is None and bound.head == "Variable" and bound.name not in coding.values
    levels = _levels(factors.values(), limit, derived=derived)
    names = ", ".join(repr(name) for name in factors)
    if limit is not None and len(levels) > limit > 0:
        raise DataError(
            f"{len(levels)} levels, but {unparse(bound)} = {limit}",
            where=f"data variable {names}",
            got=", ".join(str(level) for level in levels[:_SHOWN]),
            expected=f"at most {limit} levels",
            do="merge levels, or correct the bound",
        )
    if derived:
        coding.values[bound.name] = len(levels)
    if levels != list(range(1, len(levels) + 1)):
        codes = {level: i for i, level in enumerate(levels, start=1)}
        for name, factor in factors.items():
            coded = np.array([codes[cell] for cell in factor.cells], dtype=np.int64)
            coding.values[name] = coded.reshape(factor.shape)
            coding.levels[name] = tuple(str(level) for level in levels)
        coding.changes.append(
            f"{names} {'was' if len(factors) == 1 else 'were'} coded as {_listed(levels)}"
        )
    cells = {cell for factor in factors.values() for cell in factor.cells}
    empty = [str(level) for level in levels if level not in cells]
    if limit is not None and limit < _MANY:
        codes_left = range(len(levels) + 1, limit + 1)
        empty += [str(i) for i in codes_left if levels or i not in cells]
    known = {str(level) for level in levels}
    unused = (level for factor in factors.values() for level in factor.order)
    empty += dict.fromkeys(str(level) for level in unused if str(level) not in known)
    if empty:
        more = f" and {len(empty) - _SHOWN} more" if len(empty) > _SHOWN else ""
        coding.notes.append(f"{names} has no rows of {', '.join(empty[:_SHOWN])}{more}")


def _listed(levels: Sequence[Level]) -> str:
    shown = ", ".join(f"{i} = {level}" for i, level in enumerate(levels[:_SHOWN], start=1))
    return shown + (f", ... {len(levels)} = {levels[-1]}" if len(levels) > _SHOWN else "")


def has_levels(series: pd.Series) -> bool:
    """Return whether a column without missing values holds levels that are no numbers."""
    factor = _factor(series)
    return factor is not None and isinstance(factor.cells[0], str)


def _factor(value: object) -> _Factor | None:
    """Return an index as whole numbers or text; None for anything else, and for missing values."""
    series = value if isinstance(value, pd.Series) else _series(value)
    if series is None or series.empty or series.isna().any():
        return None
    shape, dtype = _shape(value), series.dtype
    if isinstance(dtype, pd.CategoricalDtype) and not pd.api.types.is_numeric_dtype(
        dtype.categories.dtype
    ):
        order = tuple(str(level) for level in dtype.categories)
        return _Factor(cells=[str(cell) for cell in series], order=order, shape=shape)
    if pd.api.types.is_bool_dtype(dtype):
        flags: list[Level] = [str(bool(cell)) for cell in series]
        return _Factor(cells=flags, order=("False", "True"), shape=shape)
    is_plain = isinstance(dtype, np.dtype) and dtype.kind in "iuf"  # perhaps a million rows
    cells = [] if is_plain else list(series)
    if cells and all(isinstance(cell, str) for cell in cells):
        return _text_factor(cells, shape)
    if pd.api.types.is_complex_dtype(dtype) or any(isinstance(cell, str) for cell in cells):
        return None
    return _whole_factor(series.to_numpy() if is_plain else cells, shape)


def _whole_factor(cells: list[Any] | np.ndarray, shape: tuple[int, ...]) -> _Factor | None:
    """Return whole numbers as levels."""
    try:
        whole = np.asarray(cells if isinstance(cells, np.ndarray) else list(map(float, cells)))
    except (TypeError, ValueError, OverflowError):
        return None
    if not np.all(np.isfinite(whole) & (whole == np.round(whole))):
        return None
    return _Factor(cells=whole.astype(np.int64).tolist(), shape=shape)


def _text_factor(cells: list[str], shape: tuple[int, ...]) -> _Factor | None:
    """Return text as levels, unless it is numbers with a text cell among them."""
    if levels_or_numbers(list(cells)) == "levels":
        return _Factor(cells=list(cells), shape=shape)
    if all(is_text_number(cell) for cell in cells):
        order = tuple(sorted(set(cells), key=float))
        return _Factor(cells=list(cells), order=order, shape=shape)
    return None


def _shape(value: Any) -> tuple[int, ...]:  # noqa: ANN401 - whatever the user gave
    try:
        return tuple(np.shape(value))
    except ValueError:  # ragged
        return (-1,)


def _series(value: object) -> pd.Series | None:
    """Return any container's cells in a row, numbers and text as they are."""
    if isinstance(value, (pd.Categorical, pd.Index)):
        return pd.Series(value)
    try:
        if isinstance(value, np.ndarray):
            return None if np.ma.isMaskedArray(value) else pd.Series(value.ravel())
        if isinstance(value, (list, tuple, range)):
            array = np.array(value, dtype=object)
            return pd.Series(array.ravel()).infer_objects()
        if isinstance(value, pd.api.extensions.ExtensionArray):
            return pd.Series(value)
    except (TypeError, ValueError):
        return None
    return None


def _limit(bound: Expression, values: Mapping[str, Any], needed: Sequence[Variable]) -> int | None:
    """Return an index's upper bound where it is given, or is a size of another variable."""
    known = {name: np.asarray(value) for name, value in values.items() if not _shape(value)}
    for variable in needed:
        if variable.name not in values:
            continue
        try:
            shape = np.shape(values[variable.name])
        except ValueError:
            continue
        dims = variable.declaration.dims
        if len(dims) == len(shape):
            sizes = zip(dims, shape, strict=True)
            known = {d.name: np.asarray(n) for d, n in sizes if d.head == "Variable"} | known
    try:
        limit = evaluate(bound, known)
        return int(limit) if limit.ndim == 0 else None
    except (NotEvaluable, TypeError, ValueError, OverflowError):
        return None


def _levels(factors: Iterable[_Factor], limit: int | None, *, derived: bool) -> list[Level]:
    """Return the levels in the order of their codes; none where numbers are left as they are."""
    parts = list(factors)
    cells = {cell for part in parts for cell in part.cells}
    if all(isinstance(cell, int) for cell in cells):
        whole = sorted(int(cell) for cell in cells)
        # a bound that is there but not known here leaves numbers alone
        return list(whole) if derived else [] if limit is None else _bounded_levels(whole, limit)
    cells = {str(cell) for cell in cells}
    orders = {part.order for part in parts}
    order = orders.pop() if len(orders) == 1 else ()
    # levels of a categorical without rows count where there is room for them
    if len(order) == limit:
        return list(order)
    return [level for level in order if level in cells] if order else sorted(cells)


def _bounded_levels(values: list[int], limit: int) -> list[Level]:
    """Return the levels of numbers with a bound: only 0, 1, ... are recoded, if all occur."""
    return list(values) if values == list(range(min(limit, len(values) + 1))) else []
