"""Checks on the gaps between estimates: shape, scale of the mode, and prior against data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtr

from bayeswrap.thresholds import (
    CONFLICT_SHIFT,
    CONFLICT_TAIL,
    COVERAGE_ERROR,
    LARGE_GAP,
    LARGE_RATIO,
    MONTE_CARLO_ERRORS,
)
from bayeswrap.verdicts.check import Check, Outcome
from bayeswrap.verdicts.checks.coverage import Coverage
from bayeswrap.verdicts.references import DRUILHET_MARIN, EVANS_MOSHONOV, VAN_DER_VAART

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from bayeswrap.estimates.posterior.draws import Posterior
    from bayeswrap.verdicts.lineup import Lineup

__all__ = [
    "PriorTails",
    "ShapeGaps",
    "depends_on_scale",
    "prior_conflict",
    "shape_of_posterior",
    "tail_mass",
]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ShapeGaps:
    """Mode against mean, spread against spread, interval against draws, one entry a scalar.

    Attributes
    ----------
    gap, gap_error : pandas.Series
        Size of (mode - mean) / sd and its Monte Carlo standard error, in posterior sds.
    ratio, ratio_error : pandas.Series
        Spread of the point estimate over the posterior sd, and its relative Monte Carlo error.
    mixed : bool
        Whether the chains agree: otherwise there is neither a mean nor an error of it.
    coverage : Coverage or None
        What the interval of the point estimate holds of the posterior.
    """

    gap: pd.Series
    gap_error: pd.Series
    ratio: pd.Series
    ratio_error: pd.Series
    mixed: bool
    coverage: Coverage | None = None

    @classmethod
    def of(cls, frame: pd.DataFrame, *, mixed: bool) -> ShapeGaps:
        """Read the columns of an aligned table."""
        return cls(
            gap=frame["shape_gap_mean"].abs(),
            gap_error=frame["shape_gap_mcse"],
            ratio=frame["se_sd_ratio"],
            ratio_error=frame["se_sd_ratio_mcse"],
            mixed=mixed,
            coverage=Coverage.of(frame),
        )

    @property
    def factor(self) -> pd.Series:
        """The ratio of the larger spread to the smaller."""
        return self.ratio.clip(lower=1 / self.ratio)

    @property
    def large(self) -> pd.Series:
        """Which scalars exceed a threshold beyond Monte Carlo error."""
        margin, blur = self._margins()
        gaps = self.gap - margin > LARGE_GAP.value
        own = gaps | (self.factor > LARGE_RATIO.value * blur) | self.ratio.isna()
        return own if self.coverage is None else own | self.coverage.large

    @property
    def undecided(self) -> pd.Series:
        """Which scalars straddle a threshold."""
        margin, blur = self._margins()
        gaps = self.gap + margin > LARGE_GAP.value
        own = gaps | (self.factor * blur > LARGE_RATIO.value)
        return ~self.large & (own if self.coverage is None else own | self.coverage.undecided)

    def _margins(self) -> tuple[pd.Series, pd.Series]:
        errors = MONTE_CARLO_ERRORS.value
        return errors * self.gap_error, 1 + errors * self.ratio_error

    @property
    def outcome(self) -> Outcome:
        """Failed where a scalar is beyond a threshold, whatever the others."""
        if not self.mixed or (self.undecided.any() and not self.large.any()):
            return Outcome.NOT_DETERMINED
        return Outcome.FAILED if self.large.any() else Outcome.PASSED

    @property
    def parameters(self) -> tuple[str, ...]:
        """The scalars concerned, the largest gap first."""
        if self.outcome is Outcome.NOT_DETERMINED:
            return _largest_first(self.gap[self.large | self.undecided])
        return _largest_first(self.gap[self.large])

    @property
    def open_beside(self) -> tuple[str, ...]:
        """Where a scalar is beyond a threshold, those that straddle one: they are not adequate."""
        failed = self.outcome is Outcome.FAILED
        return _largest_first(self.gap[self.undecided]) if failed else ()

    def wording(self) -> str:
        """Return the evidence in words."""
        if not self.gap.notna().any():
            return "there is no mode to compare with the posterior"
        gap = (
            f"the largest gap between mode and posterior mean is {self.gap.max():.2f} posterior "
            f"sd, at {self.gap.idxmax()}"
        )
        if not self.ratio.notna().any():
            return f"{gap}; the mode has no spread"
        low, high = self.ratio.min(), self.ratio.max()
        spreads = f"the ratio of spread to posterior sd lies between {low:.2f} and {high:.2f}"
        worst = self.coverage.worst if self.coverage else ""
        intervals = f"; {self.coverage.clause(worst)}" if self.coverage and worst else ""
        return f"{gap}; {spreads}{intervals}"


def shape_of_posterior(lineup: Lineup, frame: pd.DataFrame) -> Iterator[Check]:
    """Ask whether mode and spread describe the draws, beyond Monte Carlo error."""
    if "shape_gap_mean" not in frame:
        return
    frame = lineup.judged(frame)
    # a scalar that the posterior fixes (the diagonal of a correlation matrix) has no shape
    frame = frame[frame["posterior_sd"] > 0]
    if frame.empty:
        return
    draws = lineup.posterior
    measured = ShapeGaps.of(
        frame, mixed=draws is not None and not draws.diagnostics.mixing_problems
    )
    yield Check(
        code="non_gaussian_posterior",
        outcome=measured.outcome,
        evidence=measured.wording(),
        threshold=f"gap at most {LARGE_GAP.value} sd and ratio within {1 / LARGE_RATIO.value:.2f} "
        f"to {LARGE_RATIO.value}; the 95 % interval covers at least "
        f"{95 - 100 * COVERAGE_ERROR.value:g} % of the posterior, with at most "
        f"{2.5 + 100 * COVERAGE_ERROR.value:g} % beyond each end, is at most {LARGE_RATIO.value} "
        f"times as wide as that of the posterior, and the estimate is within {LARGE_GAP.value} sd "
        f"of the median; all beyond {MONTE_CARLO_ERRORS.value:g} Monte Carlo standard errors",
        reference=VAN_DER_VAART,
        advice=_advice_on_shape(measured),
        parameters=measured.parameters,
        undecided=measured.open_beside,
    )


def _advice_on_shape(measured: ShapeGaps) -> str:
    if measured.outcome is Outcome.FAILED:
        return "report the posterior mean or median with its interval"
    return "run longer chains" if measured.mixed else "follow the advice on the sampler first"


def _largest_first(gaps: pd.Series) -> tuple[str, ...]:
    return tuple(str(n) for n in gaps.sort_values(ascending=False, na_position="first").index)


def depends_on_scale(lineup: Lineup, frame: pd.DataFrame) -> Iterator[Check]:
    """Ask whether the modes of the two scales differ by much of the posterior sd."""
    modes = (lineup.map_constrained, lineup.map_unconstrained)
    if not all(mode is not None and mode.status.is_estimate for mode in modes):
        return
    unit = frame.get("posterior_sd", frame["map_unconstrained_sd_laplace"])
    gap = ((frame["map_constrained"] - frame["map_unconstrained"]) / unit).abs()
    names = _largest_first(gap[gap > LARGE_GAP.value])
    yield Check(
        code="map_depends_on_parametrisation",
        outcome=Outcome.FAILED if names else Outcome.PASSED,
        evidence=f"the modes on the two scales differ by at most {gap.max():.2f} sd",
        threshold=f"at most {LARGE_GAP.value} sd",
        reference=DRUILHET_MARIN,
        advice="state the scale of the mode, or report the posterior median, which is invariant",
        parameters=names,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorTails:
    """The mass of the prior beyond the MLE, for each parameter.

    Attributes
    ----------
    mass : mapping of str to float
        Twice the smaller tail of the prior convolved with the error of the MLE.
    """

    mass: Mapping[str, float]

    @property
    def limit(self) -> float:
        """What each parameter may have: Bonferroni's share of one in a hundred."""
        return CONFLICT_TAIL.value / len(self.mass)

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters in conflict, the smallest mass first."""
        below = (n for n, mass in self.mass.items() if mass < self.limit)
        return tuple(sorted(below, key=self.mass.__getitem__))

    @property
    def outcome(self) -> Outcome:
        """Failed where a parameter is in conflict."""
        return Outcome.FAILED if self.parameters else Outcome.PASSED

    def wording(self) -> str:
        """Return the evidence in words."""
        worst = min(self.mass, key=self.mass.__getitem__)
        return (
            f"the prior of {worst}, convolved with the error of the MLE, has "
            f"{self.mass[worst]:.2g} of its mass beyond the MLE (two-sided)"
        )


def prior_conflict(lineup: Lineup, frame: pd.DataFrame) -> Iterator[Check]:
    """Ask whether prior and likelihood put a parameter where the other finds it improbable."""
    mle, prior = lineup.mle, lineup.prior
    if lineup.is_flat or mle is None or not mle.status.is_estimate:
        return
    if prior is None:
        yield from _by_shift(frame)
        return
    table = mle.to_frame()
    rows = zip(table.index, table["estimate"].to_numpy(), table["se"].to_numpy(), strict=True)
    mass = {
        str(name): tail_mass(_draws_of(prior, str(name)), estimate, error)
        for name, estimate, error in rows
        if np.isfinite(error) and name in prior.layout.names
    }
    if not mass:
        return
    measured = PriorTails(mass=mass)
    yield _conflict(
        measured.outcome,
        measured.wording(),
        f"at least {measured.limit:.2g} ({CONFLICT_TAIL.value:g} divided by the number of "
        f"parameters, {len(mass)})",
        measured.parameters,
    )


def _conflict(outcome: Outcome, evidence: str, threshold: str, names: tuple[str, ...]) -> Check:
    return Check(
        code="prior_data_conflict",
        outcome=outcome,
        evidence=evidence,
        threshold=threshold,
        reference=EVANS_MOSHONOV,
        advice="check the prior's scale and units against the data",
        parameters=names,
    )


def _draws_of(prior: Posterior, name: str) -> np.ndarray:
    return np.asarray(prior.draws[:, :, prior.layout.names.index(name)].ravel())


def tail_mass(draws: np.ndarray, estimate: float, error: float) -> float:
    """Return twice the smaller tail of prior draws with the error of the estimate added."""
    finite = draws[np.isfinite(draws)]
    if error > 0:
        below = float(ndtr((estimate - finite) / error).mean())
    else:  # an estimate without an error, as on an edge
        below = float((finite < estimate).mean() + (finite == estimate).mean() / 2)
    return 2 * min(below, 1 - below)


def _by_shift(frame: pd.DataFrame) -> Iterator[Check]:
    if "prior_pull" not in frame:
        return
    # no larger than the distance of prior and likelihood in their joint sd: a failure is certain
    shift = frame["prior_pull"].abs()
    if not shift.notna().any():
        return
    names = _largest_first(shift[shift > CONFLICT_SHIFT.value])
    yield _conflict(
        Outcome.FAILED if names else Outcome.PASSED,
        f"the prior shifts the estimate by at most {shift.max():.2g} SE, at {shift.idxmax()}",
        f"at most {CONFLICT_SHIFT.value:g} SE",
        names,
    )
