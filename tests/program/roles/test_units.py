from __future__ import annotations

import pytest

from bayeswrap.program.flow.propagation import propagate
from bayeswrap.program.program import Program
from bayeswrap.program.roles.units import gathering_locals, units_of

HEAD = """data { int N; vector[N] y; int k; real c; }
parameters { real m; real b; real<lower=0> s; }
"""


def groups(added: str) -> list[tuple[int, ...]]:
    """The terms that go together, of one statement."""
    tree = Program.from_string(f"{HEAD}model {{ target += {added}; }}").tree
    return [unit.summands for unit in units_of(propagate(tree))]


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        ("normal_lpdf(m | 0, 1)", [(0,)]),
        ("-square(m) + b - s", [(0, 1, 2)]),
        ("normal_lpdf(m | 0, 1) + normal_lpdf(y | m, s)", [(0,), (1,)]),
        ("normal_lpdf(m | 0, 1) + normal_lpdf(b | 0, 1) + 2", [(0,), (1, 2)]),
        ("2 + normal_lpdf(y | m, s) + normal_lpdf(b | 0, 1)", [(0, 1), (2,)]),
        # the normalisation of a truncation stands behind its density
        (
            "normal_lpdf(s | 0, 1) - normal_lccdf(0 | 0, 1) + normal_lpdf(y | m, s)",
            [(0, 1), (2,)],
        ),
        # a Jacobian goes to the density of its parameter, wherever that stands
        ("normal_lpdf(y | m, s) + log(s) + lognormal_lpdf(s | 0, 1)", [(0,), (1, 2)]),
        # a term of other parameters stays by itself
        ("normal_lpdf(s | 0, 1) + normal_lpdf(y | m, s) + square(b)", [(0,), (1,), (2,)]),
        # between densities of data it belongs to the one before
        ("normal_lpdf(y | m, s) + log(s) + poisson_log_lpmf(k | m)", [(0, 1), (2,)]),
        # a term of data and parameters beside a prior and a likelihood
        ("normal_lpdf(m | 0, 1) + normal_lpdf(y | m, s) + c * m", [(0,), (1,), (2,)]),
        ("c * m + normal_lpdf(m | 0, 1) - square(b)", [(0,), (1,), (2,)]),
        # a size sets no term apart, and goes with the residuals that it normalises
        ("-N * log(s) - dot_self(y - m) / s - c * square(b)", [(0, 1), (2,)]),
    ],
)
def test_terms_that_belong_together(added: str, expected: list[tuple[int, ...]]) -> None:
    assert sorted(groups(added)) == sorted(expected)


def test_each_term_is_in_one_piece_and_statements_are_numbered() -> None:
    tree = Program.from_string(
        f"{HEAD}model {{ m ~ normal(0, 1); target += normal_lpdf(b | 0, 1) + (1 - s) + "
        "normal_lpdf(y | m, s); y ~ normal(m, 1); }"
    ).tree
    units = units_of(propagate(tree))
    assert [p.position for p in units] == sorted(p.position for p in units)
    for position, count in ((0, 1), (1, 4), (2, 1)):
        terms = [i for p in units if p.position == position for i in p.summands]
        assert sorted(terms) == list(range(count))


def test_a_piece_is_found_again_in_another_walk() -> None:
    tree = Program.from_string(
        f"{HEAD}model {{ target += normal_lpdf(m | 0, 1) + normal_lpdf(y | m, s); }}"
    ).tree
    first, second = units_of(propagate(tree))
    again = propagate(tree)
    assert first.again(again) == first.flow
    assert second.again(again) == second.flow
    assert first.flow != second.flow


LP = "real lp = 0; "
GATHERING = {
    "one by one": (LP + "lp += m; lp += b; target += lp;", {"lp"}),
    "in a loop": (LP + "for (n in 1:N) lp += normal_lpdf(y[n] | m, s); target += lp;", {"lp"}),
    "in a branch": (LP + "if (k > 0) lp += m; else lp += b; target += lp;", {"lp"}),
    "a vector": ("vector[N] lp = rep_vector(0, N); lp[1] += m; target += sum(lp);", {"lp"}),
    "two of them": (
        "real a = 0; real z = 0.0; a += m; z += b; target += a; target += z;",
        {"a", "z"},
    ),
    "in a block of its own": ("{ " + LP + "lp += m; target += lp; }", {"lp"}),
    "another start": ("real lp = 1; lp += m; target += lp;", set()),
    "no start": ("real lp; lp = m; target += lp;", set()),
    "assigned later": (LP + "lp += m; lp = 2 * b; target += lp;", set()),
    "product_flow": (LP + "lp += m; lp *= 2; target += lp;", set()),
    "taken from": (LP + "lp += m; lp -= b; target += lp;", set()),
    "read elsewhere": (LP + "lp += m; real a = lp; target += lp;", set()),
    "read by a density": (LP + "lp += m; lp ~ normal(0, 1); target += lp;", set()),
    "read by a condition": (LP + "if (lp > 0) lp += m; target += lp;", set()),
    "read by itself": (LP + "lp += m; lp += 2 * lp; target += lp;", set()),
    "added twice": (LP + "lp += m; target += lp; target += lp;", set()),
    "added with a factor": (LP + "lp += m; target += 2 * lp;", set()),
    "added with another term": (LP + "lp += m; target += lp + b;", set()),
    "added in a loop": (LP + "lp += m; for (n in 1:N) { target += lp; }", set()),
    "added in a branch": (LP + "lp += m; if (k > 0) target += lp;", set()),
    "never added": (LP + "lp += m;", set()),
    "two of one name": (
        "{ " + LP + "lp += m; target += lp; } { " + LP + "lp += b; target += lp; }",
        set(),
    ),
}


@pytest.mark.parametrize("case", GATHERING, ids=str)
def test_locals_that_do_nothing_but_gather(case: str) -> None:
    body, expected = GATHERING[case]
    assert gathering_locals(Program.from_string(f"{HEAD}model {{ {body} }}").tree) == expected
