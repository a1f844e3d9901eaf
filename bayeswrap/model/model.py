"""`Model`: a program, its data and an engine, with the verbs that make estimates of them.

Thin: every verb builds a request and hands it to `estimates`. Imports `draws`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bayeswrap.estimates.log_densities import log_densities
from bayeswrap.estimates.point import PointEstimate
from bayeswrap.estimates.pointwise import pointwise_log_likelihood, with_log_densities
from bayeswrap.estimates.posterior import Draws
from bayeswrap.estimates.values import enumerate_values
from bayeswrap.model.core import power, watched
from bayeswrap.model.draws import ModelDraws
from bayeswrap.program import Parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayeswrap.estimates.enumeration import Enumeration
    from bayeswrap.estimates.log_densities import LogDensities, Result
    from bayeswrap.estimates.pointwise import PointwiseLogLikelihood

__all__ = ["Model"]


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
        return enumerate_values(self._plain_request(), log_likelihood, log_prior, prior)

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
        parts = Parts(prior=powers[0], population=powers[0], likelihood=powers[1], normalized=True)
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
        return log_densities(self.density, result, show_progress=watched(show_progress))

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
            self.program, self.density, result, show_progress=watched(show_progress)
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
