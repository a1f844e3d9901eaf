"""`Coverage`: which share of the posterior the interval of a point estimate holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scipy.special import ndtr

from bayeswrap.thresholds import (
    COVERAGE_ERROR,
    LARGE_GAP,
    LARGE_RATIO,
    MONTE_CARLO_ERRORS,
    SMALL_COVERAGE_ERROR,
)

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Coverage",
]


_TAIL, _MEDIAN = 0.025, 0.5  # mass beyond each end of a 95 % interval, and below a median
_SMOOTH = 1.0  # draws added on each side: a mass of 0 among n draws has an error too


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Coverage:
    """Posterior mass below, in and above the 95 % interval of a point estimate, by scalar.

    Attributes
    ----------
    below, above : pandas.Series
        Mass beyond each end; 0.025 where the interval is that of the posterior.
    centre : pandas.Series
        Mass below the estimate; 0.5 where it is the median.
    width, width_error : pandas.Series
        Width of the interval over that of the posterior's, and its relative Monte Carlo error.
    ess_tail, ess_bulk : pandas.Series
        Effective draws, from which the Monte Carlo errors of the masses follow.

    Examples
    --------
    >>> import pandas as pd
    >>> one = pd.Series([1.0], index=["a"])
    >>> measured = Coverage(below=0.2 * one, above=0 * one, centre=0.68 * one, width=3.2 * one,
    ...     width_error=0.05 * one, ess_tail=1000 * one, ess_bulk=1000 * one)
    >>> bool(measured.large["a"])
    True
    """

    below: pd.Series
    above: pd.Series
    centre: pd.Series
    width: pd.Series
    width_error: pd.Series
    ess_tail: pd.Series
    ess_bulk: pd.Series

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Coverage | None:
        """Read the columns of an aligned table; None where there is no interval."""
        if "interval_below" not in frame:
            return None
        return cls(
            below=frame["interval_below"],
            above=frame["interval_above"],
            centre=frame["estimate_below"],
            width=frame["interval_ratio"],
            width_error=frame["interval_ratio_mcse"],
            ess_tail=frame["ess_tail"],
            ess_bulk=frame["ess_bulk"],
        )

    @property
    def error(self) -> pd.Series:
        """How far the coverage of the interval, or of a tail, is from what it should be."""
        return _largest(self.below - _TAIL, self.above - _TAIL, self._missing)

    @property
    def large(self) -> pd.Series:
        """Which scalars exceed a threshold beyond Monte Carlo error."""
        return self._beyond(-MONTE_CARLO_ERRORS.value)

    @property
    def undecided(self) -> pd.Series:
        """Which scalars straddle a threshold."""
        return ~self.large & self._beyond(MONTE_CARLO_ERRORS.value)

    @property
    def is_rough(self) -> pd.Series:
        """Which intervals are beyond the small threshold."""
        return self.error > SMALL_COVERAGE_ERROR.value

    @property
    def worst(self) -> str:
        """The scalar whose interval is wrong, or may be, by most; empty where there is none."""
        doubtful = self.error[self.large if self.large.any() else self.undecided].dropna()
        return str(doubtful.idxmax()) if doubtful.size else ""

    def clause(self, name: str, label: str | None = None) -> str:
        """Return what is wrong with one scalar's interval in words."""
        below, above, width = (float(s[name]) for s in (self.below, self.above, self.width))
        label = label or name
        if width > LARGE_RATIO.value and self.error[name] <= COVERAGE_ERROR.value:
            return (
                f"the 95 % interval of {label} is {width:.3g} times as wide as that of the "
                f"posterior; the limit is {LARGE_RATIO.value}"
            )
        return (
            f"the 95 % interval of {label} has {_percent(1 - below - above)} of the posterior "
            f"inside, {_percent(below)} below and {_percent(above)} above; "
            f"{_percent(float(self.centre[name]))} is below the estimate"
        )

    @property
    def _missing(self) -> pd.Series:
        return self.below + self.above - 2 * _TAIL

    def _beyond(self, errors: float) -> pd.Series:
        """Return what is above a threshold with so many Monte Carlo errors added."""
        tail = errors * _mass_error(_largest(self.below, self.above), self.ess_tail)
        both = errors * _mass_error(self.below + self.above, self.ess_tail)
        excess = _largest(self.below, self.above) - _TAIL + tail
        centre = (self.centre - _MEDIAN).abs() + errors * _mass_error(self.centre, self.ess_bulk)
        wide = self.width > LARGE_RATIO.value * (1 - errors * self.width_error)
        uncovered = self._missing + both > COVERAGE_ERROR.value
        # the mass that an estimate off by that gap has between it and a normal's median
        shifted = centre > float(ndtr(LARGE_GAP.value)) - _MEDIAN
        beyond: pd.Series = wide | (excess > COVERAGE_ERROR.value) | uncovered | shifted
        return beyond


def _mass_error(mass: pd.Series, ess: pd.Series) -> pd.Series:
    """Return the Monte Carlo standard error of a probability, from so many effective draws."""
    p = (mass * ess + _SMOOTH) / (ess + 2 * _SMOOTH)
    return (p * (1 - p) / ess) ** 0.5


def _largest(*series: pd.Series) -> pd.Series:
    first = series[0]
    for other in series[1:]:
        first = first.where(first >= other, other)
    return first


def _percent(mass: float) -> str:
    return f"{100 * mass:.1f} %"
