from __future__ import annotations

import pytest
from fixtures.expressions import call, num, op, var

from bayeswrap.program.listings.elements import element_of_term, element_of_tilde
from bayeswrap.program.listings.vectorised_calls import RewriteContext
from bayeswrap.program.syntax.tree import Expression, Tilde

CONTEXT = RewriteContext(
    prefix="bw",
    functions=frozenset({"part_lpdf"}),
    local=frozenset({"lp"}),
    data=frozenset({"y"}),
    suffix=lambda *_: "lpdf",
)
Y, M = var("y", "vector"), var("m")


def density(name: str = "normal_lpdf") -> Expression:
    return Expression("CondDistApp", name, (Y, M, num("1")), "real")


def test_a_vectorised_statement_is_a_loop_over_elements() -> None:
    made = element_of_tilde(Tilde(Y, "normal", (M, num("1")), ()), "y ~ normal(m, 1);", 2, CONTEXT)
    assert made is not None
    assert made.value == "normal_lpdf(y[bw_i] | m, 1)"
    assert (made.length, made.observed, made.gathers) == ("num_elements(y)", Y, False)


def test_a_truncated_statement_keeps_its_bounds() -> None:
    node = Tilde(Y, "normal", (M, num("1")), (num("0"),))
    made = element_of_tilde(node, "y ~ normal(m, 1) T[0, ];", 2, CONTEXT)
    assert made is not None
    assert made.value == (
        "(y[bw_i]) < (0) ? negative_infinity() : normal_lpdf(y[bw_i] | m, 1)"
        " - normal_lccdf(0 | m, 1)"
    )


def test_a_density_keeps_the_factor_beside_it() -> None:
    weighted = op("Times", num("2"), density())
    made = element_of_term("2 * normal_lupdf(y | m, 1)", weighted, CONTEXT)
    assert made is not None
    assert made.value == "2 * normal_lpdf(y[bw_i] | m, 1)"
    assert made.length == "num_elements(y)"


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        # a quotient by a sum, and a function of a sum, are no sums
        ("1 / normal_lpdf(y | m, 1)", op("Divide", num("1"), density())),
        ("exp(normal_lpdf(y | m, 1))", call("exp", density())),
    ],
)
def test_what_no_rule_takes_apart_stays_one_number(text: str, expression: Expression) -> None:
    made = element_of_term(text, expression, CONTEXT)
    assert made is not None
    assert (made.value, made.length, made.gathers) == (text, "", True)


@pytest.mark.parametrize(
    ("text", "expression", "value"),
    [
        ("sum(y)", call("sum", Y), "y[bw_i]"),
        ("dot_product(y, y)", call("dot_product", Y, Y), "(y[bw_i] * y[bw_i])"),
        (
            "reduce_sum(part_lupdf, y, 1, m)",
            call("reduce_sum", var("part_lupdf", ""), Y, num("1"), M),
            "part_lpdf(y[bw_i:bw_i] | bw_i, bw_i, m)",
        ),
    ],
)
def test_sums_by_another_name(text: str, expression: Expression, value: str) -> None:
    made = element_of_term(text, expression, CONTEXT)
    assert made is not None
    assert (made.value, made.length) == (value, "num_elements(y)")


def test_a_container_of_log_densities_is_listed_as_it_is() -> None:
    made = element_of_term("(y)", Expression("Paren", "", (Y,), "vector"), CONTEXT)
    assert made is not None
    assert (made.value, made.length) == ("y[bw_i]", "num_elements(y)")
