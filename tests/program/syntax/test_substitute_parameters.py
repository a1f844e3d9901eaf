from __future__ import annotations

import pytest

import bayeswrap as bw
from bayeswrap.program.syntax.substitute_parameters import substituted_parameters

CODE = """
data {{ int K; vector[K] y; }}
parameters {{ {} }}
model {{ }}
"""


@pytest.mark.parametrize(
    ("declared", "substitutes"),
    [
        ("real<lower=0> a, b;", ["real<lower=0> a;", "real<lower=0> b;"]),
        ("array[2] row_stochastic_matrix[K, 3] G;", ["array[2, K] simplex[3] G;"]),
        ("column_stochastic_matrix[K, 3] G;", ["array[3] simplex[K] G;"]),
        ("array[2] complex z;", ["array[2] vector[2] z;"]),
        ("complex_vector[K] z;", ["array[K] vector[2] z;"]),
        (
            "tuple(real<lower=0>, tuple(complex, simplex[K])) t;",
            ["real<lower=0> t__1;", "vector[2] t__2__1;", "simplex[K] t__2__2;"],
        ),
    ],
)
def test_what_stands_for_a_parameter(declared, substitutes):
    part, found = substituted_parameters(CODE.format(declared))

    assert [s.text for s in found] == substitutes
    assert part.data <= {"K"}
    bw.Program.from_string(part.text)


def test_parts_of_tuples_are_named_as_in_stan():
    _, found = substituted_parameters(CODE.format("tuple(real, tuple(real, complex)) t;"))

    assert [s.original for s in found] == ["t.1", "t.2.1", "t.2.2"]


@pytest.mark.parametrize("declared", ["array[2] tuple(real, real) t;", "complex_matrix[2, 2] z;"])
def test_kinds_without_a_substitute(declared):
    assert substituted_parameters(CODE.format(declared)) is None
