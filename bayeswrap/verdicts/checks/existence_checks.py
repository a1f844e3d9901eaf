"""Checks on what exists: a proper posterior, a bounded likelihood, intervals, regularity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayeswrap.diagnosis.propriety.tails import Mass
from bayeswrap.estimates.results.status import Status
from bayeswrap.thresholds import PROFILE_FALL, WEAK_REACH
from bayeswrap.verdicts.check import Check, Outcome
from bayeswrap.verdicts.references import (
    ALBERT_ANDERSON,
    GELMAN_JAKULIN,
    HOBERT_CASELLA,
    RAUE,
    SMITH,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayeswrap.diagnosis.identifiability.separation import Separation
    from bayeswrap.diagnosis.identifiability.weak_identification import WeakIdentification
    from bayeswrap.diagnosis.propriety.tails import Tails
    from bayeswrap.program.moving_support import MovingSupport
    from bayeswrap.verdicts.evidence import Evidence
    from bayeswrap.verdicts.lineup import Lineup

__all__ = [
    "IntervalEnds",
    "Propriety",
    "improper",
    "irregular",
    "is_improper",
    "separated",
    "weakly_identified",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Propriety:
    """Whether the posterior can be normalised.

    Attributes
    ----------
    tails : Tails
        The mass of each tail that no prior bounds.
    separation : Separation or None
        Of the outcomes by the predictors.
    """

    tails: Tails
    separation: Separation | None

    @property
    def flat_along_separation(self) -> bool:
        """Whether the likelihood keeps increasing along a direction where the prior is flat.

        A prior of several parameters together, as that of an intercept at the mean columns, leaves
        none of them flat: their tails were followed and have finite mass.
        """
        free = {t.coordinate for t in self.tails if t.outcome is not Mass.FINITE}
        return bool(self.separation) and not free.isdisjoint(
            self.separation.names if self.separation else ()
        )

    @property
    def outcome(self) -> Outcome:
        """Failed where some mass is infinite."""
        if self.tails.improper or self.flat_along_separation:
            return Outcome.FAILED
        if self.tails.of(Mass.NOT_DETERMINED):
            return Outcome.NOT_DETERMINED
        return Outcome.PASSED

    def wording(self) -> str:
        """Return the evidence in words."""
        if not self.tails.improper and self.flat_along_separation and self.separation:
            return f"the posterior is improper under a flat prior; {self.separation.sentence}"
        return self.tails.sentence or "all tails that no prior bounds have finite mass"


def is_improper(evidence: Evidence) -> bool:
    """Return whether it was proved that the posterior cannot be normalised."""
    return any(check.outcome is Outcome.FAILED for check in improper(evidence))


def improper(evidence: Evidence) -> Iterator[Check]:
    """Ask whether the posterior can be normalised."""
    if evidence.tails is None:
        return
    measured = Propriety(tails=evidence.tails, separation=evidence.separation)
    yield Check(
        code="improper_posterior",
        outcome=measured.outcome,
        evidence=measured.wording(),
        threshold="along each parameter without a proper prior the density falls faster than 1/t",
        reference=HOBERT_CASELLA,
        advice="give the named parameters a proper prior; sampler output has no meaning here",
        parameters=tuple(dict.fromkeys(t.coordinate for t in evidence.tails.proof)),
    )


def separated(lineup: Lineup, evidence: Evidence) -> Iterator[Check]:
    """Ask whether predictors separate the outcomes, so that the likelihood has no maximum."""
    separation, mle = evidence.separation, lineup.mle
    if mle is None or mle.status is Status.AT_INFINITY:
        return  # `existence` has these rows
    if mle.status is not Status.CONVERGED and separation is None:
        return
    for code in ("mle_does_not_exist", "optimum_at_infinity"):
        yield Check(
            code=code,
            outcome=Outcome.FAILED if separation else Outcome.PASSED,
            evidence=f"for the {mle.title}, {mle.status.sentence}"
            if separation is None
            else separation.sentence,
            threshold="along no direction does the likelihood of each observation keep increasing",
            reference=ALBERT_ANDERSON,
            advice=separation.advice if separation else mle.status.advice,
            parameters=separation.names if separation else (),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalEnds:
    """Whether 95 % intervals have both ends, within the plausible range.

    Attributes
    ----------
    unbounded : tuple of (str, int)
        Scalars whose profile likelihood levels off, and on which side.
    weakness : WeakIdentification or None
        Coefficients whose interval is wider than plausible; None where that was not measured.
    """

    unbounded: tuple[tuple[str, int], ...]
    weakness: WeakIdentification | None

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters with such an interval."""
        wide = self.weakness.parameters if self.weakness else ()
        return tuple(dict.fromkeys([*(name for name, _ in self.unbounded), *wide]))

    @property
    def outcome(self) -> Outcome:
        """Failed where an interval is open or too wide."""
        return Outcome.FAILED if self.unbounded or self.weakness else Outcome.PASSED

    def wording(self) -> str:
        """Return the evidence in words."""
        clauses = []
        if self.unbounded:
            sides = (f"{n} ({'above' if sign > 0 else 'below'})" for n, sign in self.unbounded)
            clauses.append(
                f"the profile likelihood levels off within the 95 % interval of {', '.join(sides)}"
            )
        elif not self.weakness:
            clauses.append("the profile likelihood of each parameter bounds its 95 % interval")
        if self.weakness is not None and (self.weakness or not self.unbounded):
            clauses.append(self.weakness.sentence)
        return "; ".join(clauses)


def weakly_identified(evidence: Evidence) -> Iterator[Check]:
    """Ask whether intervals end on both sides, and within the plausible range."""
    if evidence.unbounded is None:
        return
    measured = IntervalEnds(unbounded=evidence.unbounded, weakness=evidence.weakness)
    yield Check(
        code="weakly_identified",
        outcome=measured.outcome,
        evidence=measured.wording(),
        threshold=f"the profile log likelihood falls by {PROFILE_FALL.value} on both sides; the "
        "95 % interval of a coefficient moves the linear predictor by at most "
        f"{WEAK_REACH.value:g} times its plausible range",
        reference=f"{RAUE}; {GELMAN_JAKULIN}",
        advice="report open or wide intervals as such, or add prior information",
        parameters=measured.parameters,
    )


def irregular(evidence: Evidence) -> Iterator[Check]:
    """Ask whether the support of an outcome depends on a parameter."""
    supports = evidence.supports
    if supports is None:
        return
    yield Check(
        code="non_regular",
        outcome=Outcome.FAILED if supports else Outcome.PASSED,
        evidence=_supports_wording(supports),
        threshold="the support of each outcome is the same for all parameter values",
        reference=SMITH,
        advice="report the posterior, or an exact interval; standard errors are not valid here",
        parameters=tuple(dict.fromkeys(p for s in supports for p in s.parameters)),
    )


def _supports_wording(supports: tuple[MovingSupport, ...]) -> str:
    if not supports:
        return "no support of an outcome depends on a parameter"
    return "; ".join(f"{s.reason.rstrip('.')} (line {s.line})" for s in supports)
