from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.program.program import Program
from bayeswrap.program.syntax.evaluate import NotEvaluable, evaluate, unparse
from bayeswrap.program.syntax.tree import Declaration, Expression

VALUES = {
    "N": np.asarray(5),
    "K": np.asarray(2),
    "s": np.asarray(0.5),
    "v": np.array([1.0, 4.0, 9.0]),
    "g": np.array([3, 1, 2]),
    "X": np.arange(6.0).reshape(2, 3),
}
HEAD = "int N; int K; real s; vector[3] v; array[3] int g; matrix[2, 3] X;"


def bound(text: str) -> Expression:
    """The expression as stanc reads it, from a declaration of data."""
    program = Program.from_string(f"data {{ {HEAD} real<lower={text}> z; }} model {{}}")
    (declared,) = [
        d for d in program.tree.blocks["data"] if isinstance(d, Declaration) and d.name == "z"
    ]
    return declared.bounds[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3),
        ("1_000", 1000),
        ("2.5e-1", 0.25),
        ("-N", -5),
        ("+s", 0.5),
        ("N + 1", 6),
        ("(N - 1) * K", 8),
        ("N %/% K", 2),
        ("-N %/% K", -2),
        ("N / 2.0", 2.5),
        ("K ^ 3", 8),
        ("v[2]", 4),
        ("v[g[1]]", 9),
        ("X[2, 3]", 5),
        ("min(v)", 1),
        ("max(g)", 3),
        ("sum(v)", 14),
        ("num_elements(X)", 6),
        ("rows(X)", 2),
        ("cols(X)", 3),
        ("size(g)", 3),
        ("sqrt(v[3])", 3),
        ("square(K)", 4),
        ("negative_infinity()", -np.inf),
        ("abs(-N)", 5),
    ],
)
def test_values_of_expressions(text: str, value: float) -> None:
    assert evaluate(bound(text), VALUES) == pytest.approx(value)


def test_a_bound_may_be_an_array() -> None:
    program = Program.from_string(f"data {{ {HEAD} vector<lower=2 * v>[3] z; }} model {{}}")
    declared = program.variables["z"].declaration
    np.testing.assert_array_equal(evaluate(declared.bounds[0], VALUES), [2.0, 8.0, 18.0])


@pytest.mark.parametrize(
    "text", ["v[4]", "v[0]", "tgamma(s)", "N %/% 0", "cols(v)", "(N > 1 ? 1 : 2)", "sum(v[1:2])"]
)
def test_what_only_stan_can_tell_is_left_to_it(text: str) -> None:
    with pytest.raises(NotEvaluable):
        evaluate(bound(text), VALUES)


def test_an_unknown_variable_is_named() -> None:
    with pytest.raises(NotEvaluable, match="N"):
        evaluate(bound("N + 1"), {})


def test_values_of_a_wrong_kind_are_left_to_their_own_check() -> None:
    with pytest.raises(NotEvaluable):
        evaluate(bound("N + 1"), {"N": np.array("five")})


@pytest.mark.parametrize(
    "text",
    [
        "N + 1",
        "(N - 1) * K",
        "-s",
        "N %/% K",
        "v .* v",
        "K ^ 2",
        "X[1, 2]",
        "max(v)",
        "(N > 1 && K != 2 ? 1 : K)",
        "negative_infinity()",
    ],
)
def test_expressions_are_written_back_as_they_were(text: str) -> None:
    written = unparse(bound(f"sum({text})" if ".*" in text else text))
    assert written == (f"sum({text})" if ".*" in text else text)
