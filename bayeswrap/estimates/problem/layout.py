"""Names, shapes and supports of the scalars that a program declares."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.program.reported_quantities import reported_quantities
from bayeswrap.program.syntax.evaluate import NotEvaluable, evaluate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bayeswrap.program.program import Program
    from bayeswrap.program.syntax.tree import Declaration, Variable

__all__ = [
    "Layout",
    "variable_of",
]


@functools.lru_cache(maxsize=100_000)
def variable_of(name: str) -> str:
    """Return the variable that a scalar belongs to.

    Examples
    --------
    >>> variable_of("beta[2,1]")
    'beta'
    """
    return re.split(r"[\[.]", name, maxsplit=1)[0]


@dataclass(frozen=True, slots=True)
class Layout:
    """Scalars in CSV order, with the variables that they make up.

    Attributes
    ----------
    names : tuple of str
        Scalars in Stan's spelling.
    blocks : mapping of str to str
        Block of each variable.
    substitutes : mapping of str to tuple of str
        Scalars that are reported in place of a parameter (see `reported_quantities`).
    """

    names: tuple[str, ...]
    blocks: Mapping[str, str]
    substitutes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, program: Program, names: Sequence[str]) -> Layout:
        """Return the layout of some of a program's scalars."""
        declared = program.variables
        # a parameter of length 0 has no scalar, but it is there
        parameters = dict.fromkeys(v.name for v in program.variables_in("parameters"))
        variables = parameters | dict.fromkeys(variable_of(n) for n in names)
        substitutes = {
            parameter: _scalars(declared[quantity], names)
            for parameter, quantity in reported_quantities(program.source, declared).items()
            if quantity in variables
        }
        return cls(tuple(names), {v: declared[v].block for v in variables}, substitutes)

    @property
    def variables(self) -> tuple[str, ...]:
        """Variables in declaration order."""
        return tuple(self.blocks)

    @property
    def parameter_variables(self) -> tuple[str, ...]:
        """Variables of the parameters block."""
        return tuple(v for v, block in self.blocks.items() if block == "parameters")

    @property
    def parameters(self) -> tuple[str, ...]:
        """Scalars of the parameters block."""
        return tuple(self.names[i] for i in self.rows())

    @property
    def reported(self) -> tuple[str, ...]:
        """Scalars that tables show: those of parameters, or what is reported in their place."""
        scalars = dict[str, None]()
        for variable in self.parameter_variables:
            own = self.substitutes.get(variable)
            scalars |= dict.fromkeys(self._names_of(variable) if own is None else own)
        return tuple(scalars)

    def reported_variables(self, variables: Iterable[str]) -> tuple[str, ...]:
        """Return the variables that are reported for parameters."""
        own = ((self.substitutes.get(v) or (v,)) for v in variables)
        return tuple(dict.fromkeys(variable_of(n) for names in own for n in names))

    def places(self, names: Iterable[str]) -> list[int]:
        """Return the positions of scalars."""
        place = {name: i for i, name in enumerate(self.names)}
        return [place[name] for name in names]

    def _names_of(self, variable: str) -> list[str]:
        return [self.names[i] for i in self.indices(variable)]

    def rows(self, *, derived: bool = False) -> list[int]:
        """Return the positions of the parameters' scalars, or of all.

        Parameters
        ----------
        derived : bool, optional
            Whether transformed parameters and generated quantities count.
        """
        return [
            i
            for v in self.variables
            if derived or self.blocks[v] == "parameters"
            for i in self.indices(v)
        ]

    def indices(self, variable: str) -> np.ndarray:
        """Return the positions of a variable's scalars.

        Raises
        ------
        KeyError
            No such variable.
        """
        if variable not in self.blocks:
            raise KeyError(variable)
        return np.array(
            [i for i, n in enumerate(self.names) if variable_of(n) == variable], dtype=int
        )

    def shape(self, variable: str) -> tuple[int, ...]:
        """Return the declared shape of a variable, ``()`` for a scalar, ``(0,)`` if empty."""
        rows = self.indices(variable)
        if not rows.size:
            return (0,)
        last = self.names[int(rows[-1])]
        inside = re.search(r"\[([\d,]+)\]", last)
        return tuple(int(i) for i in inside[1].split(",")) if inside else ()

    def take(self, values: np.ndarray, variable: str) -> np.ndarray:
        """Return a variable's values in its declared shape; scalars lie on the last axis."""
        part = np.asarray(values)[..., self.indices(variable)]
        shape = self.shape(variable)
        if int(np.prod(shape, dtype=int)) != part.shape[-1]:
            return part  # complex numbers: real and imaginary parts side by side
        # Stan writes the first index fastest; leading axes (chains, draws) stay in front
        turned = part.reshape((*part.shape[:-1], *shape[::-1]))
        lead = part.ndim - 1
        axes = (*range(lead), *range(turned.ndim - 1, lead - 1, -1))
        return turned.transpose(axes).copy()

    def split(
        self, values: np.ndarray, variables: Iterable[str] | None = None
    ) -> dict[str, np.ndarray]:
        """Return variables (all of them by default) in their declared shapes."""
        return {
            v: self.take(values, v) for v in (self.variables if variables is None else variables)
        }

    def supports(
        self, program: Program, values: np.ndarray, data: Mapping[str, np.ndarray]
    ) -> np.ndarray:
        """Return the lower and upper end of each scalar's support, (n, 2), at these values."""
        variables = {**data, **self.split(values)}
        ends = np.empty((len(self.names), 2))
        for variable in self.variables:
            declared = program.variables[variable].declaration
            ends[self.indices(variable)] = _ends(declared, self, variables)
        return ends


def _scalars(variable: Variable, names: Sequence[str]) -> tuple[str, ...]:
    """Return the scalars of a variable; of a correlation matrix those below the diagonal."""
    own = tuple(n for n in names if variable_of(n) == variable.name)
    if variable.declaration.transform != "Correlation":
        return own
    return tuple(n for n in own if _row(n) > _column(n))


def _ends(declared: Declaration, layout: Layout, variables: Mapping[str, np.ndarray]) -> np.ndarray:
    """Return the ends of the scalars of one variable; infinite where they cannot be evaluated."""
    constraint, n = declared.constraint, layout.indices(declared.name).size
    if constraint.diagonal_is_positive:
        return _positive_diagonal(layout, declared.name, constraint.ends)
    ends = np.tile(constraint.ends, (n, 1))
    for side, bound in zip(constraint.bounds, declared.bounds, strict=False):
        try:
            ends[:, ("lower", "upper").index(side)] = _flat(
                evaluate(bound, variables), layout.shape(declared.name)
            )
        except (NotEvaluable, ValueError):
            continue
    return ends


def _flat(limit: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    return np.broadcast_to(limit, shape).ravel(order="F").astype(float)


def _positive_diagonal(layout: Layout, variable: str, of_rest: tuple[float, float]) -> np.ndarray:
    names = [layout.names[i] for i in layout.indices(variable)]
    ends = np.tile(of_rest, (len(names), 1))
    for row, name in enumerate(names):
        if _row(name) == _column(name):
            ends[row, 0] = 0.0
    return ends


def _row(name: str) -> int:
    return _indices(name)[-2]


def _column(name: str) -> int:
    return _indices(name)[-1]


def _indices(name: str) -> list[int]:
    return [int(i) for i in re.findall(r"\d+", name.split("[", 1)[1])]
