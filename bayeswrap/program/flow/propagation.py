"""Follow values through a program: the flow of every target statement.

This is a forward data-flow analysis. An environment E maps variables to their flows, which form a
finite join semilattice: the join of two flows is the union of what they are made of. A statement s
is a transfer function f_s, and E after it is f_s(E). Where paths of control meet, their
environments are joined. A loop is the least fixed point of its body.

References
----------
Kildall (1973), A unified approach to global program optimization, POPL '73, 194-206,
doi:10.1145/512927.512945.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bayeswrap.program.flow.cell_cuts import cells_of
from bayeswrap.program.flow.expression_flow import density_flow, flow_of, flows_of
from bayeswrap.program.flow.initial_flow import (
    containers_of,
    sizes_in,
    starting_flows,
    unbounded_parameters,
)
from bayeswrap.program.flow.parameter_cells import Cells, range_of_loop
from bayeswrap.program.flow.same_places import same_places
from bayeswrap.program.flow.scope import Environment, Scope
from bayeswrap.program.flow.values import (
    NOTHING,
    UNSET,
    Density,
    Flow,
    container_flow,
    nonlinear_flow,
    sum_flow,
)
from bayeswrap.program.syntax.patterns import gathering, summands
from bayeswrap.program.syntax.tree import (
    Assign,
    Branch,
    Call,
    Declaration,
    Expression,
    Function,
    Group,
    Loop,
    Return,
    Statement,
    Target,
    Tilde,
    Tree,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "DataFlow",
    "Setting",
    "TargetNode",
    "propagate",
    "quantity_flows",
]


@dataclass(frozen=True, slots=True)
class TargetNode:
    """A statement that touches ``target``, with the flows of its summands."""

    block: str
    node: Tilde | Target | Call | Assign
    """An assignment where it adds to a local that gathers terms of ``target``."""
    summands: tuple[Flow, ...]
    in_loop: bool = False
    """Whether it may run more than once."""
    dead: bool = False
    """Whether it never runs with the data at hand."""

    @property
    def is_adjustment(self) -> bool:
        """Whether it follows Stan's own jacobian flag."""
        match self.node:
            case Target(is_jacobian=is_jacobian):
                return is_jacobian
            case Call(name=name):
                return name.endswith("_jacobian")
            case _:
                return False

    @property
    def outcome_type(self) -> str:
        """Type of the outcome of a ``~``, or of what is added to ``target``."""
        match self.node:
            case Tilde(outcome=outcome):
                return outcome.type
            case Target(expression=expression):
                return expression.type
            case _:
                return ""

    @property
    def flow(self) -> Flow:
        """The flow of the whole."""
        return self.summands[0] if len(self.summands) == 1 else sum_flow(self.summands)

    @property
    def densities(self) -> frozenset[Density]:
        """All its densities."""
        return frozenset[Density]().union(*(f.densities for f in self.summands))


