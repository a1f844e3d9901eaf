from __future__ import annotations

import pytest

from bayeswrap.program.flow.provenance import origins_of, roots
from bayeswrap.program.program import Program

HEAD = "data { int N; vector[N] y; vector[N] x; array[N] int g; int flag; real c; }\n"

# transformed data, and the data behind z
BEHIND = {
    "a value": ("real z = c;", {"c"}),
    "a constant": ("real z = 2;", set()),
    "nothing yet": ("real z;", set()),
    "an expression": ("vector[N] z = (y - mean(y)) / c;", {"y", "c"}),
    "by way of others": ("real a = c; real b = a; real z = b + sum(x);", {"c", "x"}),
    "an assignment": ("real z; z = c; ", {"c"}),
    "an assignment over another": ("real z = c; z = mean(y);", {"c", "y"}),
    "an addition": ("real z = 0; z += c; z += y[1];", {"c", "y"}),
    "parts": ("vector[N] z; z[1] = c; z[2:N] = y[2:N];", {"c", "y"}),
    "an index": ("real z = y[g[1]];", {"y", "g"}),
    "sizes alone": ("real z = N; real w = size(y) + rows(x) + num_elements(g);", set()),
    "the length of a container": ("real z = size(y) + rows(x) + num_elements(g);", set()),
    "a loop": ("real z = 0; for (n in 1:N) z += y[n];", {"y"}),
    "a loop that feeds back": (
        "real a = 0; real z = 0; for (n in 1:N) { z += a; a += y[n]; }",
        {"y"},
    ),
    "a loop that feeds back by two steps": (
        "real a = 0; real b = 0; real z = 0; for (n in 1:N) { z += b; b += a; a += x[n]; }",
        {"x"},
    ),
    "a foreach": ("real z = 0; for (v in y) z += v;", {"y"}),
    "a foreach in a loop": (
        "real z = 0; for (n in 1:N) for (v in g) { z += v * x[n]; }",
        {"g", "x"},
    ),
    "a condition": ("real z = 0; if (flag > 0) z = 1;", {"flag"}),
    "an else": ("real z = 0; if (flag > 0) { } else { z = 1; }", {"flag"}),
    "a condition of a condition": (
        "real z = 0; if (flag > 0) if (c > 0) z = 1; else z = 2;",
        {"flag", "c"},
    ),
    "a count": ("int z = 0; for (n in 1:N) if (y[n] > c) z += 1;", {"y", "c"}),
    "a local in a condition": (
        "real z = 0; if (flag > 0) { real a = 1; a += 1; z = a; }",
        {"flag"},
    ),
    "a local in a block": ("real z; { real a = c; vector[N] b = x * a; z = sum(b); }", {"c", "x"}),
    "a ternary": ("real z = flag > 0 ? c : x[1];", {"flag", "c", "x"}),
    "a while loop": ("real z = 0; { int n = 0; while (n < N) { n += 1; z += y[n]; } }", {"y"}),
    "a function": ("real z = f(y, c);", {"y", "c"}),
    "a function of a size": ("real z = f(y, size(x));", {"y"}),
    "array literals": ("array[2] real z = {c, y[1]};", {"c", "y"}),
    "a tuple": ("tuple(real, vector[N]) z = (c, y);", {"c", "y"}),
    "a while loop whose end is in the data": (
        "real z = 0; while (z < c) z += 1;",
        {"c"},
    ),
}


@pytest.mark.parametrize("case", BEHIND, ids=str)
def test_the_data_behind_a_variable(case: str) -> None:
    body, expected = BEHIND[case]
    functions = "functions { real f(vector a, real b) { return sum(a) * b; } }\n"
    found = origins_of(Program.from_string(f"{functions}{HEAD}transformed data {{ {body} }}").tree)
    assert found["z"] == expected


def test_data_are_their_own_origin_sizes_too() -> None:
    found = origins_of(Program.from_string(HEAD).tree)
    assert found == {name: {name} for name in ("N", "y", "x", "g", "flag", "c")}


def test_roots_of_several_and_of_names_that_are_no_data() -> None:
    code = HEAD + "transformed data { real a = mean(y); real b = c; }"
    origins = origins_of(Program.from_string(code).tree)
    assert roots(["a", "b", "g"], origins) == {"y", "c", "g"}
    assert roots(["theta"], origins) == {"theta"}
    assert roots([], origins) == frozenset()
