"""Values in all passes of a loop at once, against a loop in Python."""

import numpy as np
import pytest

from bayeswrap.data.loop_values import PASSES_MAX, LoopValues, Value
from bayeswrap.program.program import Program
from bayeswrap.program.syntax.evaluate import NotEvaluable
from bayeswrap.program.syntax.tree import Target, flat

N, K = 4, 3
X = np.arange(12.0).reshape(N, K)
G = np.array([2, 1, 3, 3])
KNOWN = LoopValues(shared={"X": X, "g": G, "N": np.asarray(N), "m": np.arange(3.0)})
CODE = (
    "data {{ int N; matrix[N, 3] X; array[N] int g; vector[3] m; }}model {{ {loop} {{ {use} }} }}"
)


def expression(text, loop="for (n in 1:N)"):
    program = Program.from_string(CODE.format(loop=loop, use=f"target += {text};"))
    statements = flat(program.tree.blocks["model"])
    return next(s.expression for s in statements if isinstance(s, Target))


@pytest.fixture(scope="module")
def in_loop():
    one = Value(np.asarray(1))
    return KNOWN.loop("n", one, Value(np.asarray(N)))


@pytest.mark.parametrize(
    ("text", "python"),
    [
        ("X[n, 2]", lambda n: X[n, 1]),
        ("m[g[n]] + 1", lambda n: G[n]),
        ("-X[n, g[n]] * 2", lambda n: -2 * X[n, G[n] - 1]),
        ("log(X[n, 3])", lambda n: np.log(X[n, 2])),
        ("X[n]", lambda n: X[n]),
    ],
)
def test_a_value_in_a_loop_is_that_of_each_pass(in_loop, text, python):
    value = in_loop.value(expression(text))
    assert value.by_pass
    np.testing.assert_array_equal(value.array, [python(n) for n in range(N)])


def test_slices_are_numpys(in_loop):
    value = KNOWN.value(expression("sum(m[2:3]) + sum(m[{3, 1}])", "if (1)"))
    assert value.array == 3 + 2
    with pytest.raises(NotEvaluable):
        KNOWN.value(expression("m[4]", "if (1)"))


def test_inner_loops_may_depend_on_outer_ones(in_loop):
    inner = in_loop.loop("k", Value(np.asarray(1)), Value(in_loop.passes["n"], by_pass=True))
    pairs = list(zip(inner.passes["n"].tolist(), inner.passes["k"].tolist(), strict=True))
    assert pairs == [(n, k) for n in range(1, N + 1) for k in range(1, n + 1)]


def test_products_of_containers_are_left_to_stan():
    with pytest.raises(NotEvaluable):
        KNOWN.value(expression("sum(X * m)", "if (1)"))


def test_too_many_passes_are_not_held():
    with pytest.raises(NotEvaluable):
        KNOWN.loop("n", Value(np.asarray(1)), Value(np.asarray(PASSES_MAX + 1)))
