"""Whether draws switch the labels of components that the density does not distinguish.

A search finds this only where it reaches both labellings. Draws show it for any program: the
density is the same after two components trade places in every variable that numbers them, and the
draws visit both orders, with a gap between them (Stephens 2000, Journal of the Royal Statistical
Society B 62:795-809, doi:10.1111/1467-9868.00265).
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.errors import DataError, EngineError
from bayeswrap.thresholds import SEPARATE_LABELS, STILL_CHAIN, VISITED_LABELLING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bayeswrap.estimates.posterior.draws import Posterior
    from bayeswrap.estimates.problem.layout import Layout
    from bayeswrap.estimates.problem.problem import Problem

__all__ = [
    "LabelSymmetry",
    "label_symmetry",
    "moving_chains",
    "separation_of_labels",
]


_COMPONENTS_MAX = 10
_VARIABLES_MAX = 6  # of one size; more are permuted all together or not at all
_PROOFS = 3  # draws at which the density must be that of their images
_SAME_DENSITY = 1e-8  # relative
_PAIR = 2  # the proportion of one of two components is a scalar
_TYPES = ("", "positive_ordered", "ordered")  # that without bounds is chosen first
_ZERO = ("0", "0.0")
_INDEX = re.compile(r"\[([\d,]+)\]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSymmetry:
    """Components that the density does not distinguish, and whose labels the draws switch.

    Attributes
    ----------
    variables : tuple of str
        The variables that number the components, in declaration order.
    components : int
        How many components.
    ordered : str
        The variable whose order would identify them, that with the widest gap among those that
        Stan has an ordered type for, if any.
    ordered_type : str
        That type, ``ordered`` or ``positive_ordered``; empty where Stan has none.
    """

    variables: tuple[str, ...]
    components: int
    ordered: str
    ordered_type: str


def label_symmetry(posterior: Posterior) -> LabelSymmetry | None:
    """Return the components whose labels the draws switch, or None.

    Parameters
    ----------
    posterior : Posterior
        Draws with their problem.
    """
    problem = posterior.problem
    if problem is None:
        return None
    layout = problem.coordinates.layout
    place = {n: i for i, n in enumerate(posterior.layout.names)}
    if not set(layout.names) <= place.keys():
        return None
    draws = posterior.draws[:, :, [place[n] for n in layout.names]]
    for components, variables in _numbered(layout).items():
        for one, other in itertools.combinations(range(components), 2):
            gaps = {v: _gap(draws, layout, v, one, other) for v in variables}
            apart = [v for v, gap in gaps.items() if gap > SEPARATE_LABELS.value]
            found = _symmetric(problem, draws, _groups(variables, apart), (one, other))
            if found:
                types = {v: _ordered_type(problem, v) for v in found if v in apart}
                name = max(types, key=lambda v: (_TYPES.index(types[v]), gaps[v]))
                return LabelSymmetry(
                    variables=found,
                    components=components,
                    ordered=name,
                    ordered_type=types[name],
                )
    return None


def separation_of_labels(difference: np.ndarray) -> tuple[float, float]:
    """Return how far apart two orders are, and the share of the rarer one.

    Parameters
    ----------
    difference : (n,) array
        Of one component and another, in each draw.

    Returns
    -------
    tuple of float
        Mean over standard deviation of the size of the difference, 1.3 for draws of one normal
        around 0; and the share of the draws in the rarer order.

    Examples
    --------
    >>> import numpy as np
    >>> apart, rarer = separation_of_labels(np.array([-4.1, -3.9, 4.0, 3.8, 4.2]))
    >>> apart > 20, rarer
    (True, 0.4)
    """
    if not difference.size:
        return 0.0, 0.0
    size = np.abs(difference)
    positive = float(np.mean(difference > 0))
    spread = float(size.std())
    return float(size.mean()) / spread if spread > 0 else 0.0, min(positive, 1 - positive)


def moving_chains(values: np.ndarray) -> np.ndarray:
    """Return which chains explore: a chain that stands, or creeps from its start, does not.

    Compares successive differences with the variance (von Neumann 1941, Annals of Mathematical
    Statistics 12:367-395, doi:10.1214/aoms/1177731677).

    Parameters
    ----------
    values : (chains, draws) array
        Of one scalar. Its size counts, so that a jump between two orders is no movement.

    Examples
    --------
    >>> import numpy as np
    >>> moving_chains(np.array([[1.0, 3, 2, 4, 1, 2], [5, 5, 5, 5, 5, 5]])).tolist()
    [True, False]
    """
    size = np.abs(values)
    step = np.mean(np.diff(size, axis=1) ** 2, axis=1)
    moving: np.ndarray = step > STILL_CHAIN.value * size.var(axis=1)
    return moving


def _numbered(layout: Layout) -> dict[int, list[str]]:
    """Return the containers by the number of their components: scalars beside pairs."""
    shapes = {v: layout.shape(v) for v in layout.variables}
    sizes = Counter(s[0] for s in shapes.values() if s and 1 < s[0] <= _COMPONENTS_MAX)
    return {
        k: [v for v, s in shapes.items() if (s and s[0] == k) or (k == _PAIR and s == ())]
        for k in sizes
    }


def _gap(draws: np.ndarray, layout: Layout, variable: str, one: int, other: int) -> float:
    """Return how far apart both orders of two components are; 0 where the draws visit one."""
    gaps = [0.0]
    for a, b in zip(_rows(layout, variable, one), _rows(layout, variable, other), strict=True):
        difference = draws[:, :, a] - draws[:, :, b]
        apart, rarer = separation_of_labels(difference[moving_chains(difference)].ravel())
        gaps.append(apart if rarer > VISITED_LABELLING.value else 0.0)
    return max(gaps)


def _groups(variables: Sequence[str], apart: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield sets of variables to permute, the largest first, each with one that is split."""
    sizes = range(len(variables), 0, -1) if len(variables) <= _VARIABLES_MAX else [len(variables)]
    for size in sizes:
        for group in itertools.combinations(variables, size):
            if set(group) & set(apart):
                yield group


