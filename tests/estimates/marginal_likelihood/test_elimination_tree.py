"""Trees are as low as the way in which effects meet allows."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from bayeswrap.estimates.marginal_likelihood.elimination_tree import EliminationTree


def chain(n):
    return np.eye(n) + np.diag(np.ones(n - 1), 1) + np.diag(np.ones(n - 1), -1)


def crossed(n, m):
    met = np.eye(n + m)
    met[:n, n:] = met[n:, :n] = 1
    return met


def shared_trend(groups, size, shared):
    met = np.ones((shared + groups * size,) * 2)
    met[shared:, shared:] = np.kron(np.eye(groups), np.ones((size, size)))
    return met


@pytest.mark.parametrize(
    ("met", "height"),
    [
        (np.eye(40), 1),  # nothing meets
        (chain(127), 7),  # halved again and again: log2(128)
        (crossed(12, 20), 13),  # the smaller factor, and one of the larger
        (shared_trend(20, 6, 5), 11),  # the trend, and one group
        (np.ones((15, 15)), 15),  # all meet
    ],
)
def test_heights(met, height):
    assert EliminationTree.of(sparse.csr_matrix(met)).height == height


@pytest.mark.parametrize("met", [chain(30), crossed(4, 9), shared_trend(3, 4, 2)])
def test_nodes_that_meet_stand_above_each_other(met):
    tree = EliminationTree.of(sparse.csr_matrix(met))

    for low, high in zip(*np.nonzero(met), strict=True):
        if tree.depth[high] <= tree.depth[low]:
            assert tree.above[low, tree.depth[high]] == high
