"""`BoundModel`: a program, its data and an engine, with all that is made of them once."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

from bayeswrap.arguments import check_seed, did_you_mean, one_of
from bayeswrap.data.model_data import DataSource, ModelData
from bayeswrap.engine.cmdstan import Executable, compile_program
from bayeswrap.engine.installation.provision import require_home
from bayeswrap.errors import UnknownNameError, UnsupportedProgramError, UsageError
from bayeswrap.estimates.problem.engine_agreement import require_agreement
from bayeswrap.estimates.problem.estimand import Estimator, Scale
from bayeswrap.estimates.problem.initial_values import initial_values
from bayeswrap.estimates.problem.labels import Labels, parameter_labels
from bayeswrap.estimates.problem.log_density import ModelDensity
from bayeswrap.estimates.problem.problem import Problem
from bayeswrap.estimates.problem.switch_checks import require_sound_weights, require_still_prior
from bayeswrap.program.program import Program
from bayeswrap.program.syntax.external_functions import lost_quantities
from bayeswrap.program.weights.part_weights import PartWeights

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.data.missing_rows import MissingRule
    from bayeswrap.estimates.problem.coordinates import Coordinates
    from bayeswrap.estimates.problem.problem import Replicate
    from bayeswrap.program.weights.weighted_program import WeightedSource

__all__ = [
    "ALL_ON",
    "AgreementCheck",
    "BoundModel",
    "EngineName",
]

EngineName: TypeAlias = Literal["auto", "cmdstan", "stanli"]

ALL_ON = PartWeights()
_ENGINES = ("auto", "cmdstan", "stanli")
_EXTERNAL = "{}: made by C++, which only the compiled program calls"
_UNCOMPARED = "the weighted program could not be compared with your own: stanli cannot take it ({})"
_COMPILED = (
    "evaluated by the compiled program, one process for each evaluation, since stanli cannot take "
    "it ({}): slower, and the weighted program was not compared with your own"
)


@dataclass(slots=True)
class AgreementCheck:
    """The comparison of the compiled program with the in-process density, made once.

    It waits for a first mode, as differences of log densities are exact in its neighbourhood.
    """

    passed: bool = field(default=False, init=False)

    def require(self, problem: Problem, q: np.ndarray) -> None:
        """Compare both around a position, unless they agreed before.

        Raises
        ------
        EngineDisagreementError
            They differ.
        """
        if self.passed or problem.executable is None:
            return
        require_agreement(problem, q)
        self.passed = True


@dataclass(frozen=True, kw_only=True, eq=False)
class BoundModel:
    """A program with its data, and what is constant for the two.

    Attributes
    ----------
    program : Program
        With the roles that these data settle.
    data : ModelData
        Data that were checked against the program.
    engine : str
        ``"auto"``, ``"cmdstan"`` or ``"stanli"``.
    source : WeightedSource
        The program with a weight before every part.
    elements : mapping of str to tuple of tuple of str
        By variable: names along each dimension that the maker of the data knows.
    replicate : callable or None
        Makes replications of the outcome (see `Problem`).
    """

    program: Program
    data: ModelData
    engine: EngineName
    source: WeightedSource
    elements: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    replicate: Replicate | None = None

    @classmethod
    def of(
        cls,
        program: Program | str | Path,
        data: DataSource = None,
        *,
        engine: EngineName = "auto",
        roles: Mapping[str, str] | None = None,
        columns: Mapping[str, Any] | None = None,
        missing: MissingRule = "error",
        labels: Mapping[str, Sequence[str]] | None = None,
        units: Mapping[str, str] | None = None,
        **named: Any,  # noqa: ANN401 - as for Model
    ) -> BoundModel:
        """Bind a program to data (see `Model` for the arguments)."""
        one_of(engine, _ENGINES, "engine")
        if isinstance(program, (str, Path)):
            program = Program.from_file(program)
        if not isinstance(program, Program):
            raise UsageError(
                "not a program",
                where="program=",
                got=type(program).__name__,
                expected="a Program, or the path of a Stan file",
                do="pass one of them, such as model.program",
            )
        program = program.with_roles(roles)
        bound = ModelData.build(
            program, data, columns=columns, missing=missing, labels=labels, units=units, **named
        )
        # what the data decide may settle a role that the text alone leaves open
        program = program.with_data(bound.values)
        return cls(program=program, data=bound, engine=engine, source=program.switched())

    def __getstate__(self) -> dict[str, object]:
        """Pickle the fields; compiled things are found again when they are needed."""
        return {f.name: self.__dict__[f.name] for f in fields(self)}

    @functools.cached_property
    def executable(self) -> Executable | None:
        """The compiled program; None with ``engine="stanli"``."""
        if self.engine == "stanli":
            return None
        home, lines = require_home(), self.program.lines
        return compile_program(
            self.source.text, self.program.name, home, lines=lines, header=self.program.header
        )

    @functools.cached_property
    def _compared_density(self) -> tuple[ModelDensity, tuple[str, ...]]:
        """The density, and why it could not be compared with the user's own program."""
        density = ModelDensity(source=self.source, data=self.data, name=self.program.name)
        try:
            require_sound_weights(self.program, density)
        except UnsupportedProgramError as error:
            if self.executable is None:
                raise
            reason = " ".join((error.got or "").split())
        else:
            return density, ()
        compiled = replace(density, executable=self.executable)
        try:
            require_still_prior(self.program, compiled)
        except UnsupportedProgramError as error:
            # CmdStan can sample it; an estimate that needs the density will raise this again
            return density, (_UNCOMPARED.format(error.got),)
        return compiled, (_COMPILED.format(reason),)

    @property
    def density(self) -> ModelDensity:
        """The in-process density of the weighted program.

        It is compared with the user's own program first, once (see `require_sound_weights`).
        """
        return self._compared_density[0]

    @property
    def coordinates(self) -> Coordinates:
        """The unconstrained coordinates."""
        return self.density.coordinates(self.program)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Warnings of the program, and of comparisons that could not be made."""
        return (*self.program_warnings, *self._compared_density[1])

    @property
    def program_warnings(self) -> tuple[str, ...]:
        """Warnings of the program, and of what only the compiled one computes."""
        external = tuple(_EXTERNAL.format(name) for name in lost_quantities(self.program.source))
        return (*self.program.warnings, *external)

    @functools.cached_property
    def agreement(self) -> AgreementCheck:
        """The comparison of the compiled program with the density."""
        return AgreementCheck()

    @functools.cached_property
    def labels(self) -> Labels:
        """The names that scalars have by the data."""
        by_data = parameter_labels(self.program, self.data)
        labels = Labels({**by_data.elements, **self.elements})
        units = {labels.stan_name(name): unit for name, unit in by_data.units.items()}
        return replace(labels, units=units)

    @functools.cached_property
    def engine_description(self) -> str:
        """Which Stan evaluates the model."""
        if self.executable is None:
            return "evaluated by stanli, in process"
        return self.executable.home.description

    def problem(
        self,
        estimator: Estimator = Estimator.MAP,
        scale: Scale | None = None,
        weights: PartWeights = ALL_ON,
        *,
        seed: int | None = None,
        inits: Mapping[str, Any] | None = None,
        start: np.ndarray | None = None,
        fixed: Mapping[str, float] | None = None,
        made_by: str = "",
    ) -> Problem:
        """Return what is to be estimated.

        Parameters
        ----------
        estimator, scale : Estimator, Scale or None
            Which mode.
        weights : PartWeights
            Powers of the parts.
        seed : int, optional
            Stan's seed; drawn where it is not given.
        inits : mapping, optional
            Initial values by variable, or by scalar.
        start : (dimension,) array, optional
            A position to start from, in place of `inits`.
        fixed : mapping of str to float, optional
            Declared scalars that are held.
        made_by : str, optional
            The engine of a fit made elsewhere: nothing is compiled for it.

        Raises
        ------
        UnknownNameError
            `inits` names no parameter.
        UsageError
            A seed that is none.
        """
        check_seed(seed)
        return Problem(
            program=self.program,
            data=self.data,
            density=self.density,
            executable=None if made_by else self.executable,
            estimator=estimator,
            scale=scale,
            weights=weights,
            # a seed that is drawn here is recorded, so that the run can be made again
            seed=int(np.random.default_rng().integers(1, 2**31)) if seed is None else int(seed),
            inits=self.initial_values(inits or {}),
            start=start,
            engine=made_by or self.engine_description,
            labels=self.labels,
            fixed=fixed or {},
            replicate=self.replicate,
        )

    def initial_values(self, inits: Mapping[str, Any]) -> dict[str, np.ndarray]:
        """Return initial values by variable (see `initial_values`)."""
        return initial_values(self.program, inits, self.labels, lambda: self.coordinates)

    def check_names(self, values: Mapping[str, Any]) -> None:
        """Raise `UnknownNameError` for a name that is no parameter."""
        names = [v.name for v in self.program.variables_in("parameters")]
        for name in values:
            if name not in names:
                raise UnknownNameError(
                    f"program {self.program.name!r} has no parameter {name!r}"
                    f"{did_you_mean(name, names)}",
                    expected=", ".join(names) or "no parameters at all",
                    do="use the names of the parameters block",
                )

    def log_density(
        self, values: Mapping[str, Any], weights: PartWeights, *, jacobian: bool
    ) -> float:
        """Return the weighted log density at parameter values (see `Model.log_density`)."""
        self.check_names(values)
        q = self.density.transforms.unconstrain(values)
        return self.density.objective(weights, jacobian=jacobian)(q)[0]
