"""Lookup of variables and scalars by name or label."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.errors import UnknownNameError
from bayeswrap.estimates.problem.labels import Labels
from bayeswrap.estimates.problem.layout import Layout
from bayeswrap.estimates.problem.lookup import spell_out, take, unknown_name

NAMES = ("a", "beta[1]", "beta[2]", "r[1,1]", "r[2,1]", "r[1,2]", "r[2,2]")
LAYOUT = Layout(NAMES, dict.fromkeys(("a", "beta", "r"), "parameters"))
LABELS = Labels({"beta": (("dose", "C(g)[T.b]"),), "r": (("308", "309"), ("Intercept", "dose"))})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("a", 0),
        ("beta[1]", 1),
        ("beta[dose]", 1),
        ("beta[C(g)[T.b]]", 2),
        ("r[309, Intercept]", 4),
        ("r[1,dose]", 5),
        ("beta", [1, 2]),
        ("r", [[3, 5], [4, 6]]),
    ],
)
def test_values_are_found_by_variable_scalar_or_label(name, value):
    np.testing.assert_array_equal(take(np.arange(7.0), name, LAYOUT, LABELS), value)


def test_draws_keep_their_leading_axes():
    draws = np.arange(42.0).reshape(2, 3, 7)

    np.testing.assert_array_equal(take(draws, "r[309,dose]", LAYOUT, LABELS), draws[..., 6])


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        ("exp(beta[dose])", "exp(beta[1])"),
        ("beta[ C(g)[T.b] ] - beta [2]", "beta[2] - beta[2]"),
        ("r[309,Intercept] * beta[1:2] + a", "r[2,1] * beta[1:2] + a"),
        ("alphabeta[dose]", "alphabeta[dose]"),  # another variable
        ("r[308,Intercept] > 0", "r[1,1] > 0"),
        ("r[:,2]", "r[:,2]"),
    ],
)
def test_expressions_take_labels(text, spelling):
    assert spell_out(text, LABELS, NAMES) == spelling


def test_an_unknown_label_in_an_expression_is_named_with_the_nearest_one():
    with pytest.raises(UnknownNameError, match=r"'beta\[dos\]'.*did you mean 'beta\[dose\]'\?"):
        spell_out("exp(beta[dos])", LABELS, NAMES)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("dose", "'beta[dose]'"),
        ("bta", "'beta'"),
        ("beta[doze]", "'beta[dose]'"),
        ("r[308,Intercep]", "'r[308,Intercept]'"),
    ],
)
def test_the_error_names_what_is_nearest(name, hint):
    error = unknown_name(name, NAMES, LABELS)

    assert f"no variable {name!r} in this result; did you mean {hint}?" in str(error)
    with pytest.raises(KeyError):
        take(np.arange(7.0), name, LAYOUT, LABELS)
