"""Checks of a maximum: whether it exists, and whether its curvature can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.results.status import Status
from bayeswrap.thresholds import ILL_CONDITIONED
from bayeswrap.verdicts.check import Check, Outcome
from bayeswrap.verdicts.references import (
    ALBERT_ANDERSON,
    KIEFER_WOLFOWITZ,
    NOCEDAL_WRIGHT,
    RAUE,
    SELF_LIANG,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayeswrap.diagnosis.identifiability.separation import Separation
    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.verdicts.lineup import Lineup

__all__ = [
    "Conditioning",
    "conditioning",
    "existence",
]

_DIGITS = 16  # of a double

_STATUS_CODES = {
    Status.UNBOUNDED: ("unbounded_density",),
    Status.AT_INFINITY: ("optimum_at_infinity",),
    Status.FLAT: ("not_identified", "singular_hessian"),
}
_STATUS_REFERENCES = {
    Status.UNBOUNDED: KIEFER_WOLFOWITZ,
    Status.AT_INFINITY: ALBERT_ANDERSON,
    Status.FLAT: RAUE,
}


def existence(lineup: Lineup, separation: Separation | None = None) -> Iterator[Check]:
    """Ask whether each estimate is a verified maximum, inside the support.

    Parameters
    ----------
    lineup : Lineup
        The results.
    separation : Separation or None, optional
        Of the outcomes by the predictors: the cause of an MLE at infinity.
    """
    for point in lineup.points:
        if point.status.is_estimate:
            yield _inside_support(point)
        else:
            is_cause = point is lineup.mle and point.status is Status.AT_INFINITY
            yield from _no_maximum(point, separation if is_cause else None)


def _status_wording(point: PointEstimate) -> str:
    return f"for the {point.title}, {point.status.sentence}"


def _no_maximum(point: PointEstimate, separation: Separation | None) -> Iterator[Check]:
    codes = list(_STATUS_CODES.get(point.status, ("optimum_not_found",)))
    is_mle = point.spread_name == "se"
    if is_mle and point.status in {Status.UNBOUNDED, Status.AT_INFINITY}:
        codes.insert(0, "mle_does_not_exist")
    for code in codes:
        yield Check(
            code=code,
            outcome=Outcome.FAILED,
            evidence=separation.sentence if separation else _status_wording(point),
            threshold="a verified maximum",
            reference=_STATUS_REFERENCES.get(point.status, NOCEDAL_WRIGHT),
            advice=separation.advice if separation else point.status.advice,
            parameters=tuple(point.optimum.moving(point.coordinates)),
        )


def _inside_support(point: PointEstimate) -> Check:
    on_boundary = point.status is Status.BOUNDARY
    names = tuple(n for n, reason in point.notes.items() if "boundary" in reason)
    return Check(
        code="boundary_estimate",
        outcome=Outcome.FAILED if on_boundary else Outcome.PASSED,
        evidence=_status_wording(point)
        + (f", at {', '.join(names)}" if on_boundary and names else ""),
        threshold="a maximum inside the support",
        reference=SELF_LIANG,
        advice=Status.BOUNDARY.advice,
        parameters=names if on_boundary else (),
    )


@dataclass(frozen=True, slots=True)
class Conditioning:
    """The condition number of an information matrix that was scaled to a unit diagonal."""

    title: str
    condition: float

    @property
    def digits_lost(self) -> float:
        """How many digits of an estimate may be wrong."""
        return max(float(np.log10(self.condition)), 0.0)

    @property
    def outcome(self) -> Outcome:
        """Failed beyond the threshold."""
        return Outcome.FAILED if self.condition > ILL_CONDITIONED.value else Outcome.PASSED

    def wording(self) -> str:
        """Return the evidence in words."""
        return (
            f"the information matrix of the {self.title} has condition number "
            f"{self.condition:.0e}, which costs up to {self.digits_lost:.0f} of {_DIGITS} digits"
        )


def conditioning(lineup: Lineup) -> Iterator[Check]:
    """Ask whether rounding spoils the estimates."""
    for point in lineup.points:
        if point.status is not Status.CONVERGED:
            continue
        measured = Conditioning(point.title, point.optimum.condition)
        yield Check(
            code="ill_conditioned",
            outcome=measured.outcome,
            evidence=measured.wording(),
            threshold=f"at most {ILL_CONDITIONED.value:.0e} with a unit diagonal",
            reference=NOCEDAL_WRIGHT,
            advice="centre and scale the predictors",
        )
