"""A funnel: the spread of centred effects varies so much that no single step size fits it.

Where effects are written as ``theta ~ normal(mu, tau)`` with an unknown `tau`, their scale given
`tau` is `tau` itself. NUTS has one step size for all of the posterior (Betancourt & Girolami 2015,
arXiv:1312.0906).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.program.roles.role import Role
from bayeswrap.thresholds import FUNNEL_NECK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayeswrap.estimates.posterior.draws import Posterior
    from bayeswrap.program.program import Program
    from bayeswrap.program.roles.role import TargetStatement

__all__ = [
    "Funnel",
    "funnel_of",
]


_NECK = 0.025  # quantile of the spread of the effects
_EFFECTS_MIN = 3
_NORMAL = re.compile(r"(\w+)\s*~\s*normal\(\s*([^,()]+?)\s*,\s*([^,]+?)\s*\)\s*;?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """Centred effects whose spread varies over the posterior.

    Attributes
    ----------
    effects : str
        The variable.
    line : int
        Of its population statement.
    location, scale : str
        Its parameters as they are written; empty where the statement is no plain normal.
    neck : float
        The median spread of the effects over its 2.5 % quantile, over the draws.
    """

    effects: str
    line: int
    location: str
    scale: str
    neck: float


def funnel_of(posterior: Posterior) -> Funnel | None:
    """Return the centred effects with the narrowest neck, where it is too narrow for one step size.

    Parameters
    ----------
    posterior : Posterior
        Draws that some diagnostic complains of.
    """
    funnels = [
        f
        for name, statement in _centred_effects(posterior.program)
        if (f := _funnel(posterior, name, statement)) is not None
    ]
    worst = max(funnels, key=lambda f: f.neck, default=None)
    return worst if worst is not None and worst.neck > FUNNEL_NECK.value else None


def _centred_effects(program: Program) -> Iterator[tuple[str, TargetStatement]]:
    """Yield the effects whose distribution has an unknown parameter in it."""
    for statement in program.of_role(Role.POPULATION):
        if statement.dead or not statement.parents - statement.outcome:
            continue
        for name in sorted(statement.outcome):
            declaration = program.variables[name].declaration
            # with a multiplier Stan itself works with the effects in units of it
            if declaration.dims and "Multiplier" not in declaration.transform:
                yield name, statement


def _funnel(posterior: Posterior, name: str, statement: TargetStatement) -> Funnel | None:
    where = posterior.layout.indices(name) if name in posterior.layout.blocks else np.empty(0)
    if where.size < _EFFECTS_MIN:
        return None
    spread = posterior.draws[:, :, where].std(axis=-1)
    spread = spread[np.isfinite(spread)]
    narrow, median = np.quantile(spread, [_NECK, 0.5]) if spread.size else (np.nan, np.nan)
    written = _NORMAL.match(statement.text.strip())
    location, scale = written.group(2, 3) if written else ("", "")
    neck = float(median / narrow) if narrow > 0 else np.inf
    return Funnel(effects=name, line=statement.line, location=location, scale=scale, neck=neck)
