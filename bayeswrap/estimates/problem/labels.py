"""Labels of a program's scalars, and the way from a label to Stan's spelling.

A label has the names of a data frame where Stan's spelling has numbers: ``beta[dose]`` for
``beta[2]``, ``r_g[308,Intercept]`` for ``r_g[1,1]``.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.program.syntax.evaluate import NotEvaluable, evaluate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np

    from bayeswrap.data.model_data import ModelData
    from bayeswrap.program.program import Program
    from bayeswrap.program.syntax.tree import Declaration, Expression

__all__ = [
    "Labels",
    "data_labels",
    "element_names",
    "parameter_labels",
    "stan_name",
    "unit_of",
]

_ESTIMATED = ("parameters", "transformed parameters", "generated quantities")
_MATRIX = 2  # dimensions
_SCALAR = re.compile(r"(\w+)\[(.*)\]", re.DOTALL)


@dataclass(frozen=True, eq=False)
class Labels(Mapping[str, str]):
    """Labels by Stan's name, of every scalar that has one.

    Attributes
    ----------
    elements : mapping of str to tuple of tuple of str
        By variable: the names along each dimension, ``"1"``, ``"2"``, ... where it has none.
    units : mapping of str to str
        Units that the user states, by variable or by scalar, in Stan's spelling.

    Examples
    --------
    >>> labels = Labels({"r": (("308", "309"), ("Intercept", "x"))})
    >>> labels["r[2,1]"], labels.stan_name("r[309, x]")
    ('r[309,Intercept]', 'r[2,2]')
    """

    elements: Mapping[str, tuple[tuple[str, ...], ...]]
    units: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _by_name(self) -> dict[str, str]:
        return {
            f"{variable}[{','.join(str(i + 1) for i, _ in at[::-1])}]": (
                f"{variable}[{','.join(name for _, name in at[::-1])}]"
            )
            for variable, names in self.elements.items()
            # Stan writes the first index fastest
            for at in itertools.product(*(list(enumerate(n)) for n in names[::-1]))
        }

    @cached_property
    def _by_label(self) -> dict[str, str]:
        return {_dense(label): name for name, label in self._by_name.items()}

    def __getitem__(self, name: str) -> str:
        return self._by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_name)

    def __repr__(self) -> str:
        return repr(self._by_name)

    def stan_name(self, text: str) -> str:
        """Return Stan's spelling of a label; anything else comes back without spaces."""
        dense = _dense(text)
        return self._by_label.get(dense) or self._by_parts(dense)

    def _by_parts(self, text: str) -> str:
        """Translate index by index, so that names and numbers may stand side by side."""
        parts = _SCALAR.fullmatch(text)
        if parts is None or parts[1] not in self.elements:
            return text
        names, indices = self.elements[parts[1]], _indices(parts[2])
        if len(indices) != len(names):
            return text
        places = [
            str(dense.index(i) + 1) if i in (dense := [_dense(n) for n in of]) else i
            for i, of in zip(indices, names, strict=True)
        ]
        return f"{parts[1]}[{','.join(places)}]"


def stan_name(text: str, labels: Mapping[str, str]) -> str:
    """Return Stan's spelling of a scalar that is given by its label.

    Parameters
    ----------
    text : str
        A label, or a name in Stan's spelling, which comes back without spaces.
    labels : mapping of str to str
        Labels by Stan's name.

    Examples
    --------
    >>> stan_name("beta[dose]", {"beta[2]": "beta[dose]"}), stan_name("beta[ 2 ]", {})
    ('beta[2]', 'beta[2]')
    """
    if isinstance(labels, Labels):
        return labels.stan_name(text)
    dense = _dense(text)
    if dense in labels:
        return dense
    return {_dense(label): name for name, label in labels.items()}.get(dense, dense)


def unit_of(name: str, labels: Mapping[str, str]) -> str:
    """Return the unit of a scalar, or of its variable; empty where none was stated."""
    units = labels.units if isinstance(labels, Labels) else {}
    return units.get(name, units.get(variable_of(name), ""))


