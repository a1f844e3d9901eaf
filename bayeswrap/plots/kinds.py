"""`plot_kind`: the figures of a comparison by name, and what each needs."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from bayeswrap.arguments import did_you_mean
from bayeswrap.errors import EngineError, EstimationError, UsageError
from bayeswrap.estimates.problem.labels import stan_name
from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.plots.census_panels import plot_census
from bayeswrap.plots.chains import plot_rank, plot_trace
from bayeswrap.plots.comparison_panels import plot_comparison
from bayeswrap.plots.energy_panels import plot_energy
from bayeswrap.plots.forest_panels import plot_forest
from bayeswrap.plots.pair_panels import plot_pairs
from bayeswrap.plots.predictive_panels import no_replications, plot_predictive
from bayeswrap.plots.prior_weight_panels import (
    origin_of_path,
    plot_prior_weight,
    problem_of_path,
)
from bayeswrap.plots.profile_panels import plot_profile, profiled_estimate
from bayeswrap.plots.selection import scalars_named
from bayeswrap.plots.sheet import Canvas
from bayeswrap.plots.study_panels import plot_study
from bayeswrap.verdicts.arviz_container import posterior_draws
from bayeswrap.verdicts.leave_one_out import leave_one_out, log_weights_of
from bayeswrap.verdicts.predictive_checks import predictions_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from bayeswrap.estimates.posterior.draws import Posterior
    from bayeswrap.plots.study_panels import StudyFigure
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "KINDS",
    "PlotKind",
    "kinds_table",
    "plot_kind",
]


_TWO = 2
_ENERGY = "energy__"
_STUDIES = ("n_ladder", "prior_weight")


@dataclass(frozen=True, slots=True)
class PlotKind:
    """A figure of a comparison.

    Attributes
    ----------
    shows : str
        What it shows, in a line.
    draw : callable
        From comparison, names and canvas to the figure.
    require : callable
        Raises where this comparison lacks what the figure needs.
    """

    shows: str
    draw: Callable[[ComparisonResult, Any, Canvas], Figure]
    require: Callable[[ComparisonResult], object]


def _posterior(comparison: ComparisonResult) -> Posterior:
    """Return the draws of the posterior, or raise."""
    return posterior_draws(comparison.lineup)


def _anything(comparison: ComparisonResult) -> None:
    """Every comparison has estimates."""


def _chains(comparison: ComparisonResult) -> None:
    draws = _posterior(comparison)
    if draws.draws.shape[0] < _TWO:
        raise UsageError(
            "ranks compare chains, and these draws have one",
            where=comparison.record.program_name,
            got="1 chain",
            expected="two or more",
            do="sample(chains=4)",
        )


def _energy(comparison: ComparisonResult) -> None:
    if _ENERGY not in _posterior(comparison).method_names:
        raise UsageError(
            "these draws carry no energy",
            where=comparison.record.program_name,
            expected=f"the column {_ENERGY}, which NUTS writes",
            do="draw with sample()",
        )


def _profile(comparison: ComparisonResult) -> None:
    profiled_estimate(comparison).problem_for('plot(kind="profile")')


def _prior(comparison: ComparisonResult) -> None:
    if not comparison.has_prior:
        raise UsageError(
            "the program has no prior, so there is no path over its power",
            where=comparison.record.program_name,
            do="add prior statements to the program",
        )
    problem_of_path(origin_of_path(comparison))


def _searches(comparison: ComparisonResult) -> None:
    if not comparison.censuses:
        raise UsageError(
            "this comparison holds no search from several starts",
            where=comparison.record.program_name,
            do="compare(..., starts=50), or mle(starts=50)",
        )


def _predictions(comparison: ComparisonResult) -> None:
    draws = _posterior(comparison)
    if predictions_of(comparison.lineup):
        return
    if draws.problem is None:
        raise UsageError(
            "a predictive check needs the data, and loaded draws hold none",
            where=comparison.record.program_name,
            do="load it with bw.load(path, density=True), or sample again with Model",
        )
    raise no_replications(comparison)


def _ladder(comparison: ComparisonResult) -> None:
    raise UsageError(
        "a comparison has one data set, and this figure needs several of growing size",
        where=comparison.record.program_name,
        do='plot("n_ladder", study=bw.studies.n_ladder(program, frame)), whose figure it is',
    )


def _rank(comparison: ComparisonResult, names: Any, canvas: Canvas) -> Figure:  # noqa: ANN401 - as plot_rank
    return plot_rank(_posterior(comparison), names, canvas)


def _trace(comparison: ComparisonResult, names: Any, canvas: Canvas) -> Figure:  # noqa: ANN401 - as plot_trace
    return plot_trace(_posterior(comparison), names, canvas)


def _predictive(comparison: ComparisonResult, names: Any, canvas: Canvas) -> Figure:  # noqa: ANN401 - as plot_predictive
    return plot_predictive(comparison, names, canvas, log_weights=_log_weights(comparison))


def _log_weights(comparison: ComparisonResult) -> np.ndarray | None:
    """Return the weights of leaving observations out; None where the program lists none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of k-hat: a PIT shows what it does
            return log_weights_of(leave_one_out(comparison.lineup))
    except (EstimationError, EngineError):
        return None


