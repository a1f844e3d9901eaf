"""Columns of a design matrix that are combinations of those before them."""

from __future__ import annotations

import numpy as np

__all__ = [
    "aliased_columns",
    "constant_columns",
]

_TOLERANCE = 1e-7  # share of a column's norm that is left by those before it; as R's lm
_SURELY = 1e-5  # the same share, from which on X'X in double precision is enough to see it
_ROUNDING = 1e-12  # range of a constant column, relative to its size


def constant_columns(matrix: np.ndarray) -> np.ndarray:
    """Return for each column whether it is constant.

    Examples
    --------
    >>> import numpy as np
    >>> constant_columns(np.array([[1.0, 2.0], [1.0, 3.0]])).tolist()
    [True, False]
    """
    if not matrix.size:
        return np.ones(matrix.shape[1], dtype=bool)
    low, high = matrix.min(axis=0), matrix.max(axis=0)
    constant: np.ndarray = high - low <= _ROUNDING * np.maximum(np.abs(low), np.abs(high))
    return constant


def aliased_columns(matrix: np.ndarray, *, intercept: bool) -> dict[int, tuple[int, ...]]:
    """Return the columns that are combinations of those before them, and of which.

    Parameters
    ----------
    matrix : (rows, columns) array
        The columns, without the intercept.
    intercept : bool
        Whether there is an intercept before them.

    Returns
    -------
    dict
        By position of an aliased column: the positions of the columns that make it up; none where
        it is constant beside an intercept, or zero.

    Notes
    -----
    One QR factorisation X = Q R of the columns with norm 1, centred where there is an intercept;
    R'R = X'X, so that the columns of R have the angles of those of X. They are taken one after
    another: what is left of a column after projection on those before it is its share of new
    information.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([1.0, 2.0, 4.0])
    >>> aliased_columns(np.column_stack([x, 2 * x + 1]), intercept=True)
    {1: (0,)}
    """
    if not matrix.shape[1]:
        return {}
    constant = constant_columns(matrix) & intercept
    work = matrix - matrix.mean(axis=0) if intercept else matrix.copy()
    work[:, constant] = 0.0
    norms = np.sqrt(np.einsum("ij,ij->j", work, work))
    work = work / np.where(norms > 0, norms, 1.0)
    if _independent(work, norms):
        return {}
    shape = np.asarray(np.linalg.qr(work, mode="r"))
    basis = np.zeros((shape.shape[0], 0))
    kept: list[int] = []
    aliased: dict[int, tuple[int, ...]] = {}
    for j in range(matrix.shape[1]):
        left = shape[:, j]
        for _ in range(2):  # twice is enough (Giraud, Langou and Rozloznik 2005)
            left = left - basis @ (basis.T @ left)
        size = float(np.linalg.norm(left))
        if size < _TOLERANCE:
            aliased[j] = _makers(shape, j, kept)
        else:
            kept.append(j)
            basis = np.column_stack([basis, left / size])
    return aliased


def _independent(work: np.ndarray, norms: np.ndarray) -> bool:
    """Return whether all columns are surely independent, by Cholesky's factor of X'X.

    The squares on its diagonal are what is left of each column; rounding changes them by 1e-15.
    """
    if not norms.all():
        return False
    try:
        left = np.diagonal(np.linalg.cholesky(work.T @ work))
    except np.linalg.LinAlgError:
        return False
    return bool(left.min() > _SURELY)


def _makers(shape: np.ndarray, j: int, kept: list[int]) -> tuple[int, ...]:
    """Return the columns with a coefficient in the combination that is column j."""
    if not kept or not np.any(shape[:, j]):
        return ()
    weights = np.linalg.lstsq(shape[:, kept], shape[:, j], rcond=None)[0]
    return tuple(k for k, w in zip(kept, weights, strict=True) if abs(w) > _TOLERANCE)
