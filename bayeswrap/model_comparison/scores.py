"""`Scored`: a program with its leave-one-out score, and what it observes."""

from __future__ import annotations

import importlib
import warnings
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from bayeswrap.errors import ComparisonError
from bayeswrap.estimates.pointwise.log_likelihood import pointwise_log_likelihood
from bayeswrap.estimates.posterior.draws import Posterior
from bayeswrap.estimates.posterior.idata_groups import container_with
from bayeswrap.program.roles.role import Role

if TYPE_CHECKING:
    from bayeswrap.data.model_data import ModelData
    from bayeswrap.estimates.pointwise.log_likelihood import PointwiseLogLikelihood
    from bayeswrap.estimates.problem.log_density import ModelDensity
    from bayeswrap.model.model import Model
    from bayeswrap.program.program import Program

__all__ = [
    "Entry",
    "Scored",
]


Entry: TypeAlias = "Posterior | tuple[Model, Posterior]"

_BAD_K = (
    "refit without these observations one by one, or use K-fold cross-validation, before this "
    "score is trusted"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A model with its score by ArviZ, and what was observed.

    Attributes
    ----------
    name : str
        The user's.
    elpd : arviz_stats.ELPDData
        The score, with its terms by observation.
    observed : tuple of str
        Names of the observations, in the order of those terms.
    outcome : (n,) array or None
        The numbers that the likelihood observes, sorted; None where they are not data themselves.
    doubtful : bool
        Whether the sampler's diagnostics or a large k-hat cast doubt on the score.
    notes : tuple of str
        What a reader must know, each with the name of the model.
    """

    name: str
    elpd: Any
    observed: tuple[str, ...]
    outcome: np.ndarray | None
    doubtful: bool
    notes: tuple[str, ...]

    @classmethod
    def of(cls, name: str, entry: Entry, order: tuple[str, ...]) -> Scored:
        """Score draws, with the observations in the order of another program's where they match.

        Raises
        ------
        ComparisonError
            These are no draws of a posterior, or are those of another model, or some observation
            has no finite log likelihood.
        EstimandError
            The log likelihood of an observation cannot be derived.
        """
        program, density, draws = _parts(name, entry)
        pointwise = _in_order(pointwise_log_likelihood(program, density, draws), order)
        if not np.isfinite(pointwise.values).all():
            raise ComparisonError(
                "some observation has no finite log likelihood at some draw",
                where=name,
                got="; ".join(pointwise.notes) or "values that are not finite",
                do="check the program at these draws",
            )
        elpd = _leave_one_out(draws, pointwise)
        outcome = _outcome(program, density.data)
        doubts = (*draws.diagnostics.problems, *_bad_k(elpd))
        notes = [*pointwise.notes, *doubts]
        if outcome is None:
            notes.append(
                "what it observes is computed in the program: make sure that all models predict "
                "the same numbers on the same scale"
            )
        return cls(
            name=name,
            elpd=elpd,
            observed=pointwise.names,
            outcome=outcome,
            doubtful=bool(doubts),
            notes=tuple(f"{name}: {note}" for note in notes),
        )

    @property
    def bad_k(self) -> int:
        """How many observations cannot be left out by importance sampling."""
        return _count_bad(self.elpd)


def _parts(name: str, entry: Entry) -> tuple[Program, ModelDensity, Posterior]:
    draws = entry[1] if isinstance(entry, tuple) else entry
    if not isinstance(draws, Posterior) or draws.of_prior or "likelihood" in draws.record.weights:
        raise ComparisonError(
            "not draws of a posterior",
            where=name,
            got=getattr(draws, "title", type(draws).__name__),
            expected="what Model.sample() or adopt() returned",
            do="pass these",
        )
    if isinstance(entry, tuple):
        model = entry[0]
        if (model.program.hash, model.data.hash) != _hashes(draws):
            raise ComparisonError(
                "these draws are of another model", where=name, do="pass them with their own"
            )
        return model.program, model.density, draws
    if draws.problem is None:
        raise ComparisonError(
            "draws that were loaded from a file carry no data",
            where=name,
            do="pass them with their model: (model, draws)",
        )
    return draws.problem.program, draws.problem.density, draws


def _hashes(draws: Posterior) -> tuple[str, str]:
    return draws.record.program_hash, draws.record.data_hash


def _in_order(pointwise: PointwiseLogLikelihood, order: tuple[str, ...]) -> PointwiseLogLikelihood:
    """Put observations in the order of another program, where they are the same by name."""
    if pointwise.names == order or set(pointwise.names) != set(order):
        return pointwise
    at = {name: i for i, name in enumerate(pointwise.names)}
    taken = [at[name] for name in order]
    return replace(
        pointwise,
        values=pointwise.values[..., taken],
        names=order,
        lines=tuple(pointwise.lines[i] for i in taken),
    )


def _leave_one_out(draws: Posterior, pointwise: PointwiseLogLikelihood) -> Any:  # noqa: ANN401 - ArviZ is untyped
    stats = importlib.import_module("arviz_stats")
    container = container_with(draws, pointwise.values)
    with warnings.catch_warnings():
        # the notes report a large k-hat, with the number of observations
        warnings.simplefilter("ignore")
        return stats.loo(container, pointwise=True)


def _count_bad(elpd: Any) -> int:  # noqa: ANN401 - see above
    return int(np.count_nonzero(~(np.asarray(elpd.pareto_k) <= elpd.good_k)))


def _bad_k(elpd: Any) -> tuple[str, ...]:  # noqa: ANN401 - see above
    bad = _count_bad(elpd)
    if not bad:
        return ()
    number = f"{bad} of {elpd.n_data_points} observations"
    return (f"Pareto k-hat is above {elpd.good_k:.2f} for {number}: {_BAD_K}",)


def _outcome(program: Program, data: ModelData) -> np.ndarray | None:
    """Return the numbers that the likelihood observes; None where they are not data themselves."""
    values = dict(data.values)
    likelihood = program.of_role(Role.LIKELIHOOD)
    names = dict.fromkeys(n for s in likelihood for n in sorted(s.data))
    if not names or not all(n in values for n in names):
        return None
    flat = [np.ravel(np.asarray(values[n])) for n in names]
    return np.sort(np.concatenate(flat))
