"""`Problem`: which parts of which program, on which data, by which engine."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from bayeswrap.data.missing_rows import DROPPED
from bayeswrap.estimates.problem.estimand import Estimator, Scale
from bayeswrap.estimates.problem.fixed import fixed_coordinates
from bayeswrap.program.roles.role import Role
from bayeswrap.record import RunRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy as np

    from bayeswrap.data.model_data import ModelData
    from bayeswrap.engine.cmdstan import Executable
    from bayeswrap.engine.data_text import DataText
    from bayeswrap.engine.run_files import CmdStanOutput
    from bayeswrap.estimates.problem.coordinates import Coordinates
    from bayeswrap.estimates.problem.layout import Layout
    from bayeswrap.estimates.problem.log_density import ModelDensity, Objective
    from bayeswrap.program.program import Program
    from bayeswrap.program.weights.part_weights import PartWeights

__all__ = [
    "Problem",
]

if TYPE_CHECKING:
    Replicate: TypeAlias = Callable[[Layout, np.ndarray], np.ndarray | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is to be maximised, of which program and data, by which engine.

    Attributes
    ----------
    program, data : Program, ModelData
        The model.
    density : ModelDensity
        Its in-process density.
    executable : Executable or None
        The compiled program; None lets stanli alone evaluate.
    estimator, scale : Estimator, Scale or None
        Which mode.
    weights : PartWeights
        Powers of the parts; 0 leaves a part out.
    seed : int
        Stan's seed.
    inits : mapping
        Initial values by variable; the rest is drawn at random.
    engine : str
        Description for the record.
    labels : mapping
        The data frame's own names for some scalars.
    start : (dimension,) array or None
        A position to start from, in place of `inits`.
    fixed : mapping of str to float
        Declared scalars that are fixed, and their values.
    replicate : callable or None
        From the layout of draws and the draws, (n, scalars), to replications of the outcome,
        (n, observations); None where the program generates its own, or none.
    """

    program: Program
    data: ModelData
    density: ModelDensity
    executable: Executable | None
    estimator: Estimator
    scale: Scale | None
    weights: PartWeights
    seed: int
    inits: Mapping[str, np.ndarray]
    engine: str
    labels: Mapping[str, str] = field(default_factory=dict)
    start: np.ndarray | None = None
    fixed: Mapping[str, float] = field(default_factory=dict)
    replicate: Replicate | None = field(default=None, repr=False, compare=False)

    @property
    def coordinates(self) -> Coordinates:
        """The unconstrained coordinates."""
        return self.density.coordinates(self.program)

    @property
    def has_start(self) -> bool:
        """Whether initial values, or a position, are given."""
        return self.start is not None or bool(self.inits)

    @property
    def initial_values(self) -> Mapping[str, np.ndarray]:
        """Initial values by variable, those of the position where there is one."""
        return self.inits if self.start is None else self.coordinates.arrays(self.start)

    @property
    def jacobian(self) -> bool:
        """Stan's flag: True for a mode of the unconstrained scale."""
        return self.scale is Scale.UNCONSTRAINED

    @property
    def objective(self) -> Objective:
        """The function to maximise."""
        # without a single bound there is no Jacobian to take off, and evaluating it takes time
        jacobian = self.jacobian or self._has_no_jacobian
        objective = self.density.objective(self.weights, jacobian=jacobian)
        return replace(objective, spheres=() if self.jacobian else self.spheres)

    @property
    def _has_no_jacobian(self) -> bool:
        if self.program.of_role(Role.ADJUSTMENT):
            return False
        parameters = self.program.variables_in("parameters")
        return all(v.declaration.constraint.is_identity for v in parameters)

    @property
    def spheres(self) -> tuple[tuple[int, ...], ...]:
        """The coordinates of each unit vector."""
        return self.coordinates.spheres

    @property
    def fixed_coordinates(self) -> dict[int, float]:
        """The unconstrained coordinates that `fixed` determines, and their values."""
        return fixed_coordinates(self.coordinates, self.fixed)

    @property
    def stan_data(self) -> DataText:
        """JSON of the data with the weights of this problem."""
        return self.data.text(self.density.source.data(self.weights))

    def _recorded_weights(self) -> dict[str, float]:
        """Return the powers of the parts, but for those that the kind of result sets itself."""
        weights = self.weights
        powers = {"prior": weights.prior, "population": weights.population}
        if self.estimator is Estimator.MLE:
            powers = {name: power for name, power in powers.items() if power}
        if weights.likelihood:
            powers["likelihood"] = weights.likelihood
        return {name: float(power) for name, power in powers.items() if power != 1}

    def _outcomes(self) -> dict[str, int]:
        """Return how many observations each outcome of the likelihood has, by its column."""
        likelihood = self.program.of_role(Role.LIKELIHOOD)
        names = dict.fromkeys(name for s in likelihood for name in sorted(s.data))
        known = [n for n in names if n in self.data.values]
        return {self.data.columns.get(n, n): int(self.data.values[n].size) for n in known}

    def record(
        self,
        method: str,
        options: Mapping[str, object],
        output: CmdStanOutput | None,
        started: float,
        *,
        engine: str = "",
    ) -> RunRecord:
        """Return the record of a run that answers this problem.

        Parameters
        ----------
        method : str
            What was done.
        options : mapping
            Its options; those that are no plain values are left out.
        output : CmdStanOutput or None
            The files of the run, where Stan made any.
        started : float
            ``time.perf_counter()`` at its start.
        engine : str, optional
            What ran it, where that is not the engine of the problem.
        """
        plain = (str, int, float, bool, type(None))
        return RunRecord(
            method=method,
            program_name=self.program.name,
            program=self.program.source,
            program_hash=self.program.hash,
            data_hash=self.data.hash,
            roles=dict(self.program.user_roles),
            conditions=dict(self.program.known.conditions),
            empty=tuple(sorted(self.program.known.empty)),
            lines=tuple((s.start, s.file, s.line) for s in self.program.lines.segments),
            weights=self._recorded_weights(),
            rows=self.data.rows,
            left_out=tuple(n for n in self.data.notes if DROPPED in n),
            data_file=self.data.file,
            formula=self.data.formula,
            outcomes=self._outcomes(),
            engine=engine or self.engine,
            command=output.command if output else "",
            seed=self.seed,
            options={k: v for k, v in options.items() if isinstance(v, plain)},
            seconds=time.perf_counter() - started,
        )
