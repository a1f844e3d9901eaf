"""What is estimated: the MLE or the MAP, and the scale of a mode."""

from __future__ import annotations

import enum

__all__ = [
    "Estimator",
    "Scale",
]


class Estimator(enum.StrEnum):
    """What a point estimate maximises."""

    MLE = "MLE"
    MAP = "MAP"


class Scale(enum.StrEnum):
    """Scale of the density whose mode a MAP is."""

    CONSTRAINED = "constrained"
    UNCONSTRAINED = "unconstrained"
