"""`Model`: a program, its data and an engine, with the verbs that make estimates of them.

Thin: every verb builds a request and hands it to `estimates`.
"""

from __future__ import annotations

import functools
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from bayeswrap.data import DataSource, ModelData
from bayeswrap.engine.cmdstan import Executable, compile_program
from bayeswrap.engine.home import require_home
from bayeswrap.errors import (
    ConvergenceError,
    EstimandError,
    UnknownNameError,
    UsageError,
    one_of,
)
from bayeswrap.estimates.agreement import require_agreement
from bayeswrap.estimates.holding import fixed_scalars
from bayeswrap.estimates.labels import improper_parameters, parameter_labels
from bayeswrap.estimates.maximise import maximise
from bayeswrap.estimates.objective import SwitchedDensity
from bayeswrap.estimates.request import Request
from bayeswrap.estimates.sampling import SampleOptions, approximate_by_laplace, sample
from bayeswrap.estimates.status import Estimator, Scale, Status
from bayeswrap.estimates.values import enumerate_values
from bayeswrap.program import Parts, Program, Role

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bayeswrap.estimates.enumeration import Enumeration
    from bayeswrap.estimates.point import PointEstimate
    from bayeswrap.estimates.posterior import Approximation, Posterior

__all__ = ["Model"]

_ENGINES = ("auto", "cmdstan", "stanli")
_EVERYTHING = Parts()
_JOINT_MODE = (
    "joint mode of hyperparameters and latent effects: it sits where the effects collapse and is "
    "no summary of the posterior; report the posterior"
)
_JOINT_MLE = (
    "joint maximum over latent effects and hyperparameters: not the MLE that mixed model software "
    "reports, and inconsistent as groups are added"
)


