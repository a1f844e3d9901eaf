"""The units that get a role: whole statements, or terms of a sum that differ in role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayeswrap.program.flow.values import sum_flow
from bayeswrap.program.syntax.patterns import gathering, is_cumulative, is_zero, summands
from bayeswrap.program.syntax.statement_parts import expressions_of
from bayeswrap.program.syntax.tree import (
    Assign,
    Declaration,
    Expression,
    Group,
    Statement,
    Target,
    Tree,
    flat,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bayeswrap.program.flow.propagation import DataFlow, TargetNode
    from bayeswrap.program.flow.values import Density, Flow

__all__ = [
    "RoleUnit",
    "gathering_locals",
    "is_normalising_constant",
    "units_of",
]


@dataclass(frozen=True, slots=True)
class RoleUnit:
    """Some summands of a target statement, which share a role.

    Attributes
    ----------
    position : int
        Of the statement among the target statements.
    summands : tuple of int
        Positions of its terms in the statement's sum.
    node : TargetNode
        The statement.
    flow : Flow
        What the terms are made of.
    """

    position: int
    summands: tuple[int, ...]
    node: TargetNode
    flow: Flow

    @property
    def densities(self) -> frozenset[Density]:
        """The densities of the terms."""
        return self.flow.densities

    @property
    def expressions(self) -> list[Expression]:
        """The terms as they are written; none of a ``~`` or a call."""
        match self.node.node:
            case Target(expression=expression) | Assign(rhs=Expression(args=(_, expression))):
                terms = summands(expression)
                return [terms[i] for i in self.summands]
            case _:
                return []

    def again(self, data_flow: DataFlow) -> Flow:
        """Return the flow of the same terms in another walk over the program."""
        flows = data_flow.nodes[self.position].summands
        return sum_flow([flows[i] for i in self.summands])


def units_of(data_flow: DataFlow) -> tuple[RoleUnit, ...]:
    """Return the units of all target statements, in textual order."""
    heads = _Heads(data_flow.sizes, data_flow.containers)
    return tuple(
        RoleUnit(i, group, node, sum_flow([node.summands[k] for k in group]))
        for i, node in enumerate(data_flow.nodes)
        for group in heads.groups(node.summands)
    )


@dataclass(frozen=True, slots=True)
class _Heads:
    """Which terms of a sum have a role of their own."""

    sizes: frozenset[str]
    """Data that are sizes: they count what there is, and set no term apart."""
    containers: frozenset[str]
    """Data that are no single numbers."""

    def groups(self, terms: Sequence[Flow]) -> list[tuple[int, ...]]:
        """Put each density, and each term with data of its own, with what belongs to it."""
        heads = [i for i, f in enumerate(terms) if self.is_head(f)]
        if len(heads) <= 1:
            return [tuple(range(len(terms)))]
        groups: dict[int, list[int]] = {i: [] for i in range(len(terms))}
        for i, flow in enumerate(terms):
            groups[i if i in heads else self.home(i, flow, terms, heads)].append(i)
        return [tuple(members) for members in groups.values() if members]

    def is_head(self, flow: Flow) -> bool:
        """Return whether a term has a role of its own, by a density or by its data."""
        if flow.densities:
            return not _is_constant(flow)
        # N * log(sigma) belongs to the density that it normalises
        counted = flow.data & self.sizes and not flow.data & self.containers
        return bool(flow.parameters and flow.data and not counted)

    def home(self, i: int, flow: Flow, terms: Sequence[Flow], heads: Sequence[int]) -> int:
        """Return the head that a term belongs to; itself where there is none."""
        if not flow.parameters or _is_constant(flow):
            return _nearest(i, heads)
        dense = [k for k in heads if terms[k].densities]
        if not flow.data:
            for k in dense:
                if any(flow.parameters <= d.outcome.parameters for d in terms[k].densities):
                    return k
        if not all(any(d.outcome.data for d in terms[k].densities) for k in dense):
            return i
        observed = [k for k in heads if k in dense or terms[k].data & self.containers]
        return _nearest(i, observed or heads)


def _nearest(i: int, heads: Sequence[int]) -> int:
    return max((k for k in heads if k < i), default=heads[0])


def _is_constant(flow: Flow) -> bool:
    """Return whether a term is a normalising constant: ``- student_t_lccdf(0 | 3, 0, 2.5)``."""
    return bool(flow.densities) and all(is_normalising_constant(d) for d in flow.densities)


def is_normalising_constant(density: Density) -> bool:
    """Return whether a density of constants belongs to another: the mass left by a truncation."""
    if density.outcome.parameters or density.outcome.data:
        return False
    return is_cumulative(density.name) or not density.arguments.parameters


def gathering_locals(tree: Tree) -> frozenset[str]:
    """Return the locals of the model block that do nothing but gather terms of ``target``.

    Such a local starts at 0, is only added to, and is added to ``target`` once, in the block that
    declares it: its additions may be switched one by one.
    """
    model = tree.blocks["model"]
    candidates = {d.name for d in flat(model) if isinstance(d, Declaration) and _starts_at_zero(d)}
    uses = [name for statement in flat(model) for name in _read(statement)]
    declared = [d.name for d in flat(model) if isinstance(d, Declaration)]
    return frozenset(
        name
        for name in candidates
        if declared.count(name) == 1
        and uses.count(name) == 1
        and any(_holds_both(group, name) for group in _blocks(model))
    )


def _starts_at_zero(d: Declaration) -> bool:
    return d.base in {"real", "vector"} and d.value is not None and is_zero(d.value)


def _blocks(statements: Sequence[Statement]) -> Iterator[Sequence[Statement]]:
    yield statements
    for statement in flat(statements):
        if isinstance(statement, Group):
            yield statement.statements


def _holds_both(group: Sequence[Statement], name: str) -> bool:
    declared = any(isinstance(s, Declaration) and s.name == name for s in group)
    added = any(isinstance(s, Target) and gathering(s.expression) == name for s in group)
    return declared and added


def _read(statement: Statement) -> Iterator[str]:
    """Yield the variables that a statement reads; an addition does not read what it adds to."""
    for expression in expressions_of(statement):
        for e in expression.walk():
            if e.head == "Variable":
                yield e.name