def _symmetric(
    problem: Problem,
    draws: np.ndarray,
    groups: Iterator[tuple[str, ...]],
    pair: tuple[int, int],
) -> tuple[str, ...]:
    """Return the first set of variables in which two components may trade places."""
    chains, count = draws.shape[:2]
    points = [draws[c % chains, (c + 1) * count // (_PROOFS + 1)] for c in range(_PROOFS)]
    for group in groups:
        if all(_is_same(problem, point, group, pair) for point in points):
            return group
    return ()


def _is_same(
    problem: Problem, values: np.ndarray, group: Sequence[str], pair: tuple[int, int]
) -> bool:
    """Return whether the density is the same once two components have traded places."""
    density, layout = problem.density, problem.coordinates.layout
    # of the declared scale: the Jacobian of a simplex is no function of the components
    objective = density.objective(problem.weights, jacobian=False)
    try:
        here, *others = [
            objective(density.transforms.unconstrain(layout.split(point)))[0]
            for point in (values, *_exchanged(values, layout, group, pair))
        ]
    except (DataError, EngineError):  # the image lies outside the support, as of ordered values
        return False
    slack = _SAME_DENSITY * (1 + abs(here))
    return bool(np.isfinite(here) and any(abs(here - there) <= slack for there in others))


def _exchanged(
    values: np.ndarray, layout: Layout, group: Sequence[str], pair: tuple[int, int]
) -> Iterator[np.ndarray]:
    """Yield the values after two components have traded places.

    A square container may number the components twice, as the transitions of a hidden Markov chain.
    """
    image = values.copy()
    for variable in group:
        first, second = (_rows(layout, variable, k) for k in pair)
        if first:
            image[first], image[second] = values[second], values[first]
        else:
            where = layout.indices(variable)
            image[where] = 1 - values[where]
    yield image
    square = [v for v in group if len(s := layout.shape(v)) > 1 and s[0] == s[1]]
    if square:
        both = image.copy()
        for variable in square:
            first, second = (_rows(layout, variable, k, of=1) for k in pair)
            both[first], both[second] = image[second], image[first]
        yield both


def _rows(layout: Layout, variable: str, component: int, *, of: int = 0) -> list[int]:
    """Return the scalars of one component, by their first or another index."""
    rows = []
    for i in layout.indices(variable):
        inside = _INDEX.search(layout.names[i])
        if inside and inside[1].split(",")[of] == str(component + 1):
            rows.append(int(i))
    return rows


def _ordered_type(problem: Problem, variable: str) -> str:
    """Return Stan's ordered type for a vector, where there is one with its bounds."""
    declaration = problem.program.variables[variable].declaration
    if len(declaration.dims) != 1:
        return ""
    if declaration.constraint.is_identity:
        return "ordered"
    is_positive = declaration.constraint.exp_sign > 0 and declaration.bounds[0].name in _ZERO
    return "positive_ordered" if is_positive else ""
