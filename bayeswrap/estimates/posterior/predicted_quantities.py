"""Which generated quantities predict data: what the program says, or the user."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.arguments import did_you_mean
from bayeswrap.errors import UnknownNameError, UsageError
from bayeswrap.program.replications import Replication, replications

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayeswrap.estimates.pointwise.drawn_values import DrawnValues

__all__ = [
    "Predicted",
    "predicted",
]


Predicted = Replication


def predicted(
    draws: DrawnValues, stated: Mapping[str, str] | None = None
) -> dict[str, Replication]:
    """Return the generated quantities that predict, each with the data variable it replicates.

    Parameters
    ----------
    draws : Draws
        The draws.
    stated : mapping of str to str, optional
        What the user says, by data variable: ``{"switched": "y_rep"}``. An empty one says that
        nothing is a replication.

    Raises
    ------
    UnknownNameError
        There is no such quantity, or no such data variable.
    UsageError
        The shapes differ.
    """
    if stated is not None:
        return {v: _stated(draws, y, v) for y, v in stated.items()}
    found = {v: r for v, r in replications(draws.program).items() if v in draws.layout.blocks}
    return {v: _of_one_shape(draws, v, r) for v, r in found.items()}


def _of_one_shape(draws: DrawnValues, variable: str, made: Replication) -> Replication:
    if not made.outcome or draws.problem is None:
        return made
    shape = np.shape(draws.problem.data.values[made.outcome])
    own = draws.layout.shape(variable)
    if shape == own:
        return made
    return Replication(doubt=f"its shape {own} is not {shape}, that of {made.outcome}")


def _stated(draws: DrawnValues, outcome: str, variable: str) -> Replication:
    generated = [v for v, b in draws.layout.blocks.items() if b == "generated quantities"]
    data = [v.name for v in draws.program.variables_in("data")]
    for name, known, kind in (
        (variable, generated, "generated quantity"),
        (outcome, data, "data variable"),
    ):
        if name not in known:
            raise UnknownNameError(
                f"no {kind} {name!r}",
                where=draws.program.name,
                got=", ".join(known) or "none",
                do=did_you_mean(name, known) or "pass predictions={data variable: quantity}",
            )
    made = _of_one_shape(draws, variable, Replication(outcome=outcome))
    if made.doubt:
        raise UsageError(
            f"{variable} cannot be a replication of {outcome}",
            where=draws.program.name,
            got=made.doubt,
            do="leave it out of predictions",
        )
    return made
