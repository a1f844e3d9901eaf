"""Columns of a design that cannot move one by one: powers, interactions and what they are made of.

Imports nothing of this package.
"""

from __future__ import annotations

from itertools import combinations_with_replacement

import numpy as np

__all__ = ["tied_columns"]

_SAME = 1e-9  # relative: a product, computed twice
_MANY = 40  # columns: more would take seconds
_ROWS = 8  # twice as many as the four columns of a fit


def tied_columns(design: np.ndarray) -> list[list[int]]:
    """Return sets of columns of which one is a product of two others, shifted and scaled or not.

    Parameters
    ----------
    design : (rows, n) array
        Without columns that are sums of multiples of others.

    Returns
    -------
    list of list of int
        Disjoint sets of at least two columns. A column is a product of two where it is a sum of
        multiples of them, of their product and of a constant.
    """
    rows = np.unique(design, axis=0)
    varying = np.flatnonzero(np.ptp(rows, axis=0) > 0) if len(rows) else np.array([], dtype=int)
    if len(rows) < _ROWS or varying.size > _MANY:
        return []
    centred = rows - rows.mean(axis=0)
    length = np.linalg.norm(centred, axis=0)
    sets = {int(k): {int(k)} for k in varying}
    for i, j in combinations_with_replacement(sets, 2):
        a, b = centred[:, i] / length[i], centred[:, j] / length[j]
        basis = _basis(np.column_stack([a, b, a * b - (a * b).mean()]))
        left = centred - basis @ (basis.T @ centred)
        made = np.linalg.norm(left, axis=0) < _SAME * length
        for k in (k for k in sets if made[k] and k not in {i, j}):
            joined = sets[i] | sets[j] | sets[k]
            sets.update(dict.fromkeys(joined, joined))
    distinct = {min(s): sorted(s) for s in sets.values() if len(s) > 1}
    return list(distinct.values())


def _basis(columns: np.ndarray) -> np.ndarray:
    """Return an orthonormal basis of what some columns span."""
    left, singular, _ = np.linalg.svd(columns, full_matrices=False)
    return np.asarray(left[:, singular > _SAME * singular[0]])
