from __future__ import annotations

import pytest
from fixtures.expressions import call, element, num, op, var

from bayeswrap.program.flow.expression_flow import density_flow, flow_of
from bayeswrap.program.flow.scope import Scope
from bayeswrap.program.flow.values import NOTHING, UNSET, Flow
from bayeswrap.program.syntax.tree import Expression


def parameter(name: str) -> Flow:
    return Flow(parameters=frozenset({name}), linear=frozenset({name}))


def data(name: str) -> Flow:
    own = frozenset({name})
    return Flow(data=own, added=own, rows=own)


@pytest.fixture
def scope() -> Scope:
    values = {"a": parameter("a"), "b": parameter("b"), "y": data("y"), "g": data("g")}
    return Scope({}, values, frozenset({"b"}), lambda *_: Flow())


def test_variables_numbers_and_sizes(scope: Scope) -> None:
    assert flow_of(var("y"), scope) == data("y")
    assert flow_of(var("loop_counter"), scope) == NOTHING
    assert flow_of(num("0"), scope) == UNSET
    assert flow_of(call("num_elements", var("y")), scope) == NOTHING
    assert flow_of(call("rep_vector", var("a"), var("y")), scope) == parameter("a")


def test_an_index_chooses_and_is_no_value(scope: Scope) -> None:
    chosen = flow_of(element(var("a"), element(var("g"), var("i"))), scope)
    assert (chosen.data, chosen.choosing) == (frozenset(), {"g"})
    # of an unconstrained parameter it says where an effect belongs
    assert flow_of(element(var("b"), element(var("g"), var("i"))), scope).choosing == frozenset()
    # a single element by a literal index is no row of data
    assert flow_of(element(var("y"), num("1")), scope).rows == frozenset()


def test_a_condition_chooses_too(scope: Scope) -> None:
    ternary = Expression("TernaryIf", "", (var("g"), var("a"), var("b")))
    flow = flow_of(ternary, scope)
    assert (flow.parameters, flow.choosing, flow.data) == ({"a", "b"}, {"g"}, frozenset())


def test_a_member_of_a_tuple_is_itself(scope: Scope) -> None:
    pair = Expression("TupleExpr", "", (var("a"), var("y")))
    assert flow_of(pair, scope).parameters == {"a"}
    assert flow_of(Expression("TupleProjection", "2", (pair,)), scope) == data("y")


def test_a_density_has_an_outcome_and_arguments(scope: Scope) -> None:
    (density,) = density_flow("normal", (var("y"), var("a"), num("1")), scope).densities
    assert density.outcome.data == {"y"}
    assert density.location.parameters == {"a"}
    assert (density.unit, density.user, density.edges) == (False, False, frozenset())


def test_unit_densities_and_ends_of_the_support(scope: Scope) -> None:
    (unit,) = density_flow("normal", (var("a"), num("0"), num("1")), scope).densities
    assert unit.unit
    (uniform,) = density_flow("uniform", (var("y"), num("0"), var("a")), scope).densities
    assert uniform.edges == {"a"}
    (shifted,) = density_flow(
        "exponential", (op("Minus", var("y"), var("a")), num("1")), scope
    ).densities
    assert shifted.edges == {"a"}
