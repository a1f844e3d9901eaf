"""The model: a program, its data and an engine."""

from bayeswrap.model.model import Model

__all__ = ["Model"]
