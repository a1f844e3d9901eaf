"""`Marginal`: what was integrated out of an estimate, and how."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Integral",
    "Marginal",
]


class Integral(enum.StrEnum):
    """How an integral over latent effects was computed."""

    EXACT = "exact"
    """Laplace's formula where the log density is quadratic in the effects: no approximation."""
    LAPLACE = "Laplace"
    QUADRATURE = "quadrature"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Marginal:
    """What was integrated out of an estimate.

    Attributes
    ----------
    latent : tuple of str
        Variables that were integrated out.
    integral : Integral
        How.
    effects : DataFrame
        One row a scalar that the latent variables determine, by Stan's names: ``mode``, the
        conditional mode given the estimates, and ``sd``, its conditional standard deviation with
        the estimates taken as known; both on the declared scale.
    """

    latent: tuple[str, ...]
    integral: Integral
    effects: pd.DataFrame