@dataclass(frozen=True, slots=True)
class DataFlow:
    """What values are made of, throughout a program."""

    nodes: tuple[TargetNode, ...]
    """The target statements in textual order."""
    products: dict[str, frozenset[frozenset[str]]]
    """Parameters that a value is linear in, with what multiplies them: one set a product."""
    positive: frozenset[str]
    """Parameters inside ``exp``, ``sqrt`` and their kin."""
    setting: Setting
    """What was taken for granted."""
    cells: Cells
    """How the parameters are cut: the names of parameters in flows are those of cells."""
    sizes: frozenset[str]
    """Data that are sizes of data or parameters."""
    containers: frozenset[str]
    """Data that are no single numbers."""

    def multipliers(self, cell: str) -> frozenset[str]:
        """Return the parameters that multiply one."""
        return frozenset[str]().union(*self.products.get(cell, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a walk takes for granted.

    Attributes
    ----------
    zeroed : frozenset of str
        Parameters taken as 0: what reaches a statement only through a product with them no
        longer does.
    empty : frozenset of str
        Parameters of length 0 with the data at hand.
    branches : mapping of int to int
        By the identity of a `Branch`: which of its alternatives alone runs with the data at
        hand, by position; -1 where none does.
    gathered : frozenset of str
        Locals that gather terms of ``target``: what is added to them counts as a statement.
    """

    zeroed: frozenset[str] = frozenset()
    empty: frozenset[str] = frozenset()
    branches: Mapping[int, int] = field(default_factory=dict)
    gathered: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Walk:
    scope: Scope
    setting: Setting
    block: str
    nodes: list[TargetNode] = field(default_factory=list)
    returned: list[Flow] = field(default_factory=list)
    loops: int = 0


def propagate(tree: Tree, setting: Setting | None = None) -> DataFlow:
    """Return the target statements in textual order, with what their values are made of."""
    setting = setting or Setting()
    scope, nodes = _walked(tree, setting, ("transformed parameters", "model"))
    return DataFlow(
        nodes=tuple(nodes),
        products=scope.products,
        positive=frozenset(scope.positive),
        setting=setting,
        cells=scope.cells,
        sizes=sizes_in(tree),
        containers=containers_of(tree),
    )


def quantity_flows(tree: Tree) -> dict[str, Flow]:
    """Return what each generated quantity is made of, by name."""
    scope, _ = _walked(tree, Setting(), ("transformed parameters", "generated quantities"))
    declared = [s for s in tree.blocks["generated quantities"] if isinstance(s, Declaration)]
    return {d.name: scope.environment[d.name] for d in declared}


def _walked(tree: Tree, setting: Setting, blocks: Sequence[str]) -> tuple[Scope, list[TargetNode]]:
    """Return the scope after some blocks, and the target statements in them."""
    cells = cells_of(tree)
    empty = frozenset[str]().union(*map(cells.of, setting.empty))
    scope = Scope(
        tree.functions,
        starting_flows(tree, setting.zeroed | empty, cells),
        unbounded_parameters(tree, cells),
        _walk_body,
        cells,
    )
    nodes: list[TargetNode] = []
    for block in blocks:
        walk = _Walk(scope, setting, block, nodes)
        for statement in tree.blocks[block]:
            _visit(walk, statement)
    return scope, nodes


def _walk_body(function: Function, flows: Sequence[Flow], scope: Scope) -> Flow:
    """Return what a function returns, with all that it adds to ``target``."""
    # a call is inlined: E of the body maps each argument to its flow, and nothing else
    bound = dict(zip(function.arguments, flows, strict=True))
    inner = replace(scope, environment=bound, ranges={}, in_function=True)
    walk = _Walk(inner, Setting(), "functions")
    _visit(walk, function.body)
    made = [*walk.returned, *(node.flow for node in walk.nodes)]
    return sum_flow(made) if made else nonlinear_flow(flows)


def _visit(walk: _Walk, statement: Statement) -> None:
    env = walk.scope.environment
    match statement:
        case Declaration(name=name, value=value):
            env[name] = UNSET if value is None else flow_of(value, walk.scope)
        case Assign():
            _assign(walk, statement)
        case Tilde() | Target() | Call():
            _target(walk, statement)
        case Return(expression=Expression() as expression):
            walk.returned.append(flow_of(expression, walk.scope))
        case Branch():
            _branch(walk, statement)
        case Loop(variable=variable, over=over):
            # a counter holds no data; the variable of a foreach holds those of its container
            env[variable] = flow_of(over, walk.scope) if over else NOTHING
            _loop(walk, statement)
        case Group(statements=statements):
            for inner in statements:
                _visit(walk, inner)


def _assign(walk: _Walk, statement: Assign) -> None:
    env, name = walk.scope.environment, statement.name
    if name in walk.setting.gathered and walk.block == "model":
        flows = flows_of(summands(statement.rhs.args[1]), walk.scope)
        walk.nodes.append(TargetNode(walk.block, statement, tuple(flows), walk.loops > 0))
        return
    new, together = flow_of(statement.rhs, walk.scope), _assigned(statement.lhs)
    if together and len(new.members) == len(together):
        env.update(zip(together, new.members, strict=True))
        return
    if statement.updates:
        places = same_places(statement, walk.scope.cells)
        new = replace(new, aligned=frozenset() if walk.scope.in_function else places)
    # f_s(E) = E[name -> new]; an update of a part keeps the old: E[name -> E(name) | new]
    for target in together or (name,):
        old = env.get(target, UNSET)
        env[target] = container_flow((old, new)) if statement.updates else new


def _assigned(lhs: Expression) -> tuple[str, ...]:
    """Return the variables that ``(a, b) = ...`` assigns to."""
    if lhs.head != "TupleExpr":
        return ()
    return tuple(e.name for part in lhs.args for e in part.walk() if e.head == "Variable")


def _branch(walk: _Walk, statement: Branch) -> None:
    """Join what the branches leave; without an `else` the old values may live on."""
    # E after = join over the branches b of f_b(E), and of E itself where there is no `else`
    before = dict(walk.scope.environment)
    alive = walk.setting.branches.get(id(statement))
    chooser = flow_of(statement.condition, walk.scope).rows
    ends = [before] if len(statement.branches) == 1 else []
    for position, branch in enumerate(statement.branches):
        _become(walk.scope.environment, before)
        start = len(walk.nodes)
        _visit(walk, branch)
        if alive is None or alive == position:
            _note_choice(walk, chooser, start, before)
            ends.append(dict(walk.scope.environment))
        else:
            # its statements keep their positions: they are matched with those of the text
            walk.nodes[start:] = [
                replace(n, summands=(NOTHING,), dead=True) for n in walk.nodes[start:]
            ]
    # where data settle the condition, one branch alone is the transfer function
    if alive is not None:
        ends = ends[-1:] if alive >= 0 else [before]
    _become(walk.scope.environment, ends[0])
    for end in ends[1:]:
        _join(walk.scope.environment, end)


def _note_choice(walk: _Walk, chooser: frozenset[str], start: int, before: Environment) -> None:
    """Note that data decided what a branch adds to ``target`` and to variables."""
    if not chooser:
        return
    for i, node in enumerate(walk.nodes[start:], start):
        chosen = tuple(replace(f, choosing=f.choosing | chooser) for f in node.summands)
        walk.nodes[i] = replace(node, summands=chosen)
    env = walk.scope.environment
    for name, flow in env.items():
        if flow != before.get(name):
            env[name] = replace(flow, choosing=flow.choosing | chooser)


def _loop(walk: _Walk, loop: Loop) -> None:
    """Repeat the body until its values are stable; it may also not run at all.

    E_0 = E and E_{k+1} = f_body(E_k) | E_k. Joins only grow and the lattice is finite, so that
    E_{k+1} = E_k after some steps.
    """
    start, around, before = len(walk.nodes), walk.scope.ranges, Environment()
    walk.scope.ranges = {**around, loop.variable: range_of_loop(loop, around)}
    walk.loops += 1
    while walk.scope.environment != before:
        before = dict(walk.scope.environment)
        # the target statements of the last pass are those that see the fixed point
        del walk.nodes[start:]
        _visit(walk, loop.body)
        _join(walk.scope.environment, before)
    walk.loops -= 1
    walk.scope.ranges = around


def _become(environment: Environment, other: Environment) -> None:
    environment.clear()
    environment.update(other)


def _join(environment: Environment, other: Environment) -> None:
    for name, flow in other.items():
        mine = environment.get(name, flow)
        environment[name] = mine if mine == flow else container_flow((mine, flow))


def _target(walk: _Walk, node: Tilde | Target | Call) -> None:
    match node:
        case Tilde(outcome=outcome, distribution=name, args=args, truncation=truncation):
            flows = [density_flow(name, (outcome, *args), walk.scope, truncation)]
        case Target(expression=expression):
            flows = flows_of(summands(expression), walk.scope)
        case Call(name=name, args=args):
            if not name.endswith(("_lp", "_jacobian")):
                return
            flows = [walk.scope.call_flow(name, flows_of(args, walk.scope))]
    if not (isinstance(node, Target) and _is_gathered(node, walk.setting)):
        walk.nodes.append(TargetNode(walk.block, node, tuple(flows), walk.loops > 0))


def _is_gathered(node: Target, setting: Setting) -> bool:
    return gathering(node.expression) in setting.gathered
