"""bayeswrap: one Stan program, one data set; MLE, MAP and posterior side by side."""

from bayeswrap import studies
from bayeswrap.adoption import adopt
from bayeswrap.analysis import analyze
from bayeswrap.comparison import Comparison, ModelComparison, compare, compare_models
from bayeswrap.errors import BayeswrapError, BayeswrapWarning
from bayeswrap.estimates import likelihood_ratio_test
from bayeswrap.library import library
from bayeswrap.model import Model
from bayeswrap.program import Program
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
