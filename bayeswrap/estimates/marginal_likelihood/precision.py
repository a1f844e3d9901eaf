"""The precision matrix of the effects given the rest: factor, solve, determinant, variances.

Independent groups are small dense blocks, factored together. Effects that meet through few others
(crossed factors, shared trends, time series) are factored along an elimination tree. Where that
tree is high (a map) SuperLU takes the matrix as it is, without pivoting, so that positive pivots
prove that it is positive definite.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import splu

from bayeswrap.estimates.marginal_likelihood.elimination_tree import EliminationTree
from bayeswrap.estimates.marginal_likelihood.tree_precision import Branches, TreePrecision

if TYPE_CHECKING:
    from collections.abc import Callable

    from bayeswrap.estimates.numerics.hessian_pattern import Pattern

__all__ = [
    "Precision",
    "factorise",
]


_SMALL_BLOCK = 4  # rows: no tree is worth its bookkeeping
_LARGE_BLOCK = 60  # rows
_SPARSE_SHARE = 8  # a large block is sparse where less than one in eight of its places is filled
_TREE_SHARE = 0.75  # of the rows of the largest block: a tree that is not lower saves nothing
_PADDING_MAX = 4  # times the places of all blocks, in a stack of blocks of the largest size
_PAIRS_A_NEIGHBOUR = 8  # directions that pairs cost for each neighbour of the busiest effect


class Precision(Protocol):
    """A factored positive definite matrix A."""

    @property
    def log_determinant(self) -> float:
        """Of A."""

    def solve(self, b: np.ndarray) -> np.ndarray:
        """Return A^-1 b."""

    def variances(self) -> np.ndarray:
        """Return the diagonal of A^-1."""

    def root(self) -> np.ndarray:
        """Return C with C C' = A^-1."""

    def refined(
        self,
        entries: Callable[[], np.ndarray],
        along: Callable[[np.ndarray], np.ndarray],
    ) -> Precision | None:
        """Return the factor of a matrix near A, from its entries or its products with vectors."""

    def trace_directions(self) -> list[tuple[int, np.ndarray]]:
        """Return signs and directions d with tr(A^-1 H) = sum of sign d'Hd for H of A's pattern."""


def factorise(pattern: Pattern) -> Callable[[np.ndarray], Precision | None]:
    """Return the function from entries at the places of a pattern to a factor.

    It returns None where the matrix is not positive definite.
    """
    sizes = np.bincount(pattern.blocks) if pattern.size else np.zeros(1, dtype=int)
    largest = int(sizes.max())
    if largest > _SMALL_BLOCK:
        met = pattern.met
        tree, neighbours = EliminationTree.of(met), int(np.diff(met.indptr).max())
        is_sparse = largest > _LARGE_BLOCK and met.nnz < largest**2 / _SPARSE_SHARE
        if is_sparse and tree.height > _PAIRS_A_NEIGHBOUR * neighbours:
            links = functools.cache(lambda: _Pairs.of(pattern))
            return lambda entries: _SparsePrecision.of(pattern.matrix(entries), pattern, links)
        padded = sizes.size * largest**2 > _PADDING_MAX * int((sizes**2).sum())
        if padded or tree.height < _TREE_SHARE * largest:
            branches = Branches(tree, pattern)
            return lambda entries: TreePrecision.of(entries, branches)
    places = _Places.of(pattern, sizes)
    return lambda entries: _BlockPrecision.of(entries, places)


@dataclass(frozen=True, slots=True)
class _Places:
    """Where rows and nonzeros stand in a stack of blocks of one size."""

    shape: tuple[int, int]
    block: np.ndarray
    within: np.ndarray
    nonzeros: tuple[np.ndarray, np.ndarray, np.ndarray]

    @classmethod
    def of(cls, pattern: Pattern, sizes: np.ndarray) -> _Places:
        """Find where each row stands within its block."""
        order = np.argsort(pattern.blocks, kind="stable")
        starts = np.concatenate([[0], np.cumsum(sizes)])[:-1]
        within = np.empty(pattern.size, dtype=int)
        within[order] = np.arange(pattern.size) - starts[pattern.blocks[order]]
        nonzeros = (pattern.blocks[pattern.rows], within[pattern.rows], within[pattern.columns])
        return cls((sizes.size, int(sizes.max())), pattern.blocks, within, nonzeros)

    def stacked(self, b: np.ndarray) -> np.ndarray:
        """Return a vector with a row for each block, padded with zeros."""
        stack = np.zeros(self.shape)
        stack[self.block, self.within] = b
        return stack


