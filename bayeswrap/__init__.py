"""bayeswrap: one Stan program, one data set; MLE, MAP and posterior side by side."""

from bayeswrap import studies
from bayeswrap.adoption import adopt
from bayeswrap.analysis import analyze
from bayeswrap.comparison.compare import compare
from bayeswrap.comparison.comparison import Comparison
from bayeswrap.errors import BayeswrapError, BayeswrapWarning
from bayeswrap.estimates.inference.likelihood_ratio import likelihood_ratio_test
from bayeswrap.library import library
from bayeswrap.model.model import Model
from bayeswrap.model_comparison.ranking import ModelComparison, compare_models
from bayeswrap.program.program import Program
from bayeswrap.storage import load, save

__all__ = [
    "BayeswrapError",
    "BayeswrapWarning",
    "Comparison",
    "Model",
    "ModelComparison",
    "Program",
    "adopt",
    "analyze",
    "compare",
    "compare_models",
    "library",
    "likelihood_ratio_test",
    "load",
    "save",
    "studies",
]
