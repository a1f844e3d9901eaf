"""Checks on what exists: a proper posterior, a bounded likelihood, intervals, regularity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.diagnosis.propriety.tails import Mass
from bayeswrap.estimates.results.status import Status
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

    from bayeswrap.verdicts.evidence import Evidence
    from bayeswrap.verdicts.lineup import Lineup

__all__ = [
    "improper",
    "irregular",
    "is_improper",
    "separated",
    "weakly_identified",
]


def is_improper(evidence: Evidence) -> bool:
    """Tell whether it was proved that the posterior cannot be normalised."""
    return any(check.outcome is Outcome.FAILED for check in improper(evidence))


def improper(evidence: Evidence) -> Iterator[Check]:
    """Ask whether the posterior can be normalised."""
    tails = evidence.tails
    if tails is None:
        return
    told = tails.sentence or "all tails that no prior bounds hold a finite mass"
    outcome = Outcome.NOT_DETERMINED if tails.of(Mass.NOT_DETERMINED) else Outcome.PASSED
    if tails.improper:
        outcome = Outcome.FAILED
    elif evidence.separation and {t.coordinate for t in tails} & set(evidence.separation.names):
        # where the likelihood rises for ever, a flat prior leaves nothing that falls
        outcome, told = (
            Outcome.FAILED,
            f"the posterior is improper, as {evidence.separation.sentence}",
        )
    yield Check(
        code="improper_posterior",
        outcome=outcome,
        evidence=told.rstrip("."),
        threshold="along each parameter without a proper prior the density falls faster than 1/t",
        reference=HOBERT_CASELLA,
        advice="give the parameters named a proper prior; numbers from a sampler mean nothing here",
        parameters=tuple(dict.fromkeys(t.coordinate for t in tails.proof)),
    )


def separated(lineup: Lineup, evidence: Evidence) -> Iterator[Check]:
    """Ask whether predictors separate the outcomes, so that the likelihood rises for ever."""
    separation, mle = evidence.separation, lineup.mle
    if mle is None or mle.status is Status.AT_INFINITY:
        return  # what the search found says it already
    if mle.status is not Status.CONVERGED and separation is None:
        return
    for code in ("mle_does_not_exist", "optimum_at_infinity"):
        yield Check(
            code=code,
            outcome=Outcome.FAILED if separation else Outcome.PASSED,
            evidence=f"{mle.title}: {mle.status.sentence}"
            if separation is None
            else separation.sentence.rstrip("."),
            threshold="no direction of the coefficients fits every observation better for ever",
            reference=ALBERT_ANDERSON,
            advice="add a prior for the coefficients, or penalise the likelihood (Firth 1993)",
            parameters=separation.names if separation else (),
        )


def weakly_identified(evidence: Evidence) -> Iterator[Check]:
    """Ask whether intervals end on both sides, and within the plausible range."""
    if evidence.unbounded is None:
        return
    sides = ", ".join(
        f"{name} ({'above' if sign > 0 else 'below'})" for name, sign in evidence.unbounded
    )
    told = [f"the profile likelihood levels off within its 95 % interval: {sides}"] if sides else []
    if evidence.weakness:
        told.append(evidence.weakness.sentence)
    names = [name for name, _ in evidence.unbounded]
    names += evidence.weakness.parameters if evidence.weakness else ()
    passed = ["the profile likelihood of each parameter ends its interval on both sides"]
    if evidence.weakness is not None:
        passed.append(evidence.weakness.sentence)
    yield Check(
        code="weakly_identified",
        outcome=Outcome.FAILED if told else Outcome.PASSED,
        evidence="; ".join(told or passed),
        threshold="a fall of 1.92 nats on both sides; intervals of coefficients that move a linear "
        "predictor by at most ten times its plausible range",
        reference=f"{RAUE}; {GELMAN_JAKULIN}",
        advice="report open or wide intervals as such, or bring in what is known as a prior",
        parameters=tuple(dict.fromkeys(names)),
    )


def irregular(evidence: Evidence) -> Iterator[Check]:
    """Ask whether the support of an outcome moves with a parameter."""
    found = evidence.supports
    if found is None:
        return
    yield Check(
        code="non_regular",
        outcome=Outcome.FAILED if found else Outcome.PASSED,
        evidence="; ".join(f"line {s.line}: {s.reason.rstrip('.')}" for s in found)
        or "no support of an outcome depends on a parameter",
        threshold="a support that is the same for all parameter values",
        reference=SMITH,
        advice="report the posterior, or an exact interval: standard errors do not hold here",
        parameters=tuple(dict.fromkeys(p for s in found for p in s.parameters)),
    )
