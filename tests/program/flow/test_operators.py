from __future__ import annotations

import pytest

from bayeswrap.program.flow.operators import operator_flow
from bayeswrap.program.flow.scope import Scope
from bayeswrap.program.flow.values import Flow


def parameter(name: str) -> Flow:
    return Flow(parameters=frozenset({name}), linear=frozenset({name}))


def data(name: str) -> Flow:
    own = frozenset({name})
    return Flow(data=own, added=own, rows=own)


@pytest.fixture
def scope() -> Scope:
    return Scope({}, {}, frozenset(), lambda *_: Flow())


def test_a_product_notes_who_multiplies_whom(scope: Scope) -> None:
    flow = operator_flow("Times", [parameter("tau"), parameter("z")], scope)
    assert flow.linear == {"tau", "z"}
    assert scope.products == {
        "tau": {frozenset({"z"})},
        "z": {frozenset({"tau"})},
    }


def test_data_that_only_scale_a_parameter_are_not_added_in(scope: Scope) -> None:
    flow = operator_flow("Times", [data("x"), parameter("b")], scope)
    assert (flow.data, flow.added) == ({"x"}, frozenset())
    assert operator_flow("Minus", [data("y"), flow], scope).added == {"y"}
    assert operator_flow("Divide", [data("y"), parameter("s")], scope).added == {"y"}


def test_fma_is_a_product_and_a_sum(scope: Scope) -> None:
    flow = operator_flow("fma", [data("x"), parameter("b"), data("y")], scope)
    assert (flow.data, flow.added, flow.parameters) == ({"x", "y"}, {"y"}, {"b"})


@pytest.mark.parametrize("name", ["exp", "sqrt", "square"])
def test_parameters_inside_positive_functions_may_be_scales(name: str, scope: Scope) -> None:
    assert operator_flow(name, [parameter("a")], scope).linear == frozenset()
    assert scope.positive == {"a"}


def test_a_summary_hides_rows_and_a_container_keeps_them(scope: Scope) -> None:
    assert operator_flow("mean", [data("y")], scope).rows == frozenset()
    both = operator_flow("append_row", [data("y"), parameter("missing")], scope)
    assert (both.rows, both.merged) == ({"y"}, {"y"})


def test_a_power_is_not_linear(scope: Scope) -> None:
    assert operator_flow("Pow", [parameter("a"), Flow()], scope).linear == frozenset()
    assert operator_flow("Plus", [parameter("a"), Flow()], scope).linear == {"a"}
