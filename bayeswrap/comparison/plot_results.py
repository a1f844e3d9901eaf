"""`plot`: a figure of results that stand alone, without a comparison of the user's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.comparison.compare import compare
from bayeswrap.errors import UsageError
from bayeswrap.estimates.approximations.approximation import Approximation
from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
from bayeswrap.estimates.posterior.draws import Posterior
from bayeswrap.plots.kinds import plot_kind
from bayeswrap.verdicts.comparison_result import ComparisonResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "plot",
]


def plot(
    *results: PointEstimate | Approximation | Posterior | ComparisonResult,
    kind: str = "marginal",
    parameters: str | Sequence[str] | None = None,
    axes: Axes | Iterable[Axes] | None = None,
    width: float | None = None,
) -> Figure:
    """Draw results of one program and data set: a posterior alone, or an MLE beside it.

    Parameters
    ----------
    *results : PointEstimate, Approximation, Posterior or Comparison
        What is drawn.
    kind, parameters, axes, width
        As for `Comparison.plot`.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    UsageError, EstimandError
        No result, or something that is none; otherwise as for `Comparison.plot`.
    ComparisonError
        Results of different programs or data.

    Examples
    --------
    >>> import bayeswrap as bw
    >>> entry = bw.library["beta_binomial"]
    >>> model = bw.Model(entry.program, {"n": 9, "y": 2, "a": 3, "b": 3}, engine="stanli")
    >>> bw.plot(model.mle(seed=1), kind="profile").axes[0].get_xlabel()
    'theta'
    """
    known = (PointEstimate, Approximation, Posterior, ComparisonResult)
    odd = [type(r).__name__ for r in results if not isinstance(r, known)]
    if odd or not results:
        raise UsageError(
            "only results can be drawn",
            where="bw.plot(...)",
            got=odd[0] if odd else "no result",
            expected="an estimate, draws, or a comparison",
            do="pass what mle(), map(), laplace(), sample() or compare() returned",
        )
    # the searches for other modes belong to a verdict, which is not drawn
    comparison = results[0] if len(results) == 1 else None
    if not isinstance(comparison, ComparisonResult):
        own = [r for result in results for r in _parts(result)]
        comparison = compare(*own, starts=0)
    return plot_kind(comparison, kind, parameters, axes=axes, width=width)


def _parts(
    result: PointEstimate | Approximation | Posterior | ComparisonResult,
) -> tuple[PointEstimate | Approximation | Posterior, ...]:
    return result.results if isinstance(result, ComparisonResult) else (result,)
