"""`LimitModel`: the model that remains where parameters are at the end of their range."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from bayeswrap.markup import block, brief, sentences, table

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "LimitModel",
]

_SHOWN = 6  # parameters in a sentence, at most


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LimitModel:
    """The model in which the maximum lies: some parameters at a limit, the others estimated.

    A negative binomial whose dispersion grows without bound is a Poisson model; a mixed model
    without variance between groups has that variance at 0. At infinity the maximum is only
    approached.

    Attributes
    ----------
    parameters : mapping of str to float
        What is at its limit, and the limit: ``inf``, or an end of the support. A gap of 0 between
        two neighbours of an ordered vector is written ``c[3] - c[2]``.
    family : str
        What the likelihood becomes there, ``"Poisson"``; empty where it has no name of its own.
    names : tuple of str
        The declared scalars that are estimated in the limit.
    values, spread : (n,) array
        Their estimates and standard errors (of a MAP: Laplace standard deviations), in the limit.
    spread_name : str
        ``se`` or ``sd_laplace``.
    log_density : float
        Log likelihood of an MLE, log density of a MAP, in the limit, nats, with all constants.
    """

    parameters: Mapping[str, float]
    family: str
    names: tuple[str, ...]
    values: np.ndarray
    spread: np.ndarray
    spread_name: str
    log_density: float

    @property
    def where(self) -> str:
        """The limit in words: ``phi at infinity: Poisson``."""
        places = [f"{name} {_place(value)}" for name, value in self.parameters.items()]
        text = ", ".join(places[:_SHOWN]) + (", ..." if len(places) > _SHOWN else "")
        return f"{text}: {self.family}" if self.family else text

    @property
    def sentence(self) -> str:
        """Where the limit is, and what the other parameters are there."""
        rows = zip(self.names, self.values, self.spread, strict=True)
        parts = [
            f"{name} = {value:.6g}" + (f" ({self.spread_name} {error:.4g})" if error > 0 else "")
            for name, value, error in rows
        ]
        text = ", ".join(parts[:_SHOWN]) + (", ..." if len(parts) > _SHOWN else "")
        head = f"in the limit ({self.where})"
        return f"{head} {text}, log density {self.log_density:.6g}" if parts else head

    def to_frame(self) -> pd.DataFrame:
        """Return one row a declared scalar: ``estimate`` and its spread; those at a limit last.

        Returns
        -------
        pandas.DataFrame
            Indexed by Stan's names.
        """
        ended = list(self.parameters)
        return pd.DataFrame(
            {
                "estimate": [*self.values.tolist(), *self.parameters.values()],
                self.spread_name: [*self.spread.tolist(), *[np.nan] * len(ended)],
            },
            index=pd.Index([*self.names, *ended], name="parameter"),
        )

    def __str__(self) -> str:
        table = self.to_frame().to_string(float_format=lambda x: f"{x:.6g}")
        return f"{self.where}\n{table}\nlog density {self.log_density:.6g}"

    def __repr__(self) -> str:
        return brief(str(self))

    def _repr_html_(self) -> str:
        density = f"log density {self.log_density:.6g}"
        return block(self.where, table(self.to_frame(), digits=6), sentences([density]))


def _place(value: float) -> str:
    if np.isinf(value):
        return "at infinity" if value > 0 else "at minus infinity"
    return f"= {value:.6g}"
