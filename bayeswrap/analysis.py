"""`analyze`: every estimate of one program on one data set, in one call. Imports `comparison`."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from bayeswrap.comparison import Comparison, Missing, compare
from bayeswrap.errors import (
    BayeswrapError,
    ConvergenceError,
    EngineRunError,
    EstimationError,
)
from bayeswrap.estimates import PointEstimate
from bayeswrap.model import Model
from bayeswrap.model.core import watched

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from bayeswrap.comparison.rows import Line
    from bayeswrap.data import DataSource
    from bayeswrap.program import Program

__all__ = ["analyze", "analyze_model"]

_LAPLACE_DRAWS = 4000  # fewer leave k-hat, a shape of their tail, to chance
_log = logging.getLogger(__name__)


def analyze(
    program: Program | str | Path,
    data: DataSource = None,
    *,
    seed: int | None = None,
    ci_prob: float = 0.95,
    engine: str = "auto",
    roles: Mapping[str, str] | None = None,
    columns: Mapping[str, Any] | None = None,
    starts: int = 20,
    show_progress: bool | None = None,
    sample_options: Mapping[str, Any] | None = None,
    **named: Any,  # noqa: ANN401 - as for Model
) -> Comparison:
    """Make every estimate that exists and compare them.

    Parameters
    ----------
    program, data, engine, roles, columns, **named
        As for `Model`.
    seed : int, optional
        Stan's seed for every run.
    ci_prob : float, optional
        Coverage of all intervals.
    starts : int, optional
        From how many starts to look for other modes; 0 looks for none.
    show_progress : bool, optional
        Show progress bars; by default when a person watches.
    sample_options : mapping, optional
        Further arguments of `Model.sample`.

    Returns
    -------
    Comparison
        An estimate that does not exist is told in its verdict, never raised.

    Raises
    ------
    ProgramError, DataError
        The program or the data cannot be used.
    EngineError
        Stan is missing, or the sampler failed.
    """
    model = Model(program, data, engine=engine, roles=roles, columns=columns, **named)  # type: ignore[arg-type]  # Model checks the engine's name
    return analyze_model(
        model,
        seed=seed,
        ci_prob=ci_prob,
        starts=starts,
        show_progress=show_progress,
        sample_options=sample_options,
    )


def analyze_model(
    model: Model,
    *,
    seed: int | None = None,
    ci_prob: float = 0.95,
    starts: int = 20,
    show_progress: bool | None = None,
    sample_options: Mapping[str, Any] | None = None,
) -> Comparison:
    """Make every estimate of a model that exists and compare them (see `analyze`)."""
    results: list[Line] = []
    missing: list[Missing] = []
    failures: list[BayeswrapError] = []

    def attempt(title: str, make: Callable[[], Line]) -> None:
        try:
            results.append(make())
        except ConvergenceError as error:
            missing.append(Missing(title=title, reason=_reason(error), advice=error.do or ""))
            if isinstance(error.estimate, PointEstimate):
                results.append(error.estimate)
        except (EstimationError, EngineRunError) as error:
            # what is finished is kept: one failed run must not take the others with it
            missing.append(Missing(title=title, reason=error.what, advice=error.do or ""))
            failures.append(error)

    attempt("MLE", lambda: model.mle(seed=seed))
    attempt("MAP (constrained scale)", lambda: model.map(seed=seed))
    attempt("MAP (unconstrained scale)", lambda: model.map("unconstrained", seed=seed))
    attempt("Laplace approximation", lambda: model.laplace(draws=_LAPLACE_DRAWS, seed=seed))
    options = dict(sample_options or {})
    attempt("posterior", lambda: model.sample(seed=seed, show_progress=show_progress, **options))
    if not results:
        raise failures[-1]
    try:
        results.append(model.prior(seed=seed, show_progress=False))
    except (EstimationError, EngineRunError) as error:
        # the figures go without a prior then; no estimate is lost
        _log.info("no prior draws: %s", error)
    return compare(
        *results,
        ci_prob=ci_prob,
        missing=missing,
        starts=starts,
        show_progress=watched(show_progress),
    )


def _reason(error: ConvergenceError) -> str:
    status = getattr(error.estimate, "status", None)
    return str(status.sentence) if status is not None else error.what
