"""`plot_profile`: the profile likelihood over the parabola that a Wald interval assumes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.errors import EngineError, EstimandError, EstimationError
from bayeswrap.plots.selection import scalars_named
from bayeswrap.plots.sheet import COLOURS, DASHED, Canvas, FigureSheet, SeriesStyle, style_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.estimates.profile_likelihood.profile import Profile
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "plot_profile",
    "profiled_estimate",
    "wald_deviance",
]


_MOST_PANELS = 6
_DEEPEST = 2.0  # cut-offs below the maximum that a panel shows
_POINTS = 200


def plot_profile(
    comparison: ComparisonResult,
    names: str | Sequence[str] | None = None,
    canvas: Canvas | None = None,
) -> Figure:
    """Draw the log likelihood, maximised over all other parameters, beside its parabola.

    Where the two differ at the cut-off, the Wald interval does not hold, and the profile interval
    does. Of a comparison without an MLE it is the profile of the posterior density.

    Parameters
    ----------
    comparison : ComparisonResult
        With an MLE or a MAP that knows its density.
    names : str or sequence of str, optional
        Scalars, labels or variables; by default the first six parameters that were estimated.
    canvas : Canvas, optional
        Where it is drawn.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    EstimandError
        There is no estimate, or none of the parameters has a profile.
    UnknownNameError
        A name that the estimate does not have.
    """
    estimate = profiled_estimate(comparison)
    names, note = _names(comparison, estimate, names)
    profiles, reasons = _profiles(estimate, names, comparison.ci_prob)
    is_mle = estimate.scale is None
    kind, quantity = ("mle", "log likelihood") if is_mle else ("map_constrained", "log density")
    sheet = FigureSheet(
        len(profiles), _styles(kind, profiles[0], comparison.ci_prob), canvas=canvas
    )
    for i, found in enumerate(profiles):
        row = estimate.layout.names.index(found.name)
        _draw(sheet.panels[i], found, float(estimate.spread[row]), kind)
        sheet.label_x(i, found.label or found.name)
        sheet.label_y(i, f"{quantity} from\nits maximum (nats)")
    sheet.note(" ".join([note, *reasons]).strip())
    return sheet.figure


def profiled_estimate(comparison: ComparisonResult) -> PointEstimate:
    """Return the estimate whose profiles are drawn, the MLE first.

    Raises
    ------
    EstimandError
        There is none.
    """
    lineup = comparison.lineup
    candidates = (lineup.mle, lineup.marginal_mle, lineup.map_constrained, lineup.map_unconstrained)
    found = next((p for p in candidates if p is not None and p.status.is_estimate), None)
    if found is None:
        raise EstimandError(
            "a profile starts at a maximum, and this comparison holds none",
            where=comparison.record.program_name,
            do="put mle() or map() into compare()",
        )
    return found


def wald_deviance(profile: Profile, spread: float, values: np.ndarray) -> np.ndarray:
    """Return the deviance of the parabola with the same maximum and curvature.

    ((value - estimate) / spread)^2, nats.
    """
    return np.asarray(((values - profile.estimate) / spread) ** 2)


def _names(
    comparison: ComparisonResult, estimate: PointEstimate, names: str | Sequence[str] | None
) -> tuple[list[str], str]:
    if names is not None:
        return scalars_named(names, estimate.layout.names, estimate.labels), ""
    own = set(comparison.to_frame().index)
    shown = [n for n in estimate.parameters() if n in own]
    note = f"The figure shows the first {_MOST_PANELS} of {len(shown)} parameters."
    return shown[:_MOST_PANELS], note * (len(shown) > _MOST_PANELS)


def _profiles(
    estimate: PointEstimate, names: Sequence[str], ci_prob: float
) -> tuple[list[Profile], list[str]]:
    """Return the profiles, and a sentence for each parameter that has none."""
    profiles, reasons, errors = [], [], []
    for name in names:
        try:
            profiles.append(estimate.profile(name, ci_prob))
        except (EstimationError, EngineError) as error:
            errors.append(error)
            reasons.append(f"No profile of {estimate.labels.get(name, name)}: {error.what}.")
    if not profiles:
        if errors:
            raise errors[0]
        raise EstimandError("there is no parameter to profile", do="name some in parameters=")
    return profiles, reasons


def _styles(kind: str, first: Profile, ci_prob: float) -> list[SeriesStyle]:
    profile_of, parabola = style_of(kind, first.title), "normal approximation (Wald)"
    return [
        SeriesStyle(colour=profile_of.colour, label=profile_of.label, marker=profile_of.marker),
        SeriesStyle(colour=COLOURS["laplace"], label=parabola, line=DASHED),
        SeriesStyle(
            colour=COLOURS["prior"],
            label=f"cut-off and limits of the {100 * ci_prob:g} % profile interval",
            line=(0, (1, 1)),
        ),
    ]


def _draw(axes: Axes, profile: Profile, spread: float, kind: str) -> None:
    bottom = -_DEEPEST * profile.cutoff / 2
    shown = profile.deviances <= _DEEPEST * profile.cutoff
    x, fall = profile.values[shown], -profile.deviances[shown] / 2
    low, high = float(x.min()), float(x.max())
    if np.isfinite(spread) and spread > 0:
        width = spread * np.sqrt(_DEEPEST * profile.cutoff)
        grid = np.linspace(profile.estimate - width, profile.estimate + width, _POINTS)
        parabola = -wald_deviance(profile, spread, grid) / 2
        axes.plot(grid, parabola, color=COLOURS["laplace"], linewidth=1.2, linestyle=DASHED)
        low, high = min(low, float(grid[0])), max(high, float(grid[-1]))
    axes.plot(x, fall, color=COLOURS[kind], linewidth=1.6)
    axes.plot(profile.estimate, 0.0, style_of(kind, "").marker, color=COLOURS[kind], markersize=5)
    axes.axhline(-profile.cutoff / 2, color=COLOURS["prior"], linewidth=0.9, linestyle=(0, (1, 1)))
    for limit in profile.interval:
        if np.isfinite(limit):
            ends = [bottom, -profile.cutoff / 2]
            axes.plot(
                [limit] * 2, ends, color=COLOURS["prior"], linewidth=0.9, linestyle=(0, (1, 1))
            )
    room = 0.03 * (high - low) or 0.5
    axes.set_xlim(low - room, high + room)
    axes.set_ylim(bottom, 0.12 * -bottom)
