"""Non-centred population effects: ``theta = mu + tau * z`` with ``z ~ std_normal()``.

`z` carries a fixed prior, so its own statement does not show that it is an effect. What shows it
is that a scale is lost when the effect is set to 0. Imports `syntax` and `walk`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.program.syntax import Declaration, Tree
from bayeswrap.program.walk import follow

if TYPE_CHECKING:
    from collections.abc import Collection

    from bayeswrap.program.walk import Followed

__all__ = ["SCALES", "noncentred_effects", "reaching_directly"]

_UNBOUNDED = frozenset({"Identity", "SumToZero", "Offset", "Multiplier", "OffsetMultiplier"})
SCALES = frozenset(
    {"Lower", "LowerUpper", "CholeskyCorr", "CholeskyCov", "Correlation", "Covariance"}
    | {"Simplex", "PositiveOrdered"}
)


def noncentred_effects(
    tree: Tree, followed: Followed, likelihoods: Collection[int]
) -> dict[str, bool]:
    """Return the parameters that look like non-centred effects.

    The value is True where a scale reaches the likelihood only through its product with the
    effect, and the effect has a unit prior; False where there is a product, but no such loss.

    Parameters
    ----------
    tree : Tree
        The program.
    followed : Followed
        What was found in it.
    likelihoods : collection of int
        Positions of the statements that are, or may be, likelihood.
    """
    declared = {d.name: d for d in tree.blocks["parameters"] if isinstance(d, Declaration)}
    scales = followed.positive | {n for n, d in declared.items() if d.transform in SCALES}
    unit = _unit_outcomes(followed)
    return {
        name: name in unit and bool(_lost(tree, followed, likelihoods, name) & scales)
        for name, d in declared.items()
        if d.dims and d.transform in _UNBOUNDED and followed.products.get(name)
    }


def reaching_directly(followed: Followed, positions: Collection[int]) -> frozenset[str]:
    """Return the parameters in the statements at some positions."""
    flows = (n.flow for i, n in enumerate(followed.nodes) if i in positions)
    return frozenset[str]().union(*(f.parameters for f in flows))


def _lost(
    tree: Tree, followed: Followed, likelihoods: Collection[int], effect: str
) -> frozenset[str]:
    """Return the parameters that no longer reach a likelihood when an effect is 0."""
    without = follow(tree, frozenset({effect}))
    before = reaching_directly(followed, likelihoods)
    return before - reaching_directly(without, likelihoods) - {effect}


def _unit_outcomes(followed: Followed) -> frozenset[str]:
    densities = (d for node in followed.nodes for d in node.densities if d.unit)
    return frozenset[str]().union(*(d.outcome.parameters for d in densities))
