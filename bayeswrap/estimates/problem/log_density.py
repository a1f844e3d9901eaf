"""The log density of any weights of a program's parts, on the unconstrained scale.

`ModelDensity` holds one program and data set and gives the density of any weights;
`Objective` is one such density with or without the Jacobian.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.engine.stanli import InProcessDensity, translate
from bayeswrap.estimates.problem.coordinates import Coordinates
from bayeswrap.estimates.problem.quantity_failures import FailingQuantities, QuantityFailure
from bayeswrap.program.syntax.external_functions import for_evaluation, in_process_source
from bayeswrap.program.syntax.quantity_slices import generated_quantities
from bayeswrap.program.syntax.rewriting import parameters_without
from bayeswrap.program.weights.part_weights import PartWeights

if TYPE_CHECKING:
    from bayeswrap.data.model_data import ModelData
    from bayeswrap.engine.density import Density
    from bayeswrap.program.program import Program
    from bayeswrap.program.weights.weighted_program import WeightedSource

__all__ = [
    "ALL_OFF",
    "ModelDensity",
    "Objective",
]


_ADJUSTMENT = re.compile(r"\bjacobian\s*\+=")
ALL_OFF = PartWeights(prior=0, population=0, likelihood=0)


@dataclass(slots=True)
class ModelDensity:
    """The in-process density of a weighted program, for any weights of its parts.

    Parameters
    ----------
    source : WeightedSource
        The program with a weight before every part.
    data : ModelData
        Its data.
    name : str
        Model name for messages.
    """

    source: WeightedSource
    data: ModelData
    name: str
    _without_slope: str = field(default="", init=False, repr=False)
    _mir: str = field(default="", init=False, repr=False)
    _never: tuple[QuantityFailure, ...] | None = field(default=None, init=False, repr=False)
    _log_jacobian: Density | None = field(default=None, init=False, repr=False)
    _coordinates: Coordinates | None = field(default=None, init=False, repr=False)
    _quantities: FailingQuantities | None = field(default=None, init=False, repr=False)
    _mir_with_constants: str = field(default="", init=False, repr=False)
    _densities: dict[PartWeights, Density] = field(default_factory=dict, init=False, repr=False)

    def __reduce__(self) -> tuple[type[ModelDensity], tuple[object, ...]]:
        """Pickle program and data; what was built from them is built again."""
        return ModelDensity, (self.source, self.data, self.name)

    def of(self, weights: PartWeights) -> Density:
        """Return the density with these powers of the parts, with Jacobian."""
        if weights not in self._densities:
            density = self._built(weights)
            if self._never is None:
                self._never = self.quantities.never_computed(density.names(derived=True))
                if self._never:
                    self._mir = self._mir_with_constants = ""
                    density = self._built(weights)
            self._densities[weights] = density
        return self._densities[weights]

    def _built(self, weights: PartWeights) -> InProcessDensity:
        data = self.data.json(self.source.data(weights))
        mir = self.mir_with_constants if weights.normalized else self.mir
        return InProcessDensity(
            mir=mir,
            data=data,
            name=self.name,
            remainder=self.quantities,
            by_differences=bool(self._without_slope),
        )

    @property
    def without_slope(self) -> str:
        """The statement whose slope is no number, so that it is taken by differences; or empty."""
        return self._without_slope

    def take_differences(self, place: str) -> None:
        """Take slopes that are not a number, where the density is finite, by differences.

        Parameters
        ----------
        place : str
            The statement at fault, for messages.
        """
        self._without_slope = place
        self._densities.clear()

    @property
    def quantities(self) -> FailingQuantities:
        """The generated quantities where some of them fail."""
        if self._quantities is None:
            source = in_process_source(self.source.text)
            self._quantities = FailingQuantities(
                source, lambda: self.data.json(self.source.data(ALL_OFF)), self.name
            )
        return self._quantities

    @property
    def mir(self) -> str:
        """The weighted program as the in-process density takes it."""
        if not self._mir:
            self._mir = translate(for_evaluation(self.text), self.name)
        return self._mir

    @property
    def text(self) -> str:
        """The weighted program without what the in-process engine can never compute."""
        return self._computable(self.source.text)

    @property
    def never_computed(self) -> tuple[QuantityFailure, ...]:
        """The generated quantities that cannot be computed at any point with these data."""
        if self._never is None:
            _ = self.transforms
        return self._never or ()

    def _computable(self, source: str) -> str:
        text = in_process_source(source)
        if not self._never:
            return text
        block, lost = generated_quantities(text), {f.variable for f in self._never}
        return block.program_with([v for v in block.variables if v not in lost])

    @property
    def mir_with_constants(self) -> str:
        """The same with the constants that the user's functions leave out."""
        if self.source.with_constants == self.source.text:
            return self.mir
        if not self._mir_with_constants:
            text = for_evaluation(self._computable(self.source.with_constants))
            self._mir_with_constants = translate(text, self.name)
        return self._mir_with_constants

    @property
    def transforms(self) -> Density:
        """The density of no part at all: log Jacobian and the transforms."""
        return self.of(ALL_OFF)

    @property
    def log_jacobian(self) -> Density:
        """The log Jacobian alone, without what the program computes from its parameters.

        A differential equation in the transformed parameters is then not solved to be left out.
        """
        if self._log_jacobian is None:
            if _ADJUSTMENT.search(self.source.text):  # the program adds terms of its own
                return self.transforms
            text = parameters_without(in_process_source(self.source.text), ())
            self._log_jacobian = InProcessDensity(
                mir=translate(text, self.name),
                data=self.data.json(self.source.data(ALL_OFF)),
                name=self.name,
            )
        return self._log_jacobian

    def coordinates(self, program: Program) -> Coordinates:
        """Return the coordinates of the program that this is the density of; made once."""
        if self._coordinates is None:
            self._coordinates = Coordinates(program, self.transforms)
        return self._coordinates

    def objective(self, weights: PartWeights, *, jacobian: bool) -> Objective:
        """Return the function to maximise for an estimate."""
        off = None if jacobian else self.log_jacobian
        return Objective(density=self.of(weights), jacobian_only=off)

    def log_parts(self, q: np.ndarray) -> dict[str, float]:
        """Return log likelihood, log prior and log population at a position, all constants in.

        Parameters
        ----------
        q : (dimension,) array
            Unconstrained position.

        Returns
        -------
        dict of str to float
            ``likelihood``, ``prior``, ``population``; nats, without Jacobian.
        """
        base = self.log_jacobian.evaluate(q)[0]
        return {
            name: self.of(_only(name)).evaluate(q)[0] - base
            for name in ("likelihood", "prior", "population")
        }


