"""`Model`: a program, its data and an engine, with the verbs that make estimates of them.

Thin: every verb builds a problem and hands it to `estimates`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from bayeswrap.arguments import one_of
from bayeswrap.errors import ConvergenceError, EstimandError, UsageError
from bayeswrap.estimates.approximations.automatic import TimeBudget, first_adequate, seconds_of_nuts
from bayeswrap.estimates.approximations.laplace import approximate_by_laplace
from bayeswrap.estimates.approximations.pathfinder import (
    PathfinderOptions,
    approximate_by_pathfinder,
)
from bayeswrap.estimates.enumeration import enumerate_values
from bayeswrap.estimates.marginal_likelihood.latent_variables import (
    chosen_latent,
    latent_variables,
    require_population,
)
from bayeswrap.estimates.marginal_likelihood.maximise_marginal import maximise_marginal
from bayeswrap.estimates.point_estimates.maximise import maximise
from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
from bayeswrap.estimates.pointwise.log_densities import log_densities
from bayeswrap.estimates.pointwise.log_likelihood import (
    pointwise_log_likelihood,
    with_log_densities,
)
from bayeswrap.estimates.posterior.draws import Draws
from bayeswrap.estimates.posterior.nuts import SampleOptions, sample
from bayeswrap.estimates.problem.engine_agreement import require_agreement
from bayeswrap.estimates.problem.estimand import Estimator, Scale
from bayeswrap.estimates.problem.fixed import fixed_scalars
from bayeswrap.estimates.results.status import Status
from bayeswrap.model.bound_model import ModelCore, power, progress_wanted
from bayeswrap.program.flat_priors import improper_parameters
from bayeswrap.program.roles.role import Role
from bayeswrap.program.weights.part_weights import PartWeights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.estimates.approximations.approximation import Approximation
    from bayeswrap.estimates.enumeration import Enumeration
    from bayeswrap.estimates.pointwise.log_densities import LogDensities, Result
    from bayeswrap.estimates.pointwise.log_likelihood import PointwiseLogLikelihood
    from bayeswrap.estimates.posterior.draws import Posterior
    from bayeswrap.estimates.problem.problem import Problem

__all__ = [
    "Model",
    "ModelDraws",
    "ModelModes",
]


_JOINT_MODE = (
    "joint mode of hyperparameters and latent effects: it sits where the effects collapse and is "
    "no summary of the posterior; report the posterior"
)
_JOINT_MLE = (
    "joint maximum over latent effects and hyperparameters: not the MLE that mixed model software "
    "reports, and inconsistent as groups are added"
)
_NOTHING_LATENT = ("no latent variables to integrate out: an ordinary estimate",)


class ModelModes(ModelCore):
    """A model with the verbs that maximise."""

    def mle(
        self,
        *,
        inits: Mapping[str, Any] | None = None,
        marginal: bool | str | Sequence[str] = False,
        quadrature: int | None = None,
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
        marginal : bool, str or sequence of str, optional
            Integrate latent variables out: those with a population statement and missing data
            (True), or the ones that are named. By a Laplace approximation at their conditional
            mode, as mixed model software does; exact for Gaussian models, and named in the
            result where it is approximate.
        quadrature : int, optional
            With `marginal`, where the effects are independent given the rest: integrate by
            quadrature with this many nodes in each group.
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
        latent = self._latent(marginal, quadrature, joint=joint, searched=bool(starts or fixed))
        if latent:
            require_population(self.program, latent)
            parts = replace(self.weights, prior=0.0)
            problem = self._problem(Estimator.MLE, None, parts, inits, seed)
            warnings = self._left_in(latent)
            found = maximise_marginal(problem, latent, quadrature, warnings)
            return self._checked(problem, found, require_converged=require_converged)
        warnings = _NOTHING_LATENT if marginal else self._joint_warning(joint=joint)
        parts = replace(
            self.weights, prior=0.0, population=self.weights.population if joint else 0.0
        )
        problem = self._problem(Estimator.MLE, None, parts, inits, seed)
        problem = self._searching(problem, starts, fixed)
        return self._found(
            problem, warnings, require_converged=require_converged, show_progress=show_progress
        )

    def map(
        self,
        scale: Literal["constrained", "unconstrained"] = "constrained",
        *,
        inits: Mapping[str, Any] | None = None,
        marginal: bool | str | Sequence[str] = False,
        quadrature: int | None = None,
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
        inits, starts, fixed, marginal, quadrature, require_converged, seed, show_progress
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
        latent = self._latent(marginal, quadrature, searched=bool(starts or fixed))
        problem = self._problem(Estimator.MAP, Scale(scale), self.weights, inits, seed)
        if latent:
            found = maximise_marginal(problem, latent, quadrature, self._left_in(latent))
            return self._checked(problem, found, require_converged=require_converged)
        warnings: tuple[str, ...] = _NOTHING_LATENT if marginal else ()
        if self.program.of_role(Role.POPULATION):
            warnings += (_JOINT_MODE,)
        problem = self._searching(problem, starts, fixed)
        return self._found(
            problem, warnings, require_converged=require_converged, show_progress=show_progress
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
            do="use mle(marginal=True), which integrates them out, or sample(); or joint=True for "
            "the naive maximum; or, if this statement is an "
            f'ordinary prior, say so: roles={{"{first.line}": "prior"}}',
        )

    def _latent(
        self,
        marginal: bool | str | Sequence[str],  # noqa: FBT001 - passed on from the user
        quadrature: int | None,
        *,
        joint: bool = False,
        searched: bool = False,
    ) -> tuple[str, ...]:
        if searched and marginal:
            raise UsageError(
                "marginal= has a search of its own",
                got="starts= or fixed= as well",
                do="leave one of them out",
            )
        if joint and marginal:
            raise UsageError(
                "marginal= integrates the effects out, joint=True maximises them",
                got="both",
                do="leave one of them out",
            )
        if quadrature is not None and not marginal:
            raise UsageError(
                "quadrature= says how effects are integrated out, and none are",
                do="pass marginal=True as well",
            )
        return chosen_latent(self.program, marginal)

    def _left_in(self, latent: Sequence[str]) -> tuple[str, ...]:
        """Warn of effects that are not named, and so are maximised with the hyperparameters."""
        left = [n for n in latent_variables(self.program) if n not in latent]
        return (f"{', '.join(left)} not integrated out: {_JOINT_MLE}",) if left else ()

    def _searching(
        self, problem: Problem, starts: int | None, fixed: Mapping[str, Any] | None
    ) -> Problem:
        if starts is not None and (isinstance(starts, bool) or starts < 1):
            raise UsageError(
                "not a number of starts",
                where="starts=",
                got=repr(starts),
                expected="a whole number of at least 1, such as 50",
                do="leave starts= out for a single start",
            )
        held = fixed_scalars(self.density.coordinates(self.program), fixed) if fixed else {}
        return replace(problem, starts=starts, fixed=held)

    def _found(
        self,
        problem: Problem,
        warnings: tuple[str, ...],
        *,
        require_converged: bool,
        show_progress: bool | None,
    ) -> PointEstimate:
        estimate = maximise(
            problem,
            (*self.program.warnings, *warnings),
            show_progress=progress_wanted(show_progress),
        )
        return self._checked(problem, estimate, require_converged=require_converged)

    def _checked(
        self, problem: Problem, estimate: PointEstimate, *, require_converged: bool
    ) -> PointEstimate:
        if estimate.status.is_estimate:
            self._require_agreement(problem, estimate)
        elif require_converged:
            error = ConvergenceError(
                f"no {problem.estimator} of program {self.program.name!r}: "
                f"{estimate.status.sentence}",
                where=_direction(estimate),
                do=estimate.status.advice + "; require_converged=False returns the point reached",
            )
            error.estimate = estimate
            raise error
        return estimate

    def _require_agreement(self, problem: Problem, estimate: PointEstimate) -> None:
        """Compare, once a model, the in-process density with the compiled program."""
        if problem.executable is not None and "_agreed" not in self.__dict__:
            require_agreement(problem, estimate.optimum.q)
            self.__dict__["_agreed"] = True


def _direction(estimate: PointEstimate) -> str | None:
    """Name the coordinates along which there is no maximum."""
    parts = estimate.optimum.moving(estimate.coordinates)
    if not parts:
        return None
    largest = sorted(parts.items(), key=lambda part: -abs(part[1]))[:5]
    named = [f"{part:+.2g} {name}" for name, part in largest]
    return "along " + ", ".join(named) + " (unconstrained scale)"


class ModelDraws(ModelModes):
    """A model with the verbs that maximise and draw."""

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
        problem = self._problem(
            Estimator.MAP, Scale.UNCONSTRAINED, self.weights, inits, centre.record.seed
        )
        return approximate_by_laplace(problem, centre, draws)

    def pathfinder(
        self,
        *,
        draws: int = 1000,
        num_paths: int = 4,
        num_single_draws: int | None = None,
        psis_resample: bool = True,
        num_elbo_draws: int | None = None,
        max_lbfgs_iters: int | None = None,
        history_size: int | None = None,
        inits: Mapping[str, Any] | None = None,
        seed: int | None = None,
    ) -> Approximation:
        """Approximate the posterior by normals along the paths of an optimizer.

        Of each path the normal with the largest evidence lower bound is drawn from, and the
        draws of all paths are resampled by their importance (Zhang et al. 2022,
        arXiv:2108.03782).

        Parameters
        ----------
        draws : int, optional
            Number of draws.
        num_paths : int, optional
            Number of paths, each from its own random start.
        num_single_draws : int, optional
            Draws from each path; `draws` by default.
        psis_resample : bool, optional
            False returns the draws as they were made, with `draws` split over the paths.
        num_elbo_draws, max_lbfgs_iters, history_size : int, optional
            As cmdstanpy names them.
        inits, seed
            As for `mle`.

        Returns
        -------
        Approximation
            Its `pareto_k` tells how far it can be trusted; resampled draws carry a warning
            where k-hat is above its threshold.

        Raises
        ------
        EngineNotFoundError
            The model is evaluated by stanli, which does not offer Pathfinder.
        EngineRunError
            No path came to an approximation.
        """
        options = PathfinderOptions(
            draws=draws,
            num_paths=num_paths,
            num_single_draws=num_single_draws,
            psis_resample=psis_resample,
            num_elbo_draws=num_elbo_draws,
            max_lbfgs_iters=max_lbfgs_iters,
            history_size=history_size,
        )
        self._require_parameters("an approximation by Pathfinder")
        problem = self._problem(Estimator.MAP, Scale.UNCONSTRAINED, self.weights, inits, seed)
        return approximate_by_pathfinder(problem, options)

    def approximate(
        self,
        method: Literal["auto", "laplace", "pathfinder"] = "auto",
        *,
        seconds: float | None = None,
        draws: int = 4000,
        inits: Mapping[str, Any] | None = None,
        seed: int | None = None,
        show_progress: bool | None = None,
    ) -> Approximation | Posterior:
        """Approximate the posterior by the cheapest method that is good enough.

        ``"auto"`` climbs from Laplace to its importance resampled draws, to Pathfinder and to
        NUTS. Laplace is taken as it is where its importance weights bound the error of all
        means by a tenth of an sd; resampled draws and Pathfinder where Pareto k-hat is below
        its threshold, for the mean of each parameter too; NUTS where its diagnostics are sound.

        Parameters
        ----------
        method : str, optional
            ``"auto"``, or one of the approximations.
        seconds : float, optional
            Wall time that ``"auto"`` may spend, compilation apart. No rung is begun when it is
            spent, and NUTS not where its gradients alone would take longer; the compiled
            program is stopped when it is, a computation in this process is not.
        draws : int, optional
            Number of draws of an approximation; NUTS runs as `sample` does by default.
        inits, seed, show_progress
            As for `sample`.

        Returns
        -------
        Approximation or Posterior
            With all rungs in its `rungs`; a warning tells where the result is merely the best
            that could be had.

        Raises
        ------
        EstimationError
            No rung came to any result.

        Examples
        --------
        >>> import bayeswrap as bw
        >>> program = bw.Program.from_string(
        ...     "data { real y; } parameters { real mu; }"
        ...     "model { mu ~ normal(0, 2); y ~ normal(mu, 1); }", name="shift")
        >>> found = bw.Model(program, {"y": 1.0}, engine="stanli").approximate(seed=1)
        >>> [str(rung) for rung in found.rungs][0][:35]
        'laplace: the approximation is exact'
        """
        one_of(method, ("auto", "laplace", "pathfinder"), "method")
        if method == "laplace":
            return self.laplace(draws=draws, inits=inits, seed=seed)
        if method == "pathfinder":
            return self.pathfinder(draws=draws, inits=inits, seed=seed)
        self._require_parameters("an approximation")
        problem = self._problem(Estimator.MAP, Scale.UNCONSTRAINED, self.weights, inits, seed)
        budget = TimeBudget(seconds)

        def pathfinder() -> Approximation:
            options = PathfinderOptions(draws=draws, timeout=budget.left)
            return approximate_by_pathfinder(problem, options)

        def nuts() -> Posterior:
            options = SampleOptions(timeout=None if problem.executable is None else budget.left)
            return sample(problem, options, show_progress=progress_wanted(show_progress))

        return first_adequate(
            lambda: self.laplace(draws=draws, inits=inits, seed=problem.seed),
            pathfinder,
            nuts,
            budget,
            lambda: seconds_of_nuts(problem, SampleOptions()),
        )

    def sample(
        self,
        *,
        seed: int | None = None,
        chains: int = 4,
        iter_warmup: int = 1000,
        iter_sampling: int = 1000,
        adapt_delta: float | None = None,
        max_treedepth: int | None = None,
        inits: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
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
        inits : mapping or sequence of mappings, optional
            Initial values by variable; may be partial. A sequence has those of each chain.
        show_progress : bool, optional
            Show progress bars; by default when a person watches.

        Raises
        ------
        UsageError
            Initial values for another number of chains.
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
        of_all, of_each = self._split_inits(inits, chains)
        problem = self._problem(Estimator.MAP, Scale.UNCONSTRAINED, self.weights, of_all, seed)
        return sample(
            problem,
            options,
            chain_inits=of_each,
            show_progress=progress_wanted(show_progress),
            warnings=self._doubts,
        )

    def _split_inits(
        self, inits: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None, chains: int
    ) -> tuple[Mapping[str, Any] | None, tuple[Mapping[str, Any], ...]]:
        """Tell initial values of all chains from those of each."""
        if inits is None or isinstance(inits, Mapping):
            return inits, ()
        if len(inits) != chains:
            raise UsageError(
                "initial values for another number of chains",
                where="inits=",
                got=f"{len(inits)} mappings",
                expected=f"one for each of {chains} chains",
                do="pass one mapping for all chains, or one for each",
            )
        for of_one in inits:
            self._check_names(of_one)
        return None, tuple(inits)

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
        parts = replace(self.weights, likelihood=0.0)
        problem = self._problem(Estimator.MAP, Scale.UNCONSTRAINED, parts, None, seed)
        options = SampleOptions(iter_sampling=max(4, -(-draws // 4)))
        return sample(
            problem,
            options,
            show_progress=progress_wanted(show_progress),
            warnings=self._doubts,
        )


class Model(ModelDraws):
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
        return enumerate_values(self._plain_problem(), log_likelihood, log_prior, prior)

    def log_density(
        self,
        values: Mapping[str, Any],
        *,
        prior: float = 1.0,
        likelihood: float = 1.0,
        jacobian: bool = False,
    ) -> float:
        """Return the log density at parameter values, with all constants.

        Parameters
        ----------
        values : mapping
            Every declared parameter, on the declared scale.
        prior, likelihood : float, optional
            Powers of the prior and population statements, and of the likelihood statements;
            0 takes them out.
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
        powers = power(prior, "prior"), power(likelihood, "likelihood")
        parts = PartWeights(
            prior=powers[0], population=powers[0], likelihood=powers[1], normalized=True
        )
        return self.density.objective(parts, jacobian=jacobian)(q)[0]

    def log_parts(self, result: Result, *, show_progress: bool | None = None) -> LogDensities:
        """Return log likelihood, log prior and log population of every draw, or of a point.

        Parameters
        ----------
        result : Posterior, Approximation, PointEstimate or mapping
            Of this program; or values of all parameters on the declared scale. Data may be others
            than those that the result was made from.
        show_progress : bool, optional
            As for `sample`.

        Returns
        -------
        LogDensities
            Arrays (chains, draws), of shape ``()`` for a point: nats, with all constants, without
            Jacobian, unweighted.

        Raises
        ------
        UsageError
            The result is one of other parameters.

        Examples
        --------
        >>> import bayeswrap as bw
        >>> program = bw.Program.from_string('''
        ...     data { int<lower=0> n; int<lower=0, upper=n> y; }
        ...     parameters { real<lower=0, upper=1> p; }
        ...     model { p ~ beta(2, 2); y ~ binomial(n, p); }''', name="coin")
        >>> model = bw.Model(program, {"n": 10, "y": 7}, engine="stanli")
        >>> parts = model.log_parts({"p": 0.5})
        >>> float(parts.likelihood.round(4)), float(parts.prior.round(4))
        (-2.144, 0.4055)
        """
        self._check_values(result)
        return log_densities(self.density, result, show_progress=progress_wanted(show_progress))

    def pointwise_log_likelihood(
        self, result: Result, *, show_progress: bool | None = None
    ) -> PointwiseLogLikelihood:
        """Return the log likelihood of each observation at every draw, or at a point.

        It is the generated quantity ``log_lik`` where the program declares one; otherwise it is
        derived from the likelihood statements, element by element.

        Parameters
        ----------
        result, show_progress
            As for `log_parts`.

        Raises
        ------
        EstimandError
            The program has no likelihood, or some statement needs ``log_lik`` to be declared.
        EngineDisagreementError
            The sum over the observations is not the log likelihood; it is always compared.
        """
        self._check_values(result)
        return pointwise_log_likelihood(
            self.program, self.density, result, show_progress=progress_wanted(show_progress)
        )

    def idata(self, draws: Draws, *, show_progress: bool | None = None) -> Any:  # noqa: ANN401 - ArviZ's container is an xarray DataTree
        """Return draws as ArviZ's container, with groups ``log_likelihood`` and ``log_prior``.

        They are what ``arviz_stats.loo`` and ``arviz_stats.psense`` need. The prior is that of
        the prior statements; population statements belong to neither group, as in `weighted`.
        A `BayeswrapWarning` tells of numbers that are not those of one observation.

        Parameters
        ----------
        draws : Posterior or Approximation
            Of this program.
        show_progress : bool, optional
            As for `sample`.

        Raises
        ------
        EstimandError
            As for `pointwise_log_likelihood`.
        """
        pointwise = self.pointwise_log_likelihood(draws, show_progress=show_progress)
        prior = self.log_parts(draws, show_progress=show_progress).prior
        return with_log_densities(draws, pointwise, prior)

    def _check_values(self, result: Result) -> None:
        if not isinstance(result, (Draws, PointEstimate)):
            self._check_names(result)
