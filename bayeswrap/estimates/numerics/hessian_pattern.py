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
    from collections.abc import Callable, Iterator

__all__ = [
    "Pattern",
    "find_pattern",
    "full_pattern",
]


_STEPS = (0.5, 1e-2, 1e-4)  # units of each coordinate; shorter ones for a narrow support
_DENSE_DEGREES = 2 ** np.arange(1, 9)  # neighbours from which on a column may go alone
_FIRST_GROUPS = 16  # columns moved together at first
_HUB_SHARE = 0.5  # of these groups: a row that more of them touch belongs to a dense column


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

    @property
    def met(self) -> sparse.csr_matrix:
        """A matrix of ones at its places."""
        ones = np.ones(self.rows.size)
        return sparse.csr_matrix((ones, (self.rows, self.columns)), shape=(self.size,) * 2)

    def matrix(self, entries: np.ndarray) -> sparse.csc_matrix:
        """Return the symmetric matrix of entries at `rows` and `columns`."""
        full = sparse.csc_matrix((entries, (self.rows, self.columns)), shape=(self.size,) * 2)
        return sparse.csc_matrix((full + full.T) / 2)


def find_pattern(
    gradient: Callable[[np.ndarray], np.ndarray],
    u: np.ndarray,
    *,
    unit: np.ndarray | None = None,
    known: Pattern | None = None,
) -> Pattern:
    """Return the pattern of a Hessian from differences of its gradient.

    Groups of columns are moved together and halved until each column is alone; groups that touch
    no row in common are moved at the same time.

    Parameters
    ----------
    gradient : callable
        Of the effects; not finite outside the support.
    u : (n,) array
        A point at which no entry vanishes by chance.
    unit : (n,) array, optional
        How far each coordinate moves; 1 without it.
    known : Pattern, optional
        Pairs that are known to meet at another point.
    """
    moves = _Moves(gradient, u, gradient(u), np.ones(u.size) if unit is None else unit)
    met = sparse.csc_matrix(_met(moves) + sparse.identity(u.size))
    if known is not None:
        ones = np.ones(known.rows.size)
        met = met + sparse.csc_matrix((ones, (known.rows, known.columns)), shape=met.shape)
    return _coloured(sparse.csc_matrix(met + met.T))


def full_pattern(n: int) -> Pattern:
    """Return the pattern of a matrix in which every entry may differ from 0."""
    return _coloured(sparse.csc_matrix(np.ones((n, n))))


@dataclass(frozen=True, slots=True)
class _Moves:
    """Which rows of the gradient change when some coordinates move."""

    gradient: Callable[[np.ndarray], np.ndarray]
    u: np.ndarray
    here: np.ndarray
    unit: np.ndarray

    def touched(self, columns: np.ndarray) -> np.ndarray:
        """Return which rows change; the coordinates move by different amounts."""
        amounts = self.unit * (1 + np.modf(np.arange(self.u.size) * np.sqrt(2.0))[0])
        there = self.here
        for step in _STEPS:
            shifted = self.u.copy()
            shifted[columns] += step * amounts[columns]
            there = self.gradient(shifted)
            if np.isfinite(there).all():
                break
        return np.asarray(there != self.here)


def _met(moves: _Moves) -> sparse.csc_matrix:
    """Return a matrix that differs from 0 where a column touches a row, or is touched by it."""
    n = moves.u.size
    every = np.arange(n)
    if n <= _FIRST_GROUPS:
        return sparse.csc_matrix(np.array([moves.touched(every[[i]]) for i in every]).T)
    groups = np.array_split(every, _FIRST_GROUPS)
    shares = np.mean([moves.touched(group) for group in groups], axis=0)
    dense = shares > _HUB_SHARE
    found = [(i, np.flatnonzero(moves.touched(every[[i]]))) for i in np.flatnonzero(dense).tolist()]
    kept = [group[~dense[group]] for group in groups]
    # what touches a dense column is read off that column
    found += _halved(moves, [group for group in kept if group.size], ~dense)
    columns = np.repeat([i for i, _ in found], [rows.size for _, rows in found])
    rows = np.concatenate([rows for _, rows in found])
    return sparse.csc_matrix((np.ones(rows.size), (rows, columns)), shape=(n, n))


def _halved(
    moves: _Moves, groups: list[np.ndarray], counted: np.ndarray
) -> Iterator[tuple[int, np.ndarray]]:
    """Yield each column with the rows that it touches among those that count."""
    reach = [moves.touched(group) & counted for group in groups]
    while groups:
        for group, rows in zip(groups, reach, strict=True):
            if group.size == 1:
                yield int(group[0]), np.flatnonzero(rows)
        large = [k for k, group in enumerate(groups) if group.size > 1]
        found: list[tuple[np.ndarray, np.ndarray]] = []
        for together in _apart([reach[k] for k in large]):
            for half in (0, 1):
                parts = [np.array_split(groups[large[k]], 2)[half] for k in together]
                rows = moves.touched(np.concatenate(parts))
                found += [
                    (part, rows & reach[large[k]]) for part, k in zip(parts, together, strict=True)
                ]
        groups, reach = [part for part, _ in found], [rows for _, rows in found]


def _apart(reach: list[np.ndarray]) -> list[list[int]]:
    """Return classes of groups that touch no row in common."""
    if not reach:
        return []
    table = sparse.csr_matrix(np.array(reach, dtype=np.int64))
    clash = sparse.csr_matrix(table @ table.T)
    classes: list[list[int]] = []
    which = np.full(len(reach), -1)
    for k in range(len(reach)):
        taken = set(which[clash.indices[clash.indptr[k] : clash.indptr[k + 1]]].tolist())
        which[k] = next(c for c in range(k + 1) if c not in taken)
        if which[k] == len(classes):
            classes.append([])
        classes[which[k]].append(k)
    return classes


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
