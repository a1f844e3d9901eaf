from __future__ import annotations

from fixtures.expressions import call, num, op, var

from bayeswrap.program.syntax.tree import Branch, Group, Loop, Target, flat

ADDED = Target(var("m"), is_jacobian=False)


def test_flat_yields_what_stands_inside() -> None:
    loop = Loop("i", (num("1"), num("2")), None, Group((ADDED,)))
    branch = Branch(var("k", "int"), (Group((loop,)), ADDED))
    kinds = [type(s).__name__ for s in flat((branch, ADDED))]
    assert kinds == ["Branch", "Group", "Loop", "Group", "Target", "Target", "Target"]


def test_walk_yields_an_expression_and_its_parts_in_order() -> None:
    expression = call("f", op("Plus", var("a"), num("1")), var("b"))
    assert [e.name for e in expression.walk()] == ["f", "Plus", "a", "1", "b"]
