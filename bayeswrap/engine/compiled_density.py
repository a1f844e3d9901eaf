"""`CompiledDensity`: the log density of a compiled program, for what stanli cannot evaluate.

Each evaluation is a process, which is some hundred times slower than an evaluation in process.
Points that are announced beforehand take one process together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.budget import checkpoint
from bayeswrap.engine.point_runs import PointRuns, nested
from bayeswrap.errors import EngineError, EngineRunError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from bayeswrap.engine.data_text import DataText
    from bayeswrap.engine.density import Density

__all__ = [
    "CompiledDensity",
]

_REMEMBERED = 100_000  # numbers of points that were evaluated


@dataclass(slots=True, eq=False)
class CompiledDensity:
    """One compiled program on one data set (see `bayeswrap.engine.density.Density`).

    Parameters
    ----------
    program : Path
        The executable.
    data : str or DataText
        JSON of its data.
    name : str
        Model name for messages.
    maps : Density
        The maps between positions and parameters, in process.
    jacobian : bool
        Whether the log Jacobian is part of the density.
    """

    program: Path
    data: str | DataText
    name: str
    maps: Density
    jacobian: bool = True
    evaluations: int = field(default=0, init=False)
    _runs: PointRuns | None = field(default=None, init=False, repr=False)
    _found: dict[bytes, tuple[float, np.ndarray]] = field(
        default_factory=dict, init=False, repr=False
    )
    _rows: dict[tuple[bytes, int], np.ndarray] = field(default_factory=dict, init=False, repr=False)
    _names: tuple[str, ...] = field(default=(), init=False, repr=False)

    @property
    def runs(self) -> PointRuns:
        """The runs of the program."""
        if self._runs is None:
            self._runs = PointRuns(self.program, self.data, self.name)
        return self._runs

    @property
    def dimension(self) -> int:
        """Number of unconstrained coordinates."""
        return self.maps.dimension

    @property
    def coordinates(self) -> tuple[str, ...]:
        """Names of the unconstrained coordinates, ``beta[1]``."""
        return self.maps.coordinates

    def names(self, *, derived: bool = False) -> tuple[str, ...]:
        """Names of the declared scalars, in Stan's spelling and CSV order."""
        if not derived:
            return self.maps.names()
        if not self._names:
            self._names = self._first_names()
        return self._names

    def _first_names(self) -> tuple[str, ...]:
        """Return the names of all scalars, from the first point where Stan computes them."""
        rng, failure = np.random.default_rng(1), None
        for radius in (0.1, 0.5, 1.0, 2.0):
            try:
                q = rng.uniform(-radius, radius, self.dimension)
                return self.runs.quantities(self._values(q), seed=1)[0]
            except EngineRunError as error:
                failure = error
        assert failure is not None  # noqa: S101 - a loop that ran
        raise failure

    def look_ahead(self, points: Sequence[np.ndarray]) -> None:
        """Evaluate points in one process; `evaluate` then finds them."""
        new = {q.tobytes(): q for q in points if q.tobytes() not in self._found}
        finite = [q for q in new.values() if np.isfinite(q).all()]
        if not finite:
            return
        if len(self._found) * (self.dimension + 1) > _REMEMBERED:
            self._found.clear()
        values, gradients = self.runs.log_density(np.array(finite), jacobian=self.jacobian)
        for q, value, gradient in zip(finite, values, gradients, strict=True):
            self._found[q.tobytes()] = (float(value), gradient)

    def evaluate(self, q: np.ndarray) -> tuple[float, np.ndarray]:
        """Return log density (nats) and its gradient; -inf outside the support."""
        checkpoint()
        self.evaluations += 1
        q = np.ascontiguousarray(q, dtype=float)
        self.look_ahead([q])
        value, gradient = self._found.get(q.tobytes(), (-np.inf, np.full(q.size, np.nan)))
        return value, gradient.copy()

    def refusal(self, q: np.ndarray) -> str:
        """Return in Stan's words why it does not evaluate a position; empty where it does."""
        return self.runs.refusal(q, jacobian=self.jacobian)

    def value(self, q: np.ndarray) -> float:
        """Return log density (nats) alone; -inf outside the support."""
        return self.evaluate(q)[0]

    def constrain(self, q: np.ndarray, *, derived: bool = False, seed: int = 1) -> np.ndarray:
        """Map a position to the declared scalars (and derived quantities on request).

        Raises
        ------
        EngineError
            A transformed parameter or generated quantity cannot be computed there.
        """
        if not derived:
            return self.maps.constrain(q)
        checkpoint()
        key = np.ascontiguousarray(q, dtype=float).tobytes(), seed
        if key not in self._rows:
            try:
                self._names, self._rows[key] = self.runs.quantities(self._values(q), seed=seed)
            except EngineRunError as error:
                raise EngineError(
                    "the program cannot compute its derived quantities at this point",
                    where=self.name,
                    got=error.got,
                    do="check transformed parameters and generated quantities",
                ) from error
        return self._rows[key].copy()

    def _values(self, q: np.ndarray) -> dict[str, object]:
        return nested(self.maps.names(), self.maps.constrain(q))

    def unconstrain(self, values: Mapping[str, np.ndarray]) -> np.ndarray:
        """Map parameter values by variable name to a position."""
        return self.maps.unconstrain(values)

    def unconstrain_scalars(self, values: np.ndarray) -> np.ndarray:
        """Map declared scalars, in the order of `names`, to a position; NaN where Stan refuses."""
        return self.maps.unconstrain_scalars(values)
