"""Checks of one data variable against its declaration: presence, shape, type, bounds, constraint.

Called by `data` only; imports `program` and the errors.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

import numpy as np

from bayeswrap.errors import DataError
from bayeswrap.program.evaluate import NotEvaluable, evaluate, unparse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.program import Variable
    from bayeswrap.program.syntax import Declaration

__all__ = ["check_variable", "solve_sizes"]

_SUM_TOLERANCE = 1e-8  # Stan's own CONSTRAINT_TOLERANCE
_INT_MAX = 2**31 - 1


def solve_sizes(
    raw: Mapping[str, Any], needed: Sequence[Variable], program: str
) -> dict[str, Any]:
    """Return the values with the sizes that were not given derived from shapes.

    A scalar int that stands as a size of another variable (``vector[N] y``) is read off that
    variable's shape.
    """
    values = dict(raw)
    for variable in needed:
        declared = variable.declaration
        if variable.name not in values or declared.base == "tuple":
            continue
        shape = np.shape(values[variable.name])
        for dim, size in zip(declared.dims, shape, strict=False):
            if dim.head == "Variable" and dim.name not in values:
                values[dim.name] = size
    missing = [v for v in needed if v.name not in values]
    if missing:
        raise _missing(missing, values, raw, program)
    return values


def _missing(
    missing: Sequence[Variable], values: Mapping[str, Any], raw: Mapping[str, Any], program: str
) -> DataError:
    name = missing[0].name
    near = difflib.get_close_matches(name, list(raw), n=1, cutoff=0.6) or [
        k for k in raw if k.lower() == name.lower()
    ]
    hint = f"rename {near[0]!r} to {name!r}, or " if near else ""
    listed = ", ".join(f"{v.name} ({describe(v.declaration)})" for v in missing)
    return DataError(
        f"data variable{'s' * (len(missing) > 1)} of program {program!r} missing: {listed}",
        got=", ".join(map(str, values)) or "no data",
        do=f"{hint}pass {name}= a value, or a column name of the data frame",
    )


def describe(declaration: Declaration) -> str:
    """Return a declaration's type as Stan writes it, without its constraint."""
    sizes = [unparse(d) for d in declaration.dims]
    array, own = sizes[: declaration.array_rank], sizes[declaration.array_rank :]
    base = declaration.base + (f"[{', '.join(own)}]" if own else "")
    return f"array[{', '.join(array)}] {base}" if array else base


def check_variable(
    variable: Variable,
    values: Mapping[str, Any],
    program: str,
    labels: Mapping[str, tuple[str, ...]],
) -> Any:  # noqa: ANN401 - arrays, except tuples which Stan checks itself
    """Return the value of one data variable as an array of the declared type and shape."""
    declared = variable.declaration
    where = f"data variable {variable.name!r} ({describe(declared)}) of program {program!r}"
    if declared.base == "tuple":
        return values[variable.name]
    array = _array(values[variable.name], declared, where)
    _check_shape(array, declared, values, where)
    _check_finite(array, where)
    _check_bounds(array, declared, values, where, labels.get(variable.name))
    _check_constraint(array, declared, where)
    return array


def _array(value: Any, declared: Declaration, where: str) -> np.ndarray:  # noqa: ANN401
    if declared.base.startswith("complex"):
        return np.array(value, dtype=np.complex128)
    try:
        array = np.array(value, dtype=None if np.size(value) else np.float64)
        as_float = array.astype(np.float64)
    except (TypeError, ValueError) as error:
        raise DataError(
            "not an array of numbers",
            where=where,
            got=_shown(value),
            expected="numbers in a rectangular array",
            do="convert it, e.g. with numpy.asarray(..., dtype=float)",
        ) from error
    if declared.base != "int":
        return as_float
    return _integers(as_float, where)


