"""bayeswrap: one Stan program, one data set; MLE, MAP and posterior side by side."""

from bayeswrap.model import Model
from bayeswrap.program import Program
from bayeswrap.library import library

__all__ = ["Model", "Program", "library"]
