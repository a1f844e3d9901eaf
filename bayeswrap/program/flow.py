"""What reaches what: parameters, data and densities, followed through a program.

One environment maps each variable to its `Flow`; statements are walked to a fixed point, so that
what a loop feeds back is seen. Imports only `syntax`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, TypeAlias

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
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["DENSITY_SUFFIXES", "Density", "Flow", "TargetNode", "follow"]

DENSITY_SUFFIXES = ("_lpdf", "_lpmf", "_lupdf", "_lupmf", "_lcdf", "_lccdf")

# operators and functions in which a factor of pure data scales the others: y is not "in" y * beta
_SCALING = frozenset(
    {"Times", "Divide", "EltTimes", "EltDivide", "LDivide", "IntDivide"}
    | {"dot_product", "columns_dot_product", "rows_dot_product"}
    | {"diag_pre_multiply", "diag_post_multiply", "quad_form", "quad_form_diag", "quad_form_sym"}
    | {"csr_matrix_times_vector", "mdivide_left", "mdivide_right"}
    | {"mdivide_left_tri_low", "mdivide_right_tri_low"}
)
_INDEXING = frozenset({"All", "Single", "Upfrom", "Downfrom", "Between"})
_SIZES = frozenset({"size", "rows", "cols", "num_elements", "dims", "rep_vector", "rep_array"})
_PASSES = 6


@dataclass(frozen=True, slots=True)
class Density:
    """One density (or cumulative probability) inside a statement."""

    name: str
    outcome: Flow
    arguments: Flow
    literal: str
    """The outcome's text where it is a literal number, else empty."""
    arguments_fixed: bool
    """No variable at all among the arguments."""


@dataclass(frozen=True, slots=True)
class Flow:
    """What a value is made of."""

    parameters: frozenset[str] = frozenset()
    data: frozenset[str] = frozenset()
    """Data by value; sizes and indices do not count."""
    added: frozenset[str] = frozenset()
    """Data that enter by addition or assignment, not only as a factor of a parameter."""
    densities: frozenset[Density] = frozenset()
    doubtful: bool = False
    """Parameters and data went together through a function that we cannot look into."""

    def __or__(self, other: Flow) -> Flow:
        """Union of what two values are made of."""
        return Flow(
            self.parameters | other.parameters,
            self.data | other.data,
            self.added | other.added,
            self.densities | other.densities,
            self.doubtful or other.doubtful,
        )


Environment: TypeAlias = dict[str, Flow]
_NOTHING = Flow()


@dataclass(frozen=True, slots=True)
class TargetNode:
    """A statement that touches ``target``, with the flow of its expression."""

    block: str
    node: Tilde | Target | Call
    flow: Flow
    densities: frozenset[Density]


@dataclass(slots=True)
class _Walk:
    tree: Tree
    environment: Environment
    found: list[TargetNode] = field(default_factory=list)


def follow(tree: Tree) -> tuple[tuple[TargetNode, ...], Environment]:
    """Return the target statements in textual order, and the flow of every variable."""
    environment: Environment = {}
    walk = _Walk(tree, environment)
    for _ in range(_PASSES):
        before = dict(environment)
        walk.found.clear()
        _start(tree, environment)
        for block in ("transformed parameters", "model"):
            for statement in tree.blocks[block]:
                _visit(walk, statement, block)
        if environment == before:
            break
    return tuple(walk.found), environment


def _start(tree: Tree, environment: Environment) -> None:
    for block in ("data", "transformed data"):
        for name in _declared(tree.blocks[block]):
            environment[name] = Flow(data=frozenset({name}), added=frozenset({name}))
    for name in _declared(tree.blocks["parameters"]):
        environment[name] = Flow(parameters=frozenset({name}))


def _declared(statements: Iterable[Statement]) -> Iterator[str]:
    return (s.name for s in statements if isinstance(s, Declaration))


def _visit(walk: _Walk, statement: Statement, block: str) -> None:
    env = walk.environment
    match statement:
        case Declaration(name=name, value=value):
            if value is not None:
                env[name] = flow_of(value, walk)
            else:
                env.setdefault(name, _NOTHING)
        case Assign(name=name, rhs=rhs, updates=updates):
            new = flow_of(rhs, walk)
            env[name] = env.get(name, _NOTHING) | new if updates else new
        case Tilde() | Target() | Call():
            _target(walk, statement, block)
        case Branch(branches=branches):
            for branch in branches:
                _visit(walk, branch, block)
        case Loop(variable=variable, over=over, body=body):
            env[variable] = flow_of(over, walk) if over else _NOTHING
            _visit(walk, body, block)
        case Group(statements=statements):
            for inner in statements:
                _visit(walk, inner, block)


def _target(walk: _Walk, node: Tilde | Target | Call, block: str) -> None:
    match node:
        case Tilde(outcome=outcome, distribution=name, args=args):
            density = _density(name, (outcome, *args), walk)
            flow = density.outcome | density.arguments
            densities = frozenset({density})
        case Target(expression=expression):
            flow = flow_of(expression, walk)
            densities = flow.densities
        case Call(name=name, args=args):
            if not name.endswith("_lp"):
                return
            flow = _union(args, walk)
            densities = flow.densities
    walk.found.append(TargetNode(block, node, flow, densities))


def _density(name: str, args: tuple[Expression, ...], walk: _Walk) -> Density:
    outcome, rest = args[0], args[1:]
    inner = _strip(outcome)
    return Density(
        name=name,
        outcome=flow_of(outcome, walk),
        arguments=_union(rest, walk),
        literal=inner.name if inner.head in {"IntNumeral", "RealNumeral"} else "",
        arguments_fixed=not any(e.head == "Variable" for a in rest for e in a.walk()),
    )


def _strip(expression: Expression) -> Expression:
    while expression.head == "Paren":
        expression = expression.args[0]
    return expression


def _union(expressions: Iterable[Expression], walk: _Walk) -> Flow:
    return reduce(Flow.__or__, (flow_of(e, walk) for e in expressions), _NOTHING)


def flow_of(expression: Expression, walk: _Walk) -> Flow:
    """Return what an expression is made of."""
    head, name, args = expression.head, expression.name, expression.args
    if head == "Variable":
        return walk.environment.get(name, _NOTHING)
    if head == "Indexed":
        indices = [i for a in args[1:] for i in a.args]
        return flow_of(args[0], walk) | Flow(parameters=_union(indices, walk).parameters)
    if head == "TernaryIf":
        return _union(args[1:], walk) | Flow(parameters=flow_of(args[0], walk).parameters)
    if name in _SIZES and head == "FunApp":
        return _union(args[:1], walk) if name.startswith("rep_") else _NOTHING
    if head in {"FunApp", "CondDistApp"} and name.endswith(DENSITY_SUFFIXES) and args:
        density = _density(name, args, walk)
        return density.outcome | density.arguments | Flow(densities=frozenset({density}))
    return _combined(name, args, walk)


def _combined(name: str, args: tuple[Expression, ...], walk: _Walk) -> Flow:
    flows = [flow_of(a, walk) for a in args]
    total = reduce(Flow.__or__, flows, _NOTHING)
    if not total.parameters or not total.data:
        return total
    if name in _SCALING:
        carriers = [f.added for f in flows if f.parameters]
        return Flow(
            total.parameters,
            total.data,
            frozenset().union(*carriers),
            total.densities,
            total.doubtful,
        )
    is_user = any(f == name or f.startswith(name) for f in walk.tree.functions)
    return total | Flow(doubtful=is_user)
