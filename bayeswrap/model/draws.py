"""The verbs that draw: Laplace, Pathfinder, NUTS, the prior. Imports `modes`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from bayeswrap.errors import (
    EstimandError,
    UsageError,
    one_of,
)
from bayeswrap.estimates.labels import improper_parameters
from bayeswrap.estimates.ladder import Budget, climb_rungs, seconds_of_nuts
from bayeswrap.estimates.laplace import approximate_by_laplace
from bayeswrap.estimates.pathfinder import PathfinderOptions, approximate_by_pathfinder
from bayeswrap.estimates.sampling import SampleOptions, sample
from bayeswrap.estimates.status import Estimator, Scale, Status
from bayeswrap.model.core import watched
from bayeswrap.model.modes import ModelModes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.estimates import Approximation
    from bayeswrap.estimates.posterior import Posterior

__all__ = ["ModelDraws"]


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
        request = self._request(
            Estimator.MAP, Scale.UNCONSTRAINED, self.weights, inits, centre.record.seed
        )
        return approximate_by_laplace(request, centre, draws)

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
        request = self._request(Estimator.MAP, Scale.UNCONSTRAINED, self.weights, inits, seed)
        return approximate_by_pathfinder(request, options)

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
        request = self._request(Estimator.MAP, Scale.UNCONSTRAINED, self.weights, inits, seed)
        budget = Budget(seconds)

        def pathfinder() -> Approximation:
            options = PathfinderOptions(draws=draws, timeout=budget.left)
            return approximate_by_pathfinder(request, options)

        def nuts() -> Posterior:
            options = SampleOptions(timeout=None if request.executable is None else budget.left)
            return sample(request, options, show_progress=watched(show_progress))

        return climb_rungs(
            lambda: self.laplace(draws=draws, inits=inits, seed=request.seed),
            pathfinder,
            nuts,
            budget,
            lambda: seconds_of_nuts(request, SampleOptions()),
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
        request = self._request(Estimator.MAP, Scale.UNCONSTRAINED, self.weights, of_all, seed)
        return sample(
            request,
            options,
            chain_inits=of_each,
            show_progress=watched(show_progress),
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
        request = self._request(Estimator.MAP, Scale.UNCONSTRAINED, parts, None, seed)
        options = SampleOptions(iter_sampling=max(4, -(-draws // 4)))
        return sample(
            request,
            options,
            show_progress=watched(show_progress),
            warnings=self._doubts,
        )
