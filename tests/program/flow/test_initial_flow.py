from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bayeswrap.program.flow.cell_cuts import cells_of
from bayeswrap.program.flow.initial_flow import (
    containers_of,
    sizes_in,
    sizes_of,
    starting_flows,
    unbounded_parameters,
)
from bayeswrap.program.flow.values import NOTHING, UNSET
from bayeswrap.program.syntax.parse import tree

if TYPE_CHECKING:
    from bayeswrap.program.syntax.tree import Tree

CODE = """data { int N; int K; vector[N] y; real h; tuple(real, real) t; }
transformed data { vector[N] zeros = rep_vector(0, N); vector[K] w = rep_vector(1, K); }
parameters { real a; real<lower=0> s; real<offset=1> o; ordered[2] c; vector[N] z; }
model { }
"""


@pytest.fixture(scope="module")
def root() -> Tree:
    return tree(CODE, "m")


def test_sizes_are_scalars_that_declare_how_much_there_is(root: Tree) -> None:
    assert sizes_of(root) == {"N", "K"}


def test_data_are_by_value_and_sizes_are_not_added_in(root: Tree) -> None:
    flows = starting_flows(root, frozenset(), cells_of(root))
    assert (flows["y"].data, flows["y"].added, flows["y"].rows) == ({"y"}, {"y"}, {"y"})
    assert (flows["h"].added, flows["h"].rows) == ({"h"}, frozenset())
    assert (flows["N"].data, flows["N"].added) == ({"N"}, frozenset())
    assert flows["t"].rows == {"t"}


def test_zeros_hold_no_observation(root: Tree) -> None:
    flows = starting_flows(root, frozenset(), cells_of(root))
    assert flows["zeros"] == NOTHING
    assert flows["w"].data == {"w"}


def test_parameters_are_linear_in_themselves_unless_they_are_absent(root: Tree) -> None:
    flows = starting_flows(root, frozenset({"z"}), cells_of(root))
    assert flows["a"].parameters == flows["a"].linear == {"a"}
    assert flows["z"] == UNSET


def test_unbounded_parameters(root: Tree) -> None:
    assert unbounded_parameters(root, cells_of(root)) == {"a", "o", "z"}


def test_sizes_of_parameters_count_too(root: Tree) -> None:
    assert sizes_in(root) == {"N", "K"}


def test_containers_are_data_with_sizes(root: Tree) -> None:
    assert containers_of(root) == {"y", "t", "zeros", "w"}
