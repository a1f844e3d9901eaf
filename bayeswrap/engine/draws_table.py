"""`DrawsTable`: what any method of Stan draws, as a table of scalars by chain and draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.engine.run_files import CmdStanOutput

__all__ = [
    "DrawsTable",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawsTable:
    """Draws of the sampler, of an approximation, or the one point of an optimizer.

    Attributes
    ----------
    names : tuple of str
        Scalars in Stan's spelling, ``beta[1]``, in CSV order.
    draws : (chains, draws, n) array
        Those scalars on the declared scale.
    method_names : tuple of str
        The method's own columns, ``lp__``, ``divergent__``, ...
    method_draws : (chains, draws, m) array
        Those columns.
    output : CmdStanOutput or None
        The files of the run; None where the draws were made in this process.
    """

    names: tuple[str, ...]
    draws: np.ndarray
    method_names: tuple[str, ...]
    method_draws: np.ndarray
    output: CmdStanOutput | None = None

    @classmethod
    def of_columns(
        cls, columns: Sequence[str], values: np.ndarray, output: CmdStanOutput | None = None
    ) -> DrawsTable:
        """Part the columns of a StanCSV file: those of the method end in two underscores.

        Parameters
        ----------
        columns : sequence of str
            Names of the columns, in Stan's spelling.
        values : (chains, draws, columns) array
            The numbers.
        output : CmdStanOutput, optional
            The files.
        """
        of_method = np.array([name.endswith("__") for name in columns], dtype=bool)
        return cls(
            names=tuple(n for n in columns if not n.endswith("__")),
            draws=values[:, :, ~of_method],
            method_names=tuple(n for n in columns if n.endswith("__")),
            method_draws=values[:, :, of_method],
            output=output,
        )

    def method_column(self, name: str) -> np.ndarray:
        """Return one of the method's own columns, (chains, draws)."""
        return np.asarray(self.method_draws[:, :, self.method_names.index(name)])
