from __future__ import annotations

import pytest

from bayeswrap.program.flow.propagation import DataFlow, Setting, propagate
from bayeswrap.program.flow.values import (
    NOTHING,
    UNSET,
    Flow,
    nonlinear_flow,
    product_flow,
    sum_flow,
    summary_flow,
)
from bayeswrap.program.program import Program

HEAD = """data { int N; vector[N] y; vector[N] x; real s0; matrix[N, N] X; array[N] int g; }
transformed data { vector[N] zeros = rep_vector(0, N); vector[N] z0; for (n in 1:N) z0[n] = 0.0;
vector[N] ones = rep_vector(1, N); }
parameters { real a; vector[N] b; real<lower=0> t; }
"""


def data_flow(body: str, zeroed: frozenset[str] = frozenset()) -> DataFlow:
    return propagate(Program.from_string(HEAD + f"model {{ {body} }}").tree, Setting(zeroed=zeroed))


def flow(expression: str, before: str = "", zeroed: frozenset[str] = frozenset()) -> Flow:
    return data_flow(f"{before} target += {expression};", zeroed).nodes[-1].flow


def names(group: frozenset[str]) -> str:
    return " ".join(sorted(group))


@pytest.mark.parametrize(
    ("expression", "parameters", "data", "added"),
    [
        ("a", "a", "", ""),
        ("a + s0", "a", "s0", "s0"),
        ("y - a", "a", "y", "y"),
        ("y * a", "a", "y", ""),
        ("X * b", "b", "X", ""),
        ("y / t", "t", "y", "y"),
        ("b / s0", "b", "s0", ""),
        ("X \\ b", "b", "X", ""),
        ("mdivide_left_tri_low(add_diag(X, t), y)", "t", "X y", "X y"),
        ("append_row(y, b)", "b", "y", "y"),
        ("dot_product(x, b)", "b", "x", ""),
        ("X * b + y", "b", "X y", "y"),
        ("x .* (y - a)", "a", "x y", "y"),
        ("fma(x, b, y)", "b", "x y", "y"),
        ("b[g]", "b", "", ""),
        ("y[1] + num_elements(x)", "", "y", "y"),
        ("rep_vector(a, N)", "a", "", ""),
        ("s0 > 0 ? a : t", "a t", "", ""),
        ("a > 0 ? s0 : 1", "a", "s0", "s0"),
        ("pow(y, a)", "a", "y", "y"),
        ("size(y) * a", "a", "", ""),
        ("zeros", "", "", ""),
        ("z0", "", "", ""),
        ("ones", "", "ones", "ones"),
    ],
)
def test_what_an_expression_is_made_of(
    expression: str, parameters: str, data: str, added: str
) -> None:
    got = flow(expression)
    assert (names(got.parameters), names(got.data), names(got.added)) == (parameters, data, added)


@pytest.mark.parametrize(
    ("expression", "rows"),
    [
        ("y", "y"),
        ("y[1]", ""),
        ("y[2:3]", "y"),
        ("mean(y)", ""),
        ("sd(y) + sum(x)", ""),
        ("s0", ""),
        ("y - x", "x y"),
    ],
)
def test_summaries_hide_single_rows(expression: str, rows: str) -> None:
    assert names(flow(expression).rows) == rows


@pytest.mark.parametrize(
    ("expression", "linear"),
    [
        ("2 * b + a", "a b"),
        ("-b[1]", "b[1]"),
        ("tanh(b)", ""),
        ("b / t", "b"),
        ("b * t", "b t"),
        ("exp(a)", ""),
    ],
)
def test_linear_parameters(expression: str, linear: str) -> None:
    assert names(flow(expression).linear) == linear


def test_branches_are_joined() -> None:
    both = "vector[N] v; if (s0 > 0) v = y; else v = b;"
    assert names(flow("v", both).data) == "y"
    assert names(flow("v", both).parameters) == "b"
    one = "vector[N] v = y; if (s0 > 0) v = b;"
    assert names(flow("v", one).data) == "y"


def test_assignment_replaces_what_a_whole_variable_held() -> None:
    assert names(flow("v", "vector[N] v = y; v = b;").data) == ""
    assert names(flow("v", "vector[N] v = y; v[1] = a;").data) == "y"


