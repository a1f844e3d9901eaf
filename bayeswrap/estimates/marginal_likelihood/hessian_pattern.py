"""Which pairs of effects meet in the log density: the pattern of its Hessian, and its colours.

Columns that share no row are differenced together (Curtis, Powell & Reid 1974,
doi:10.1093/imamat/13.1.117); a few dense ones go alone, and their rows are read off by symmetry.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "Pattern",
    "find_pattern",
]


_STEPS = (0.5, 1e-2, 1e-4)  # units of the unconstrained scale; shorter ones for a narrow support
_DENSE_DEGREES = 2 ** np.arange(1, 9)  # neighbours from which on a column may go alone


@dataclass(frozen=True, slots=True)
class Pattern:
    """Where a symmetric sparse matrix may differ from 0.

    Attributes
    ----------
    rows, columns : (nonzeros,) array of int
        Its places, both triangles and the diagonal.
    colours : (colours, n) array of bool
        Columns that are differenced together.
    source : (nonzeros,) array of int
        Place of each nonzero in the flattened (n, colours) array of products.
    scaled_by : (nonzeros,) array of int
        Column whose step made that product.
    blocks : (n,) array of int
        Which block on the diagonal each row belongs to.
    """

    rows: np.ndarray
    columns: np.ndarray
    colours: np.ndarray
    source: np.ndarray
    scaled_by: np.ndarray
    blocks: np.ndarray

    @property
    def size(self) -> int:
        """Rows of the matrix."""
        return int(self.colours.shape[1])

    @property
    def is_diagonal(self) -> bool:
        """Whether no two effects meet."""
        return self.rows.size == self.size

    def matrix(self, entries: np.ndarray) -> sparse.csc_matrix:
        """Return the symmetric matrix of entries at `rows` and `columns`."""
        full = sparse.csc_matrix((entries, (self.rows, self.columns)), shape=(self.size,) * 2)
        return sparse.csc_matrix((full + full.T) / 2)


def find_pattern(gradient: Callable[[np.ndarray], np.ndarray], u: np.ndarray) -> Pattern:
    """Return the pattern of a Hessian from one gradient difference a coordinate.

    Parameters
    ----------
    gradient : callable
        Of the effects; not finite outside the support.
    u : (n,) array
        A point at which no entry vanishes by chance.
    """
    here, touched = gradient(u), []
    for i in range(u.size):
        there = here
        for step in _STEPS:
            shifted = u.copy()
            shifted[i] += step
            there = gradient(shifted)
            if np.isfinite(there).all():
                break
        touched.append(np.flatnonzero(np.r_[there != here]))
    columns = np.repeat(np.arange(u.size), [t.size for t in touched])
    rows = np.concatenate([*touched, np.zeros(0, dtype=int)])
    nonzeros = sparse.csc_matrix((np.ones(rows.size), (rows, columns)), shape=(u.size, u.size))
    return _coloured(sparse.csc_matrix(nonzeros + nonzeros.T + sparse.identity(u.size)))


def _coloured(met: sparse.csc_matrix) -> Pattern:
    degrees = np.diff(met.indptr)
    cuts = {int(c) for c in (met.shape[0], *_DENSE_DEGREES) if c <= met.shape[0]}
    tried = [_colours(met, degrees > cut) for cut in sorted(cuts, reverse=True)]
    colour, dense = min(tried, key=lambda t: int(t[0].max(initial=-1)))
    rows, columns = met.nonzero()
    turned = dense[rows] & ~dense[columns]
    scaled_by, read_at = np.where(turned, rows, columns), np.where(turned, columns, rows)
    n_colours = int(colour.max(initial=-1)) + 1
    return Pattern(
        rows=rows,
        columns=columns,
        colours=np.arange(n_colours)[:, np.newaxis] == colour,
        source=read_at * n_colours + colour[scaled_by],
        scaled_by=scaled_by,
        blocks=connected_components(met, directed=False)[1],
    )


def _colours(met: sparse.csc_matrix, dense: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Colour the columns greedily, with a colour of its own for each dense one."""
    kept = np.flatnonzero(~dense)
    part = met[kept][:, kept].astype(np.int64)
    clash = (part.T @ part).tocsr()
    colour = np.full(met.shape[0], -1)
    inner = np.full(kept.size, -1)
    for i in range(kept.size):
        taken = set(inner[clash.indices[clash.indptr[i] : clash.indptr[i + 1]]].tolist())
        inner[i] = next(c for c in range(kept.size + 1) if c not in taken)
    colour[kept] = inner
    colour[dense] = inner.max(initial=-1) + 1 + np.arange(int(dense.sum()))
    return colour, dense
