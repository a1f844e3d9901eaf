"""Checks on the modes themselves: others, that of a hierarchy, and one far from the draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.problem.estimand import Estimator
from bayeswrap.estimates.results.status import Status
from bayeswrap.thresholds import (
    EQUAL_HEIGHT,
    LARGE_GAP,
    MODE_MASS,
    R_HAT_OVERLAP,
    RIVAL_MODE,
    TYPICAL_SET_TAIL,
)
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
    from collections.abc import Iterator, Mapping

    from bayeswrap.diagnosis.modes.typical_set import DensityDrop
    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.estimates.results.census import Basin, Census
    from bayeswrap.verdicts.evidence import Evidence
    from bayeswrap.verdicts.lineup import Lineup

__all__ = [
    "BestMode",
    "JointMode",
    "SeparateModes",
    "has_one_mode",
    "is_degenerate",
    "joint_mode",
    "mode_and_mass",
    "other_modes",
]

_SHOWN = 3  # modes that a sentence gives, and coordinates of each


def has_one_mode(evidence: Evidence) -> bool:
    """Return whether the searches ended at one mode that counts, under one labelling."""
    censuses = evidence.censuses.values()
    return bool(censuses) and all(
        len(_rivals(c)) == 1 and not c.label_switching and not c.collapses for c in censuses
    )


def is_degenerate(evidence: Evidence) -> bool:
    """Return whether integrating effects out would move the hyperparameters."""
    return any(abs(value) > LARGE_GAP.value for value in (evidence.shift or {}).values())


def _rivals(census: Census) -> list[Basin]:
    """Return the modes that may hold some of the posterior, the best one among them."""
    best = census.modes[0].log_density if census.modes else np.inf

    def counts(mode: Basin, share: float) -> bool:
        if mode.log_density == best or mode.visits:
            return True
        if np.isfinite(share):
            return share >= MODE_MASS.value
        return best - mode.log_density < RIVAL_MODE.value

    shares = zip(census.modes, census.mass_shares, strict=True)
    return [mode for mode, share in shares if counts(mode, share)]


def other_modes(lineup: Lineup, evidence: Evidence) -> Iterator[Check]:
    """Ask what a search from many starts reached beside the estimate."""
    for point in lineup.points:
        census = evidence.censuses.get(point.title)
        if census is None:
            continue
        yield _multimodal(SeparateModes(point.title, census, evidence.branches))
        yield _label_switching(point.title, census)
        if census.modes:
            yield _local_optimum(BestMode.of(point, census))
        if census.unbounded and point.status.is_estimate:
            yield from _spikes(point, census)


@dataclass(frozen=True, slots=True)
class SeparateModes:
    """The modes that a search reached, and what else lies beside them.

    Attributes
    ----------
    title : str
        Of the estimate.
    census : Census
        The ends of the search.
    branches : int
        The number of separate pieces of a ridge; 0 where there is none.
    """

    title: str
    census: Census
    branches: int

    @property
    def rivals(self) -> list[Basin]:
        """The modes within the threshold of the best one, that one included."""
        return _rivals(self.census)

    @property
    def spikes(self) -> bool:
        """Whether the density grows without bound beside a mode, where a scale shrinks."""
        return self.census.collapses and bool(self.rivals)

    @property
    def split_ridge(self) -> bool:
        """Whether there is no mode but a ridge in separate pieces."""
        return self.branches > 1 and not self.rivals

    @property
    def outcome(self) -> Outcome:
        """Failed where there is more than one mode, a spike, or a ridge in pieces."""
        several = len(self.rivals) > 1 or self.spikes or self.split_ridge
        return Outcome.FAILED if several else Outcome.PASSED

    def wording(self) -> str:
        """Return the evidence in words."""
        count = len(self.rivals)
        modes = {0: "no mode", 1: "one mode"}.get(count, f"{count} separate modes")
        lower = len(self.census.modes) - count
        text = f"{self.census.starts} starts of the {self.title} reached {modes}"
        if count > 1:
            text += ", at " + " and at ".join(self._position(m) for m in self.rivals[:_SHOWN])
        if lower:
            text += f", beside {lower} with less than {100 * MODE_MASS.value:g} % of the mass"
        if self.spikes:
            text += ", and spikes where the density grows without bound"
        if self.split_ridge:
            text += f", but a ridge in {self.branches} separate pieces"
        return text

    def _position(self, basin: Basin) -> str:
        shown = zip(self.census.names[:_SHOWN], basin.values[:_SHOWN], strict=True)
        return ", ".join(f"{n} = {v:.4g}" for n, v in shown)


def _multimodal(measured: SeparateModes) -> Check:
    return Check(
        code="multimodal",
        outcome=measured.outcome,
        evidence=measured.wording(),
        threshold=f"no second mode with {100 * MODE_MASS.value:g} % of the Laplace mass or with a "
        "draw near it, after merging relabellings",
        reference=STEPHENS,
        advice="report all modes, or the posterior from chains that visit them all",
    )


def _label_switching(title: str, census: Census) -> Check:
    copies = max((b.relabelled for b in census.basins), default=0)
    return Check(
        code="label_switching",
        outcome=Outcome.FAILED if census.label_switching else Outcome.PASSED,
        evidence=f"the mode of the {title} occurs under {copies + 1} labellings"
        if copies
        else f"no mode of the {title} is another one with its labels permuted",
        threshold="one labelling",
        reference=STEPHENS,
        advice="order the components (ordered[K] mu), or report what labels do not change",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BestMode:
    """The best mode of a search against the estimate.

    Attributes
    ----------
    title : str
        Of the estimate.
    hits, starts : int
        How many starts reached the best mode, and of how many.
    gain : float
        Log density of the best mode less that of the estimate.
    height : float
        Log density of the estimate.
    is_estimate : bool
        Whether the point may be reported.
    """

    title: str
    hits: int
    starts: int
    gain: float
    height: float
    is_estimate: bool

    @classmethod
    def of(cls, point: PointEstimate, census: Census) -> BestMode:
        """Compare a point with the best mode of its census."""
        best = census.modes[0]
        height = point.log_likelihood if point.estimator is Estimator.MLE else point.log_joint
        return cls(
            title=point.title,
            hits=best.hits,
            starts=census.starts,
            gain=best.log_density - height,
            height=height,
            is_estimate=point.status.is_estimate,
        )

    @property
    def outcome(self) -> Outcome:
        """Failed where the search reached a higher mode, beyond rounding."""
        tie = EQUAL_HEIGHT.value * (1 + abs(self.height))
        return Outcome.FAILED if self.is_estimate and self.gain > tie else Outcome.PASSED

    def wording(self) -> str:
        """Return the evidence in words."""
        text = f"{self.hits} of {self.starts} starts of the {self.title} reached the best mode"
        if self.outcome is Outcome.FAILED:
            text += f", whose log density is {self.gain:.3g} higher than that of the estimate"
        return text


def _local_optimum(measured: BestMode) -> Check:
    return Check(
        code="local_optimum",
        outcome=measured.outcome,
        evidence=measured.wording(),
        threshold="no start ends higher than the estimate",
        reference=NOCEDAL_WRIGHT,
        advice="estimate again with starts=50",
    )


_NO_COLLAPSE = "give the scales a prior with no mass near zero"
_NO_CONTACT = (
    "report the local maximum as such, or use a likelihood of rounded outcomes, which is bounded"
)


def _spikes(point: PointEstimate, census: Census) -> Iterator[Check]:
    codes = ["unbounded_density"]
    if point.estimator is Estimator.MLE:
        codes.insert(0, "mle_does_not_exist")
    spike = next(b for b in census.basins if not b.is_mode and b.log_density == np.inf)
    where, advice = "where a scale shrinks to 0 around a value of the data", _NO_COLLAPSE
    if spike.edge:
        where = f"as {spike.edge} goes to its bound, which is made of the outcomes"
        advice = _NO_CONTACT
    for code in codes:
        yield Check(
            code=code,
            outcome=Outcome.FAILED,
            evidence=f"the density grows without bound {where}; {spike.hits} of {census.starts} "
            f"starts ended there, and the {point.title} shown is the highest local maximum",
            threshold="a bounded density",
            reference=f"{KIEFER_WOLFOWITZ}; {DAY}",
            advice=advice,
        )


@dataclass(frozen=True, slots=True)
class JointMode:
    """How far the joint mode of effects and hyperparameters is from the marginal one.

    Attributes
    ----------
    shift : mapping of str to float
        Of each hyperparameter, Laplace sds; empty where there is no joint mode.
    """

    shift: Mapping[str, float]

    @property
    def parameters(self) -> tuple[str, ...]:
        """The hyperparameters that would move."""
        return tuple(n for n, s in self.shift.items() if abs(s) > LARGE_GAP.value)

    @property
    def outcome(self) -> Outcome:
        """Failed where a hyperparameter would move, or there is no joint mode."""
        return Outcome.FAILED if self.parameters or not self.shift else Outcome.PASSED

    def wording(self) -> str:
        """Return the evidence in words."""
        if not self.shift:
            return (
                "the program has population statements, and the joint mode of effects and their "
                "scale lies where the effects collapse"
            )
        worst = max(self.shift, key=lambda name: abs(self.shift[name]))
        return (
            f"integrating out the effects would move {worst} by {abs(self.shift[worst]):.2g} of "
            "its Laplace standard deviations away from the joint mode"
        )


def joint_mode(lineup: Lineup, evidence: Evidence, *, has_population: bool) -> Iterator[Check]:
    """Ask whether the joint mode of effects and hyperparameters is where the effects collapse."""
    modes = _joint_modes(lineup)
    if not has_population or not modes:
        return
    exist = all(m.status.is_estimate for m in modes)
    measured = JointMode((evidence.shift or {}) if exist else {})
    yield Check(
        code="joint_mode_degenerate",
        outcome=measured.outcome,
        evidence=measured.wording(),
        threshold=f"at most {LARGE_GAP.value} standard deviations",
        reference=CHUNG,
        advice="report the posterior, or mle(marginal=True)",
        parameters=measured.parameters,
    )
    has_joint_mle = lineup.mle is not None and lineup.mle.marginal is None
    if not has_joint_mle and any(m.status is Status.UNBOUNDED for m in modes):
        yield _no_joint_mle()


def _joint_modes(lineup: Lineup) -> list[PointEstimate]:
    """Return the points that maximise over effects and hyperparameters together."""
    joint = (p for p in lineup.points if p.marginal is None)
    return [p for p in joint if p.scale is not None or p.record.options.get("population")]


def _no_joint_mle() -> Check:
    return Check(
        code="mle_does_not_exist",
        outcome=Outcome.FAILED,
        evidence="a joint MLE of effects and hyperparameters does not exist; their density grows "
        "without bound as the effects collapse, with any prior that is finite there",
        threshold="a bounded density",
        reference=CHUNG,
        advice="mle(marginal=True) integrates the effects out",
    )


def mode_and_mass(lineup: Lineup, evidence: Evidence) -> Iterator[Check]:
    """Ask whether the draws lie near the mode in log density, dimension allowed for."""
    drop, draws = evidence.drop, lineup.posterior
    if drop is None or draws is None:
        return
    outcome = Outcome.FAILED if drop.median > drop.threshold else Outcome.PASSED
    # chains that each stay in a region of their own are not near the mass themselves
    overlap = draws.diagnostics.r_hat_max < R_HAT_OVERLAP.value
    if draws.diagnostics.mixing_problems and not overlap and not is_degenerate(evidence):
        outcome = Outcome.NOT_DETERMINED
    yield Check(
        code="mode_far_from_mass",
        outcome=outcome,
        evidence=_drop_wording(drop),
        threshold=f"at most {drop.threshold:.3g}, which a draw from a normal exceeds with "
        f"probability {TYPICAL_SET_TAIL.value}",
        reference=BETANCOURT_SECTION_2,
        advice="report the posterior; the mode is unlike any draw",
    )


def _drop_wording(drop: DensityDrop) -> str:
    return (
        f"the log density of the median draw is {drop.median:.3g} below that of the mode; for a "
        f"normal in {drop.dimension} dimension{'s' * (drop.dimension > 1)} it would be "
        f"{drop.expected:.3g} below"
    )
