"""``compare`` and ``report``: all estimates, or those chosen, side by side; the page is written."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bayeswrap.analysis import analyze_model
from bayeswrap.arguments import check_seed
from bayeswrap.chosen_methods import check_methods
from bayeswrap.cli.estimate_runs import as_json
from bayeswrap.cli.model_of_words import (
    is_saved,
    level_of,
    methods_of,
    model_of,
    sampler_arguments,
)
from bayeswrap.cli.printing import show
from bayeswrap.cli.report_paths import check_place, usual_path
from bayeswrap.comparison.compare import compare as compare_results
from bayeswrap.comparison.comparison import Comparison
from bayeswrap.errors import BayeswrapError, UsageError
from bayeswrap.report.document.files import check_target
from bayeswrap.report.write import write_report
from bayeswrap.storage import load, save

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.cli.command_options import CompareOptions, GlmOptions, ReportOptions
    from bayeswrap.model.model import Model

__all__ = [
    "analyzed",
    "check_choices",
    "compare",
    "print_comparison",
    "report",
    "write_reports",
]


def compare(program: Path, data: Path | None, options: CompareOptions) -> int:
    """Compare all estimates, save the comparison where that is asked for, and print it."""
    check_place(options.output)
    comparison = _comparison(program, data, options)
    if options.output:
        save(comparison, options.output)
    print_comparison(comparison, options)
    return 0


def report(program: Path, data: Path | None, options: ReportOptions) -> int:
    """Compare all estimates and write the report, by default beside the reader."""
    paths = options.output or [usual_path(program)]
    for path in paths:
        check_target(path)  # before minutes of sampling, not after
    return write_reports(_comparison(program, data, options), paths, options)


def _comparison(
    program: Path, data: Path | None, options: CompareOptions | ReportOptions
) -> Comparison:
    check_choices(options)
    if data is not None or not is_saved(program):
        return analyzed(model_of(program, data, options), options)
    _refuse_choices(options)
    result = load(program)
    if isinstance(result, Comparison):
        return result
    return compare_results(result, seconds=options.seconds, ci_prob=level_of(options))


def check_choices(options: CompareOptions | ReportOptions | GlmOptions) -> None:
    """Refuse a level or methods that are none before any work is done for them."""
    level_of(options)
    check_seed(options.seed)
    methods = methods_of(options.methods)
    if methods is not None:
        check_methods(methods, "--methods")


def _refuse_choices(options: CompareOptions | ReportOptions) -> None:
    """Refuse what a saved result cannot follow: its estimates are made."""
    if options.methods:
        raise UsageError(
            "a saved result has its estimates",
            got=f"--methods {options.methods}",
            do="leave --methods out, or name the program and its data",
        )


def analyzed(model: Model, options: CompareOptions | ReportOptions | GlmOptions) -> Comparison:
    """Make the estimates of a model that are asked for, all by default, and compare them."""
    return analyze_model(
        model,
        seed=options.seed,
        starts=options.starts,
        show_progress=False if options.quiet else None,
        sample_options=sampler_arguments(options),
        seconds=options.seconds,
        methods=methods_of(options.methods),
        ci_prob=level_of(options),
    )


def print_comparison(
    comparison: Comparison, options: CompareOptions | ReportOptions | GlmOptions
) -> None:
    """Print a comparison as text, or as JSON."""
    if options.json:
        print(as_json(comparison))
    else:
        show(comparison)


def write_reports(
    comparison: Comparison, paths: Sequence[Path], options: ReportOptions | GlmOptions
) -> int:
    """Print a comparison and write its reports; where that fails the results are saved."""
    print_comparison(comparison, options)
    try:
        for path in paths:
            print(f"wrote {write_report(comparison, path)}", file=sys.stderr)
    except (OSError, BayeswrapError):
        kept = save(comparison, Path(tempfile.mkdtemp(prefix="bayeswrap-kept-")) / "comparison.bw")
        print(f"the results are saved in {kept}", file=sys.stderr)
        print(f"write their report with bayeswrap report {kept} -o ...", file=sys.stderr)
        raise
    return 0
