"""Checks of one data variable against its declaration: presence, shape, type and constraint."""

from __future__ import annotations

import difflib
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from bayeswrap.data.arrays import (
    as_array,
    as_integers,
    describe,
    first_of,
    in_shape,
    place_of,
    shown,
)
from bayeswrap.data.factors import is_index
from bayeswrap.errors import DataError
from bayeswrap.program.syntax.evaluate import NotEvaluable, evaluate, unparse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.data.row_names import Origin
    from bayeswrap.program.syntax.tree import Declaration, Variable

__all__ = [
    "check_variable",
    "solve_sizes",
]


def solve_sizes(
    raw: Mapping[str, Any],
    needed: Sequence[Variable],
    program: str,
    others: Sequence[str] = (),
) -> dict[str, Any]:
    """Return the values as arrays, with the sizes that were not given derived from shapes.

    A scalar int that stands as a size of another variable (``vector[N] y``) is read off that
    variable's shape.

    Parameters
    ----------
    raw : mapping
        What was given, by name.
    needed : sequence of Variable
        The variables of the data block.
    program : str
        Its name, for messages.
    others : sequence of str, optional
        Names that were not asked for, such as unused columns; one may be a misspelling.

    Raises
    ------
    DataError
        A variable is missing, holds no numbers, or has not the rank that is declared.
    """
    given = [v for v in needed if v.name in raw]
    values = {v.name: as_array(raw[v.name], v.declaration, place_of(v, program)) for v in given}
    values = _derived_sizes(given, values) | values
    missing = [v for v in needed if v.name not in values]
    if missing:
        # an array of a wrong rank gives no sizes: that is the error then, not the missing size
        for v in given:
            if v.declaration.base != "tuple" and values[v.name].size:
                _check_present(values[v.name], place_of(v, program))
                in_shape(values[v.name], v.declaration, values, place_of(v, program))
        names = [v.name for v in needed]
        spare = [n for n in (*raw, *others) if n not in names]
        raise _missing(missing, list(values), spare, program)
    return values


def _derived_sizes(
    given: Sequence[Variable], values: Mapping[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """Read sizes off shapes; where shapes disagree, that of most variables is taken.

    So the message is about the variable that is odd, and a matrix whose dimensions are in the
    wrong order is told from one of another length.
    """
    votes: dict[str, Counter[int]] = {}
    matrices = []
    for variable in given:
        if variable.declaration.base != "tuple":
            sizes = _sizes(values[variable.name], variable.declaration)
            for name, size in sizes.items():
                votes.setdefault(name, Counter())[size] += 1
            if len(sizes) == 2:  # noqa: PLR2004 - rows and columns
                matrices.append(sizes)
    chosen = {name: counter.most_common(1)[0][0] for name, counter in votes.items()}
    chosen |= {
        name: int(values[name]) for name in chosen if name in values and values[name].ndim == 0
    }
    for (rows, n), (columns, k) in (sizes.items() for sizes in matrices):
        if chosen[rows] == k != n and votes[columns].total() == 1 and columns not in values:
            chosen[columns] = n
    return {name: np.asarray(size) for name, size in chosen.items()}


def _sizes(array: np.ndarray, declared: Declaration) -> dict[str, int]:
    """Read sizes off a shape; an empty list has the first one only."""
    if array.ndim != len(declared.dims) and 0 not in array.shape:
        return {}
    pairs = zip(declared.dims, array.shape, strict=False)
    return {dim.name: size for dim, size in pairs if dim.head == "Variable"}


def _missing(
    missing: Sequence[Variable], got: Sequence[str], spare: Sequence[str], program: str
) -> DataError:
    folded = {n.lower(): n for n in spare}
    name, hint = missing[0].name, ""
    for variable in reversed(missing):
        near = difflib.get_close_matches(variable.name.lower(), list(folded), n=1, cutoff=0.6)
        if near:
            name = variable.name
            hint = f"rename {folded[near[0]]!r} to {name!r}, or "
    listed = ", ".join(f"{v.name} ({describe(v.declaration)})" for v in missing)
    return DataError(
        f"data variable{'s' * (len(missing) > 1)} of program {program!r} missing: {listed}",
        got=", ".join(got) or "no data",
        do=f"{hint}pass {name}= a value, or a column name of the data frame",
    )


def check_variable(
    variable: Variable,
    values: Mapping[str, Any],
    program: str,
    origins: Mapping[str, Origin],
) -> Any:  # noqa: ANN401 - see idata
    """Return the value of one data variable as an array of the declared type and shape.

    Parameters
    ----------
    variable : Variable
        What is declared.
    values : mapping
        All values, as `solve_sizes` returns them.
    program : str
        The program's name, for messages.
    origins : mapping of str to Origin
        Where values stand in a table, for variables that came from one.

    Raises
    ------
    DataError
        Missing values, a wrong shape, type or value.
    """
    declared, where = variable.declaration, place_of(variable, program)
    if declared.base == "tuple":
        return values[variable.name]
    origin = origins.get(variable.name)
    array = as_array(values[variable.name], declared, where)
    array = in_shape(array, declared, values, where)
    _check_present(array, where)
    if declared.base == "int":
        array = as_integers(array, where, origin)
    _check_bounds(array, declared, values, where, origin)
    _check_constraint(array, declared, where)
    return array


def _check_present(array: np.ndarray, where: str) -> None:
    bad = np.isnan(array)
    if bad.any():
        raise DataError(
            f"{int(bad.sum())} missing value{'s' * (int(bad.sum()) > 1)} (NaN)",
            where=where,
            got=first_of(array, bad),
            expected="a number everywhere; Stan has no missing values",
            do="drop or impute these rows, or model them as parameters",
        )


def _check_bounds(
    array: np.ndarray,
    declared: Declaration,
    values: Mapping[str, Any],
    where: str,
    origin: Origin | None,
) -> None:
    for kind, bound in zip(declared.constraint.bounds, declared.bounds, strict=False):
        try:
            limit = np.broadcast_to(evaluate(bound, values), array.shape)
        except (NotEvaluable, ValueError):
            # needs what only Stan knows, or is itself of a wrong shape, which its own check tells
            continue
        outside = array < limit if kind == "lower" else array > limit
        if not outside.any():
            continue
        count, plain = int(outside.sum()), bound.head in {"IntNumeral", "RealNumeral"}
        value = "" if plain else f" = {limit[tuple(np.argwhere(outside)[0])]:g}"
        raise DataError(
            f"{count} value{'s' * (count > 1)} outside the declared bounds",
            where=where,
            got=first_of(array, outside, origin=origin),
            expected=f"{kind}={unparse(bound)}{value}",
            do=_bound_remedy(array, declared),
        )


def _bound_remedy(array: np.ndarray, declared: Declaration) -> str:
    if is_index(declared) and array.min() == 0:
        return "add 1 if these codes start at 0 (Stan's start at 1), or correct the data"
    return "correct the data, or the declaration in the program"


def _check_constraint(array: np.ndarray, declared: Declaration, where: str) -> None:
    rule = declared.constraint.vector_rule
    if rule is None or declared.base not in {"vector", "row_vector"} or not array.size:
        return
    bad = rule.is_violated(array)
    if np.any(bad):
        at = tuple(np.argwhere(bad)[0])
        place = f" at [{', '.join(str(i + 1) for i in at)}]" if at else ""
        raise DataError(
            rule.violation,
            where=where,
            got=shown(array[at].tolist()) + place,
            expected=rule.requirement,
            do="correct the data",
        )
