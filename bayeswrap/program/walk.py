"""Follow values through a program: the flow of every target statement.

Statements are walked in order; branches are joined, and loops are repeated until nothing changes,
so that what a loop feeds back is seen. Imports `expressions`, `flow` and `syntax`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bayeswrap.program.expressions import Environment, Scope, density_of, flow_of, flows_of, is_zero
from bayeswrap.program.flow import NOTHING, UNSET, Density, Flow, added_up
from bayeswrap.program.syntax import (
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

__all__ = ["Followed", "TargetNode", "follow"]


@dataclass(frozen=True, slots=True)
class TargetNode:
    """A statement that touches ``target``, with the flow of its expression."""

    block: str
    node: Tilde | Target | Call
    flow: Flow
    densities: frozenset[Density]


@dataclass(frozen=True, slots=True)
class Followed:
    """What a walk over the program found."""

    nodes: tuple[TargetNode, ...]
    """The target statements in textual order."""
    products: dict[str, frozenset[str]]
    """Parameters that a value is linear in, with the parameters that multiply them."""
    positive: frozenset[str]
    """Parameters inside ``exp``, ``sqrt`` and their kin."""


@dataclass(slots=True)
class _Walk:
    scope: Scope
    found: list[TargetNode] = field(default_factory=list)


def follow(tree: Tree, zeroed: frozenset[str] = frozenset()) -> Followed:
    """Return the target statements in textual order, with what their values are made of.

    Parameters
    ----------
    tree : Tree
        The program.
    zeroed : frozenset of str
        Parameters to be taken as 0: what reaches a statement only through a product with them
        no longer does.
    """
    walk = _Walk(Scope(tree.functions, _start(tree, zeroed)))
    for block in ("transformed parameters", "model"):
        for statement in tree.blocks[block]:
            _visit(walk, statement, block)
    return Followed(tuple(walk.found), walk.scope.products, walk.scope.positive)


def _start(tree: Tree, zeroed: frozenset[str]) -> Environment:
    environment: Environment = {}
    constant = _zero_constants(tree)
    for block in ("data", "transformed data"):
        for d in _declared(tree.blocks[block]):
            name = frozenset({d.name})
            rows = name if d.dims or d.base == "tuple" else frozenset[str]()
            known = NOTHING if d.name in constant else Flow(data=name, added=name, rows=rows)
            environment[d.name] = known
    for d in _declared(tree.blocks["parameters"]):
        name = frozenset({d.name})
        environment[d.name] = UNSET if d.name in zeroed else Flow(parameters=name, linear=name)
    return environment


def _declared(statements: Iterable[Statement]) -> Iterator[Declaration]:
    return (s for s in statements if isinstance(s, Declaration))


def _zero_constants(tree: Tree) -> frozenset[str]:
    """Return the transformed data that hold nothing but zeros: no observation is in them."""
    values: dict[str, list[Expression]] = {}
    for statement in flat(tree.blocks["transformed data"]):
        match statement:
            case Declaration(name=name, value=Expression() as value):
                values.setdefault(name, []).append(value)
            case Assign(lhs=lhs, rhs=rhs):
                for e in lhs.walk():
                    if e.head == "Variable":
                        values.setdefault(e.name, []).append(rhs)
    return frozenset(name for name, given in values.items() if all(map(is_zero, given)))


def _visit(walk: _Walk, statement: Statement, block: str) -> None:
    env = walk.scope.environment
    match statement:
        case Declaration(name=name, value=value):
            env[name] = UNSET if value is None else flow_of(value, walk.scope)
        case Assign(name=name, lhs=lhs, rhs=rhs, updates=updates):
            new = flow_of(rhs, walk.scope)
            for target in _assigned(lhs) or (name,):
                old = env.get(target, UNSET)
                env[target] = added_up((old, new)) if updates else new
        case Tilde() | Target() | Call():
            _target(walk, statement, block)
        case Branch(branches=branches):
            _branch(walk, branches, block)
        case Loop(variable=variable, over=over, body=body):
            env[variable] = flow_of(over, walk.scope) if over else NOTHING
            _loop(walk, body, block)
        case Group(statements=statements):
            for inner in statements:
                _visit(walk, inner, block)


def _assigned(lhs: Expression) -> tuple[str, ...]:
    """Return the variables that ``(a, b) = ...`` assigns to."""
    if lhs.head != "TupleExpr":
        return ()
    return tuple(e.name for part in lhs.args for e in part.walk() if e.head == "Variable")


def _branch(walk: _Walk, branches: Sequence[Statement], block: str) -> None:
    """Join what the branches leave; without an `else` the old values may live on."""
    before = dict(walk.scope.environment)
    ends = [before] if len(branches) == 1 else []
    for branch in branches:
        _become(walk.scope.environment, before)
        _visit(walk, branch, block)
        ends.append(dict(walk.scope.environment))
    _become(walk.scope.environment, ends[0])
    for end in ends[1:]:
        _join(walk.scope.environment, end)


def _loop(walk: _Walk, body: Statement, block: str) -> None:
    """Repeat the body until its values are stable; it may also not run at all."""
    start = len(walk.found)
    while True:
        before = dict(walk.scope.environment)
        del walk.found[start:]
        _visit(walk, body, block)
        _join(walk.scope.environment, before)
        if walk.scope.environment == before:
            return


def _become(environment: Environment, other: Environment) -> None:
    environment.clear()
    environment.update(other)


def _join(environment: Environment, other: Environment) -> None:
    for name, flow in other.items():
        mine = environment.get(name, flow)
        environment[name] = mine if mine == flow else added_up((mine, flow))


def _target(walk: _Walk, node: Tilde | Target | Call, block: str) -> None:
    match node:
        case Tilde(outcome=outcome, distribution=name, args=args, truncation=truncation):
            density = density_of(name, (outcome, *args), walk.scope, truncation)
            flow = density.outcome | density.arguments
            densities = frozenset({density})
        case Target(expression=expression):
            flow = flow_of(expression, walk.scope)
            densities = flow.densities
        case Call(name=name, args=args):
            if not name.endswith("_lp"):
                return
            flow = added_up(flows_of(args, walk.scope))
            densities = flow.densities
    walk.found.append(TargetNode(block, node, flow, densities))
