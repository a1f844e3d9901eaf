"""Checks of a maximum: whether it exists, and whether its curvature can be trusted."""

from __future__ import annotations

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

    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.verdicts.lineup import Lineup

__all__ = [
    "_curvature",
    "_existence",
]


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


def _existence(lineup: Lineup) -> Iterator[Check]:
    for point in lineup.points:
        if point.status.is_estimate:
            yield _exists(point)
            continue
        codes = list(_STATUS_CODES.get(point.status, ("optimum_not_found",)))
        is_mle = point.spread_name == "se"
        if is_mle and point.status in {Status.UNBOUNDED, Status.AT_INFINITY}:
            codes.insert(0, "mle_does_not_exist")
        for code in codes:
            yield Check(
                code=code,
                outcome=Outcome.FAILED,
                evidence=f"{point.title}: {point.status.sentence}",
                threshold="a verified maximum",
                reference=_STATUS_REFERENCES.get(point.status, NOCEDAL_WRIGHT),
                advice=point.status.advice,
                parameters=tuple(point.optimum.moving(point.coordinates)),
            )


def _exists(point: PointEstimate) -> Check:
    on_edge = point.status is Status.BOUNDARY
    names = tuple(n for n, why in point.notes.items() if "edge" in why)
    return Check(
        code="boundary_estimate",
        outcome=Outcome.FAILED if on_edge else Outcome.PASSED,
        evidence=f"{point.title}: {point.status.sentence}",
        threshold="a maximum inside the support",
        reference=SELF_LIANG,
        advice=Status.BOUNDARY.advice,
        parameters=names if on_edge else (),
    )


def _curvature(lineup: Lineup) -> Iterator[Check]:
    for point in lineup.points:
        if point.status is not Status.CONVERGED:
            continue
        condition = point.optimum.condition
        yield Check(
            code="ill_conditioned",
            outcome=Outcome.FAILED if condition > ILL_CONDITIONED.value else Outcome.PASSED,
            evidence=f"{point.title}: condition number {condition:.0e}, which costs up to "
            f"{max(np.log10(condition), 0):.0f} of 16 digits",
            threshold=f"at most {ILL_CONDITIONED.value:.0e} with a unit diagonal",
            reference=NOCEDAL_WRIGHT,
            advice="centre and scale the predictors",
        )