@dataclass(frozen=True, slots=True)
class _BlockPrecision:
    places: _Places
    inverse_factor: np.ndarray
    """L^-1 of each block, with A = L L'."""

    @classmethod
    def of(cls, entries: np.ndarray, places: _Places) -> _BlockPrecision | None:
        """Factor the blocks; None where one is not positive definite."""
        blocks, size = places.shape
        stack = np.zeros((blocks, size, size))
        stack[places.nonzeros] = entries
        stack = (stack + stack.transpose(0, 2, 1)) / 2
        padded = places.stacked(np.ones(places.block.size)) == 0
        stack[:, np.arange(size), np.arange(size)] += padded
        if not np.isfinite(stack).all():
            return None
        try:
            factor = np.linalg.cholesky(stack)
        except np.linalg.LinAlgError:
            return None
        return cls(places, np.linalg.solve(factor, np.broadcast_to(np.eye(size), stack.shape)))

    @property
    def log_determinant(self) -> float:
        diagonal = np.diagonal(self.inverse_factor, axis1=1, axis2=2)
        return float(-2 * np.log(np.abs(diagonal)).sum())

    def refined(
        self,
        entries: Callable[[], np.ndarray],  # noqa: ARG002 - for sparse matrices
        along: Callable[[np.ndarray], np.ndarray],
    ) -> _BlockPrecision | None:
        # in the coordinates of a factor nearby the matrix is close to I, so that a prior of nearly
        # singular covariance costs the digits of its condition number's root only
        products = [self.places.stacked(along(d)) for _, d in self.trace_directions()]
        white = self.inverse_factor @ np.stack(products, axis=2)
        padded = self.places.stacked(np.ones(self.places.block.size)) == 0
        each = np.arange(white.shape[1])
        white[:, each, each] += padded
        if not np.isfinite(white).all():
            return None
        try:
            factor = np.linalg.cholesky((white + white.transpose(0, 2, 1)) / 2)
        except np.linalg.LinAlgError:
            return None
        return _BlockPrecision(self.places, np.linalg.solve(factor, self.inverse_factor))

    def solve(self, b: np.ndarray) -> np.ndarray:
        half = np.einsum("bij,bj->bi", self.inverse_factor, self.places.stacked(b))
        whole = np.einsum("bji,bj->bi", self.inverse_factor, half)
        return np.asarray(whole[self.places.block, self.places.within])

    def variances(self) -> np.ndarray:
        return np.asarray((self.inverse_factor**2).sum(axis=1)[self._rows()])

    def root(self) -> np.ndarray:
        # one column for each row of each block
        n, size = self.places.block.size, self.places.shape[1]
        root = np.zeros((n, self.places.shape[0], size))
        root[np.arange(n), self.places.block] = self.inverse_factor.transpose(0, 2, 1)[self._rows()]
        return root.reshape(n, -1)[:, root.reshape(n, -1).any(axis=0)]

    def trace_directions(self) -> list[tuple[int, np.ndarray]]:
        # blocks do not meet, so that one direction may move a column of each at once
        columns = self.inverse_factor.transpose(0, 2, 1)[self._rows()]
        return [(1, column) for column in columns.T]

    def _rows(self) -> tuple[np.ndarray, np.ndarray]:
        return self.places.block, self.places.within