def element_names(
    labels: Mapping[str, str], variable: str, shape: Sequence[int]
) -> list[list[str] | list[int]]:
    """Return the names along each dimension of a variable; 1, 2, ... where it has none.

    Parameters
    ----------
    labels : mapping of str to str
        Labels by Stan's name.
    variable : str
        The variable.
    shape : sequence of int
        Its shape.
    """
    counts = [list(range(1, n + 1)) for n in shape]
    names: Sequence[Sequence[str]] = ()
    if isinstance(labels, Labels):
        names = labels.elements.get(variable, ())
    elif len(shape) == 1:
        given = [labels.get(f"{variable}[{i}]") for i in counts[0]]
        names = [[g.removeprefix(f"{variable}[")[:-1] for g in given if g is not None]]
    if [len(n) for n in names] != list(shape):
        return [*counts]
    pairs = zip(names, counts, strict=True)
    return [count if list(map(str, count)) == list(n) else list(n) for n, count in pairs]


def parameter_labels(program: Program, data: ModelData) -> Labels:
    """Return the labels of all scalars that have one.

    A dimension takes the names of what its size counts: the columns of ``matrix[N, K] X`` for
    ``K``, the levels of ``array[N] int<lower=1, upper=J> g`` that were coded for ``J``, or the
    names that the user gives for a size. Where two different sets of names fit, it is open which
    are meant, and there are none.
    """
    return _labels_in(program, data, _ESTIMATED)


def data_labels(program: Program, data: ModelData) -> Labels:
    """Return the labels of the data's own elements, as those of parameters."""
    return _labels_in(program, data, ("data",))


def _labels_in(program: Program, data: ModelData, blocks: tuple[str, ...]) -> Labels:
    by_size = _names_by_size(program, data)
    names = {
        variable.name: _along(variable.declaration, by_size, data.values)
        for variable in program.variables.values()
        if variable.block in blocks
    }
    labels = Labels({name: along for name, along in names.items() if along})
    units = {labels.stan_name(name): unit for name, unit in data.units.items()}
    return replace(labels, units={n: u for n, u in units.items() if variable_of(n) in names})


def _names_by_size(program: Program, data: ModelData) -> dict[str, tuple[str, ...]]:
    """Return the names of what each size counts, where exactly one set of names fits."""
    fits: dict[str, dict[tuple[str, ...], str]] = {}
    for variable in program.variables_in("data"):
        name, dims, bounds = variable.name, variable.declaration.dims, variable.declaration.bounds
        if name in data.labels and len(dims) == _MATRIX:
            fits.setdefault(_size(dims[1]), {}).setdefault(data.labels[name], name)
        if name in data.levels:
            # two indices of one bound share their coding
            fits.setdefault(_size(bounds[1]), {}).setdefault(data.levels[name], name)
    fits |= {size: {names: size} for size, names in data.size_names.items()}
    return {
        size: names
        for size, sources in fits.items()
        if size and len(sources) == 1
        for names in [_apart(*next(iter(sources.items())), int(data.values[size]))]
        if len(set(names)) == len(names)
    }


def _size(size: Expression) -> str:
    return size.name if size.head == "Variable" else ""


def _apart(names: tuple[str, ...], source: str, size: int) -> tuple[str, ...]:
    """Return names for all elements that no number of Stan's can be taken for.

    Levels 0, 1, 2 are Stan's 1, 2, 3, and the level 1 is not ``u[1]``: it is ``u[g=1]``. A bound
    may have room for more elements than there are levels; these keep their numbers.
    """
    numbers = [str(i) for i in range(1, size + 1)]
    names = (*names, *numbers[len(names) :])
    taken = set(numbers)
    moved = any(n in taken and n != at for n, at in zip(names, numbers, strict=False))
    return tuple(f"{source}={n}" for n in names) if moved else names


def _along(
    declaration: Declaration,
    by_size: Mapping[str, tuple[str, ...]],
    values: Mapping[str, np.ndarray],
) -> tuple[tuple[str, ...], ...]:
    """Return the names along each dimension; none where no dimension has any."""
    names = [by_size.get(_size(dim), ()) for dim in declaration.dims]
    if not any(names) or declaration.base.startswith("complex"):
        return ()
    try:
        sizes = [int(evaluate(dim, values)) for dim in declaration.dims]
    except NotEvaluable:
        return ()
    return tuple(
        of or tuple(map(str, range(1, size + 1))) for of, size in zip(names, sizes, strict=True)
    )


def _indices(inside: str) -> list[str]:
    """Return what stands between the commas that are in no brackets of their own."""
    parts, depth = [""], 0
    for sign in inside:
        depth += (sign in "([{") - (sign in ")]}")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def _dense(text: str) -> str:
    return "".join(text.split())
