from __future__ import annotations

from fixtures.expressions import call, element, num, op, var

from bayeswrap.program.listings.outcomes import gathers_observations, label, observed_outcomes
from bayeswrap.program.listings.vectorised_calls import RewriteContext
from bayeswrap.program.syntax.tree import Expression

CONTEXT = RewriteContext(
    prefix="bw",
    functions=frozenset(),
    local=frozenset({"lp"}),
    data=frozenset({"y"}),
    suffix=lambda *_: "lpdf",
)
Y_N = element(var("y", "vector"), var("n", "int"))


def density(outcome: Expression) -> Expression:
    return Expression("CondDistApp", "normal_lpdf", (outcome, var("m"), num("1")), "real")


def test_an_outcome_is_named_with_its_indices_and_that_of_the_loop() -> None:
    assert label(Y_N, "", CONTEXT) == ("y", ("n",))
    assert label(var("y", "vector"), "num_elements(y)", CONTEXT) == ("y", ("bw_i",))
    nested = element(Y_N, op("Plus", var("k", "int"), num("1"), kind="int"))
    assert label(nested, "", CONTEXT) == ("y", ("n", "k + 1"))


def test_what_is_no_part_of_a_variable_has_no_name() -> None:
    assert label(None, "", CONTEXT) == ("", ())
    assert label(op("Minus", var("y"), var("m")), "", CONTEXT) == ("", ())
    sliced = Expression("Indexed", "", (var("y", "vector"), Expression("All")), "vector")
    assert label(sliced, "", CONTEXT) == ("", ())


def test_outcomes_are_parts_of_data() -> None:
    mixture = call("log_mix", var("p"), density(Y_N), density(var("m")))
    assert list(observed_outcomes(mixture, CONTEXT)) == [Y_N]


def test_one_number_may_hold_several_observations() -> None:
    assert gathers_observations(var("lp"), CONTEXT)
    assert gathers_observations(density(var("y", "vector")), CONTEXT)
    assert gathers_observations(call("f", var("y", "vector")), CONTEXT)
    assert not gathers_observations(density(Y_N), CONTEXT)
    assert not gathers_observations(op("Plus", density(Y_N), var("m")), CONTEXT)
