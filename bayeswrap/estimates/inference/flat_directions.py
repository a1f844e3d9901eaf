"""What the data do not determine, in words: directions without curvature."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg import null_space

from bayeswrap.estimates.inference.information import information
from bayeswrap.estimates.numerics.derivatives import diagonal_scale
from bayeswrap.markup import brief, sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.estimates.results.mode_result import ModeResult

__all__ = [
    "UnidentifiedDirections",
    "echelon",
    "flat_along",
    "flat_directions",
]


_SINGULAR = 1e-7  # of the largest eigenvalue of the scaled matrix; differences leave 1e-10
_ABSENT = 1e-4  # of the largest entry of a direction
_LARGEST_DENOMINATOR = 12  # what a reader takes for a small number
_RATIONAL = 1e-4  # relative distance to a fraction that counts as the fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class UnidentifiedDirections:
    """Directions along which the log density has no curvature.

    Attributes
    ----------
    coordinates : tuple of str
        Unconstrained coordinates, as `information` names them.
    directions : (m, dimension) array
        One row a direction, as small numbers where they fit.
    free : tuple of str
        Each direction in words: which parameters may move together, and by how much.
    identified : tuple of str
        The combinations of those parameters that the data do determine.
    """

    coordinates: tuple[str, ...]
    directions: np.ndarray
    free: tuple[str, ...]
    identified: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.free)

    def __str__(self) -> str:
        if not self.free:
            return "every direction has curvature: nothing is left undetermined"
        alone = "; ".join(self.free)
        if not self.identified:
            return f"not identified: {alone}"
        verb = "is" if len(self.identified) == 1 else "are"
        return f"only {' and '.join(self.identified)} {verb} identified; not identified: {alone}"

    def __repr__(self) -> str:
        return brief(str(self))

    def _repr_html_(self) -> str:
        return sentences([str(self)])


def flat_directions(estimate: ModeResult) -> UnidentifiedDirections:
    """Find the directions without curvature and say what is identified all the same.

    Parameters
    ----------
    estimate : ModeResult
        With status FLAT (``require_converged=False`` returns it), or any verified estimate.

    Returns
    -------
    UnidentifiedDirections
        False, as a truth value, where every direction has curvature.

    Raises
    ------
    EstimandError
        As for `information`.

    Notes
    -----
    The directions are those of the quadratic at the point: where a product of parameters is what
    the data determine, they hold only there.
    """
    objective = estimate.problem_for("flat_directions()").objective
    observed = information(estimate)
    q, names = estimate.optimum.q, list(observed.index)
    kept = [i for i in range(q.size) if i not in estimate.optimum.excluded]
    scale = diagonal_scale(objective, q, objective(q)[1])[kept]
    matrix = observed.to_numpy()[np.ix_(kept, kept)] * np.outer(scale, scale)
    eigenvalues, vectors = np.linalg.eigh(matrix)
    null = vectors[:, eigenvalues < _SINGULAR * max(eigenvalues.max(initial=0.0), 0.0)]
    rows = np.zeros((null.shape[1], q.size))
    rows[:, kept] = (null * scale[:, np.newaxis]).T
    return flat_along(rows, names)


def flat_along(rows: np.ndarray, names: Sequence[str]) -> UnidentifiedDirections:
    """Say which directions rows span, and what is determined across them.

    Parameters
    ----------
    rows : (m, n) array
        Directions.
    names : sequence of str
        Of the n coordinates.
    """
    lengths = np.abs(rows).max(axis=1, initial=0.0, keepdims=True)
    share = np.abs(rows) / np.where(lengths > 0, lengths, 1.0)
    moving = np.flatnonzero((share > _ABSENT).any(axis=0))
    directions = np.zeros_like(rows)
    if moving.size:
        directions[:, moving] = echelon(rows[:, moving])
    identified = echelon(_orthogonal(directions[:, moving]))
    chosen = [names[int(i)] for i in moving]
    return UnidentifiedDirections(
        coordinates=tuple(names),
        directions=directions,
        free=tuple(_sum(row, chosen) for row in directions[:, moving]),
        identified=tuple(_sum(row, chosen) for row in identified),
    )


def _orthogonal(rows: np.ndarray) -> np.ndarray:
    """Return a basis of what is orthogonal to some rows."""
    if not rows.size:
        return np.zeros((0, rows.shape[1]))
    return np.asarray(null_space(rows, rcond=_SINGULAR).T)


def echelon(rows: np.ndarray) -> np.ndarray:
    """Return the reduced row echelon form: the basis in which small multiples show."""
    rows = np.array(rows, dtype=float)
    done = 0
    for column in range(rows.shape[1]):
        if done == len(rows):
            break
        pivot = done + int(np.argmax(np.abs(rows[done:, column])))
        if abs(rows[pivot, column]) < _ABSENT * np.abs(rows[done:]).max():
            continue
        rows[[done, pivot]] = rows[[pivot, done]]
        rows[done] /= rows[done, column]
        others = np.arange(len(rows)) != done
        rows[others] -= np.outer(rows[others, column], rows[done])
        done += 1
    return np.array([_small_numbers(row) for row in rows]).reshape(rows.shape)


def _small_numbers(row: np.ndarray) -> np.ndarray:
    """Return whole multiples of a row where small ones fit, else the row itself."""
    guesses = [Fraction(float(x)).limit_denominator(_LARGEST_DENOMINATOR) for x in row]
    if any(
        abs(float(g) - x) > _RATIONAL * max(1.0, abs(x)) for g, x in zip(guesses, row, strict=True)
    ):
        return row
    common = int(np.lcm.reduce([g.denominator for g in guesses]))
    if common > _LARGEST_DENOMINATOR:
        return row
    return np.array([float(g * common) for g in guesses])


def _sum(row: np.ndarray, names: Sequence[str]) -> str:
    """Write a linear combination: ``beta[2] + 2 beta[3]``."""
    terms = []
    for factor, name in zip(row, names, strict=True):
        if abs(factor) < _ABSENT * np.abs(row).max():
            continue
        size = "" if np.isclose(abs(factor), 1) else f"{abs(factor):.4g} "
        terms.append(f"{'-' if factor < 0 else '+'} {size}{name}")
    return re.sub(r"^- ", "-", " ".join(terms).removeprefix("+ "))
