"""What the checks amount to, as numbers: may the point estimate stand for the posterior."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.results.status import Status
from bayeswrap.thresholds import LARGE_GAP, MONTE_CARLO_ERRORS, SMALL_GAP, SMALL_RATIO
from bayeswrap.verdicts.check import Outcome
from bayeswrap.verdicts.checks.coverage import Coverage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from bayeswrap.verdicts.check import Check
    from bayeswrap.verdicts.lineup import Lineup

__all__ = [
    "Answer",
    "PointSummary",
    "Ruling",
    "decisive_checks",
    "failed_checks",
    "rough_scalars",
    "ruling_of",
]

# with one of these the mode must not be reported, whatever the gaps
_DECISIVE = ("joint_mode_degenerate", "mode_far_from_mass", "multimodal")
# with one of these there is no mode
_NO_MODE = ("unbounded_density", "optimum_at_infinity", "not_identified")
# with one of these an MLE must not be reported with a profile interval
_DOUBTFUL_MLE = frozenset({"mle_does_not_exist", "multimodal", "local_optimum"})


class Answer(enum.Enum):
    """The answers to the question whether the point estimate can stand for the posterior.

    Attributes
    ----------
    point_is_enough : bool or None
        None where the question is not decided.
    """

    NO_POSTERIOR = ("improper", None)
    NO_DRAWS = ("no draws", None)
    NOT_CONVERGED = ("chains disagree", None)
    NO_VALID_MODE = ("a check forbids the mode", False)
    NO_POINT = ("no point estimate", False)
    MLE_ALONE = ("an MLE beside a posterior with a prior", None)
    NOTHING_VARIES = ("no parameter varies", None)
    INADEQUATE = ("beyond a threshold", False)
    UNDETERMINED = ("the draws are too few", None)
    ROUGH = ("within the large thresholds", True)
    ADEQUATE = ("within the small thresholds", True)

    def __init__(self, meaning: str, point_is_enough: bool | None) -> None:  # noqa: FBT001 - an enum's own fields
        self.meaning = meaning
        self.point_is_enough = point_is_enough


@dataclass(frozen=True, slots=True, kw_only=True)
class PointSummary:
    """How well the point with its spread describes the posterior.

    Attributes
    ----------
    point : str
        What the point is called, such as MAP or marginal MLE.
    is_flat : bool
        Whether the posterior is that under a flat prior.
    largest_gap : float
        Posterior sds; NaN where the mode has no value.
    at : str
        The scalar of the largest gap.
    inadequate, adequate : tuple of str
        The scalars beyond a threshold (or undecided), and those within all.
    undecided : tuple of str
        Where others are beyond a threshold, the scalars that straddle one.
    effects : tuple of str
        Variables that are integrated out of the point.
    coverage : Coverage or None
        Where no gap but an interval is beyond its threshold, or may be.
    """

    point: str
    is_flat: bool
    largest_gap: float
    at: str
    inadequate: tuple[str, ...]
    adequate: tuple[str, ...]
    undecided: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    coverage: Coverage | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """An answer with what it rests on.

    Attributes
    ----------
    answer : Answer
        The answer.
    because : Check or None
        The check that decides, where one does.
    reportable_mle : str
        The title of an MLE that may be reported although there is no posterior; else empty.
    summary : PointSummary or None
        The numbers, where point and posterior were compared.
    """

    answer: Answer
    because: Check | None = None
    reportable_mle: str = ""
    summary: PointSummary | None = None


def failed_checks(checks: Sequence[Check]) -> dict[str, Check]:
    """Return the checks that failed, by code."""
    return {c.code: c for c in checks if c.outcome is Outcome.FAILED}


def decisive_checks(checks: Sequence[Check], lineup: Lineup | None = None) -> list[Check]:
    """Return what forbids the mode: of several checks of one kind the last is that of the MAP.

    A marginal estimate is forbidden by its own boundary alone: what is wrong with a joint mode is
    nothing against it.
    """
    if lineup is not None and lineup.marginal is not None:
        on_edge = lineup.marginal.status is not Status.CONVERGED
        rows = [c for c in checks if c.code == "boundary_estimate"]
        return [c for c in rows if on_edge and c.outcome is Outcome.FAILED][:1]
    last = {c.code: c for c in checks}
    ranked = (last[code] for code in _DECISIVE if code in last)
    return [c for c in ranked if c.outcome is Outcome.FAILED]


def ruling_of(lineup: Lineup, frame: pd.DataFrame, checks: Sequence[Check]) -> Ruling:
    """Decide whether the point estimate can stand for the posterior.

    Parameters
    ----------
    lineup : Lineup
        The results.
    frame : pandas.DataFrame
        The parameters' rows.
    checks : sequence of Check
        The checks, in order.
    """
    failed = failed_checks(checks)
    without_posterior = _without_posterior(lineup, failed)
    if without_posterior is not None:
        return without_posterior
    decisive = decisive_checks(checks, lineup)
    reasons = decisive or [failed[code] for code in _NO_MODE if code in failed]
    # an MLE that does not exist says nothing against a MAP that does
    if reasons and (lineup.mode is None or decisive):
        return Ruling(answer=Answer.NO_VALID_MODE, because=reasons[0])
    if lineup.mode is None:
        has_mle = lineup.mle is not None and lineup.mle.status.is_estimate
        return Ruling(answer=Answer.MLE_ALONE if has_mle else Answer.NO_POINT)
    shape = next((c for c in checks if c.code == "non_gaussian_posterior"), None)
    if shape is None:
        return Ruling(answer=Answer.NOTHING_VARIES)
    return _by_shape(lineup, frame, shape)


def _without_posterior(lineup: Lineup, failed: Mapping[str, Check]) -> Ruling | None:
    """Return the answer where there is nothing to compare a point with."""
    improper = failed.get("improper_posterior")
    if improper is not None:
        mle = lineup.mle
        exists = mle is not None and mle.status is Status.CONVERGED
        title = mle.title if mle is not None and exists and not _DOUBTFUL_MLE & set(failed) else ""
        return Ruling(answer=Answer.NO_POSTERIOR, because=improper, reportable_mle=title)
    if lineup.posterior is None:
        return Ruling(answer=Answer.NO_DRAWS)
    if "sampler_not_converged" in failed:
        return Ruling(answer=Answer.NOT_CONVERGED, because=failed["sampler_not_converged"])
    return None


def _by_shape(lineup: Lineup, frame: pd.DataFrame, shape: Check) -> Ruling:
    frame = lineup.judged(frame[frame["posterior_sd"] > 0])
    gap = frame["shape_gap_mean"].abs()
    has_gap, coverage = bool(gap.notna().any()), Coverage.of(frame)
    by_gap = not has_gap or _may_exceed(frame)
    summary = PointSummary(
        point=lineup.mode_name,
        is_flat=lineup.is_flat,
        largest_gap=float(gap.max()) if has_gap else np.nan,
        at=str(gap.idxmax()) if has_gap else "",
        inadequate=shape.parameters,
        adequate=tuple(
            str(n) for n in frame.index if n not in {*shape.parameters, *shape.undecided}
        ),
        undecided=shape.undecided,
        effects=lineup.effects,
        coverage=coverage if coverage and coverage.worst and not by_gap else None,
    )
    close = has_gap and not rough_scalars(lineup, frame)
    answer = {
        Outcome.FAILED: Answer.INADEQUATE,
        Outcome.NOT_DETERMINED: Answer.UNDETERMINED,
        Outcome.PASSED: Answer.ADEQUATE if close else Answer.ROUGH,
    }[shape.outcome]
    return Ruling(answer=answer, because=shape, summary=summary)


def rough_scalars(lineup: Lineup, frame: pd.DataFrame) -> frozenset[str]:
    """Return the scalars that the point and its spread describe within the large limits alone.

    Parameters
    ----------
    lineup : Lineup
        The results.
    frame : pandas.DataFrame
        The parameters' rows.
    """
    frame = lineup.judged(frame[frame["posterior_sd"] > 0])
    ratio, coverage = frame["se_sd_ratio"], Coverage.of(frame)
    beyond = frame["shape_gap_mean"].abs() > SMALL_GAP.value
    beyond |= (ratio > SMALL_RATIO.value) | (1 / ratio > SMALL_RATIO.value)
    if coverage is not None:
        beyond |= coverage.is_rough
    return frozenset(map(str, frame.index[beyond]))


def _may_exceed(frame: pd.DataFrame) -> bool:
    """Return whether a gap is above its threshold, or may be for all that the draws show."""
    margin = MONTE_CARLO_ERRORS.value * frame.get("shape_gap_mcse", 0.0)
    return bool((frame["shape_gap_mean"].abs() + margin > LARGE_GAP.value).any())
