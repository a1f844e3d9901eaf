"""In which order effects are eliminated, so that most of them never meet: an elimination tree.

The nodes that hold a connected part together (a factor that is crossed with another, the trend that
all series share, the middle of a chain) are taken out first and eliminated last; the parts that
are left do not meet, and are treated alike (George 1973, doi:10.1137/0710032). Column j of the
inverse of a factor moves the nodes below j only, so that the columns of all nodes of one depth can
be moved at once: a matrix of any size has as many different directions as its tree is high.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse.csgraph import breadth_first_order, connected_components

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scipy import sparse

__all__ = [
    "EliminationTree",
]


_HUB_DEGREES = 2 ** np.arange(1, 12)  # neighbours beyond which a node may hold a part together


@dataclass(frozen=True, slots=True)
class EliminationTree:
    """The nodes above each node, those that are eliminated later.

    Attributes
    ----------
    depth : (n,) array of int
        Nodes above each one.
    above : (n, height) array of int
        The node at each depth above a node, itself included; -1 below it.
    levels : tuple of arrays of int
        The nodes of each depth.
    """

    depth: np.ndarray
    above: np.ndarray
    levels: tuple[np.ndarray, ...]

    @classmethod
    def of(cls, met: sparse.csr_matrix) -> EliminationTree:
        """Return a tree for the pattern of a symmetric matrix."""
        n = met.shape[0]
        paths: list[tuple[int, ...]] = [()] * n
        waiting: list[tuple[np.ndarray, tuple[int, ...]]] = [(np.arange(n), ())]
        while waiting:
            nodes, path = waiting.pop()
            for part in _parts(met, nodes):
                holding = _separator(met[part][:, part])
                below = path
                for node in part[holding].tolist():
                    below = (*below, node)
                    paths[node] = below
                if holding.size < part.size:
                    waiting.append((np.delete(part, holding), below))
        depth = np.array([len(p) - 1 for p in paths], dtype=int)
        above = np.full((n, int(depth.max(initial=-1)) + 1), -1)
        for i, path in enumerate(paths):
            above[i, : len(path)] = path
        levels = tuple(np.flatnonzero(depth == d) for d in range(above.shape[1]))
        return cls(depth, above, levels)

    @property
    def height(self) -> int:
        """Nodes on the longest way down."""
        return int(self.above.shape[1])


def _parts(met: sparse.csr_matrix, nodes: np.ndarray) -> Iterator[np.ndarray]:
    """Yield the connected parts of some nodes."""
    count, label = connected_components(met[nodes][:, nodes], directed=False)
    order = np.argsort(label, kind="stable")
    ends = np.cumsum(np.bincount(label, minlength=count))
    yield from (nodes[part] for part in np.split(order, ends[:-1]))


def _separator(met: sparse.csr_matrix) -> np.ndarray:
    """Return the nodes whose removal leaves the smallest parts; all, where none is of use."""
    n = met.shape[0]
    everything = np.arange(n)
    if met.nnz == n * n:
        return everything
    best, cost = everything, n
    for candidate in _candidates(met):
        if not 0 < candidate.size < n:
            continue
        rest = np.setdiff1d(everything, candidate)
        largest = max(part.size for part in _parts(met, rest))
        if candidate.size + largest < cost:
            best, cost = candidate, candidate.size + largest
    return best


def _candidates(met: sparse.csr_matrix) -> Iterator[np.ndarray]:
    """Yield hubs, by how many neighbours they have, and the thinnest level half way across."""
    degrees = np.diff(met.indptr)
    for degree in _HUB_DEGREES[degrees.max() > _HUB_DEGREES]:
        yield np.flatnonzero(degrees > degree)
    end = int(breadth_first_order(met, int(np.argmin(degrees)), directed=False)[0][-1])
    level = _levels(met, end)
    sizes = np.bincount(level)
    before = np.cumsum(sizes) - sizes
    costs = sizes + np.maximum(before, met.shape[0] - before - sizes)
    yield np.flatnonzero(level == int(np.argmin(costs)))


def _levels(met: sparse.csr_matrix, root: int) -> np.ndarray:
    """Return how many steps each node is away from a node."""
    order, before = breadth_first_order(met, root, directed=False)
    level = np.zeros(met.shape[0], dtype=int)
    for node in order[1:].tolist():
        level[node] = level[before[node]] + 1
    return level
