"""Which generated quantities predict data: by Stan's habit of names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bayeswrap.estimates.problem.layout import Layout
    from bayeswrap.program.program import Program

__all__ = [
    "predictions",
]


_USUAL = frozenset({"y_rep", "y_pred", "yrep", "y_tilde"})
_SUFFIX = re.compile(r"_?(rep|pred|tilde|sim|new)$")


def predictions(layout: Layout, program: Callable[[], Program]) -> dict[str, str]:
    """Return the variables that are predictions, each with the data variable in its name.

    ``y_rep``, ``y_pred`` and ``y_tilde`` always are; ``switched_rep`` is one where ``switched`` is
    data and the program generates it.

    Parameters
    ----------
    layout : Layout
        Of the draws.
    program : callable
        Gives the program; asked only where a name ends like that of a prediction.

    Returns
    -------
    dict of str to str
        Data variables by prediction; ``""`` where no data variable has that name.
    """
    stems = {v: _SUFFIX.sub("", v) for v in layout.variables if _SUFFIX.search(v)}
    if not stems:
        return {}
    data = {v.name for v in program().variables_in("data")}
    generated = {v for v, block in layout.blocks.items() if block == "generated quantities"}
    return {
        v: stem if stem in data else ""
        for v, stem in stems.items()
        if v in _USUAL or (v in generated and stem in data)
    }
