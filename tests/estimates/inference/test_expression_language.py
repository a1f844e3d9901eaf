"""The expression language: what it computes, what it refuses, and that nothing is executed."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from bayeswrap.errors import UnknownNameError, UsageError
from bayeswrap.estimates.inference.expression_language import Expression

VALUES = {
    "a": np.array([2.0]),
    "b": np.array([[1.0], [-2.0], [3.0]]),
    "M": np.array([[[1.0], [2.0]], [[3.0], [4.0]]]),
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a", 2),
        ("-a + 3 * 4 / 2 - 1", 3),
        ("2 ** 3 ** 2", 512),
        ("-a ** 2", -4),
        ("b[1] + b[3]", 4),
        ("M[2,1]", 3),
        ("exp(log(a))", 2),
        ("abs(b[2])", 2),
        ("sum(b)", 2),
        ("mean(b)", 2 / 3),
        ("prod(b)", -6),
        ("max(b) - min(b)", 5),
        ("sum(M)", 10),
        ("dot(b, b)", 14),
        ("sum(b[2:3])", 1),
        ("sum(b[:2])", -1),
        ("sum(M[1])", 3),
        ("maximum(a, b[3]) + minimum(a, b[3])", 5),
        ("expit(logit(0.3))", 0.3),
        ("inv_logit(0)", 0.5),
        ("Phi(1.959963984540054)", 0.975),
        ("2 * pi", 2 * np.pi),
        ("power(a, 3)", 8),
        ("arctan(1) * 4", np.pi),
        ("1e3 * a", 2000),
    ],
)
def test_values(text, value):
    found = Expression.parse(text, list(VALUES))(VALUES)

    assert np.ravel(found)[0] == pytest.approx(value, rel=1e-14)


def test_many_points_at_once():
    values = {"a": np.arange(4.0), "b": np.arange(12.0).reshape(3, 4)}

    found = Expression.parse("a * b + b[2]", ["a", "b"])(values)

    np.testing.assert_array_equal(found, values["a"] * values["b"] + values["b"][1])


def test_names_that_are_used():
    assert Expression.parse("exp(a) + M[1,2]", list(VALUES)).names == {"a", "M"}


def test_a_variable_may_carry_the_name_of_a_constant():
    found = Expression.parse("2 * pi", ["pi"])({"pi": np.array([0.25])})

    assert found[0] == 0.5


@pytest.mark.parametrize(
    "text",
    ["exp", "log1p", "expm1", "sqrt", "sin", "cosh", "arctanh", "expit", "logit", "Phi", "abs"],
)
def test_derivatives_by_complex_steps(text):
    x, h = 0.3, 1e-6
    expression = Expression.parse(f"{text}(x)", ["x"])

    exact = np.imag(expression({"x": np.array([x + 1e-30j])}))[0] / 1e-30
    above, below = (expression({"x": np.array([x + s * h])})[0] for s in (1, -1))

    assert exact == pytest.approx((above - below) / (2 * h), rel=1e-8)


def test_the_derivative_of_a_normal_probability():
    found = Expression.parse("Phi(x)", ["x"])({"x": np.array([0.7 + 1e-30j])})

    assert np.imag(found)[0] / 1e-30 == pytest.approx(stats.norm.pdf(0.7), rel=1e-13)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a^2", r"a power is written \*\*"),
        ("np.exp(a)", "without a module"),
        ("a @ b", "dot"),
        ("a +", "does not parse"),
        ("", "does not parse"),
        ("b[0]", "from 1"),
        ("b[-1]", "from 1"),
        ("b[1.0]", "from 1"),
        ("b[a]", "from 1"),
        ("b[1:3:2]", "from 1"),
        ("b[4]", "which has 3"),
        ("b[2:9]", "which has 3"),
        ("a[1]", "0 dimension"),
        ("M[1,1,1]", "2 dimension"),
        ("exp(a, a)", "1 argument"),
        ("exp(x=a)", "not allowed"),
        ("True", "not allowed"),
        ("'a'", "not allowed"),
        ("a if a > 1 else b", "not allowed"),
        ("[a, a]", "not allowed"),
        ("lambda: a", "not allowed"),
        ("a and b", "not allowed"),
        ("a % 2", "not allowed"),
        ("1 < a < 3", "not allowed"),
        ("a == 2", "not allowed"),
        ("a.__class__", "without a module"),
        ("(a := 3)", "not allowed"),
        ("b + M[1]", "could not be broadcast|broadcast"),
        ("f'{a}'", "not allowed"),
    ],
)
def test_refusals_say_why(text, why):
    with pytest.raises(UsageError, match=why):
        Expression.parse(text, list(VALUES))(VALUES)


@pytest.mark.parametrize("text", ["__import__('os')", "eval('1')", "open(a)", "lgamma(a)"])
def test_unknown_functions_are_never_called(text):
    with pytest.raises(UnknownNameError, match="no function"):
        Expression.parse(text, list(VALUES))


def test_unknown_variables_are_named():
    with pytest.raises(UnknownNameError, match="no variable 'beta'"):
        Expression.parse("exp(beta)", list(VALUES))
    with pytest.raises(UnknownNameError, match="no variable 'pi'"):
        Expression.parse("pi[1]", list(VALUES))