def _only(name: str) -> PartWeights:
    return PartWeights(
        prior=float(name == "prior"),
        population=float(name == "population"),
        likelihood=float(name == "likelihood"),
        normalized=True,
    )


@dataclass(frozen=True, slots=True)
class Objective:
    """A log density to maximise over unconstrained coordinates.

    Parameters
    ----------
    density : Density
        With Jacobian.
    jacobian_only : Density or None
        The log Jacobian, to be taken off; None leaves it in.
    spheres : tuple of tuples of int
        Coordinates of each unit vector. Their length has no meaning; the term -(|u|^2 - 1)^2 / 8
        holds it at 1. It is 0 there: the optimum and the curvature along the sphere stay.
    """

    density: Density
    jacobian_only: Density | None
    spheres: tuple[tuple[int, ...], ...] = ()

    def __call__(self, q: np.ndarray) -> tuple[float, np.ndarray]:
        """Return value (nats) and gradient; -inf where Stan refuses the point."""
        value, gradient = self.density.evaluate(q)
        if self.jacobian_only is not None and np.isfinite(value):
            log_jacobian, its_gradient = self.jacobian_only.evaluate(q)
            value, gradient = value - log_jacobian, gradient - its_gradient
        for sphere in self.spheres:
            part = q[list(sphere)]
            excess = part @ part - 1
            value -= excess**2 / 8
            gradient[list(sphere)] -= excess * part / 2
        if not (np.isfinite(value) and np.isfinite(gradient).all()):
            return -np.inf, np.full(q.size, np.nan)
        return value, gradient
