"""Non-centred population effects: ``theta = mu + tau * z`` with ``z ~ std_normal()``.

`z` carries a fixed prior, so its own statement does not show that it is an effect. What shows it
is that a scale is lost when the effect is set to 0.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bayeswrap.program.flow.propagation import propagate
from bayeswrap.program.syntax.evaluate import unparse
from bayeswrap.program.syntax.patterns import is_cumulative
from bayeswrap.program.syntax.tree import Declaration, Tree

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bayeswrap.program.flow.propagation import DataFlow
    from bayeswrap.program.flow.values import Density, Flow
    from bayeswrap.program.roles.units import RoleUnit

__all__ = [
    "noncentred_effects",
    "reaching_directly",
]


def noncentred_effects(
    tree: Tree, data_flow: DataFlow, likelihoods: Collection[RoleUnit]
) -> dict[str, bool]:
    """Return the parameters that look like non-centred effects.

    They have a unit prior and stand in a product. The value is True where a scale reaches the
    likelihood only through that product, False where the multiplier is used elsewhere too.

    Parameters
    ----------
    tree : Tree
        The program.
    data_flow : DataFlow
        What its values are made of.
    likelihoods : collection of RoleUnit
        Those that are, or may be, likelihood.
    """
    declared = {d.name: d for d in tree.blocks["parameters"] if isinstance(d, Declaration)}
    scales = data_flow.positive | {n for n, d in declared.items() if d.constraint.is_scale}
    unit = _unit_outcomes(data_flow)
    candidates = {
        name: data_flow.products[name]
        for name, d in declared.items()
        if name in unit and d.dims and d.constraint.affine and data_flow.products.get(name)
    }
    together = {name: _fellows(name, declared, candidates) for name in candidates}
    return {
        name: bool(_lost(tree, data_flow, likelihoods, fellows) & scales)
        for name, fellows in together.items()
    }


def _fellows(
    name: str,
    declared: Mapping[str, Declaration],
    candidates: Mapping[str, frozenset[str]],
) -> frozenset[str]:
    """Return an effect with those of its shape that share a scale: one field, in two parts."""
    shape = _shape(declared[name])
    return frozenset({name}) | {
        other
        for other, multipliers in candidates.items()
        if _shape(declared[other]) == shape and multipliers & candidates[name]
    }


def _shape(declaration: Declaration) -> tuple[str, ...]:
    return tuple(unparse(d) for d in declaration.dims)


def reaching_directly(units: Collection[RoleUnit], data_flow: DataFlow) -> frozenset[str]:
    """Return the parameters in some units, as one walk over the program sees them."""
    return frozenset[str]().union(*(p.again(data_flow).parameters for p in units))


def _lost(
    tree: Tree, data_flow: DataFlow, likelihoods: Collection[RoleUnit], effects: frozenset[str]
) -> frozenset[str]:
    """Return the parameters that no longer reach a likelihood when effects are 0."""
    without = propagate(tree, replace(data_flow.setting, zeroed=effects))
    before = reaching_directly(likelihoods, data_flow)
    return before - reaching_directly(likelihoods, without) - effects


def _unit_outcomes(data_flow: DataFlow) -> frozenset[str]:
    """Return the parameters with a fixed density of scale 1, or a fixed one without a scale."""
    return frozenset[str]().union(*(_unit(flow) for n in data_flow.nodes for flow in n.summands))


def _unit(flow: Flow) -> frozenset[str]:
    alone = len(flow.parameters) == 1 and not flow.data
    if alone and (not flow.densities or flow.bare & flow.parameters):
        # pairwise differences of a field, written out, with or without a soft constraint
        return flow.parameters
    return frozenset[str]().union(*(d.outcome.parameters for d in flow.densities if _fixed(d)))


def _fixed(density: Density) -> bool:
    if density.outcome.data or is_cumulative(density.name):
        return False
    bare = not density.arguments.parameters and not density.arguments.data
    return density.unit or (density.user and bare and len(density.outcome.parameters) == 1)
