from __future__ import annotations

from fixtures.expressions import num, op, var

from bayeswrap.program.flow.propagation import Setting, TargetNode, propagate
from bayeswrap.program.syntax.tree import (
    Assign,
    Branch,
    Declaration,
    Group,
    Loop,
    Statement,
    Target,
    Tilde,
    Tree,
)

BLOCKS = ("data", "transformed data", "parameters", "transformed parameters", "model")


def real(name: str) -> Declaration:
    return Declaration(name, "real", (), 0, "Identity", ())


def row(name: str) -> Declaration:
    return Declaration(name, "vector", (num("3"),), 0, "Identity", ())


def assign(name: str, value: str) -> Assign:
    return Assign(name, var(name), var(value), updates=False)


def added(name: str) -> Target:
    return Target(var(name), is_jacobian=False)


def model(*statements: Statement) -> Tree:
    """A program with data y and x, parameters a and b, and locals u, v and w."""
    blocks = dict.fromkeys(BLOCKS, ())
    locals_ = (real("u"), real("v"), real("w"))
    blocks |= {"data": (row("y"), row("x")), "parameters": (real("a"), real("b"))}
    return Tree({**blocks, "model": (*locals_, *statements)}, {})


def nodes_of(*statements: Statement, setting: Setting | None = None) -> tuple[TargetNode, ...]:
    return propagate(model(*statements), setting).nodes


def test_statements_are_walked_in_order() -> None:
    first, second = nodes_of(assign("u", "a"), added("u"), assign("u", "b"), added("u"))
    assert (first.flow.parameters, second.flow.parameters) == ({"a"}, {"b"})


def test_branches_are_joined_and_without_an_else_the_old_value_may_live_on() -> None:
    both = Branch(var("k"), (assign("u", "a"), assign("u", "b")))
    (node,) = nodes_of(both, added("u"))
    assert node.flow.parameters == {"a", "b"}
    (node,) = nodes_of(assign("u", "y"), Branch(var("k"), (assign("u", "a"),)), added("u"))
    assert (node.flow.parameters, node.flow.data) == ({"a"}, {"y"})


def test_a_branch_that_never_runs_leaves_a_dead_statement() -> None:
    branch = Branch(var("k"), (added("a"), added("b")))
    first, second = nodes_of(branch, setting=Setting(branches={id(branch): 1}))
    assert (first.dead, second.dead) == (True, False)
    assert first.flow.parameters == frozenset()


def test_a_loop_is_repeated_until_what_it_feeds_back_is_seen() -> None:
    # a chain of locals needs one pass a link: w <- v <- u <- a
    body = Group((added("w"), assign("w", "v"), assign("v", "u"), assign("u", "a")))
    (node,) = nodes_of(Loop("i", (num("1"), num("9")), None, body))
    assert node.in_loop
    assert node.flow.parameters == {"a"}


def test_data_that_choose_a_branch_are_noted() -> None:
    branch = Branch(var("y"), (assign("u", "a"), assign("u", "b")))
    (node,) = nodes_of(branch, added("u"))
    assert (node.flow.choosing, node.flow.data) == ({"y"}, frozenset())


def test_the_summands_of_a_sum_keep_their_own_flows() -> None:
    (node,) = nodes_of(
        Target(op("Plus", var("a"), op("Minus", var("b"), var("y"))), is_jacobian=False)
    )
    assert [sorted(f.parameters | f.data) for f in node.summands] == [["a"], ["b"], ["y"]]


def test_additions_to_a_gathering_local_count_as_statements() -> None:
    gather = Assign("u", var("u"), op("Plus", var("u"), var("a")), updates=False)
    nodes = nodes_of(gather, added("u"), setting=Setting(gathered=frozenset({"u"})))
    assert [type(n.node).__name__ for n in nodes] == ["Assign"]
    assert nodes[0].flow.parameters == {"a"}


def test_a_parameter_set_to_zero_takes_its_product_with_it() -> None:
    tilde = Tilde(var("y"), "normal", (op("Times", var("a"), var("b")), num("1")), ())
    (before,), (after,) = nodes_of(tilde), nodes_of(tilde, setting=Setting(zeroed=frozenset("a")))
    assert before.flow.parameters == {"a", "b"}
    assert after.flow.parameters == frozenset()