def _never(comparison: ComparisonResult, names: Any, canvas: Canvas) -> Figure:  # noqa: ANN401 - the signature of the others
    raise NotImplementedError


KINDS: dict[str, PlotKind] = {
    "forest": PlotKind(
        "all estimates with their intervals, a row for each parameter", plot_forest, _anything
    ),
    "marginal": PlotKind(
        "posterior and prior density of each parameter, with the modes below",
        plot_comparison,
        _anything,
    ),
    "pairs": PlotKind(
        "pairs of parameters, with Laplace's ellipse and divergent transitions",
        plot_pairs,
        _posterior,
    ),
    "profile": PlotKind(
        "the profile likelihood over the parabola that a Wald interval assumes",
        plot_profile,
        _profile,
    ),
    "prior_weight": PlotKind(
        "the mode over the power of the prior, from the MLE on", plot_prior_weight, _prior
    ),
    "n_ladder": PlotKind("mode and mean as data grow, of a study", _never, _ladder),
    "census": PlotKind("the modes that searches from many starts reached", plot_census, _searches),
    "trace": PlotKind("each chain over its iterations", _trace, _posterior),
    "rank": PlotKind("ranks of each chain's draws, flat where the chains agree", _rank, _chains),
    "energy": PlotKind("energies of the draws and their changes", plot_energy, _energy),
    "predictive": PlotKind(
        "the data beside their replications, by type of outcome", _predictive, _predictions
    ),
}


def plot_kind(
    comparison: ComparisonResult,
    kind: str | Sequence[str],
    parameters: str | Sequence[str] | None = None,
    *,
    axes: Axes | Iterable[Axes] | None = None,
    width: float | None = None,
    study: StudyFigure | None = None,
) -> Figure:
    """Draw a kind of figure.

    Parameters
    ----------
    comparison : ComparisonResult
        What is drawn.
    kind : str or sequence of str
        A key of `KINDS`; parameters in its place are drawn as ``"marginal"``.
    parameters : str or sequence of str, optional
        Labels, Stan's names or variables.
    axes : Axes or several, optional
        Where it is drawn, one axes a panel; a new figure by default.
    width : float, optional
        Of a new figure, in inches.
    study : Study, optional
        Whose table is drawn, for ``"n_ladder"`` and ``"prior_weight"``.

    Raises
    ------
    UsageError
        An unknown kind; too few axes; or what the figure needs is missing.
    """
    if not isinstance(kind, str) or (parameters is None and _is_parameter(comparison, kind)):
        kind, parameters = "marginal", kind
    if kind not in KINDS:
        raise _unknown_kind(kind)
    canvas = Canvas.of(axes, width)
    if study is not None:
        return _of_study(study, kind, parameters, canvas)
    found = KINDS[kind]
    found.require(comparison)
    return found.draw(comparison, parameters, canvas)


def kinds_table(comparison: ComparisonResult) -> pd.DataFrame:
    """Return what each kind shows, and what this comparison lacks for it.

    Parameters
    ----------
    comparison : ComparisonResult
        What is to be drawn.

    Returns
    -------
    pandas.DataFrame
        By kind: ``shows``; ``missing`` and ``do``, empty where it can be drawn.
    """
    rows = {}
    for name, kind in KINDS.items():
        missing, remedy = "", ""
        try:
            kind.require(comparison)
        except (UsageError, EstimationError) as error:
            missing, remedy = error.what, error.do or ""
        rows[name] = (kind.shows, missing, remedy)
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=["shows", "missing", "do"])
    return frame.rename_axis("kind")


def _of_study(
    study: StudyFigure, kind: str, parameters: str | Sequence[str] | None, canvas: Canvas
) -> Figure:
    """Draw a study, or the parameters of it that are asked for."""
    if kind not in _STUDIES:
        raise UsageError(
            "a study is drawn by the kinds that are studies",
            got=f"kind={kind!r} and study=",
            expected=" or ".join(_STUDIES),
            do="leave study= out, or pass one of these kinds",
        )
    if parameters is not None and study.panels is not None:
        own = study.table[study.panels]
        names = scalars_named(parameters, [*dict.fromkeys(own)], study.labels)
        study = replace(study, table=study.table[own.isin(names)])
    return plot_study(study, canvas)


def _is_parameter(comparison: ComparisonResult, word: str) -> bool:
    if word in KINDS:
        return False
    names = [str(n) for n in comparison.frame.index]
    return stan_name(word, comparison.labels) in {*names, *map(variable_of, names)}


def _unknown_kind(kind: str) -> UsageError:
    lines = "\n".join(f"    {name}: {found.shows}" for name, found in KINDS.items())
    return UsageError(
        f"unknown kind of figure{did_you_mean(kind, KINDS)}",
        got=repr(kind),
        expected=f"one of\n{lines}",
        do="plot(kind=...) with one of these",
    )
