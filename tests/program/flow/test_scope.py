from __future__ import annotations

from typing import TYPE_CHECKING

from fixtures.expressions import var

from bayeswrap.program.flow.scope import Scope
from bayeswrap.program.flow.values import Flow
from bayeswrap.program.syntax.tree import Function, Return

if TYPE_CHECKING:
    from collections.abc import Sequence

BODY = Return(var("x"))
A, Y = Flow(parameters=frozenset("a")), Flow(data=frozenset("y"))


class Walks:
    """Counts how often a body is walked; `within` is called from inside it."""

    def __init__(self, *within: Sequence[Flow]) -> None:
        self.count, self.within = 0, list(within)

    def __call__(self, function: Function, flows: Sequence[Flow], scope: Scope) -> Flow:
        self.count += 1
        for inner in self.within:
            scope.call_flow(function.name, inner)
        return flows[0]


def scope_of(walks: Walks, *functions: Function) -> Scope:
    return Scope({"f": functions}, {}, frozenset(), walks)


def test_the_same_call_is_walked_once() -> None:
    walks = Walks()
    scope = scope_of(walks, Function("f", ("x",), BODY))
    assert scope.call_flow("f", [A]) == scope.call_flow("f", [A]) == A
    assert scope.call_flow("f", [Y]) == Y
    assert walks.count == 2


def test_overloads_with_as_many_arguments_are_joined_and_others_left_out() -> None:
    walks = Walks()
    three = [Function("f", ("x", "y"), BODY), Function("f", ("u", "v"), BODY)]
    scope = scope_of(walks, *three, Function("f", ("x",), BODY))
    assert scope.call_flow("f", [A, Y]).parameters == {"a"}
    assert walks.count == 2


def test_of_a_recursion_nothing_is_assumed() -> None:
    walks = Walks([A, Y])
    scope = scope_of(walks, Function("f", ("x", "y"), BODY))
    scope.call_flow("f", [A, Y])
    assert walks.count == 1
    assert scope_of(Walks()).call_flow("f", [A, Y]).doubtful
