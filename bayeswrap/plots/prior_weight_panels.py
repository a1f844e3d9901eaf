"""`plot_prior_weight`: the mode over the power of the prior, from the MLE to the MAP and beyond."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.errors import EstimandError
from bayeswrap.model.mode_scalars import estimates_of
from bayeswrap.model.prior_path import model_of, path_table, prior_path
from bayeswrap.plots.selection import scalars_named
from bayeswrap.plots.study_panels import StudyFigure, plot_study

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure

    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.plots.sheet import Canvas
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "origin_of_path",
    "plot_prior_weight",
    "problem_of_path",
]


# two points a decade around 1: a search for each takes some tenths of a second
_WEIGHTS = (0.0, *(float(w) for w in np.logspace(-2, 2, 9)))
_MOST_PANELS = 6


def plot_prior_weight(
    comparison: ComparisonResult,
    names: str | Sequence[str] | None = None,
    canvas: Canvas | None = None,
) -> Figure:
    """Draw the mode of the declared scale while the prior is raised to powers from 0 to 100.

    At 0 it is the MLE, at 1 the MAP. The band is one standard deviation by Laplace to each side.
    A mode is sought at each of ten powers, which takes some seconds.

    Parameters
    ----------
    comparison : ComparisonResult
        With an MLE that knows its density.
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
        There is no MLE, or it was loaded from a file without its density.
    UnknownNameError
        A name that the MLE does not have.
    """
    mle = origin_of_path(comparison)
    names, notes = _names(comparison, mle, names)
    steps = list(prior_path(model_of(problem_of_path(mle)), mle, _WEIGHTS))
    kind = "marginal " if mle.marginal else ""
    study = StudyFigure(
        table=path_table(steps, estimates_of(mle, names)),
        x="weight",
        x_label="power of the prior",
        x_scale="symlog",
        y={"estimate": f"{kind}MAP (declared scale)"},
        y_label="mode",
        bands={"estimate": "spread"},
        references={"mle": f"{kind}MLE"},
        panels="parameter",
        labels=mle.labels,
        notes=notes,
    )
    return plot_study(study, canvas)


def origin_of_path(comparison: ComparisonResult) -> PointEstimate:
    """Return the MLE, where the path begins.

    Raises
    ------
    EstimandError
        There is none.
    """
    mle = comparison.lineup.mle
    if mle is None:
        raise EstimandError(
            "the path over the power of the prior begins at the MLE, and there is none here",
            where=comparison.record.program_name,
            do="put mle() into compare(), or mle(marginal=True) of a hierarchical program",
        )
    return mle


def problem_of_path(mle: PointEstimate) -> Problem:
    """Return the problem whose prior is raised to powers, of a marginal MLE as well.

    Raises
    ------
    EstimandError
        The MLE was loaded from a file without its density.
    """
    return mle.problem_for('plot(kind="prior_weight")') if mle.problem is None else mle.problem


def _names(
    comparison: ComparisonResult, mle: PointEstimate, names: str | Sequence[str] | None
) -> tuple[list[str], tuple[str, ...]]:
    if names is not None:
        return scalars_named(names, mle.layout.names, mle.labels), ()
    own = set(comparison.to_frame().index)
    shown = [n for n in mle.parameters() if n in own]
    note = f"The figure shows the first {_MOST_PANELS} of {len(shown)} parameters."
    return shown[:_MOST_PANELS], (note,) * (len(shown) > _MOST_PANELS)
