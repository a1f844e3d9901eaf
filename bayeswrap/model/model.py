"""`Model`: a program, its data and an engine, with the verbs that make estimates of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Self

import numpy as np

from bayeswrap.arguments import check_power, one_of
from bayeswrap.estimates.approximations.pathfinder import PathfinderOptions
from bayeswrap.estimates.enumeration import enumerate_values
from bayeswrap.estimates.point_estimates.mode_options import MODE_SEED, ModeOptions
from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
from bayeswrap.estimates.pointwise.drawn_values import DrawnValues
from bayeswrap.estimates.pointwise.log_densities import log_densities
from bayeswrap.estimates.pointwise.log_likelihood import pointwise_log_likelihood
from bayeswrap.estimates.posterior.idata_groups import full_container
from bayeswrap.estimates.posterior.nuts import SampleOptions
from bayeswrap.estimates.problem.estimand import Estimator, Scale
from bayeswrap.markup import block, sentences
from bayeswrap.model.bound_model import ALL_ON, BoundModel, EngineName
from bayeswrap.model.mode_estimation import estimate_mode
from bayeswrap.model.posterior_draws import (
    draw_approximation,
    draw_laplace,
    draw_pathfinder,
    draw_posterior,
    draw_prior,
)
from bayeswrap.program.weights.part_weights import PartWeights
from bayeswrap.progress import progress_shown, progress_wanted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from bayeswrap.data.missing_rows import MissingRule
    from bayeswrap.data.model_data import DataSource, ModelData
    from bayeswrap.engine.cmdstan import Executable
    from bayeswrap.estimates.approximations.approximation import Approximation
    from bayeswrap.estimates.enumeration import Enumeration
    from bayeswrap.estimates.pointwise.log_densities import LogDensities, Result
    from bayeswrap.estimates.pointwise.log_likelihood import PointwiseLogLikelihood
    from bayeswrap.estimates.posterior.draws import Draws, Posterior
    from bayeswrap.estimates.problem.log_density import ModelDensity
    from bayeswrap.program.program import Program

__all__ = [
    "Model",
]


class Model:
    """A Stan program with data that fit it.

    Parameters
    ----------
    program : Program, str or Path
        The program, or the path of its file.
    data : dict, str, Path, DataFrame or None
        A dict of arrays, a data frame (of pandas, polars or Arrow), or the path of a .json, .csv,
        .tsv, .txt, .xlsx, .parquet or .feather file; ``-`` is standard input. Sizes that can be
        read off arrays (``N``, ``K``), and the number of levels of an index, need not be given.
    engine : str, optional
        ``"auto"`` and ``"cmdstan"``: cmdstanpy over a CmdStan home. ``"stanli"``: in this
        process, without a compiler; its results say so.
    roles : mapping of str to str, optional
        Roles set by the user (see `Program.with_roles`).
    columns : mapping, optional
        As the keywords, for Stan variables whose names clash with other arguments.
    missing : str, optional
        ``"error"`` refuses missing values. ``"drop"`` leaves out the rows of a table that have one
        in a column that is used, with a warning that names them.
    labels : mapping of str to sequence of str, optional
        Names of what a size counts: ``{"K": ["dose", "age"]}`` makes ``beta[dose]`` of the first
        element of ``vector[K] beta``. Columns of a data frame and levels of text give their own.
    units : mapping of str to str, optional
        Units by data variable, column or parameter (``{"dose": "mg", "sigma": "mm"}``): tables have
        them in a column, ArviZ's container as attributes.
    **named
        With a data frame: ``y="switched"`` or ``X=["1", "dist"]`` map columns to Stan
        variables (``"1"`` is a column of ones); any other value is data itself.

    Raises
    ------
    ProgramError
        The program does not exist, does not parse, or has a statement without a role.
    DataError
        The data do not fit the program.

    Warns
    -----
    BayeswrapWarning
        An index (``array[N] int<lower=1, upper=J>``) was coded from text or from 0, rows were
        dropped, or a file has another separator, decimal sign or encoding than usual.

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
        engine: EngineName = "auto",
        roles: Mapping[str, str] | None = None,
        columns: Mapping[str, Any] | None = None,
        missing: MissingRule = "error",
        labels: Mapping[str, Sequence[str]] | None = None,
        units: Mapping[str, str] | None = None,
        **named: Any,  # noqa: ANN401 - columns of a data frame, or data of any kind
    ) -> None:
        self.bound = BoundModel.of(
            program,
            data,
            engine=engine,
            roles=roles,
            columns=columns,
            missing=missing,
            labels=labels,
            units=units,
            **named,
        )
        self.weights = ALL_ON

    def __repr__(self) -> str:
        sizes = ", ".join(
            f"{name}={int(value)}"
            for name, value in self.data.values.items()
            if np.ndim(value) == 0 and np.issubdtype(np.asarray(value).dtype, np.integer)
        )
        return f"Model({self.program.name!r}, data: {sizes or 'no sizes'})"

    def _repr_html_(self) -> str:
        notes = (*self.data.notes, f"engine: {self.bound.engine}")
        return block(repr(self), self.program._repr_html_(), sentences(notes))

    @property
    def program(self) -> Program:
        """The program, with the roles that the data settle."""
        return self.bound.program

    @property
    def data(self) -> ModelData:
        """The data, as they were checked."""
        return self.bound.data

    @property
    def engine(self) -> EngineName:
        """The engine that was asked for."""
        return self.bound.engine

    @property
    def density(self) -> ModelDensity:
        """The in-process density of the weighted program."""
        return self.bound.density

    @property
    def executable(self) -> Executable | None:
        """The compiled program; None with ``engine="stanli"``."""
        return self.bound.executable

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
        other = type(self).__new__(type(self))
        other.bound = self.bound
        other.weights = PartWeights(
            prior=check_power(prior, "prior"),
            population=check_power(population, "population"),
            likelihood=check_power(likelihood, "likelihood"),
        )
        return other

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
            Initial values by variable or by scalar (``beta[2]``, ``beta[dose]``); may be partial.
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
            Parameters to hold, for nested fits: scalars (``{"beta[2]": 0}``, or by label
            ``{"beta[dose]": 0}``) or whole variables. Searched in this process.
        joint : bool, optional
            Maximise likelihood and population statements together, which is rarely meant
            (Neyman & Scott 1948); a warning stays with the estimate.
        require_converged : bool, optional
            Raise where there is no verified maximum; otherwise read the status.
        seed : int, optional
            Stan's seed; 1 where it is not given, so that a call gives one answer.
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
        options = ModeOptions(
            inits=inits,
            marginal=marginal,
            quadrature=quadrature,
            starts=starts,
            fixed=fixed,
            joint=joint,
            require_converged=require_converged,
            seed=MODE_SEED if seed is None else seed,
            show_progress=show_progress,
        )
        return estimate_mode(self.bound, self.weights, Estimator.MLE, None, options)

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
        options = ModeOptions(
            inits=inits,
            marginal=marginal,
            quadrature=quadrature,
            starts=starts,
            fixed=fixed,
            require_converged=require_converged,
            seed=MODE_SEED if seed is None else seed,
            show_progress=show_progress,
        )
        return estimate_mode(self.bound, self.weights, Estimator.MAP, Scale(scale), options)

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
        options = ModeOptions(inits=inits, seed=seed)
        return draw_laplace(self.bound, self.weights, options, draws)

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
            Its `pareto_k` measures how far it can be trusted; resampled draws carry a warning
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
        return draw_pathfinder(self.bound, self.weights, options, inits, seed)

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

        ``"auto"`` goes from Laplace to its importance resampled draws, to Pathfinder and to
        NUTS. Laplace is taken as it is where its importance weights bound the error of all
        means by a tenth of an sd; resampled draws and Pathfinder where Pareto k-hat is below
        its threshold, for the mean of each parameter too; NUTS where its diagnostics are sound.

        Parameters
        ----------
        method : str, optional
            ``"auto"``, or one of the approximations.
        seconds : float, optional
            Wall time that ``"auto"`` may spend, compilation apart. No method begins when it is
            spent, and NUTS not where its gradients alone would take longer; the compiled
            program is stopped when it is, a computation in this process is not.
        draws : int, optional
            Number of draws of an approximation; NUTS runs as `sample` does by default.
        inits, seed, show_progress
            As for `sample`.

        Returns
        -------
        Approximation or Posterior
            Its `attempts` list the methods that were tried; a warning says where the result is
            merely the best of them.

        Raises
        ------
        EstimationError
            No method came to any result.

        Examples
        --------
        >>> import bayeswrap as bw
        >>> program = bw.Program.from_string(
        ...     "data { real y; } parameters { real mu; }"
        ...     "model { mu ~ normal(0, 2); y ~ normal(mu, 1); }", name="shift")
        >>> draws = bw.Model(program, {"y": 1.0}, engine="stanli").approximate(seed=1)
        >>> str(draws.attempts[0])[:35]
        'laplace: the approximation is exact'
        """
        one_of(method, ("auto", "laplace", "pathfinder"), "method")
        if method == "laplace":
            return self.laplace(draws=draws, inits=inits, seed=seed)
        if method == "pathfinder":
            return self.pathfinder(draws=draws, inits=inits, seed=seed)
        options = ModeOptions(inits=inits, seed=seed, show_progress=show_progress)
        return draw_approximation(self.bound, self.weights, options, draws=draws, seconds=seconds)

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
            Show what is done where it takes longer than a second; by default unless the environment
            variable ``BAYESWRAP_PROGRESS`` is 0.

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
            inits=inits,
        )
        return draw_posterior(self.bound, self.weights, options, seed, show_progress=show_progress)

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
        return draw_prior(self.bound, self.weights, draws, seed, show_progress=show_progress)

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
        return enumerate_values(self.bound.problem(seed=1), log_likelihood, log_prior, prior)

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
        of_prior, of_data = check_power(prior, "prior"), check_power(likelihood, "likelihood")
        weights = PartWeights(
            prior=of_prior, population=of_prior, likelihood=of_data, normalized=True
        )
        return self.bound.log_density(values, weights, jacobian=jacobian)

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
        with progress_shown(show_progress):
            return log_densities(self.density, result, show_progress=progress_wanted())

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
        with progress_shown(show_progress):
            wanted = progress_wanted()
            return pointwise_log_likelihood(
                self.program, self.density, result, show_progress=wanted
            )

    def idata(self, draws: Draws, *, show_progress: bool | None = None) -> Any:  # noqa: ANN401 - ArviZ's container is an xarray DataTree
        """Return draws as ArviZ's container, with groups ``log_likelihood`` and ``log_prior``.

        They are what ``arviz_stats.loo`` and ``arviz_stats.psense`` need. The prior is that of
        the prior statements; population statements belong to neither group, as in `weighted`.
        A `BayeswrapWarning` names numbers that are not those of one observation.

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
        return full_container(draws, log_likelihood=pointwise, log_prior=prior)

    def _check_values(self, result: Result) -> None:
        if not isinstance(result, (DrawnValues, PointEstimate)):
            self.bound.check_names(result)
