"""The outcome of a regression as numbers, checked for what its family takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import numpy as np
import pandas as pd

from bayeswrap.data.cells import levels_or_numbers
from bayeswrap.errors import DataError
from bayeswrap.formulas.columns import level_names, numbers_of, ordered_levels

if TYPE_CHECKING:
    from collections.abc import Callable

    from bayeswrap.data.row_names import Rows

__all__ = [
    "OUTCOME_KINDS",
    "CodedOutcome",
    "OutcomeKind",
    "code_outcome",
]

OutcomeKind: TypeAlias = Literal[
    "real", "positive", "proportion", "binary", "count", "binomial", "ordered", "categorical"
]
OUTCOME_KINDS: tuple[str, ...] = get_args(OutcomeKind)
INT_MAX = 2**31 - 1  # Stan's int
_SHOWN = 8  # levels that a note lists
_BINARY = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedOutcome:
    """An outcome as numbers.

    Attributes
    ----------
    values : (rows,) array
        Numbers; codes from 1 of categories, 0 and 1 of a binary outcome.
    levels : tuple of str
        The categories, where there are any.
    notes : list of str
        How it was coded.
    """

    values: np.ndarray
    levels: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)


def code_outcome(series: pd.Series, name: str, kind: str, rows: Rows) -> CodedOutcome:
    """Return an outcome as numbers.

    Parameters
    ----------
    series : Series
        The outcome, without missing values.
    name : str
        As it is written in the formula.
    kind : str
        What the family takes: ``real``, ``positive``, ``proportion``, ``binary``, ``count``,
        ``binomial``, ``ordered`` or ``categorical``.
    rows : Rows
        The names of the rows.

    Raises
    ------
    DataError
        The outcome is not what the family takes.

    Examples
    --------
    >>> import pandas as pd
    >>> from bayeswrap.data.row_names import Rows
    >>> code_outcome(pd.Series(["no", "yes"]), "smokes", "binary", Rows()).values.tolist()
    [0, 1]
    """
    if kind == "binary":
        return _binary(series, name, rows)
    if kind in {"ordered", "categorical"}:
        return _categories(series, name, rows, is_ordered=kind == "ordered")
    _require_no_levels(series, name, kind)
    numbers = numbers_of(series, name, rows)
    check = _CHECKS.get(kind)
    if check is not None:
        right, expected, do = check
        _require(right(numbers), numbers, name, rows, expected=expected, do=do)
    whole = kind in {"count", "binomial"}
    return CodedOutcome(values=numbers.astype(np.int64) if whole else numbers.astype(float))


_CHECKS: dict[str, tuple[Callable[[np.ndarray], np.ndarray], str, str]] = {
    "positive": (
        lambda y: y > 0,
        "numbers above 0",
        "a family for real outcomes is gaussian; one for counts with zeros is poisson",
    ),
    "proportion": (
        lambda y: (y > 0) & (y < 1),
        "numbers between 0 and 1, without 0 and 1 themselves",
        "divide percentages by 100; for counts of trials use binomial with y | trials(n)",
    ),
    "count": (
        lambda y: (y >= 0) & (y == np.round(y)) & (y <= INT_MAX),
        "whole numbers from 0 to 2147483647",
        "a family for positive numbers is gamma; rates are counts with offset(log(exposure))",
    ),
    "binomial": (
        lambda y: (y >= 0) & (y == np.round(y)) & (y <= INT_MAX),
        "whole numbers of successes from 0 to 2147483647",
        "give successes, not proportions, and the trials beside them: y | trials(n)",
    ),
}


def _require(
    right: np.ndarray, numbers: np.ndarray, name: str, rows: Rows, *, expected: str, do: str
) -> None:
    bad = np.flatnonzero(~right)
    if bad.size:
        more = f", and {bad.size - 1} more rows" if bad.size > 1 else ""
        raise DataError(
            f"the outcome {name!r} has the value {numbers[bad[0]]:g}{more}",
            where=rows.names(bad),
            expected=expected,
            do=do,
        )


def _require_no_levels(series: pd.Series, name: str, kind: str) -> None:
    is_text = isinstance(series.dtype, pd.CategoricalDtype) and not pd.api.types.is_numeric_dtype(
        series.cat.categories.dtype
    )
    cells = [] if pd.api.types.is_numeric_dtype(series) else list(series)
    if is_text or (cells and all(isinstance(c, str) for c in cells)):
        levels = [str(v) for v in dict.fromkeys(series)]
        if levels_or_numbers(list(levels)) == "numbers":
            return  # numbers_of names the cell
        families = "bernoulli" if len(levels) == _BINARY else "categorical or cumulative"
        raise DataError(
            f"the outcome {name!r} is text, and the family takes numbers ({kind})",
            got=", ".join(levels[:_SHOWN]),
            do=f"a family for these is {families}",
        )


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _binary(series: pd.Series, name: str, rows: Rows) -> CodedOutcome:
    if pd.api.types.is_bool_dtype(series):
        return CodedOutcome(values=series.to_numpy(dtype=np.int64), levels=("False", "True"))
    levels, _ = ordered_levels(series, name)
    is_number = pd.api.types.is_numeric_dtype(series) or all(
        not isinstance(level, str) for level in levels
    )
    if set(levels) <= {0, 1} and is_number:
        return CodedOutcome(values=numbers_of(series, name, rows).astype(np.int64))
    numbers = numbers_of(series, name, rows) if is_number and len(levels) > _BINARY else None
    if numbers is not None:
        expected = "0 and 1, True and False, or two levels of text"
        do = "for counts of successes use binomial with y | trials(n)"
        _require((numbers == 0) | (numbers == 1), numbers, name, rows, expected=expected, do=do)
    if len(levels) == 1:
        raise DataError(
            f"the outcome {name!r} has one level, {levels[0]}",
            expected="0 and 1, True and False, or two levels of text",
            do="check how the rows were selected",
        )
    if len(levels) != _BINARY or is_number:
        shown = ", ".join(str(level) for level in levels[:_SHOWN])
        raise DataError(
            f"the outcome {name!r} has {len(levels)} levels",
            got=shown + (", ..." if len(levels) > _SHOWN else ""),
            expected="0 and 1, True and False, or two levels of text",
            do=f"code it: (frame[{name!r}] == {levels[-1]!r}).astype(int)",
        )
    codes, names = level_names(series)
    note = f"outcome {name!r}: {names[0]} = 0, {names[1]} = 1"
    return CodedOutcome(values=codes.astype(np.int64), levels=tuple(names), notes=[note])


def _categories(series: pd.Series, name: str, rows: Rows, *, is_ordered: bool) -> CodedOutcome:
    is_factor = isinstance(series.dtype, pd.CategoricalDtype)
    levels, notes = ordered_levels(series, name)
    if is_ordered and not is_factor and any(isinstance(level, str) for level in levels):
        if not all(_is_number(str(level)) for level in levels):
            shown = ", ".join(repr(level) for level in levels[:_SHOWN])
            raise DataError(
                f"the outcome {name!r} is text without an order",
                got=shown,
                expected="whole numbers, or an ordered categorical",
                do=f"pandas.Categorical(frame[{name!r}], categories=[...], ordered=True)",
            )
    elif not is_factor and all(not isinstance(level, (str, bool)) for level in levels):
        numbers = numbers_of(series, name, rows)
        do = "a family for real outcomes is gaussian"
        expected = "whole numbers, or levels"
        _require(numbers == np.round(numbers), numbers, name, rows, expected=expected, do=do)
    codes, names = level_names(series)
    if len(names) < _BINARY:
        raise DataError(
            f"the outcome {name!r} has one category, {names[0]}",
            expected="two or more categories",
            do="check how the rows were selected",
        )
    if names != [str(i + 1) for i in range(len(names))]:
        shown = ", ".join(f"{i + 1} = {level}" for i, level in enumerate(names[:_SHOWN]))
        more = f", ... {len(names)} = {names[-1]}" if len(names) > _SHOWN else ""
        notes.append(f"outcome {name!r}: {shown}{more}")
    return CodedOutcome(values=codes.astype(np.int64) + 1, levels=tuple(names), notes=notes)
