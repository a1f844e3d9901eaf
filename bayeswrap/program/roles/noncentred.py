"""Non-centred population effects: ``theta = mu + tau * z`` with ``z ~ std_normal()``.

`z` carries a fixed prior, so its own statement does not show that it is an effect. What shows it
is that a scale is lost when the effect is set to 0.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bayeswrap.program.flow.parameter_cells import variable_of, variables_of
from bayeswrap.program.flow.propagation import propagate
from bayeswrap.program.syntax.patterns import is_cumulative

if TYPE_CHECKING:
    from collections.abc import Collection

    from bayeswrap.program.flow.parameter_cells import Cells
    from bayeswrap.program.flow.propagation import DataFlow
    from bayeswrap.program.flow.values import Density, Flow
    from bayeswrap.program.roles.units import RoleUnit
    from bayeswrap.program.syntax.tree import Tree

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
    cells = data_flow.cells
    scaled = {n for n in cells.all() if cells.declared[variable_of(n)].constraint.is_scale}
    scales, unit = data_flow.positive | scaled, _unit_outcomes(data_flow)
    candidates = frozenset(n for n in unit if data_flow.products.get(n) and _is_plain(n, cells))
    effects: dict[str, bool] = {}
    for name in sorted(candidates):
        fellows = _fellows(name, candidates, data_flow)
        lost = _lost(tree, data_flow, likelihoods, fellows) & scales
        effects[name] = _is_first(lost, data_flow.products[name], candidates - fellows)
    return effects


def _is_plain(name: str, cells: Cells) -> bool:
    """Return whether a cell belongs to an unconstrained container."""
    declared = cells.declared[variable_of(name)]
    return bool(declared.dims) and declared.constraint.affine


def _is_first(
    lost: frozenset[str], products: frozenset[frozenset[str]], others: frozenset[str]
) -> bool:
    """Return whether a scale that is lost multiplies an effect, and no other candidate before.

    In loadings times (scale times factor) the scale belongs to the factor.
    """
    return any(product & lost and not product & others for product in products)


def _fellows(name: str, candidates: frozenset[str], data_flow: DataFlow) -> frozenset[str]:
    """Return an effect with those of its shape that share a scale: one field, in two parts."""
    own, shape = data_flow.multipliers(name), data_flow.cells.sizes(name)
    return frozenset({name}) | {
        other
        for other in candidates
        if data_flow.cells.sizes(other) == shape and data_flow.multipliers(other) & own
    }


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
    alone = len(variables_of(flow.parameters)) == 1 and not flow.data
    if alone and (not flow.densities or flow.bare & flow.parameters):
        # pairwise differences of a field, written out, with or without a soft constraint
        return flow.parameters
    return frozenset[str]().union(*(d.outcome.parameters for d in flow.densities if _fixed(d)))


def _fixed(density: Density) -> bool:
    if density.outcome.data or is_cumulative(density.name):
        return False
    bare = not density.arguments.parameters and not density.arguments.data
    return density.unit or (
        density.user and bare and len(variables_of(density.outcome.parameters)) == 1
    )
