"""The verbs that maximise: `mle` and `map`. Imports `core`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from bayeswrap.errors import (
    ConvergenceError,
    EstimandError,
    UsageError,
    one_of,
)
from bayeswrap.estimates.agreement import require_agreement
from bayeswrap.estimates.holding import fixed_scalars
from bayeswrap.estimates.marginal import (
    chosen_latent,
    latent_variables,
    maximise_marginal,
    require_population,
)
from bayeswrap.estimates.maximise import maximise
from bayeswrap.estimates.status import Estimator, Scale
from bayeswrap.model.core import ModelCore, watched
from bayeswrap.program import Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.estimates.point import PointEstimate
    from bayeswrap.estimates.request import Request


__all__ = ["ModelModes"]

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
            request = self._request(Estimator.MLE, None, parts, inits, seed)
            warnings = self._left_in(latent)
            found = maximise_marginal(request, latent, quadrature, warnings)
            return self._checked(request, found, require_converged=require_converged)
        warnings = _NOTHING_LATENT if marginal else self._joint_warning(joint=joint)
        parts = replace(
            self.weights, prior=0.0, population=self.weights.population if joint else 0.0
        )
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
        request = self._request(Estimator.MAP, Scale(scale), self.weights, inits, seed)
        if latent:
            found = maximise_marginal(request, latent, quadrature, self._left_in(latent))
            return self._checked(request, found, require_converged=require_converged)
        warnings: tuple[str, ...] = _NOTHING_LATENT if marginal else ()
        if self.program.of_role(Role.POPULATION):
            warnings += (_JOINT_MODE,)
        request = self._searching(request, starts, fixed)
        return self._found(
            request, warnings, require_converged=require_converged, show_progress=show_progress
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
        estimate = maximise(
            request,
            (*self.program.warnings, *warnings),
            show_progress=watched(show_progress),
        )
        return self._checked(request, estimate, require_converged=require_converged)

    def _checked(
        self, request: Request, estimate: PointEstimate, *, require_converged: bool
    ) -> PointEstimate:
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
