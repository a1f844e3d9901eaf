"""`EffectTable`: effects, comparisons and slopes as a table that can be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayeswrap.markup import block, brief, sentences, table
from bayeswrap.plots.effect_panels import EffectFigure, plot_effect

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

__all__ = [
    "EffectTable",
]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EffectTable:
    """Effects of predictors.

    Attributes
    ----------
    table : DataFrame
        One row a value or contrast: what it is of, then ``estimate``, ``se`` (``sd`` of draws),
        ``ci_lower``, ``ci_upper`` and ``interval``.
    x : str
        The column of the table that is drawn on the horizontal axis.
    colour : str or None
        The column whose values are drawn in colours of their own.
    panels : str or None
        The column whose values have a panel each.
    quantity : str
        What is estimated.
    ci_prob : float
        Coverage of the intervals.
    level : float or None
        Where there is no effect: a line of the figure.
    notes : tuple of str
        What is held where, and over what is averaged.
    """

    table: pd.DataFrame
    x: str
    quantity: str
    ci_prob: float
    colour: str | None = None
    panels: str | None = None
    level: float | None = None
    notes: tuple[str, ...] = ()

    def to_frame(self) -> pd.DataFrame:
        """Return the table."""
        return self.table.copy()

    def plot(self) -> Figure:
        """Draw lines with bands over a number, points with intervals over a factor.

        Returns
        -------
        matplotlib.figure.Figure
            One panel for each value of `panels`.
        """
        return plot_effect(
            EffectFigure(
                table=self.table,
                x=self.x,
                quantity=self.quantity,
                ci_prob=self.ci_prob,
                colour=self.colour,
                panels=self.panels,
                level=self.level,
                notes=self.notes,
            )
        )

    def __str__(self) -> str:
        table = self.table.to_string(index=False, float_format=lambda x: f"{x:.5g}")
        return "\n".join([self.quantity, table, *self.notes])

    def __repr__(self) -> str:
        return brief(str(self))

    def _repr_html_(self) -> str:
        return block(self.quantity, table(self.table), sentences(self.notes))
