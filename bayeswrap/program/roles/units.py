"""The units that get a role: whole statements, or terms of a sum that differ in role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayeswrap.program.flow.values import sum_flow
from bayeswrap.program.syntax.patterns import gathering, is_cumulative, is_zero
from bayeswrap.program.syntax.tree import (
    Assign,
    Branch,
    Call,
    Declaration,
    Expression,
    Group,
    Loop,
    Statement,
    Target,
    Tilde,
    Tree,
    flat,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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

    def again(self, data_flow: DataFlow) -> Flow:
        """Return the flow of the same terms in another walk over the program."""
        flows = data_flow.nodes[self.position].summands
        return sum_flow([flows[i] for i in self.summands])


def units_of(data_flow: DataFlow) -> tuple[RoleUnit, ...]:
    """Return the units of all target statements, in textual order."""
    return tuple(
        RoleUnit(i, group, node, sum_flow([node.summands[k] for k in group]))
        for i, node in enumerate(data_flow.nodes)
        for group in _groups(node.summands)
    )


def _groups(summands: Sequence[Flow]) -> list[tuple[int, ...]]:
    """Put each density with the terms that belong to it."""
    dense = [i for i, f in enumerate(summands) if f.densities and not _is_constant(f)]
    if len(dense) <= 1:
        return [tuple(range(len(summands)))]
    groups: dict[int, list[int]] = {i: [] for i in range(len(summands))}
    for i, flow in enumerate(summands):
        groups[i if i in dense else _home(i, flow, summands, dense)].append(i)
    return [tuple(members) for members in groups.values() if members]


def _home(i: int, flow: Flow, summands: Sequence[Flow], dense: Sequence[int]) -> int:
    """Return the density that a term without one belongs to; itself where there is none."""
    nearest = max((k for k in dense if k < i), default=dense[0])
    if not flow.parameters or _is_constant(flow):
        return nearest
    if not flow.data:
        for k in dense:
            if any(flow.parameters <= d.outcome.parameters for d in summands[k].densities):
                return k
    if all(any(d.outcome.data for d in summands[k].densities) for k in dense):
        return nearest
    return i


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
    for expression in _expressions(statement):
        for e in expression.walk():
            if e.head == "Variable":
                yield e.name


def _expressions(statement: Statement) -> Iterable[Expression]:  # noqa: PLR0911 - one return a kind
    match statement:
        case Declaration(dims=dims, bounds=bounds, value=value):
            return (*dims, *bounds, *((value,) if value else ()))
        case Assign(lhs=lhs, rhs=rhs):
            is_addition = rhs.head == "BinOp" and rhs.name == "Plus" and rhs.args[0] == lhs
            indices = lhs.args[1:] if lhs.head == "Indexed" else ()
            return (*indices, *rhs.args[1:]) if is_addition else (lhs, rhs)
        case Tilde(outcome=outcome, args=args, truncation=truncation):
            return (outcome, *args, *truncation)
        case Target(expression=expression):
            return (expression,)
        case Call(args=args):
            return args
        case Branch(condition=condition):
            return (condition,)
        case Loop(bounds=bounds, over=over):
            return (*bounds, *((over,) if over else ()))
        case _:
            return ()