@dataclass(frozen=True, slots=True)
class _Pairs:
    """The pairs of effects that meet, in classes whose members do not meet each other."""

    first: np.ndarray
    second: np.ndarray
    classes: tuple[np.ndarray, ...]
    colours: np.ndarray

    @classmethod
    def of(cls, pattern: Pattern) -> _Pairs:
        """Put each pair into the first class none of whose members it meets."""
        above = pattern.rows < pattern.columns
        first, second = pattern.rows[above], pattern.columns[above]
        near = sparse.csc_matrix(
            (np.ones(pattern.rows.size), (pattern.rows, pattern.columns)), (pattern.size,) * 2
        )
        touched: list[set[int]] = [set() for _ in range(pattern.size)]
        which = np.empty(first.size, dtype=int)
        for e, (i, j) in enumerate(zip(first, second, strict=True)):
            around = {*near[:, [i]].indices.tolist(), *near[:, [j]].indices.tolist()}
            taken = set().union(*(touched[k] for k in around))
            which[e] = next(c for c in range(first.size + 1) if c not in taken)
            touched[i].add(int(which[e]))
            touched[j].add(int(which[e]))
        classes = tuple(np.flatnonzero(which == c) for c in range(int(which.max(initial=-1)) + 1))
        return cls(first, second, classes, pattern.colours)


@dataclass(frozen=True, slots=True)
class _SparsePrecision:
    factor: sparse.linalg.SuperLU
    pattern: Pattern
    pairs: Callable[[], _Pairs]
    log_determinant: float

    @classmethod
    def of(
        cls, matrix: sparse.csc_matrix, pattern: Pattern, pairs: Callable[[], _Pairs]
    ) -> _SparsePrecision | None:
        """Factor the matrix; None where it is not positive definite."""
        if not np.isfinite(matrix.data).all():
            return None
        options = {"SymmetricMode": True}
        try:
            lu = splu(matrix, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options=options)
        except RuntimeError:  # exactly singular
            return None
        pivots = lu.U.diagonal()
        if not (pivots > 0).all() or not np.array_equal(lu.perm_r, lu.perm_c):
            return None
        return cls(lu, pattern, pairs, float(np.log(pivots).sum()))

    def refined(
        self,
        entries: Callable[[], np.ndarray],
        along: Callable[[np.ndarray], np.ndarray],  # noqa: ARG002 - for dense blocks
    ) -> _SparsePrecision | None:
        return _SparsePrecision.of(self.pattern.matrix(entries()), self.pattern, self.pairs)

    def solve(self, b: np.ndarray) -> np.ndarray:
        return np.asarray(self.factor.solve(b))

    def variances(self) -> np.ndarray:
        return np.diagonal(self._inverse()).copy()

    def _inverse(self) -> np.ndarray:
        return np.asarray(self.factor.solve(np.eye(self.pattern.size)))

    def root(self) -> np.ndarray:
        return np.asarray(np.linalg.cholesky(self._inverse()))

    def trace_directions(self) -> list[tuple[int, np.ndarray]]:
        # |S_ij| (r e_i + s e_j / r) puts S_ij on both off-diagonal places, with s the sign of S_ij,
        # and what it puts on the diagonal is taken off again; r evens out the two scales
        pairs, covariance = self.pairs(), self._inverse()
        rest = np.diagonal(covariance).copy()
        between = covariance[pairs.first, pairs.second]
        ratio = np.sqrt(np.sqrt(rest[pairs.first] / rest[pairs.second]))
        ahead, behind = np.sqrt(np.abs(between)) * ratio, np.sqrt(np.abs(between)) / ratio
        np.subtract.at(rest, pairs.first, ahead**2)
        np.subtract.at(rest, pairs.second, behind**2)
        directions = []
        for members in pairs.classes:
            direction = np.zeros(rest.size)
            direction[pairs.first[members]] = ahead[members]
            direction[pairs.second[members]] = np.sign(between[members]) * behind[members]
            directions.append((1, direction))
        for colour in pairs.colours:
            for sign in (1, -1):
                alone = np.where(colour & (sign * rest > 0), np.sqrt(np.abs(rest)), 0.0)
                directions.append((sign, alone))
        return [(sign, d) for sign, d in directions if d.any()]
