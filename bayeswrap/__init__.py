"""bayeswrap: one Stan program, one data set; MLE, MAP and posterior side by side."""

import importlib
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bayeswrap import studies
    from bayeswrap.adoption import adopt
    from bayeswrap.analysis import analyze
    from bayeswrap.comparison.compare import compare
    from bayeswrap.comparison.comparison import Comparison
    from bayeswrap.comparison.plot_results import plot
    from bayeswrap.errors import BayeswrapError, BayeswrapWarning
    from bayeswrap.estimates.inference.likelihood_ratio import likelihood_ratio_test
    from bayeswrap.model.model import Model
    from bayeswrap.model_comparison.ranking import ModelComparison, compare_models
    from bayeswrap.program.migration.migration import Migration, migrate
    from bayeswrap.program.program import Program
    from bayeswrap.program_library import library
    from bayeswrap.reevaluation import verify
    from bayeswrap.regression_model.glm import glm
    from bayeswrap.report.results_table import results_table
    from bayeswrap.storage import load, save

__version__ = version("bayeswrap")

__all__ = [
    "BayeswrapError",
    "BayeswrapWarning",
    "Comparison",
    "Migration",
    "Model",
    "ModelComparison",
    "Program",
    "__version__",
    "adopt",
    "analyze",
    "compare",
    "compare_models",
    "glm",
    "library",
    "likelihood_ratio_test",
    "load",
    "migrate",
    "plot",
    "results_table",
    "save",
    "studies",
    "verify",
]

# where each public name is made; a name is imported when it is first asked for (PEP 562)
_DEFINED_IN = {
    "BayeswrapError": "errors",
    "BayeswrapWarning": "errors",
    "Comparison": "comparison.comparison",
    "Migration": "program.migration.migration",
    "Model": "model.model",
    "ModelComparison": "model_comparison.ranking",
    "Program": "program.program",
    "adopt": "adoption",
    "analyze": "analysis",
    "compare": "comparison.compare",
    "compare_models": "model_comparison.ranking",
    "glm": "regression_model.glm",
    "library": "program_library",
    "likelihood_ratio_test": "estimates.inference.likelihood_ratio",
    "load": "storage",
    "migrate": "program.migration.migration",
    "plot": "comparison.plot_results",
    "results_table": "report.results_table",
    "save": "storage",
    "verify": "reevaluation",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for."""
    if name == "studies":
        return importlib.import_module("bayeswrap.studies")
    if name not in _DEFINED_IN:
        raise AttributeError(f"module 'bayeswrap' has no attribute {name!r}")
    value: object = getattr(importlib.import_module(f"bayeswrap.{_DEFINED_IN[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names alone."""
    return list(__all__)
