"""`SubstituteMaps`: maps of parameters that stanli does not know, by others that stand for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from bayeswrap.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bayeswrap.engine.density import Density
    from bayeswrap.program.syntax.substitute_parameters import Substitute

__all__ = [
    "SubstituteMaps",
]


@dataclass(frozen=True, eq=False)
class SubstituteMaps:
    """The maps of a parameters block (see `bayeswrap.engine.density.Density`).

    Parameters
    ----------
    inner : Density
        Of the block with substitutes.
    substitutes : sequence of Substitute
        What stands for what.
    """

    inner: Density
    substitutes: Sequence[Substitute]

    @cached_property
    def _scalars(self) -> tuple[tuple[str, ...], np.ndarray]:
        """The names of the scalars, and where each stands among the inner ones."""
        names, order = list[str](), list[int]()
        for s, members in self._members(self.inner.names()):
            renamed = {i: _renamed(name, s) for i, name in members.items()}
            # Stan writes the first index fastest
            sorted_ = (
                members if s.kind == "same" else sorted(renamed, key=lambda i: _order(renamed[i]))
            )
            names += [renamed[i] for i in sorted_]
            order += sorted_
        return tuple(names), np.array(order, dtype=int)

    @cached_property
    def _positions(self) -> tuple[tuple[str, ...], np.ndarray]:
        """The names of the coordinates, and where each stands among the inner ones."""
        names, order = list[str](), list[int]()
        for s, members in self._members(self.inner.coordinates):
            if s.kind == "same":
                names += [_renamed(name, s) for name in members.values()]
                order += members
                continue
            # the elements of an array lie one after the other, whatever the order of their names
            sizes = np.max([_indices(name) for name in members.values()], axis=0, initial=0)
            places = np.array([*members]).reshape(sizes)
            if s.kind == "rows":  # and a matrix lies there by columns
                places = places.swapaxes(-1, -2)
            for at in np.ndindex(places.shape):
                inner = [*at[:-2], *at[:-3:-1]] if s.kind == "rows" else at
                indices = ",".join(str(i + 1) for i in inner)
                names.append(_renamed(f"{s.name}[{indices}]", s))
                order.append(int(places[at]))
        return tuple(names), np.array(order, dtype=int)

    def _members(self, inner: Sequence[str]) -> Iterator[tuple[Substitute, dict[int, str]]]:
        """Yield the inner names of each substitute by their position."""
        variables = [re.split(r"[\[.]", name)[0] for name in inner]
        for s in self.substitutes:
            yield s, {i: inner[i] for i, variable in enumerate(variables) if variable == s.name}

    @property
    def dimension(self) -> int:
        """Number of unconstrained coordinates."""
        return self.inner.dimension

    @property
    def coordinates(self) -> tuple[str, ...]:
        """Names of the unconstrained coordinates, ``beta[1]``."""
        return self._positions[0]

    def names(self, *, derived: bool = False) -> tuple[str, ...]:  # noqa: ARG002 - none is derived
        """Names of the declared scalars, in Stan's spelling and CSV order."""
        return self._scalars[0]

    def _inside(self, q: np.ndarray) -> np.ndarray:
        inner = np.empty(q.size)
        inner[self._positions[1]] = q
        return inner

    def evaluate(self, q: np.ndarray) -> tuple[float, np.ndarray]:
        """Return the log Jacobian (nats) and its gradient; -inf outside the support."""
        value, gradient = self.inner.evaluate(self._inside(q))
        return value, gradient[self._positions[1]]

    def value(self, q: np.ndarray) -> float:
        """Return the log Jacobian (nats) alone; -inf outside the support."""
        return self.inner.value(self._inside(q))

    def constrain(
        self,
        q: np.ndarray,
        *,
        derived: bool = False,  # noqa: ARG002 - none is derived
        seed: int = 1,  # noqa: ARG002 - nothing is random
    ) -> np.ndarray:
        """Map a position to the declared scalars."""
        return np.asarray(self.inner.constrain(self._inside(np.asarray(q)))[self._scalars[1]])

    def unconstrain(self, values: Mapping[str, Any]) -> np.ndarray:
        """Map parameter values by variable name to a position; a tuple is a tuple or a dict.

        Raises
        ------
        DataError
            A value is missing, or outside the declared support.
        """
        try:
            inner = {s.name: _inner_value(values, s) for s in self.substitutes}
        except (KeyError, IndexError, TypeError) as error:
            raise DataError(
                "these parameter values do not fit the program",
                got=str(error),
                expected="every declared parameter at its shape, a tuple as a tuple",
                do="correct the values",
            ) from error
        return np.asarray(self.inner.unconstrain(inner)[self._positions[1]])

    def unconstrain_scalars(self, values: np.ndarray) -> np.ndarray:
        """Map declared scalars, in the order of `names`, to a position; NaN where Stan refuses."""
        inner = np.empty(values.size)
        inner[self._scalars[1]] = values
        return np.asarray(self.inner.unconstrain_scalars(inner)[self._positions[1]])


def _indices(name: str) -> list[int]:
    return [int(i) for i in re.findall(r"\d+", name.partition("[")[2])]


def _renamed(name: str, substitute: Substitute) -> str:
    """Return the name of the scalar, or coordinate, that an inner one stands for."""
    indices, half = [str(i) for i in _indices(name)], ""
    if substitute.kind == "columns":
        indices[-2:] = indices[:-3:-1]
    if substitute.kind == "complex":
        half = {"1": ".real", "2": ".imag"}[indices.pop()]
    return substitute.original + (f"[{','.join(indices)}]" if indices else "") + half


def _order(name: str) -> tuple[object, ...]:
    """Return what sorts scalars of one variable as Stan writes them."""
    return (*_indices(name)[::-1], name.endswith(".imag"))


def _inner_value(values: Mapping[str, Any], substitute: Substitute) -> np.ndarray:
    variable, *way = substitute.original.split(".")
    value: Any = values[variable]
    for step in way:
        value = value[step] if isinstance(value, dict) else value[int(step) - 1]
    array = np.asarray(value)
    if substitute.kind == "columns":
        return array.swapaxes(-1, -2)
    if substitute.kind == "complex" and np.iscomplexobj(array):
        return np.stack([array.real, array.imag], axis=-1)
    return array
