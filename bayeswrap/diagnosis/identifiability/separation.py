"""`Separation`: a direction along which a likelihood keeps increasing, by linear programming."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bayeswrap.diagnosis.identifiability.design import predictors_of
from bayeswrap.diagnosis.identifiability.recession_cone import bases_of, cone_of, direction_in
from bayeswrap.diagnosis.identifiability.smallest_separation import (
    is_complete,
    predictor_names,
    smallest_set,
)
from bayeswrap.markup import brief, sentences

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

    from bayeswrap.diagnosis.identifiability.design import Predictors
    from bayeswrap.diagnosis.identifiability.smallest_separation import SeparatingSet
    from bayeswrap.estimates.problem.problem import Problem

__all__ = [
    "Separation",
    "SeparationKind",
    "separation_in",
    "separation_of",
]


_SHOWN = 3  # observations


class SeparationKind(StrEnum):
    """How outcomes are separated by the predictors."""

    COMPLETE = "complete"
    QUASI = "quasi-complete"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Separation:
    """Whether a direction of the parameters never lowers the likelihood of any observation.

    Attributes
    ----------
    kind : SeparationKind
        ``"complete"`` where the direction raises the likelihood of all observations,
        ``"quasi-complete"`` where it raises that of some and leaves the others, ``"none"``.
    direction : (n,) array
        By coordinate as `predictors.names` has them; its smallest entry that is not 0 has size 1.
        Zeros where there is none.
    observations : tuple of str
        Whose likelihood rises along it.
    predictors : Predictors
        The design (`design`), and the names of its columns (`names`).
    null_space : (m, n) array
        Directions that leave the likelihood as it is: one row each, none for a design of full rank.
    smallest : SeparatingSet or None
        The fewest predictors that separate; None without separation, or where there are too many.
    """

    kind: SeparationKind
    direction: np.ndarray
    observations: tuple[str, ...]
    predictors: Predictors
    null_space: np.ndarray
    smallest: SeparatingSet | None = None

    def __bool__(self) -> bool:
        return self.kind is not SeparationKind.NONE

    @property
    def names(self) -> tuple[str, ...]:
        """Coordinates of the direction."""
        return self.predictors.names

    @property
    def sentence(self) -> str:
        """The result in words."""
        if not self:
            return "there is no separation of the outcomes by the predictors"
        moving = [i for i, d in enumerate(self.direction) if d]
        names = ", ".join(self.names[i] for i in moving)
        sizes = ", ".join(f"{self.direction[i]:.4g}" for i in moving)
        along = f"({names}) = ({sizes})" if len(moving) > 1 else f"{names} = {sizes}"
        count, total = len(self.observations), len(self.predictors.observed)
        if self.kind is SeparationKind.COMPLETE:
            which = f"that of all {total} observations increases"
        else:
            more = f", and {count - _SHOWN} more" if count > _SHOWN else ""
            listed = ", ".join(self.observations[:_SHOWN]) + more
            which = f"that of {count} of {total} observations increases ({listed}), and no other "
            which += "decreases"
        named = "" if self.smallest is None else f"{self.smallest.clause}; "
        return (
            f"there is no finite maximum: {named}the log likelihood keeps increasing along {along} "
            f"({self.kind} separation); {which}"
        )

    @property
    def reason(self) -> str:
        """Why there is no maximum, in a clause that names the smallest set of predictors."""
        if self.smallest is None:
            return self.sentence
        return f"there is no finite maximum of the likelihood, because {self.smallest.clause}"

    @property
    def advice(self) -> str:
        """What to do about it."""
        names = self.smallest.names if self.smallest else ()
        whose = f"of {' and '.join(names)}" if names else "of the predictors"
        return (
            f"give the coefficients {whose} a proper prior and report the posterior, or penalise "
            "the likelihood (Firth 1993)"
        )

    def __str__(self) -> str:
        return self.sentence

    def __repr__(self) -> str:
        return brief(str(self))

    def _repr_html_(self) -> str:
        return sentences([self.sentence])


def separation_of(problem: Problem) -> Separation | None:
    """Return whether outcomes are separated, for a likelihood of generalised linear form.

    Priors do not count: with a proper prior a posterior exists all the same.

    Parameters
    ----------
    problem : Problem
        The program with its data.

    Returns
    -------
    Separation or None
        None where the likelihood has no known form (see `predictors_of`).

    Notes
    -----
    A maximum of the likelihood exists and is finite, up to directions that change nothing, exactly
    where there is no separation: Albert and Anderson (1984), Biometrika 71:1,
    doi:10.1093/biomet/71.1.1. By linear programming: Konis (2007), thesis, University of Oxford.
    For counts: Correia, Guimaraes and Zylkin (2019), arXiv:1903.01633. Parameters that are
    shared with a likelihood statement of another form are held where they are.

    Examples
    --------
    >>> import bayeswrap as bw
    >>> program = bw.Program.from_string(
    ...     "data { array[4] int y; vector[4] x; } parameters { real a; real b; }"
    ...     "model { a ~ normal(0, 1); b ~ normal(0, 1); y ~ bernoulli_logit(a + b * x); }")
    >>> model = bw.Model(program, {"y": [0, 0, 1, 1], "x": [1, 2, 3, 4]}, engine="stanli")
    >>> separation_of(model.map(scale="unconstrained").problem).kind.value
    'complete'
    """
    predictors = predictors_of(problem)
    if predictors is None:
        return None
    names = predictor_names(predictors, problem.data, problem.labels)
    return separation_in(predictors, names)


def separation_in(predictors: Predictors, names: Mapping[str, str] | None = None) -> Separation:
    """Return whether outcomes are separated by predictors (see `separation_of`).

    Parameters
    ----------
    predictors : Predictors
        The design with its outcomes.
    names : mapping of str to str, optional
        The user's names of predictors, by coefficient.
    """
    cone = cone_of(predictors)
    basis, null_space = bases_of(cone)
    direction, strict = direction_in(cone, basis)
    owners = set(cone.owners[strict].tolist())
    kind = SeparationKind.QUASI if owners else SeparationKind.NONE
    if owners and is_complete(cone, strict):
        kind = SeparationKind.COMPLETE
    return Separation(
        kind=kind,
        direction=direction,
        observations=tuple(predictors.observed[i].name for i in sorted(owners)),
        predictors=predictors,
        null_space=null_space,
        smallest=smallest_set(predictors, cone, names or {}) if owners else None,
    )
