"""The number of connected pieces of a ridge on which some of its points lie.

A chain of points is drawn between two of them and climbs, each point across the chain only, while
the points are kept evenly spaced: the simplified string method (E, Ren & Vanden-Eijnden 2007,
doi:10.1063/1.2720838; 2002, doi:10.1103/PhysRevB.66.052301). Where the chain ends up on the ridge
all along, both points lie on one piece.

The gold item ``product_not_identified`` needs it: the likelihood of a product a b is constant along
two hyperbolas, and without this count `multimodal` is not raised.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.numerics.derivatives import hessian_along
from bayeswrap.thresholds import RIDGE_SADDLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.estimates.numerics.functions import Function

__all__ = [
    "separate_branches",
]


_IMAGES = 17  # points of the chain between two modes
_ROUNDS_MAX = 60
_SOFTEST = 1e-3  # share of the stiffest curvature: across a flat direction there is no step
_LONGEST = 0.25  # of the length of the chain, for one step of one image
_BEND = 1e-3  # of the distance
_BETWEEN = 3  # points looked at between two images


def separate_branches(function: Function, points: Sequence[np.ndarray]) -> int:
    """Return the number of connected pieces of a ridge on which some points lie.

    Parameters
    ----------
    function : callable
        Value and gradient.
    points : sequence of (dimension,) arrays
        Points of about the same height, where the function is constant along some direction.

    Returns
    -------
    int
        0 without points. Two points that no path was found between count as separate.
    """
    pieces: list[list[np.ndarray]] = []
    for point in points:
        home = next((p for p in pieces if any(_connected(function, point, o) for o in p)), None)
        if home is None:
            pieces.append([point])
        else:
            home.append(point)
    return len(pieces)


def _connected(function: Function, one: np.ndarray, other: np.ndarray) -> bool:
    ridge = min(function(one)[0], function(other)[0])
    chain = np.linspace(one, other, _IMAGES) + _bow(other - one)
    for _ in range(_ROUNDS_MAX):
        if _lowest(function, chain) > ridge - RIDGE_SADDLE.value:
            return True
        climbed = [_climbed(function, chain, i) for i in range(1, len(chain) - 1)]
        chain = _evenly_spaced(np.array([one, *climbed, other]))
    return _lowest(function, chain) > ridge - RIDGE_SADDLE.value


def _bow(span: np.ndarray) -> np.ndarray:
    """Return a slight bend for the chain: a straight one may lie in a plane of symmetry."""
    side = np.random.default_rng(1).normal(size=span.size)
    shape = np.sin(np.pi * np.linspace(0, 1, _IMAGES))
    return np.asarray(_BEND * np.linalg.norm(span) * np.outer(shape, side))


def _lowest(function: Function, chain: np.ndarray) -> float:
    """Return the lowest value on the chain, between its points as well."""
    shares = np.arange(_BETWEEN) / _BETWEEN
    values = [function((1 - s) * a + s * b)[0] for a, b in pairwise(chain) for s in shares]
    return min(v if np.isfinite(v) else -np.inf for v in values)


def _climbed(function: Function, chain: np.ndarray, i: int) -> np.ndarray:
    """Take one saddle-free Newton step across the chain, shortened until the value rises."""
    here, tangent = chain[i], chain[i + 1] - chain[i - 1]
    value, gradient = function(here)
    if not np.isfinite(value):
        return np.asarray((chain[i - 1] + chain[i + 1]) / 2)
    tangent = tangent / max(float(np.linalg.norm(tangent)), 1e-300)
    gradient = gradient - (gradient @ tangent) * tangent
    eigenvalues, vectors = np.linalg.eigh(hessian_along(function, here, np.eye(here.size)))
    stiff = np.abs(eigenvalues)
    step = vectors @ (vectors.T @ gradient / np.maximum(stiff, _SOFTEST * max(stiff.max(), 1e-300)))
    step -= (step @ tangent) * tangent
    longest = _LONGEST * float(np.linalg.norm(np.diff(chain, axis=0), axis=1).sum())
    step *= min(1.0, longest / max(float(np.linalg.norm(step)), 1e-300))
    for _ in range(20):
        if function(here + step)[0] >= value:
            return np.asarray(here + step)
        step = step / 2
    return np.asarray(here)


def _evenly_spaced(chain: np.ndarray) -> np.ndarray:
    """Put the images back at equal distances along the chain."""
    lengths = np.linalg.norm(np.diff(chain, axis=0), axis=1)
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    if not along[-1] > 0:
        return chain
    at = np.linspace(0, along[-1], len(chain))
    return np.column_stack([np.interp(at, along, column) for column in chain.T])
