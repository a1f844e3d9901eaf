from __future__ import annotations

import pytest

from bayeswrap.program.flow.cell_cuts import cells_of
from bayeswrap.program.flow.parameter_cells import (
    NO_CELLS,
    Range,
    range_of_loop,
    variable_of,
    variables_of,
)
from bayeswrap.program.flow.propagation import propagate
from bayeswrap.program.syntax.parse import tree
from bayeswrap.program.syntax.tree import Loop, Tree

HEAD = """data { int N; int J; vector[N] y; array[N] int g; }
parameters { real a; vector[3] s; vector[J] x; matrix[2, J] m; array[J] vector[2] b;
matrix[J, J] q; }
"""


def root(body: str) -> Tree:
    return tree(f"{HEAD}model {{ {body} }}", "cells")


def outcome(body: str) -> set[str]:
    """The cells in the outcome of the last statement."""
    (density,) = propagate(root(body)).nodes[-1].densities
    return set(density.outcome.parameters)


@pytest.mark.parametrize(
    ("index", "cells"),
    [
        ("s[2]", {"s[2]"}),
        ("s[2:3]", {"s[2]", "s[3]"}),
        ("s[{1, 3}]", {"s[1]", "s[3]"}),
        ("s[2:]", {"s[2]", "s[3]"}),
        ("s[:1]", {"s[1]"}),
        ("s[(J - 1)]", {"s"}),
        ("x[1]", {"x[1]"}),
        ("x[3:J]", {"x[:]"}),
        ("m[1]", {"m[1, :]"}),
        ("m[, 2]", {"m[:, 2]"}),
        ("m[1][2]", {"m[1, 2]"}),
        ("row(m, 2)", {"m[2, :]"}),
        ("col(m, 1)", {"m[:, 1]"}),
        ("b[, 1]", {"b[:, 1]"}),
        ("x[g]", {"x"}),
        ("x[g[1]]", {"x"}),
        ("a", {"a"}),
    ],
)
def test_an_index_selects_cells(index: str, cells: set[str]) -> None:
    assert outcome(f"{index} ~ normal(0, 1);") == cells


@pytest.mark.parametrize(
    ("loop", "cells"),
    [
        ("for (i in 2:J) x[i] ~ normal(0, 1);", {"x[:]"}),
        ("for (i in 2:J) x[i - 1] ~ normal(0, 1);", {"x[1]", "x[:]"}),
        ("for (i in 1:2) s[i] ~ normal(0, 1);", {"s[1]", "s[2]"}),
        ("for (i in 1:2) s[i + 1] ~ normal(0, 1);", {"s[2]", "s[3]"}),
        ("for (i in 1:2) s[1 + i] ~ normal(0, 1);", {"s[2]", "s[3]"}),
        ("for (i in 1:J) s[i] ~ normal(0, 1);", {"s[1]", "s[2]", "s[3]"}),
        ("for (i in 2:3) for (j in i:3) s[j] ~ normal(0, 1);", {"s[2]", "s[3]"}),
        ("for (i in g) x[i] ~ normal(0, 1);", {"x[1]", "x[:]"}),
    ],
)
def test_counters_of_loops_are_counted_out(loop: str, cells: set[str]) -> None:
    assert outcome(f"x[1] ~ normal(0, 1); s[1] ~ normal(0, 1); s[3] ~ normal(0, 1); {loop}") == (
        cells
    )


def test_a_container_that_is_used_whole_is_one_cell() -> None:
    cells = cells_of(root("x ~ normal(0, 1); m[1] ~ normal(0, 1); s[1] ~ normal(0, 1);"))
    assert cells.of("x") == {"x"}
    assert cells.of("s") == {"s[1]", "s[2]", "s[3]"}
    assert cells.all() >= {"a", "x", "s[1]"}
    assert NO_CELLS.all() == frozenset()


def test_what_no_index_names_is_the_rest() -> None:
    assert cells_of(root("x[3] ~ normal(0, 1);")).of("x") == {"x[3]", "x[:]"}


def test_too_many_cells_are_not_told_apart() -> None:
    rows = "".join(f"q[{i}, {i}] ~ normal(0, 1);" for i in range(1, 9))
    assert cells_of(root(rows)).of("q") == {"q"}
    assert len(cells_of(root(rows.partition("q[5")[0])).of("q")) == 25


def test_the_shape_of_a_cell_is_what_is_left() -> None:
    cells = cells_of(root("m[1, 2] ~ normal(0, 1); s[2] ~ normal(0, 1);"))
    assert cells.shape("m[1, :]") == ("J",)
    assert cells.shape("x") == ("J",)
    assert cells.shape("s[2]") == cells.shape("a") == ()
    assert cells.sizes("m[1, :]") == ("2", "J")
    assert cells.is_container("s[2]")
    assert not cells.is_container("a")


def test_ranges() -> None:
    assert Range(2, 4).covers("3", ("3", ":"))
    assert not Range(2, 4).covers("1", ("1", ":"))
    assert not Range(1, 2).covers(":", ("1", "2", ":"))
    assert Range(1).covers(":", ("1", "2", ":"))


def test_the_range_of_a_loop() -> None:
    (loop,) = root("for (i in 2:J) x[i] ~ normal(0, 1);").blocks["model"]
    assert isinstance(loop, Loop)
    assert range_of_loop(loop, {}) == Range(2)


def test_variables_of_cells() -> None:
    assert variable_of("m[1, :]") == "m"
    assert variables_of({"m[1, :]", "m[:, :]", "a"}) == {"m", "a"}


def test_names_in_functions_are_their_own() -> None:
    code = "functions { real f(vector s) { return s[1]; } }" + HEAD
    body = "model { s[1] ~ normal(0, 1); x[2] ~ normal(0, 1); f(x) ~ normal(0, 1); }"
    (density,) = propagate(tree(code + body, "f")).nodes[-1].densities
    assert density.outcome.parameters == {"x[:]"}