def _integers(array: np.ndarray, where: str) -> np.ndarray:
    whole = np.isnan(array) | (array == np.round(array))
    if not whole.all():
        raise DataError(
            "not whole numbers, but the program declares int",
            where=where,
            got=_first(array, ~whole),
            expected="integers",
            do="round or recode the values, or declare the variable as real",
        )
    if np.isnan(array).any() or (np.abs(array) > _INT_MAX).any():
        _check_finite(array, where)
        raise DataError(
            "too large for Stan's int",
            where=where,
            got=_first(array, np.abs(array) > _INT_MAX),
            expected=f"at most {_INT_MAX}",
            do="rescale the values",
        )
    return array.astype(np.int64)


def _check_shape(
    array: np.ndarray, declared: Declaration, values: Mapping[str, Any], where: str
) -> None:
    sizes: list[int | None] = []
    for dim in declared.dims:
        try:
            sizes.append(int(evaluate(dim, values)))
        except NotEvaluable:
            sizes.append(None)
    fits = array.ndim == len(sizes) and all(
        want is None or want == got for want, got in zip(sizes, array.shape, strict=True)
    )
    if fits or (array.size == 0 and 0 in sizes):
        return
    named = ", ".join(unparse(d) for d in declared.dims)
    wanted = ", ".join("?" if s is None else str(s) for s in sizes)
    raise DataError(
        "wrong shape",
        where=where,
        got=f"{array.shape}" if array.ndim else "a single number",
        expected=f"({named}) = ({wanted})" if sizes else "a single number",
        do="check that sizes and arrays belong together"
        + (
            "; pass a list of columns for a matrix, also for one column: ['x']"
            if declared.base == "matrix" and array.ndim == 1
            else ""
        ),
    )


def _check_finite(array: np.ndarray, where: str) -> None:
    bad = np.isnan(array)
    if bad.any():
        raise DataError(
            f"{int(bad.sum())} missing value{'s' * (int(bad.sum()) > 1)} (NaN)",
            where=where,
            got=_first(array, bad),
            expected="a number everywhere; Stan has no missing values",
            do="drop or impute these rows, or model them as parameters",
        )


def _check_bounds(
    array: np.ndarray,
    declared: Declaration,
    values: Mapping[str, Any],
    where: str,
    labels: tuple[str, ...] | None,
) -> None:
    kinds = {"Lower": ("lower",), "Upper": ("upper",), "LowerUpper": ("lower", "upper")}
    for kind, bound in zip(kinds.get(declared.transform, ()), declared.bounds, strict=False):
        try:
            limit = evaluate(bound, values)
        except NotEvaluable:
            continue
        outside = array < limit if kind == "lower" else array > limit
        if np.any(outside):
            raise DataError(
                f"{int(np.sum(outside))} value{'s' * (int(np.sum(outside)) > 1)} outside the "
                f"declared bounds",
                where=where,
                got=_first(array, outside, labels),
                expected=f"{kind}={unparse(bound)}"
                + (f" = {limit.item()}" if bound.head == "Variable" and limit.ndim == 0 else ""),
                do="correct the data, or the declaration in the program",
            )


def _check_constraint(array: np.ndarray, declared: Declaration, where: str) -> None:
    if declared.transform == "Simplex" and array.size:
        bad = (np.abs(array.sum(axis=-1) - 1) > _SUM_TOLERANCE) | (array < 0).any(axis=-1)
        problem, want = "not a simplex", "values >= 0 that sum to 1 (within 1e-8)"
    elif declared.transform in {"Ordered", "PositiveOrdered"} and array.size:
        bad = (np.diff(array, axis=-1) <= 0).any(axis=-1)
        problem, want = "not in order", "strictly increasing values"
    else:
        return
    if np.any(bad):
        raise DataError(
            problem, where=where, got=_shown(array), expected=want, do="correct the data"
        )


def _first(array: np.ndarray, bad: np.ndarray, labels: tuple[str, ...] | None = None) -> str:
    """Name the first bad value in Stan's own 1-based index."""
    at = np.argwhere(bad)[0]
    if not at.size:
        return f"{array.item():g}"
    place = ", ".join(str(i + 1) for i in at)
    column = f" (column {labels[at[-1]]!r})" if labels else ""
    return f"{array[tuple(at)]:g} at [{place}]{column}"


def _shown(value: Any) -> str:  # noqa: ANN401
    text = " ".join(repr(value).split())
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004 - one line
