"""What values are made of: parameters, data and densities, and how they join.

A `Flow` says what a value holds; the functions say what an operator or function makes of the flows
of its arguments.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING

from bayeswrap.program.flow.parameter_cells import variables_of

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "NOTHING",
    "UNSET",
    "Density",
    "Flow",
    "container_flow",
    "nonlinear_flow",
    "product_flow",
    "sum_flow",
    "summary_flow",
]


Names = frozenset[str]

# what is divided: y in y / sigma and in L \ y is an outcome, not a factor of sigma
_FIRST_DIVIDED = frozenset({"Divide", "EltDivide", "mdivide_right", "mdivide_right_tri_low"})
_LAST_DIVIDED = frozenset({"LDivide", "mdivide_left", "mdivide_left_spd", "mdivide_left_tri_low"})


@dataclass(frozen=True, slots=True)
class Flow:
    """What a value is made of."""

    parameters: Names = frozenset()
    data: Names = frozenset()
    """Data by value; sizes and indices do not count."""
    added: Names = frozenset()
    """Data that enter by addition or assignment, not only as a factor of a parameter."""
    rows: Names = frozenset()
    """Data containers that enter element by element, not through a mean or a sum."""
    linear: Names = frozenset()
    """Parameters in which the value is linear."""
    densities: frozenset[Density] = frozenset()
    bare: Names = frozenset()
    """Parameters and data of summands without a density, where other summands have one."""
    doubtful: bool = False
    """Parameters and data went together through a function that we do not look into."""
    zero: bool = False
    """The value vanishes when the parameters that are set to 0 do."""
    merged: Names = frozenset()
    """Data that stand beside parameters in one container: observed beside missing values."""
    choosing: Names = frozenset()
    """Data containers that choose the value: by a condition, or as the index of a probability."""
    members: tuple[Flow, ...] = ()
    """What the members of a tuple are made of."""
    aligned: Names = frozenset()
    """Parameters whose elements stand at the same places as those of this container."""

    def __or__(self, other: Flow) -> Flow:
        """Union of what two values are made of."""
        if self == other:
            return self
        return Flow(
            parameters=self.parameters | other.parameters,
            data=self.data | other.data,
            added=self.added | other.added,
            rows=self.rows | other.rows,
            linear=self.linear | other.linear,
            densities=self.densities | other.densities,
            bare=self.bare | other.bare,
            doubtful=self.doubtful or other.doubtful,
            zero=self.zero and other.zero,
            merged=self.merged | other.merged,
            choosing=self.choosing | other.choosing,
            members=_together(self.members, other.members),
            aligned=(self.aligned - _scattered(other)) | (other.aligned - _scattered(self)),
        )


def _scattered(flow: Flow) -> Names:
    """Return the parameters of a value that are not aligned with it."""
    if not flow.aligned:
        return variables_of(flow.parameters)
    return variables_of(flow.parameters) - flow.aligned


def _together(mine: tuple[Flow, ...], others: tuple[Flow, ...]) -> tuple[Flow, ...]:
    """Join tuples member by member; a value that is not set yet has none."""
    if not (mine and others):
        return mine or others
    return tuple(a | b for a, b in zip(mine, others, strict=False))


NOTHING = Flow()
# a variable without a value yet: neutral when values are joined
UNSET = Flow(zero=True)


@dataclass(frozen=True, slots=True)
class Density:
    """One density (or cumulative probability) inside a statement."""

    name: str
    outcome: Flow
    arguments: Flow
    location: Flow
    """The location argument of a location-scale family; nothing for other families."""
    literal: str
    """The outcome's text where it is a literal number, else empty."""
    unit: bool
    """A fixed density of location 0 and scale 1."""
    element: bool
    """The outcome is one element, by literal indices, of a container."""
    user: bool
    """A formula in the functions block: its first argument need not be its outcome."""
    edges: Names = frozenset()
    """Parameters that move an end of its support, where the density need not vanish."""


def sum_flow(flows: Sequence[Flow]) -> Flow:
    """Return the flow of a sum, a container or an assignment to a part."""
    total = reduce(Flow.__or__, flows, UNSET) if flows else NOTHING
    if not total.densities:
        return total
    bare = [f.bare if f.densities else _bare(f) for f in flows]
    return replace(total, bare=frozenset[str]().union(*bare))


def container_flow(flows: Sequence[Flow]) -> Flow:
    """Return the flow of a container that is filled from several values."""
    total = sum_flow(flows)
    if not total.parameters:
        return total
    beside = (f.added for f in flows if not f.parameters)
    return replace(total, merged=total.merged.union(*beside))


def _bare(flow: Flow) -> Names:
    return flow.parameters | flow.data if flow.parameters else frozenset()


def product_flow(name: str, flows: Sequence[Flow]) -> Flow:
    """Return the flow of a product or quotient: data that only scale are not added in."""
    divided = 0 if name in _FIRST_DIVIDED else len(flows) - 1 if name in _LAST_DIVIDED else -1
    factors = [flows[divided]] if divided >= 0 else flows
    if any(f.zero for f in factors):
        return UNSET
    linear = frozenset[str]().union(*(f.linear for f in factors))
    total = replace(reduce(Flow.__or__, flows), linear=linear, zero=False)
    if not total.parameters or not total.data:
        return total
    carriers = [f.added for i, f in enumerate(flows) if f.parameters or i == divided]
    return replace(total, added=frozenset[str]().union(*carriers))


def nonlinear_flow(flows: Sequence[Flow], *, doubtful: bool = False) -> Flow:
    """Return the flow of a function that is not linear in its arguments."""
    total = reduce(Flow.__or__, flows, NOTHING)
    mixed = doubtful and bool(total.parameters) and bool(total.data)
    return replace(
        total, linear=frozenset(), bare=frozenset(), doubtful=total.doubtful or mixed, zero=False
    )


def summary_flow(flow: Flow) -> Flow:
    """Return the flow of a mean or a sum: single rows of data no longer show."""
    return replace(flow, rows=frozenset())
