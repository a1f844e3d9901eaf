"""Edges of the support, seen from the unconstrained scale."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.estimates.problem.support import SupportEdges, support_edges


@pytest.mark.parametrize(
    ("kind", "below", "above"),
    [
        ("Identity", False, False),
        ("Multiplier", False, False),
        ("Lower", True, False),  # x = lower + exp(q)
        ("Upper", True, False),  # x = upper - exp(q)
        ("LowerUpper", True, True),
        ("Simplex", True, True),
        ("PositiveOrdered", True, False),
        ("Covariance", False, False),
    ],
)
def test_which_side_has_an_edge(kind, below, above):
    edges = support_edges([kind])

    assert edges.reached(0, -1.0) == below
    assert edges.reached(0, 1.0) == above


def test_some_coordinates_keep_their_edges():
    edges = support_edges(["Identity", "LowerUpper", "Simplex", "Lower"])

    some = edges.of(np.array([False, True, True, False]))

    assert some == SupportEdges((True, True), (True, True), (True, False))
    assert some == support_edges(["LowerUpper", "Simplex"])


def test_no_coordinates_have_no_edges():
    assert support_edges([]) == SupportEdges((), (), ())