def test_loops_feed_back_over_several_rounds() -> None:
    body = "real p = 0; real q = 0; real r = 0; for (n in 1:N) { r = q; q = p; p = a; }"
    assert names(flow("r", body).parameters) == "a"


def test_a_loop_that_holds_densities_comes_to_an_end() -> None:
    body = "real p = a; for (n in 1:N) p = normal_lpdf(y[n] | p, normal_lpdf(p | 0, 1));"
    assert {d.name for d in flow("p", body).densities} == {"normal_lpdf"}


def test_each_statement_is_found_once_in_textual_order() -> None:
    nodes = data_flow(
        "for (i in 1:2) for (j in 1:2) { a ~ normal(0, 1); if (i > 1) t ~ exponential(1); }"
        "target += a;"
    ).nodes
    assert [names(n.flow.parameters) for n in nodes] == ["a", "t", "a"]


def test_products_name_the_other_factors() -> None:
    found = data_flow("target += sum(a + t * b); target += exp(a);")
    assert found.products["b"] == {frozenset({"t"})}
    assert names(found.multipliers("t")) == "b"
    assert "a" not in found.products
    assert names(found.positive) == "a"


def test_what_reaches_only_through_a_product_is_lost_with_it() -> None:
    effect = frozenset({"b"})
    assert names(flow("sum(a + t * b)", zeroed=effect).parameters) == "a"
    assert (
        names(flow("sum(v)", "vector[N] v; for (n in 1:N) v[n] = t * b[n];", effect).parameters)
        == ""
    )
    assert names(flow("sum(t * (b - a))", zeroed=effect).parameters) == "a t"
    assert names(flow("sum(t * tanh(b))", zeroed=effect).parameters) == "t"


def test_densities_carry_their_parts() -> None:
    (density,) = flow("normal_lpdf(y | a + b, t)").densities
    assert (names(density.outcome.data), names(density.arguments.parameters)) == ("y", "a b t")
    assert names(density.location.parameters) == "a b"
    (located,) = flow("student_t_lpdf(y | t, a, 1)").densities
    assert names(located.location.parameters) == "a"
    (other,) = flow("gamma_lpdf(t | s0, 1)").densities
    assert other.location == NOTHING


@pytest.mark.parametrize(
    ("density", "unit"),
    [
        ("std_normal_lpdf(b |)", True),
        ("normal_lpdf(b | 0, 1)", True),
        ("normal_lpdf(b | 0.0, 1.0)", True),
        ("student_t_lpdf(b | 4, 0, 1)", True),
        ("student_t_lpdf(b | t, 0, 1)", True),
        ("normal_lpdf(b | 0, 2)", False),
        ("normal_lpdf(b | 0, s0)", False),
        ("gumbel_lpdf(b | 0, 1)", False),
    ],
)
def test_unit_densities(density: str, unit: bool) -> None:  # noqa: FBT001 - a table of cases
    (found,) = flow(density).densities
    assert found.unit is unit


def test_summands_without_a_density_are_kept_apart() -> None:
    assert names(flow("normal_lpdf(y | a, 1) + s0 * t").bare) == "s0 t"
    assert names(flow("normal_lpdf(y | a, 1) + s0").bare) == "", "a constant"
    assert names(flow("log_sum_exp(log(t) + normal_lpdf(y | a, 1), 0)").bare) == ""
    assert names(flow("lp", "real lp = -t; lp += normal_lpdf(y | a, 1);").bare) == "t"


def test_algebra_of_flows() -> None:
    y, a = Flow(data=frozenset("y"), added=frozenset("y")), Flow(parameters=frozenset("a"))
    assert sum_flow([]) == NOTHING
    assert sum_flow([y, UNSET]) == y
    assert sum_flow([UNSET, UNSET]).zero
    assert product_flow("Times", [y, UNSET]) == UNSET
    assert product_flow("Times", [y, a]).added == frozenset()
    assert product_flow("Divide", [y, a]).added == {"y"}
    assert not nonlinear_flow([UNSET]).zero
    assert nonlinear_flow([y, a], doubtful=True).doubtful
    assert not nonlinear_flow([y], doubtful=True).doubtful
    assert summary_flow(Flow(rows=frozenset("y"))) == NOTHING
