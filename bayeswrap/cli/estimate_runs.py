"""``fit``: one estimate is made, saved and printed; a saved result is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bayeswrap.arguments import check_seed
from bayeswrap.chosen_methods import check_methods
from bayeswrap.cli.model_of_words import is_saved, level_of, model_of, sampler_arguments
from bayeswrap.cli.printing import show
from bayeswrap.cli.report_paths import check_place
from bayeswrap.comparison.compare import compare
from bayeswrap.comparison.comparison import Comparison
from bayeswrap.errors import UsageError
from bayeswrap.estimates.approximations.approximation import Approximation
from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
from bayeswrap.estimates.posterior.draws import Posterior
from bayeswrap.progress import progress_shown
from bayeswrap.report.build import build_report
from bayeswrap.report.document.render_json import to_json
from bayeswrap.storage import load, save

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bayeswrap.cli.command_options import FitOptions, GlmOptions
    from bayeswrap.model.model import Model
    from bayeswrap.verdicts.lineup import Result

__all__ = [
    "as_json",
    "estimate",
    "fit",
]


def fit(program: Path, data: Path | None, options: FitOptions) -> int:
    """Make one estimate and print it; without data, show a saved result."""
    check_place(options.output)
    level_of(options)
    check_seed(options.seed)
    check_methods([options.method], "--method")
    if data is None and is_saved(program):
        return _show_saved(program, options)
    return estimate(model_of(program, data, options), options, {"marginal": options.marginal})


def estimate(model: Model, options: FitOptions | GlmOptions, of_modes: dict[str, Any]) -> int:
    """Make the estimate that is asked for, save it where that is asked for, and print it."""
    (method,) = check_methods([options.method], "--method")
    level = level_of(options)
    with progress_shown(False if options.quiet else None):
        result = _makers(model, options, of_modes)[method]()
    if options.output:
        save(result, options.output)
    if options.json:
        print(as_json(compare(result, ci_prob=level)))
    else:
        show(result, options.level)
    return 0


def _makers(
    model: Model, options: FitOptions | GlmOptions, of_modes: dict[str, Any]
) -> dict[str, Callable[[], Result]]:
    """Return what makes each estimate."""
    seed = options.seed
    modes = {"seed": seed, "starts": options.starts, **of_modes}
    return {
        "mle": lambda: model.mle(**modes),
        "marginal": lambda: model.mle(**{**modes, "marginal": True}),
        "map": lambda: model.map(**modes),
        "map-unconstrained": lambda: model.map("unconstrained", **modes),
        "laplace": lambda: model.laplace(seed=seed),
        "pathfinder": lambda: model.pathfinder(seed=seed),
        "nuts": lambda: model.sample(seed=seed, **sampler_arguments(options)),
    }


def _show_saved(path: Path, options: FitOptions) -> int:
    result, level = load(path), level_of(options)
    has_intervals = isinstance(result, (PointEstimate, Approximation, Posterior))
    if options.level is not None and not has_intervals:
        raise UsageError(
            "the intervals of this result were made at its own level",
            where=str(path),
            got=type(result).__name__,
            do="leave --level out, or make the result again",
        )
    if not options.json:
        show(result, options.level)
    elif isinstance(result, Comparison):
        print(as_json(result))
    elif isinstance(result, (PointEstimate, Approximation, Posterior)):
        print(as_json(compare(result, ci_prob=level)))
    else:
        raise UsageError(
            "a result of this kind has no object to print",
            where=str(path),
            got=type(result).__name__,
            do="leave --json out",
        )
    return 0


def as_json(comparison: Comparison) -> str:
    """Return a comparison as one JSON object."""
    return to_json(build_report(comparison, pictures=False)).rstrip()
