from __future__ import annotations

import pytest

from bayeswrap.program.migration.declarations import declarations_of, move_sizes, move_unsized
from bayeswrap.program.migration.draft import Draft


def moved(statement: str) -> str:
    draft = Draft(f"model {{ {statement} }}")
    move_unsized(draft)
    move_sizes(draft, declarations_of(draft, draft.statements()))
    return draft.text()[len("model { ") : -len(" }")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("real x[N];", "array[N] real x;"),
        ("int<lower=0, upper=1> y[N, M] ;", "array[N, M] int<lower=0, upper=1> y ;"),
        ("vector[K] b[J];", "array[J] vector[K] b;"),
        ("matrix<lower=(a > b)>[2, 3] A[J, L];", "array[J, L] matrix<lower=(a > b)>[2, 3] A;"),
        ("simplex[K] theta[size(y[1])];", "array[size(y[1])] simplex[K] theta;"),
        ("real z[N, 2] = f(x, {1, 2});", "array[N, 2] real z = f(x, {1, 2});"),
        ("real x[2], y;", "array[2] real x; real y;"),
        ("real x, y[2], z[2];", "real x; array[2] real y, z;"),
        ("int a[2] = {1, 2}, b[2];", "array[2] int a = {1, 2}, b;"),
        ("real s <- 2;", "real s = 2;"),
        ("real x[N][M];", "array[N, M] real x;"),
    ],
)
def test_sizes_move_before_the_type(old: str, new: str) -> None:
    assert moved(old) == new


@pytest.mark.parametrize(
    "today",
    [
        "real x;",
        "array[N] real x;",
        "array[N, M] vector[K] x, y;",
        "vector[K] x = y[2];",
        "x[N] = 2;",
        "tuple(real, array[3] int) t;",
        "real a = x[1], b = y[2];",
    ],
)
def test_todays_declarations_stay(today: str) -> None:
    assert moved(today) == today


def test_types_without_sizes() -> None:
    draft = Draft("functions { real[,] f(int[] n, data vector[] v, real x) { return g(x, n); } }")
    move_unsized(draft)
    assert draft.text() == (
        "functions { array[,] real f(array[] int n, data array[] vector v, real x)"
        " { return g(x, n); } }"
    )


def test_variables_and_functions_are_told_apart_by_the_bracket() -> None:
    draft = Draft("functions { void f(real x) { int k[2]; } array[] real g() { } }")
    found = declarations_of(draft, draft.statements())
    assert [draft.word(name) for _, name in found.functions] == ["f", "g"]
    assert [draft.word(name) for _, name in found.variables] == ["k"]