class Model:
    """A Stan program with data that fit it.

    Parameters
    ----------
    program : Program, str or Path
        The program, or the path of its file.
    data : dict, str, Path, DataFrame or None
        A dict of arrays, the path of a JSON file, or a data frame. Sizes that can be read off
        arrays (``N``, ``K``) need not be given.
    engine : str, optional
        ``"auto"`` and ``"cmdstan"``: cmdstanpy over a CmdStan home. ``"stanli"``: in this
        process, without a compiler; its results say so.
    roles : mapping of str to str, optional
        Roles said by the user (see `Program.with_roles`).
    columns : mapping, optional
        As the keywords, for Stan variables whose names clash with other arguments.
    **named
        With a data frame: ``y="switched"`` or ``X=["1", "dist"]`` map columns to Stan
        variables (``"1"`` is a column of ones); any other value is data itself.

    Raises
    ------
    ProgramError
        The program does not exist, does not parse, or has a statement without a role.
    DataError
        The data do not fit the program.

    Examples
    --------
    >>> import bayeswrap as bw
    >>> program = bw.Program.from_string('''
    ...     data { int<lower=0> n; int<lower=0, upper=n> y; }
    ...     parameters { real<lower=0, upper=1> p; }
    ...     model { p ~ beta(2, 2); y ~ binomial(n, p); }''', name="coin")
    >>> model = bw.Model(program, {"n": 10, "y": 7})
    >>> model.mle(seed=1)["p"].round(6), model.map(seed=1)["p"].round(6)
    (np.float64(0.7), np.float64(0.666667))
    """

    def __init__(
        self,
        program: Program | str | Path,
        data: DataSource = None,
        *,
        engine: Literal["auto", "cmdstan", "stanli"] = "auto",
        roles: Mapping[str, str] | None = None,
        columns: Mapping[str, Any] | None = None,
        **named: Any,  # noqa: ANN401 - Stan variables take arrays of every kind
    ) -> None:
        one_of(engine, _ENGINES, "engine")
        if not isinstance(program, Program):
            program = Program.from_file(program)
        self.program = program.with_roles(roles)
        self.engine = engine
        self._switched = self.program.switched()
        self.data = ModelData.build(self.program, data, columns=columns, **named)

    def __repr__(self) -> str:
        sizes = ", ".join(
            f"{name}={int(value)}"
            for name, value in self.data.values.items()
            if np.ndim(value) == 0 and np.issubdtype(np.asarray(value).dtype, np.integer)
        )
        return f"Model({self.program.name!r}, data: {sizes or 'no sizes'})"

    def __getstate__(self) -> dict[str, object]:
        """Pickle program and data; compiled things are found again when they are needed."""
        kept = ("program", "engine", "data", "_switched")
        return {name: self.__dict__[name] for name in kept}

    @functools.cached_property
    def density(self) -> SwitchedDensity:
        """The in-process density of the switched program."""
        return SwitchedDensity(source=self._switched, data=self.data, name=self.program.name)

    @functools.cached_property
    def executable(self) -> Executable | None:
        """The compiled program; None with ``engine="stanli"``."""
        if self.engine == "stanli":
            return None
        return compile_program(self._switched.text, self.program.name, require_home())

    def mle(
        self,
        *,
        inits: Mapping[str, Any] | None = None,
        starts: int | None = None,
        fixed: Mapping[str, Any] | None = None,
        joint: bool = False,
        require_converged: bool = True,
        seed: int | None = None,
        show_progress: bool | None = None,
    ) -> PointEstimate:
        """Maximise the likelihood: prior statements off, so the prior is flat.

        Parameters
        ----------
        inits : mapping, optional
            Initial values by variable; may be partial.
        starts : int, optional
            Search from so many starts, half of them on the scales of the data, in this process;
            the estimate then carries a `Census` of all modes found.
        fixed : mapping, optional
            Parameters to hold, for nested fits: scalars in Stan's spelling
            (``{"beta[2]": 0}``) or whole variables. Searched in this process.
        joint : bool, optional
            Maximise likelihood and population statements together, which is rarely meant
            (Neyman & Scott 1948); a warning stays with the estimate.
        require_converged : bool, optional
            Raise where there is no verified maximum; otherwise the status tells.
        seed : int, optional
            Stan's seed; drawn and recorded where it is not given.
        show_progress : bool, optional
            Show a bar where a search from many starts lasts; by default when a person watches.

        Returns
        -------
        PointEstimate
            On the declared scale; an MLE is the same on every scale.

        Raises
        ------
        EstimandError
            The program has no likelihood, no parameters, or population statements.
        ConvergenceError
            No maximum exists, or none was found; the estimate is attached.
        """
        self._require_parameters("an MLE")
        if not self.program.of_role(Role.LIKELIHOOD):
            raise EstimandError(
                f"program {self.program.name!r} has no likelihood statement, so it has no MLE",
                do="use map() or sample(); or say which statement is the likelihood with roles=",
            )
        warnings = self._joint_warning(joint=joint)
        parts = Parts(prior=False, population=joint)
        request = self._request(Estimator.MLE, None, parts, inits, seed)
        request = self._searching(request, starts, fixed)
        return self._found(
            request, warnings, require_converged=require_converged, show_progress=show_progress
        )

    def map(
        self,
        scale: Literal["constrained", "unconstrained"] = "constrained",
        *,
        inits: Mapping[str, Any] | None = None,
        starts: int | None = None,
        fixed: Mapping[str, Any] | None = None,
        require_converged: bool = True,
        seed: int | None = None,
        show_progress: bool | None = None,
    ) -> PointEstimate:
        """Maximise the posterior density: all statements on.

        Parameters
        ----------
        scale : str, optional
            Scale of the density: ``"constrained"``, that of the declared parameters (Stan's
            ``jacobian=false``), or ``"unconstrained"`` (``jacobian=true``). The two modes
            differ: a MAP is not invariant.
        inits, starts, fixed, require_converged, seed, show_progress
            As for `mle`.

        Returns
        -------
        PointEstimate
            On the declared scale, labelled with the scale of its density.

        Raises
        ------
        EstimandError
            The program has no parameters.
        ConvergenceError
            No maximum exists, or none was found; the estimate is attached.
        """
        one_of(scale, [str(s) for s in Scale], "scale")
        self._require_parameters("a MAP")
        warnings: tuple[str, ...] = ()
        if self.program.of_role(Role.POPULATION):
            warnings = (_JOINT_MODE,)
        request = self._request(Estimator.MAP, Scale(scale), _EVERYTHING, inits, seed)
        request = self._searching(request, starts, fixed)
        return self._found(
            request, warnings, require_converged=require_converged, show_progress=show_progress
        )

    def laplace(
        self, *, draws: int = 1000, inits: Mapping[str, Any] | None = None, seed: int | None = None
    ) -> Approximation:
        """Approximate the posterior by a normal at the mode of the unconstrained scale.

        Parameters
        ----------
        draws : int, optional
            Number of draws.
        inits, seed
            As for `mle`.

        Raises
        ------
        ConvergenceError
            That mode does not exist.
        EstimandError
            The mode lies on an edge or a kink, where there is no curvature.
        """
        centre = self.map("unconstrained", inits=inits, seed=seed)
        if centre.status is not Status.CONVERGED:
            raise EstimandError(
                "no Laplace approximation exists here",
                got=centre.status.sentence,
                do="use sample()",
            )
        request = self._request(
            Estimator.MAP, Scale.UNCONSTRAINED, _EVERYTHING, inits, centre.record.seed
        )
        return approximate_by_laplace(request, centre, draws)

    def sample(
        self,
        *,
        seed: int | None = None,
        chains: int = 4,
        iter_warmup: int = 1000,
        iter_sampling: int = 1000,
        adapt_delta: float | None = None,
        max_treedepth: int | None = None,
        inits: Mapping[str, Any] | None = None,
        thin: int | None = None,
        parallel_chains: int | None = None,
        show_progress: bool | None = None,
    ) -> Posterior:
        """Sample the posterior by NUTS.

        Parameters
        ----------
        seed : int, optional
            Stan's seed; drawn and recorded where it is not given.
        chains, iter_warmup, iter_sampling, adapt_delta, max_treedepth, thin, parallel_chains
            As cmdstanpy names them; iterations are those of each chain.
        inits : mapping, optional
            Initial values by variable; may be partial.
        show_progress : bool, optional
            Show progress bars; by default when a person watches.

        Raises
        ------
        EngineRunError
            A chain failed.
        """
        options = SampleOptions(
            chains=chains,
            iter_warmup=iter_warmup,
            iter_sampling=iter_sampling,
            adapt_delta=adapt_delta,
            max_treedepth=max_treedepth,
            thin=thin,
            parallel_chains=parallel_chains,
        )
        self._require_parameters("a posterior by NUTS")
        request = self._request(Estimator.MAP, Scale.UNCONSTRAINED, _EVERYTHING, inits, seed)
        watched = sys.stderr.isatty() if show_progress is None else show_progress
        return sample(request, options, show_progress=watched)

    def prior(
        self, *, draws: int = 1000, seed: int | None = None, show_progress: bool | None = None
    ) -> Posterior:
        """Sample the prior: likelihood statements off, by the same binary.

        Parameters
        ----------
        draws : int, optional
            Number of draws over four chains.
        seed, show_progress
            As for `sample`.

        Raises
        ------
        EstimandError
            Some parameter has no prior statement and an unbounded support: an improper prior
            has no draws.
        """
        self._require_parameters("a prior")
        flat = improper_parameters(self.program)
        if flat:
            raise EstimandError(
                "the prior is improper: it has no draws",
                got=f"no prior statement for {', '.join(flat)}, and no finite bounds",
                do="give these parameters a prior",
            )
        parts = Parts(likelihood=False)
        request = self._request(Estimator.MAP, Scale.UNCONSTRAINED, parts, None, seed)
        options = SampleOptions(iter_sampling=max(4, -(-draws // 4)))
        watched = sys.stderr.isatty() if show_progress is None else show_progress
        return sample(request, options, show_progress=watched)

    def enumerate(
        self, *, log_likelihood: str = "log_lik", log_prior: str = "log_prior", prior: str = "prior"
    ) -> Enumeration:
        """Try all values of a discrete parameter.

        Parameters
        ----------
        log_likelihood : str, optional
            Generated quantity with the log likelihood of each value.
        log_prior : str, optional
            Generated quantity with the log prior of each value, where the program has one.
        prior : str, optional
            Data variable with the prior probability of each value, otherwise.

        Raises
        ------
        EstimandError
            The program has continuous parameters, or declares no such quantities.
        """
        return enumerate_values(self._plain_request(), log_likelihood, log_prior, prior)

    def log_density(
        self,
        values: Mapping[str, Any],
        *,
        prior: bool = True,
        likelihood: bool = True,
        jacobian: bool = False,
    ) -> float:
        """Return the log density at parameter values, with all constants.

        Parameters
        ----------
        values : mapping
            Every declared parameter, on the declared scale.
        prior : bool, optional
            Whether prior and population statements count.
        likelihood : bool, optional
            Whether likelihood statements count.
        jacobian : bool, optional
            Whether the log Jacobian of Stan's transforms counts.

        Returns
        -------
        float
            Nats.

        Raises
        ------
        DataError
            The values do not fit the declared parameters.
        """
        self._check_names(values)
        q = self.density.transforms.unconstrain(values)
        parts = Parts(prior=prior, population=prior, likelihood=likelihood, normalized=True)
        return self.density.objective(parts, jacobian=jacobian)(q)[0]

    def _require_parameters(self, what: str) -> None:
        if not self.program.variables_in("parameters"):
            raise EstimandError(
                f"program {self.program.name!r} has no continuous parameters: "
                f"{what} is not defined",
                do="use enumerate() for a parameter with finitely many values",
            )

    def _joint_warning(self, *, joint: bool) -> tuple[str, ...]:
        population = self.program.of_role(Role.POPULATION)
        if not population:
            return ()
        if joint:
            return (_JOINT_MLE,)
        first = population[0]
        raise EstimandError(
            "a joint MLE of a hierarchical program is not what one wants: the effects would be "
            "maximised, not integrated out",
            where=f"{self.program.name}.stan:{first.line}  {first.text}",
            do="use sample(); or joint=True for the naive maximum; or, if this statement is an "
            f'ordinary prior, say so: roles={{"{first.line}": "prior"}}',
        )

    def _request(
        self,
        estimator: Estimator,
        scale: Scale | None,
        parts: Parts,
        inits: Mapping[str, Any] | None,
        seed: int | None,
    ) -> Request:
        self._check_names(inits or {})
        return Request(
            program=self.program,
            data=self.data,
            density=self.density,
            executable=self.executable,
            estimator=estimator,
            scale=scale,
            parts=parts,
            # a seed that is drawn here is recorded, so that the run can be made again
            seed=int(np.random.default_rng().integers(1, 2**31)) if seed is None else int(seed),
            inits={k: np.asarray(v) for k, v in (inits or {}).items()},
            engine=self._engine_text(),
            labels=parameter_labels(self.program, self.data),
        )

    def _plain_request(self) -> Request:
        return self._request(Estimator.MAP, None, _EVERYTHING, None, 1)

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

    def _searching(
        self, request: Request, starts: int | None, fixed: Mapping[str, Any] | None
    ) -> Request:
        if starts is not None and (isinstance(starts, bool) or starts < 1):
            raise UsageError(
                "not a number of starts",
                where="starts=",
                got=repr(starts),
                expected="a whole number of at least 1, such as 50",
                do="leave starts= out for a single start",
            )
        held = fixed_scalars(self.program, self.density.transforms, fixed) if fixed else {}
        return replace(request, starts=starts, fixed=held)

    def _found(
        self,
        request: Request,
        warnings: tuple[str, ...],
        *,
        require_converged: bool,
        show_progress: bool | None,
    ) -> PointEstimate:
        watched = sys.stderr.isatty() if show_progress is None else show_progress
        estimate = maximise(request, warnings, show_progress=watched)
        if estimate.status.is_estimate:
            self._require_agreement(request, estimate)
        elif require_converged:
            error = ConvergenceError(
                f"no {request.estimator} of program {self.program.name!r}: "
                f"{estimate.status.sentence}",
                where=_direction(estimate),
                do=estimate.status.advice + "; require_converged=False returns the point reached",
            )
            error.estimate = estimate
            raise error
        return estimate

    def _require_agreement(self, request: Request, estimate: PointEstimate) -> None:
        """Compare, once a model, the in-process density with the compiled program."""
        if request.executable is not None and "_agreed" not in self.__dict__:
            require_agreement(request, estimate)
            self.__dict__["_agreed"] = True


def _direction(estimate: PointEstimate) -> str | None:
    """Name the coordinates along which there is no maximum."""
    direction = estimate.optimum.direction
    if direction is None or not np.isfinite(direction).all() or not np.abs(direction).max() > 0:
        return None
    share = direction / np.abs(direction).max()
    named = [
        f"{share[i]:+.2g} {estimate.coordinates[i]}"
        for i in np.argsort(-np.abs(share))[:5]
        if abs(share[i]) > 0.05  # noqa: PLR2004 - of the largest
    ]
    return "along " + ", ".join(named) + " (unconstrained scale)"
