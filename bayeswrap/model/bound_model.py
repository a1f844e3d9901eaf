"""What every verb needs: program, data, engine, weights, and the problems made of them."""

from __future__ import annotations

import functools
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

import numpy as np

from bayeswrap.arguments import one_of
from bayeswrap.data.model_data import DataSource, ModelData
from bayeswrap.engine.cmdstan import Executable, compile_program
from bayeswrap.engine.installation.provision import require_home
from bayeswrap.errors import EstimandError, UnknownNameError, UnsupportedProgramError, UsageError
from bayeswrap.estimates.problem.estimand import Estimator, Scale
from bayeswrap.estimates.problem.labels import parameter_labels
from bayeswrap.estimates.problem.log_density import ModelDensity
from bayeswrap.estimates.problem.problem import Problem
from bayeswrap.estimates.problem.switch_checks import require_sound_weights
from bayeswrap.program.program import Program
from bayeswrap.program.weights.part_weights import PartWeights

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "ModelCore",
    "power",
    "progress_wanted",
]


_ENGINES = ("auto", "cmdstan", "stanli")
_EVERYTHING = PartWeights()
_UNGATED = "the switched program could not be compared with your own: stanli cannot take it"


class ModelCore:
    """A program with its data, and the engine that runs it (see `Model`)."""

    def __init__(
        self,
        program: Program | str | Path,
        data: DataSource = None,
        *,
        engine: Literal["auto", "cmdstan", "stanli"] = "auto",
        roles: Mapping[str, str] | None = None,
        columns: Mapping[str, Any] | None = None,
        **named: Any,  # noqa: ANN401 - as for Model
    ) -> None:
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
        self.engine = engine
        self.data = ModelData.build(program, data, columns=columns, **named)
        # what the data decide may settle a role that the text alone leaves open
        self.program = program.with_data(self.data.values)
        self.weights = _EVERYTHING
        self._switched = self.program.switched()

    def __repr__(self) -> str:
        sizes = ", ".join(
            f"{name}={int(value)}"
            for name, value in self.data.values.items()
            if np.ndim(value) == 0 and np.issubdtype(np.asarray(value).dtype, np.integer)
        )
        return f"Model({self.program.name!r}, data: {sizes or 'no sizes'})"

    def __getstate__(self) -> dict[str, object]:
        """Pickle program and data; compiled things are found again when they are needed."""
        kept = ("program", "engine", "data", "weights", "_switched")
        return {name: self.__dict__[name] for name in kept}

    @functools.cached_property
    def density(self) -> ModelDensity:
        """The in-process density of the switched program.

        It is compared with the user's own program first (see `require_sound_weights`).
        """
        density = ModelDensity(source=self._switched, data=self.data, name=self.program.name)
        try:
            require_sound_weights(self.program, density)
        except UnsupportedProgramError as error:
            if self.executable is None:
                raise
            # CmdStan can sample it; an estimate that needs the density will raise this again
            self.__dict__["_ungated"] = (f"{_UNGATED} ({error.got})",)
        return density

    @property
    def _doubts(self) -> tuple[str, ...]:
        """What draws must be told with: warnings of the program, and gates that could not run."""
        ungated: tuple[str, ...] = self.__dict__.get("_ungated", ())
        return (*self.program.warnings, *ungated)

    @functools.cached_property
    def executable(self) -> Executable | None:
        """The compiled program; None with ``engine="stanli"``."""
        if self.engine == "stanli":
            return None
        home, lines = require_home(), self.program.lines
        return compile_program(self._switched.text, self.program.name, home, lines=lines)

    def weighted(
        self, *, prior: float = 1.0, likelihood: float = 1.0, population: float = 1.0
    ) -> Self:
        """Return the same model with its parts raised to powers: the same binary, other data.

        Parameters
        ----------
        prior, likelihood, population : float, optional
            Powers of the densities of that role, at least 0: 1 leaves them as they are, 0 takes
            them out. Power-scaling for sensitivity analysis moves `prior` or `likelihood` around
            1 and leaves `population`, the distribution of latent effects, alone.

        Returns
        -------
        Model
            Its verbs maximise and sample the weighted density; ``mle()`` stays without prior.

        Raises
        ------
        UsageError
            A power that is no finite number of at least 0.

        References
        ----------
        Kallioinen, Paananen, Buerkner and Vehtari (2024), Detecting and diagnosing prior and
        likelihood sensitivity with power-scaling, Statistics and Computing 34:57,
        doi:10.1007/s11222-023-10366-5.

        Examples
        --------
        >>> import bayeswrap as bw
        >>> program = bw.Program.from_string('''
        ...     data { int<lower=0> n; int<lower=0, upper=n> y; }
        ...     parameters { real<lower=0, upper=1> p; }
        ...     model { p ~ beta(3, 3); y ~ binomial(n, p); }''', name="coin")
        >>> model = bw.Model(program, {"n": 10, "y": 7}, engine="stanli")
        >>> float(model.weighted(prior=0.5).map(seed=1)["p"].round(6))  # (7 + 1) / (10 + 2)
        0.666667
        """
        weights = PartWeights(
            prior=power(prior, "prior"),
            population=power(population, "population"),
            likelihood=power(likelihood, "likelihood"),
        )
        other = type(self).__new__(type(self))
        other.__dict__ |= {**self.__dict__, "weights": weights}
        return other

    def _require_parameters(self, what: str) -> None:
        if not self.program.variables_in("parameters"):
            raise EstimandError(
                f"program {self.program.name!r} has no continuous parameters: "
                f"{what} is not defined",
                do="use enumerate() for a parameter with finitely many values",
            )

    def answered_elsewhere(
        self,
        estimator: Estimator,
        scale: Scale | None,
        *,
        engine: str,
        seed: int,
        inits: Mapping[str, Any] | None = None,
    ) -> Problem:
        """Return the problem that a fit made elsewhere answers; nothing is compiled for it.

        Parameters
        ----------
        estimator, scale : Estimator, Scale or None
            What was estimated.
        engine : str
            Which Stan made the fit.
        seed : int
            Its seed.
        inits : mapping, optional
            The values found, where a mode is to be verified.
        """
        return self._problem(estimator, scale, self.weights, inits, seed, elsewhere=engine)

    def _problem(
        self,
        estimator: Estimator,
        scale: Scale | None,
        parts: PartWeights,
        inits: Mapping[str, Any] | None,
        seed: int | None,
        *,
        elsewhere: str = "",
    ) -> Problem:
        """Return a problem; with the engine of a fit made elsewhere nothing is compiled for it."""
        self._check_names(inits or {})
        return Problem(
            program=self.program,
            data=self.data,
            density=self.density,
            executable=None if elsewhere else self.executable,
            estimator=estimator,
            scale=scale,
            parts=parts,
            # a seed that is drawn here is recorded, so that the run can be made again
            seed=int(np.random.default_rng().integers(1, 2**31)) if seed is None else int(seed),
            inits={k: np.asarray(v) for k, v in (inits or {}).items()},
            engine=elsewhere or self._engine_text(),
            labels=parameter_labels(self.program, self.data),
        )

    def _plain_problem(self) -> Problem:
        return self._problem(Estimator.MAP, None, _EVERYTHING, None, 1)

    def _engine_text(self) -> str:
        if self.executable is None:
            return "evaluated by stanli, in process"
        return self.executable.home.description

    def _check_names(self, values: Mapping[str, Any]) -> None:
        known = [v.name for v in self.program.variables_in("parameters")]
        for name in values:
            if name not in known:
                raise UnknownNameError(
                    f"program {self.program.name!r} has no parameter {name!r}",
                    expected=", ".join(known) or "no parameters at all",
                    do="use the names of the parameters block",
                )


def power(value: float, name: str) -> float:
    """Return a weight, or refuse it."""
    if not np.isfinite(value) or value < 0:
        raise UsageError(
            f"{name} is a power of a density",
            got=repr(value),
            expected="a finite number of at least 0",
            do=f"pass {name}=1 to leave that part as it is, {name}=0 to take it out",
        )
    return float(value)


def progress_wanted(show_progress: bool | None) -> bool:  # noqa: FBT001 - the keyword of the verbs
    """Tell whether to show progress: as asked, or when a person watches."""
    return sys.stderr.isatty() if show_progress is None else show_progress
