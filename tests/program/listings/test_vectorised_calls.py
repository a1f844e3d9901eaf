from __future__ import annotations

import pytest
from fixtures.expressions import call, num, var

from bayeswrap.program.listings.vectorised_calls import (
    Part,
    RewriteContext,
    as_variable,
    index_call,
    length_of,
    of_type,
    parts_of,
    rank,
    without_predictor,
)

CONTEXT = RewriteContext(
    prefix="bw",
    functions=frozenset({"mine_lpdf"}),
    local=frozenset(),
    data=frozenset({"y"}),
    suffix=lambda *_: "lpdf",
)
Y, MU, S = (Part("y", var("y", "vector")), Part("mu", var("mu", "vector")), Part("s", var("s")))


@pytest.mark.parametrize(
    ("kind", "dimensions"),
    [
        ("int", 0),
        ("vector", 1),
        ("matrix", 2),
        ("array array vector", 3),
        ("", -1),
        ("complex", -1),
    ],
)
def test_dimensions_of_a_type(kind: str, dimensions: int) -> None:
    assert rank(kind) == dimensions


def test_what_holds_several_elements_is_indexed_and_the_rest_is_not() -> None:
    made = index_call("normal", [Y, MU, S], CONTEXT)
    assert made is not None
    assert made.texts == ("y[bw_i]", "mu[bw_i]", "s")
    assert (made.before, made.length) == ("", "num_elements(y)")


def test_an_expression_is_computed_once() -> None:
    mean = Part("x * b", call("f", kind="vector"))
    made = index_call("normal", [Y, mean, S], CONTEXT)
    assert made is not None
    assert made.texts[1] == "bw_a1[bw_i]"
    assert made.before == "vector[num_elements(x * b)] bw_a1 = x * b;"
    assert as_variable(mean, "t") == ("vector[num_elements(x * b)] t = x * b;", "t")


def test_dimensions_of_one_observation_stay() -> None:
    many = Part("Y", var("Y", "array vector"))
    sigma = Part("Sigma", var("Sigma", "matrix"))
    made = index_call("multi_normal", [many, MU, sigma], CONTEXT)
    assert made is not None
    assert made.texts == ("Y[bw_i]", "mu", "Sigma")
    single = index_call("multi_normal", [Y, MU, sigma], CONTEXT)
    assert single is not None
    assert single.length == ""


def test_rows_of_a_slice_keep_their_dimensions() -> None:
    ints = Part("k", var("k", "array int"))
    x, a, b = (Part(n, var(n, t)) for n, t in (("x", "matrix"), ("a", "vector"), ("b", "matrix")))
    made = index_call("categorical_logit_glm", [ints, x, a, b], CONTEXT)
    assert made is not None
    assert made.texts == ("k[bw_i:bw_i]", "x[bw_i:bw_i]", "a", "b")


def test_a_density_of_the_users_own_is_taken_apart_by_no_rule() -> None:
    assert index_call("mine", [Y, S], CONTEXT) is None
    whole = index_call("mine", [S, S], CONTEXT)
    assert whole is not None
    assert whole.texts == ("s", "s")
    deep = Part("a", var("a", "array array vector"))
    assert index_call("normal", [deep, S, S], CONTEXT) is None


def test_a_linear_predictor_is_written_out() -> None:
    texts = ("y", "X", "alpha", "beta", "s")
    kinds = ("vector", "matrix", "real", "vector", "real")
    parts = parts_of(texts, [var(n, k) for n, k in zip(texts, kinds, strict=True)])
    name, plain = without_predictor("normal_id_glm", parts)
    assert name == "normal"
    assert [p.text for p in plain] == ["y", "(alpha) + (X) * (beta)", "s"]
    assert plain[1].expression.type == "vector"
    assert without_predictor("normal", [Y, S])[1] == [Y, S]


def test_lengths_as_stan_and_stanli_know_them() -> None:
    assert length_of("x", "matrix") == "rows(x)"
    assert length_of("x", "array int") == "num_elements(x)"
    assert length_of("x", "array vector") == "size(x)"
    assert of_type(num("1"), "vector").type == "vector"
