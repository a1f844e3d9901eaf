"""The log density of any weights of a program's parts, on the unconstrained scale.

`ModelDensity` holds one program and data set and gives the density of any weights;
`Objective` is one such density with or without the Jacobian.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.engine.compiled_density import CompiledDensity
from bayeswrap.engine.density import look_ahead
from bayeswrap.engine.stanli import InProcessDensity, translate
from bayeswrap.errors import UnsupportedProgramError
from bayeswrap.estimates.problem.coordinates import Coordinates
from bayeswrap.estimates.problem.quantity_failures import FailingQuantities, QuantityFailure
from bayeswrap.estimates.problem.substitute_maps import SubstituteMaps
from bayeswrap.estimates.problem.transforms import Transforms
from bayeswrap.program.syntax.external_functions import for_evaluation, in_process_source
from bayeswrap.program.syntax.parse import tree as tree_of
from bayeswrap.program.syntax.program_parts import (
    derives_quantities,
    parameters_alone,
    without_statements_of,
)
from bayeswrap.program.syntax.quantity_slices import generated_quantities
from bayeswrap.program.syntax.substitute_parameters import substituted_parameters
from bayeswrap.program.syntax.tree import Declaration
from bayeswrap.program.weights.part_weights import PartWeights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.data.model_data import ModelData
    from bayeswrap.engine.cmdstan import Executable
    from bayeswrap.engine.density import Density
    from bayeswrap.program.program import Program
    from bayeswrap.program.syntax.program_parts import ProgramPart
    from bayeswrap.program.weights.weighted_program import WeightedSource

__all__ = [
    "ALL_OFF",
    "ModelDensity",
    "Objective",
]


_PROCESS = 500_000  # numbers of data that an evaluation reads in the ten milliseconds of a process
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
    executable : Executable, optional
        The compiled program, where stanli cannot take it: then each evaluation is a process.
    """

    source: WeightedSource
    data: ModelData
    name: str
    executable: Executable | None = None
    _without_slope: str = field(default="", init=False, repr=False)
    _mir: str = field(default="", init=False, repr=False)
    _never: tuple[QuantityFailure, ...] | None = field(default=None, init=False, repr=False)
    _coordinates: Coordinates | None = field(default=None, init=False, repr=False)
    _quantities: FailingQuantities | None = field(default=None, init=False, repr=False)
    _mir_with_constants: str = field(default="", init=False, repr=False)
    _parameters: Density | None = field(default=None, init=False, repr=False)
    _without_jacobian: dict[PartWeights, Density] = field(
        default_factory=dict, init=False, repr=False
    )
    _transforms: Transforms | None = field(default=None, init=False, repr=False)
    _parts: dict[str, Density] = field(default_factory=dict, init=False, repr=False)
    _densities: dict[PartWeights, Density] = field(default_factory=dict, init=False, repr=False)

    def __reduce__(self) -> tuple[type[ModelDensity], tuple[object, ...]]:
        """Pickle program and data; what was built from them is built again."""
        return ModelDensity, (self.source, self.data, self.name, self.executable)

    @property
    def work(self) -> int:
        """How many numbers an evaluation reads, or those that take as long as a process."""
        return max(self.data.size, 0 if self.executable is None else _PROCESS)

    def of(self, weights: PartWeights) -> Density:
        """Return the density with these powers of the parts, with Jacobian."""
        weights = self.source.distinct(weights)
        if weights not in self._densities:
            self._densities[weights] = self._built(weights)
        return self._densities[weights]

    def _built(self, weights: PartWeights) -> Density:
        if self.executable is not None:
            return self._compiled(self.executable, weights)
        return self._in_process(weights)

    def _in_process(
        self, weights: PartWeights, *, transforms_alone: bool = False
    ) -> InProcessDensity:
        return InProcessDensity(
            mir=self.mir_with_constants if weights.normalized else self.mir,
            data=self.data.text(self.source.data(weights)),
            name=self.name,
            remainder=self.quantities,
            by_differences=bool(self._without_slope),
            transforms_alone=transforms_alone,
        )

    def _compiled(
        self, executable: Executable, weights: PartWeights, *, jacobian: bool = True
    ) -> CompiledDensity:
        if weights.normalized and self.source.with_constants != self.source.text:
            executable = executable.of(self.source.with_constants)
        return CompiledDensity(
            program=executable.path,
            data=self.data.text(self.source.data(weights)),
            name=self.name,
            maps=self._maps,
            jacobian=jacobian,
        )

    @property
    def _maps(self) -> Density:
        """The maps of the parameters block, with the data that it reads."""
        if self._parameters is None:
            source = in_process_source(self.source.text)
            part = parameters_alone(source)
            try:
                self._parameters = self._evaluated(part)
            except UnsupportedProgramError:
                other = substituted_parameters(source) if self.executable is not None else None
                if other is None:
                    raise
                self._parameters = SubstituteMaps(self._evaluated(other[0]), other[1])
        return self._parameters

    def _evaluated(self, part: ProgramPart) -> InProcessDensity:
        return InProcessDensity(
            mir=translate(part.text, self.name),
            data=self.data.text(self.source.data(ALL_OFF), part.data),
            name=self.name,
            array_ranks=self._array_ranks,
        )

    @property
    def _array_ranks(self) -> dict[str, int]:
        """How many indices choose an element of an array, by parameter."""
        declared = tree_of(self.source.text, self.name).blocks["parameters"]
        return {d.name: d.array_rank for d in declared if isinstance(d, Declaration)}

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
                source, lambda: self.data.text(self.source.data(ALL_OFF)), self.name
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
    def transforms(self) -> Transforms:
        """The density of no part at all: log Jacobian and the transforms."""
        if self._transforms is None:
            self._transforms = Transforms(self._log_jacobian, self._maps, self._whole)
        return self._transforms

    @property
    def _log_jacobian(self) -> Density:
        """The density of no part: the compiled one where the program adds to the Jacobian."""
        adjusts = self.executable is not None and "jacobian" in self.source.text
        return self.of(ALL_OFF) if adjusts else self._maps

    @property
    def _whole(self) -> Density:
        """The density that computes derived quantities, where there are some."""
        if not derives_quantities(self.source.text):
            return self._maps
        if self.executable is not None:
            return self.of(ALL_OFF)
        density = self._in_process(ALL_OFF, transforms_alone=True)
        if self._never is None:
            self._never = self.quantities.never_computed(density.names(derived=True))
            if self._never:
                self._mir = self._mir_with_constants = ""
                density = self._in_process(ALL_OFF, transforms_alone=True)
        return density

    def coordinates(self, program: Program) -> Coordinates:
        """Return the coordinates of the program that this is the density of; made once."""
        if self._coordinates is None:
            self._coordinates = Coordinates(program, self.transforms)
        return self._coordinates

    def objective(self, weights: PartWeights, *, jacobian: bool) -> Objective:
        """Return the function to maximise for an estimate."""
        if self.executable is not None and not jacobian:
            # Stan leaves the Jacobian out itself: one process an evaluation, not two
            key = self.source.distinct(weights)
            if key not in self._without_jacobian:
                self._without_jacobian[key] = self._compiled(self.executable, key, jacobian=False)
            return Objective(density=self._without_jacobian[key], jacobian_only=None)
        off = None if jacobian else self.transforms
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
        base = self.transforms.evaluate(q)[0]
        return {
            name: self._log_part(name, q, base) for name in ("likelihood", "prior", "population")
        }

    def _log_part(self, name: str, q: np.ndarray, base: float) -> float:
        if not self.source.has(name):
            return 0.0
        return self._part(name).evaluate(q)[0] - base

    def _part(self, name: str) -> Density:
        """Return the density of one part alone, with the data that it reads."""
        weights, source = _only(name), self.source
        if name == "likelihood" or self.executable is not None:
            return self.of(weights)
        if name not in self._parts:
            text = for_evaluation(source.with_constants)
            part = without_statements_of(text, source.weight_of("likelihood"))
            self._parts[name] = InProcessDensity(
                mir=translate(part.text, self.name),
                data=self.data.text(source.data(weights), part.data),
                name=self.name,
            )
        return self._parts[name]


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

    def look_ahead(self, points: Sequence[np.ndarray]) -> None:
        """Announce the positions of later evaluations."""
        for density in filter(None, (self.density, self.jacobian_only)):
            look_ahead(density, points)

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
