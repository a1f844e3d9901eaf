"""Checks on the modes themselves: others, that of a hierarchy, and one far from the draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.problem.estimand import Estimator
from bayeswrap.estimates.results.status import Status
from bayeswrap.thresholds import EQUAL_HEIGHT, LARGE_GAP, R_HAT_OVERLAP, RIVAL_MODE
from bayeswrap.verdicts.check import Check, Outcome
from bayeswrap.verdicts.references import (
    BETANCOURT_SECTION_2,
    CHUNG,
    DAY,
    KIEFER_WOLFOWITZ,
    NOCEDAL_WRIGHT,
    STEPHENS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.estimates.results.census import Basin, Census
    from bayeswrap.verdicts.evidence import Evidence
    from bayeswrap.verdicts.lineup import Lineup

__all__ = [
    "has_one_mode",
    "is_degenerate",
    "joint_mode",
    "mode_and_mass",
    "other_modes",
]


def has_one_mode(evidence: Evidence) -> bool:
    """Tell whether the searches found one mode that counts, under one labelling."""
    found = evidence.censuses.values()
    return bool(found) and all(
        len(_rivals(c)) == 1 and not c.label_switching and not c.unbounded for c in found
    )


def is_degenerate(evidence: Evidence) -> bool:
    """Tell whether integrating effects out would move the hyperparameters."""
    return any(abs(value) > LARGE_GAP.value for value in (evidence.shift or {}).values())


def _rivals(census: Census) -> list[Basin]:
    """Return the modes that may hold some of the posterior, the best one among them."""
    best = census.modes[0].log_density if census.modes else np.inf
    return [m for m in census.modes if best - m.log_density < RIVAL_MODE.value]


def other_modes(lineup: Lineup, evidence: Evidence) -> Iterator[Check]:
    """Ask what a search from many starts found beside the estimate."""
    for point in lineup.points:
        census = evidence.censuses.get(point.title)
        if census is None:
            continue
        yield _multimodal(point, census, evidence.branches)
        yield _relabelled(point, census)
        if census.modes:
            yield _best(point, census)
        if census.unbounded and point.status.is_estimate:
            yield from _spikes(point, census)


def _multimodal(point: PointEstimate, census: Census, branches: int) -> Check:
    near = _rivals(census)
    spikes = census.unbounded and bool(near)
    told = f"{point.title}: {census.starts} starts found {_counted(len(near))}"
    if len(near) > 1:
        told += ", at " + " and at ".join(_place(census, m) for m in near[:3])
    if spikes:
        told += ", and spikes where the density grows without bound"
    apart = branches > 1 and not near
    if apart:
        told += f", but a ridge in {branches} separate pieces"
    return Check(
        code="multimodal",
        outcome=Outcome.FAILED if len(near) > 1 or spikes or apart else Outcome.PASSED,
        evidence=told,
        threshold="one mode within a factor of 1000 of the highest density, relabellings merged",
        reference=STEPHENS,
        advice="report all modes, or the posterior from chains that visit them all",
    )


def _counted(n: int) -> str:
    return {0: "no mode", 1: "one mode"}.get(n, f"{n} separate modes")


def _place(census: Census, basin: Basin) -> str:
    shown = zip(census.names[:3], basin.values[:3], strict=True)
    return ", ".join(f"{n} = {v:.4g}" for n, v in shown)


def _relabelled(point: PointEstimate, census: Census) -> Check:
    copies = max((b.relabelled for b in census.basins), default=0)
    return Check(
        code="label_switching",
        outcome=Outcome.FAILED if census.label_switching else Outcome.PASSED,
        evidence=f"{point.title}: the mode was found under {copies + 1} labellings"
        if copies
        else f"{point.title}: no mode is another one with its labels permuted",
        threshold="one labelling",
        reference=STEPHENS,
        advice="order the components (ordered[K] mu), or report what labels do not change",
    )


def _best(point: PointEstimate, census: Census) -> Check:
    best = census.modes[0]
    own = point.log_likelihood if point.estimator is Estimator.MLE else point.log_joint
    gain = best.log_density - own
    missed = point.status.is_estimate and gain > EQUAL_HEIGHT.value * (1 + abs(own))
    told = f"{best.hits} of {census.starts} starts reached the best mode"
    if missed:
        told += f", which is {gain:.3g} nats higher than the estimate"
    return Check(
        code="local_optimum",
        outcome=Outcome.FAILED if missed else Outcome.PASSED,
        evidence=f"{point.title}: {told}",
        threshold="no start ends higher than the estimate",
        reference=NOCEDAL_WRIGHT,
        advice="estimate again with starts=50",
    )


def _spikes(point: PointEstimate, census: Census) -> Iterator[Check]:
    codes = ["unbounded_density"]
    if point.estimator is Estimator.MLE:
        codes.insert(0, "mle_does_not_exist")
    ran = next(b.hits for b in census.basins if not b.is_mode and b.log_density == np.inf)
    for code in codes:
        yield Check(
            code=code,
            outcome=Outcome.FAILED,
            evidence=f"{point.title}: the density grows without bound where a scale shrinks around "
            f"a value of the data ({ran} of {census.starts} starts ran there); what is shown is "
            "the highest local maximum",
            threshold="a bounded density",
            reference=f"{KIEFER_WOLFOWITZ}; {DAY}",
            advice="give the scales a prior that keeps away from 0",
        )


def joint_mode(lineup: Lineup, evidence: Evidence, *, has_population: bool) -> Iterator[Check]:
    """Ask whether the joint mode of effects and hyperparameters is where the effects collapse."""
    joint = [p for p in lineup.points if p.marginal is None]
    modes = [p for p in joint if p.scale is not None or p.record.options.get("population")]
    if not has_population or not modes:
        return
    shift = evidence.shift or {}
    outcome, told, names = Outcome.FAILED, _COLLAPSED, tuple[str, ...]()
    if shift and all(m.status.is_estimate for m in modes):
        size = {name: abs(value) for name, value in shift.items()}
        worst = max(size, key=size.__getitem__)
        names = tuple(n for n in size if size[n] > LARGE_GAP.value)
        outcome = Outcome.FAILED if names else Outcome.PASSED
        told = (
            f"integrating the effects out would move {worst} by {size[worst]:.2g} of its Laplace "
            "standard deviations away from the joint mode"
        )
    yield Check(
        code="joint_mode_degenerate",
        outcome=outcome,
        evidence=told,
        threshold=f"at most {LARGE_GAP.value} standard deviations",
        reference=CHUNG,
        advice="report the posterior, or mle(marginal=True)",
        parameters=names,
    )
    no_joint = lineup.mle is None or lineup.mle.marginal is not None
    if no_joint and any(m.status is Status.UNBOUNDED for m in modes):
        yield Check(
            code="mle_does_not_exist",
            outcome=Outcome.FAILED,
            evidence="a joint MLE of effects and hyperparameters does not exist: their density "
            "grows without bound as the effects collapse, with any prior that is finite there",
            threshold="a bounded density",
            reference=CHUNG,
            advice="mle(marginal=True) integrates the effects out",
        )


_COLLAPSED = (
    "the program has population statements: the joint mode of effects and their scale sits "
    "where the effects collapse"
)


def mode_and_mass(lineup: Lineup, evidence: Evidence) -> Iterator[Check]:
    """Ask whether the draws lie near the mode in log density, dimension allowed for."""
    drop, draws = evidence.drop, lineup.posterior
    if drop is None or draws is None:
        return
    outcome = Outcome.FAILED if drop.median > drop.threshold else Outcome.PASSED
    # chains that were caught each in a place of its own are nowhere near the mass themselves
    caught = (
        bool(draws.diagnostics.mixing_problems)
        and not draws.diagnostics.r_hat_max < R_HAT_OVERLAP.value
    )
    if caught and not is_degenerate(evidence):
        outcome = Outcome.NOT_DETERMINED
    yield Check(
        code="mode_far_from_mass",
        outcome=outcome,
        evidence=f"the median draw lies {drop.median:.3g} nats below the mode; a normal in "
        f"{drop.dimension} dimension{'s' * (drop.dimension > 1)} has {drop.expected:.3g} there",
        threshold=f"at most {drop.threshold:.3g}, below which a normal has one draw in a thousand",
        reference=BETANCOURT_SECTION_2,
        advice="report the posterior: the mode is unlike any draw",
    )
