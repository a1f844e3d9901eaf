"""bayeswrap: one Stan program, one data set; MLE, MAP and posterior side by side."""

from bayeswrap.analysis import analyze
from bayeswrap.comparison import Comparison, compare
from bayeswrap.library import library
from bayeswrap.model import Model
from bayeswrap.program import Program

__all__ = ["Comparison", "Model", "Program", "analyze", "compare", "library"]
