"""``glm``: a regression from a formula and a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.cli.comparison_runs import analyzed, check_choices, print_comparison, write_reports
from bayeswrap.cli.estimate_runs import estimate
from bayeswrap.cli.model_of_words import data_path, pair
from bayeswrap.cli.report_paths import check_place
from bayeswrap.errors import UsageError
from bayeswrap.regression_model.glm import glm as regression
from bayeswrap.report.document.files import check_target
from bayeswrap.storage import save

if TYPE_CHECKING:
    from pathlib import Path

    from bayeswrap.cli.command_options import GlmOptions
    from bayeswrap.regression_model.regression_model import RegressionModel

__all__ = [
    "glm",
]


def glm(formula: str, data: Path, options: GlmOptions) -> int:
    """Fit a regression: one estimate, or with a report or chosen methods a comparison."""
    check_choices(options)
    check_place(options.output)
    for path in options.report or ():
        check_target(path)
    model = _model(formula, data, options)
    if options.program:
        options.program.write_text(model.stan_code, encoding="utf-8")
    if not options.json:
        print(model.priors()["prior"].to_string(), end="\n\n")
    if options.report or options.methods:
        comparison = analyzed(model, options)
        if options.output:
            save(comparison, options.output)
        if options.report:
            return write_reports(comparison, options.report, options)
        print_comparison(comparison, options)
        return 0
    if options.reml and options.method != "mle":
        raise UsageError("--reml is for the MLE", got=f"--method {options.method}", do="leave it")
    return estimate(model, options, {"reml": True} if options.reml else {})


def _model(formula: str, data: Path, options: GlmOptions) -> RegressionModel:
    names = ("family", "link", "trials", "weights", "offset", "censored", "upper", "standardize")
    return regression(
        formula,
        data_path(data),
        priors=dict(pair(text, "--prior") for text in options.prior or ()),
        missing=options.missing,
        engine=options.engine,
        **{name: getattr(options, name) for name in names},
    )
