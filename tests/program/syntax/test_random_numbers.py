"""Which generated quantities hang on random numbers."""

from __future__ import annotations

import pytest

from bayeswrap.program.program import Program
from bayeswrap.program.syntax.random_numbers import generators, is_reshaped, random_names

CODE = """functions { real own_rng(real m) { return normal_rng(m, 1); } }
parameters { real m; } generated quantities { QUANTITIES }"""


def tree(text):
    return Program.from_string(CODE.replace("QUANTITIES", text), name="t").tree


def test_what_a_random_number_decides_is_random():
    text = """real a = normal_rng(m, 1); real b = 2 * a; real c = m; real d = 0;
      if (a > 0) d = 1; real e; for (i in 1:poisson_rng(2)) e = i;
      real f = own_rng(m); vector[2] g = [m, m]'; g[2] = a;"""

    assert random_names(tree(text)) == {"a", "b", "d", "e", "f", "g"}


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("real q = normal_rng(m, 1);", {"normal"}),
        ("real q = normal_rng(gamma_rng(1, 1), 1);", {"normal"}),
        ("int q = bernoulli_rng(0.5) ? 0 : poisson_rng(2);", {"poisson"}),
        ("real q = own_rng(m);", set()),
        ("real z = normal_rng(m, 1); real q = z > 0;", set()),
    ],
)
def test_generators(text, families):
    assert generators(tree(text), "q") == families


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("vector[2] q = to_vector(normal_rng([m, m], 1));", True),
        ("int q = bernoulli_rng(0.5) ? 0 : poisson_rng(2);", True),
        ("real q = exp(normal_rng(m, 1));", False),
        ("real z = normal_rng(m, 1); real q = exp(z);", False),
        ("vector[2] q; q[1] = m; q[2] = normal_rng(m, 1);", True),
    ],
)
def test_a_number_as_it_was_drawn(text, plain):
    assert is_reshaped(tree(text), "q") is plain
