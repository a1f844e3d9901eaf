"""A precision matrix whose effects meet through few: crossed factors, shared trends, chains.

The matrix is factored along an elimination tree, A = L L' with the deepest nodes first, so that an
entry L_kj differs from 0 only where k is j or stands above it. All matrices are kept as (n, height)
arrays: row j holds its entries with the nodes above it, by their depth. Of C = L'^-1, with
C C' = A^-1, the columns of one depth have no row in common and meet in no entry of A. They are
kept, and moved, as one column, so that products with A, variances and traces need one direction a
depth.

References
----------
George 1973, doi:10.1137/0710032; Duff and Reid 1983, doi:10.1145/356044.356047 (the fronts).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Callable

    from bayeswrap.estimates.marginal_likelihood.elimination_tree import EliminationTree
    from bayeswrap.estimates.numerics.hessian_pattern import Pattern

__all__ = [
    "Branches",
    "TreePrecision",
]


@dataclass(frozen=True, slots=True)
class Branches:
    """An elimination tree with the places of a pattern on it.

    Parameters
    ----------
    tree : EliminationTree
        Of the pattern.
    pattern : Pattern
        Whose entries are put on the tree.
    """

    tree: EliminationTree
    pattern: Pattern
    _below: tuple[sparse.csr_matrix, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Find what lies below each node, for sums over it."""
        n, below = self.tree.depth.size, []
        for node in self.tree.above.T:
            inside = np.flatnonzero(node >= 0)
            at = (np.ones(inside.size), (node[inside], inside))
            below.append(sparse.csr_matrix(at, shape=(n, n)))
        object.__setattr__(self, "_below", tuple(below))

    def placed(self, entries: np.ndarray) -> np.ndarray:
        """Return the (n, height) array of a matrix from its entries at the pattern's places."""
        depth, rows, columns = self.tree.depth, self.pattern.rows, self.pattern.columns
        placed = np.zeros(self.tree.above.shape)
        for low, high in ((rows, columns), (columns, rows)):
            chosen = depth[high] <= depth[low]
            np.add.at(placed, (low[chosen], depth[high[chosen]]), entries[chosen] / 2)
        return placed

    def products(self, root: np.ndarray, moved: np.ndarray) -> np.ndarray:
        """Return the (n, height) array of C'P, with the columns of each depth merged in both."""
        sums = np.zeros(self.tree.above.shape)
        for d, nodes in enumerate(self.tree.levels):
            # what lies below a node has met only the columns of the node's own ancestors
            sums[nodes, : d + 1] = self._below[d][nodes] @ (root[:, [d]] * moved[:, : d + 1])
        return sums

    def cholesky(self, matrix: np.ndarray) -> np.ndarray | None:
        """Factor a matrix; None where it is not positive definite."""
        if not np.isfinite(matrix).all():
            return None
        above, factor = self.tree.above, np.zeros(matrix.shape)
        fronts = np.zeros((0, 0, 0))
        for d in range(self.tree.height - 1, -1, -1):
            nodes = self.tree.levels[d]
            front = np.zeros((nodes.size, d + 1, d + 1))
            if fronts.size:
                place = np.searchsorted(nodes, above[self.tree.levels[d + 1], d])
                np.add.at(front, place, fronts)
            # the entries of a node with those above it arrive with the node itself
            front[:, d] += matrix[nodes, : d + 1]
            pivots = front[:, d, d]
            if not (pivots > 0).all():
                return None
            row = front[:, d] / np.sqrt(pivots)[:, np.newaxis]
            factor[nodes, : d + 1] = row
            fronts = front[:, :d, :d] - row[:, :d, np.newaxis] * row[:, np.newaxis, :d]
        return factor

    def product(self, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        """Return the product of two factors."""
        product = np.zeros(first.shape)
        for d, nodes in enumerate(self.tree.levels):
            on_path = first[self.tree.above[nodes, : d + 1], : d + 1]
            product[nodes, : d + 1] = np.einsum("nba,nb->na", on_path, second[nodes, : d + 1])
        return product

    def up(self, factor: np.ndarray, b: np.ndarray) -> np.ndarray:
        """Return L^-1 b, from the leaves to the root."""
        b = b.copy()
        for d in range(self.tree.height - 1, -1, -1):
            nodes = self.tree.levels[d]
            b[nodes] /= factor[nodes, d]
            taken = factor[nodes, :d] * b[nodes, np.newaxis]
            np.subtract.at(b, self.tree.above[nodes, :d].ravel(), taken.ravel())
        return b

    def down(self, factor: np.ndarray, b: np.ndarray) -> np.ndarray:
        """Return L'^-1 b for the columns of b, from the root to the leaves."""
        b = b.copy()
        for d, nodes in enumerate(self.tree.levels):
            known = b[self.tree.above[nodes, :d]]
            b[nodes] -= np.einsum("na,nac->nc", factor[nodes, :d], known)
            b[nodes] /= factor[nodes, d, np.newaxis]
        return b


@dataclass(frozen=True, slots=True)
class TreePrecision:
    """A factored precision matrix (see `precision.Precision`).

    Attributes
    ----------
    branches : Branches
        Of its pattern.
    factor : (n, height) array
        L.
    columns : (n, height) array
        Columns of C, those of one depth merged.
    """

    branches: Branches
    factor: np.ndarray
    columns: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        """Solve L'C = I for the columns of one depth together."""
        tree = self.branches.tree
        depths = np.arange(tree.height) == tree.depth[:, np.newaxis]
        object.__setattr__(self, "columns", self.branches.down(self.factor, depths.astype(float)))

    @classmethod
    def of(cls, entries: np.ndarray, branches: Branches) -> TreePrecision | None:
        """Factor a matrix; None where it is not positive definite."""
        factor = branches.cholesky(branches.placed(entries))
        return None if factor is None else cls(branches, factor)

    @property
    def log_determinant(self) -> float:
        """Of A."""
        depth = self.branches.tree.depth
        return float(2 * np.log(self.factor[np.arange(depth.size), depth]).sum())

    def solve(self, b: np.ndarray) -> np.ndarray:
        """Return A^-1 b."""
        half = self.branches.up(self.factor, np.asarray(b, dtype=float))
        return self.branches.down(self.factor, half[:, np.newaxis])[:, 0]

    def variances(self) -> np.ndarray:
        """Return the diagonal of A^-1."""
        # a row of C has one entry a depth
        return np.asarray((self.columns**2).sum(axis=1))

    def root(self) -> np.ndarray:
        """Return C with C C' = A^-1."""
        return self.branches.down(self.factor, np.eye(len(self.factor)))

    def refined(
        self,
        entries: Callable[[], np.ndarray],  # noqa: ARG002 - for sparse matrices
        along: Callable[[np.ndarray], np.ndarray],
    ) -> TreePrecision | None:
        """Return the factor of a matrix near A, from its products with the columns of C."""
        moved = np.column_stack([along(column) for column in self.columns.T])
        # C'AC is close to I, so that little is lost by a matrix of bad condition
        white = self.branches.cholesky(self.branches.products(self.columns, moved))
        if white is None:
            return None
        return TreePrecision(self.branches, self.branches.product(self.factor, white))

    def trace_directions(self) -> list[tuple[int, np.ndarray]]:
        """Return signs and directions d with tr(A^-1 H) = sum of sign d'Hd for H of A's pattern."""
        return [(1, column) for column in self.columns.T]
