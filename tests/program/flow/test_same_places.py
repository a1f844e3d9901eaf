from __future__ import annotations

import pytest

from bayeswrap.program.flow.propagation import propagate
from bayeswrap.program.syntax.parse import tree

HEAD = """data { int N; int J; vector[3] d; }
parameters { real a; vector[3] s; vector[3] r; matrix[3, 3] m; }
"""


def outcome(body: str, index: str = "v[2]") -> set[str]:
    """The cells in an element of a local that a body computes."""
    code = f"{HEAD}model {{ {body} {index} ~ normal(0, 1); }}"
    (density,) = propagate(tree(code, "aligned")).nodes[-1].densities
    return set(density.outcome.parameters)


@pytest.mark.parametrize(
    ("body", "cells"),
    [
        ("vector[3] v = exp(s);", {"s[2]"}),
        ("vector[3] v = 1 ./ sqrt(s);", {"s[2]"}),
        ("vector[3] v = d .* (a + s);", {"a", "s[2]"}),
        ("vector[3] v = a * s / 2;", {"a", "s[2]"}),
        ("vector[3] v = s + r;", {"s[2]", "r[2]"}),
        ("vector[3] v; v = inv_logit(s);", {"s[2]"}),
        ("vector[3] v; for (j in 1:3) v[j] = 1 / sqrt(s[j]);", {"s[2]"}),
        (
            "vector[3] v; for (j in 1:3) v[j] = s[j] * r[4 - j];",
            {"s[2]", "r"},
        ),
        ("vector[3] v = N > 1 ? s : r;", {"s[2]", "r[2]"}),
        # these mix the places
        ("vector[3] v = m * s;", {"m", "s"}),
        ("vector[3] v = s * s[1];", {"s[1]", "s[2]", "s[3]"}),
        ("vector[3] v = reverse(s);", {"s"}),
        ("vector[3] v = append_row(s[2:3], a);", {"a", "s[2]", "s[3]"}),
        ("vector[3] v; for (j in 1:3) v[j] = s[4 - j];", {"s"}),
        ("vector[3] v; for (j in 1:3) v[j] = s[j] / sum(s);", {"s[1]", "s[2]", "s[3]"}),
        ("vector[3] v = exp(s); v[1] = s[3];", {"s[1]", "s[2]", "s[3]"}),
    ],
)
def test_elements_hold_the_parameter_at_their_place(body: str, cells: set[str]) -> None:
    assert outcome(body) == cells


def test_an_element_that_no_parameter_reaches_is_empty() -> None:
    assert outcome("vector[3] v; for (j in 2:3) v[j] = s[j];", "v[1] + a") == {"a"}


def test_a_function_keeps_the_places_of_its_argument() -> None:
    code = "functions { real f(vector v) { return v[2]; } }" + HEAD
    body = "model { s[1] ~ normal(0, 1); f(exp(s)) ~ normal(0, 1); }"
    (density,) = propagate(tree(code + body, "f")).nodes[-1].densities
    assert density.outcome.parameters == {"s[2]"}
