"""Predictors: aliased columns, offsets, group terms, levels of new data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from bayeswrap.errors import FormulaError
from bayeswrap.formulas.design_builder import design_of

if TYPE_CHECKING:
    from bayeswrap.formulas.design_matrices import Design

FRAME = {
    "y": [1.0, 2, 3, 5, 8, 13],
    "x": [0.5, 1, 2, 4, 3, 7],
    "z": [1.0, 2, 1, 2, 1, 2],
    "g": ["b", "b", "a", "a", "c", "c"],
    "h": [1, 2, 1, 2, 1, 2],
    "one": ["k"] * 6,
    "own": list(range(6)),
}


WRONG = ["(1 | g) + (x | g)", "(0 | g)", "offset(g)", "offset(poly(x, 2))"]


def made(formula: str, outcome: str = "real") -> Design:
    return design_of(formula, FRAME, outcome)


def test_columns_that_are_combinations_are_left_out_with_a_note() -> None:
    design = made("y ~ x + I(2*x + 1) + z + one")
    assert design.predictors["mu"].population.names == ("x", "z")
    assert "I(2 * x + 1) was left out: it is a combination of the intercept, x" in design.notes


def test_more_columns_than_rows_stay() -> None:
    design = made("y ~ poly(x, 5) + z")
    assert design.predictors["mu"].population.values.shape == (6, 6)
    assert "7 coefficients for 6 rows" in design.notes[0]


def test_offsets_add_up() -> None:
    design = made("y ~ 1 + offset(x) + offset(2 * z)")
    offset = design.predictors["mu"].offset
    assert offset is not None
    assert offset.tolist() == [2.5, 5, 4, 8, 5, 11]


def test_group_terms_have_levels_and_columns() -> None:
    (group,) = made("y ~ x + (1 + x | g)").predictors["mu"].groups
    assert group.levels == ("a", "b", "c")
    assert group.index.tolist() == [2, 2, 1, 1, 3, 3]
    assert group.names == ("Intercept", "x")
    assert group.values[:, 1].tolist() == FRAME["x"]


def test_levels_of_two_factors_are_the_pairs_that_occur() -> None:
    groups = made("y ~ (1 | g/h)", "count").predictors["mu"].groups
    assert [g.factor for g in groups] == ["g", "g:h"]
    assert groups[1].levels == ("a:1", "a:2", "b:1", "b:2", "c:1", "c:2")
    assert groups[1].index.tolist() == [3, 4, 1, 2, 5, 6]


def test_slopes_without_intercept_and_uncorrelated_ones() -> None:
    slopes, both = made("y ~ (0 + x | g) + (z || h)").predictors["mu"].groups
    assert slopes.names == ("x",)
    assert (both.names, both.correlated) == (("Intercept", "z"), False)


def test_unseen_levels_have_index_zero_and_keep_their_names() -> None:
    builder = made("y ~ x + (1 | g)").builder
    assert builder is not None
    new = builder.at({"x": [1.0, 2, 3], "g": ["q", "a", "p"]})
    (group,) = new.predictors["mu"].groups
    assert group.index.tolist() == [0, 1, 0]
    assert group.new_levels == ("p", "q")
    assert group.new_index is not None
    assert group.new_index.tolist() == [2, 0, 1]


def test_factors_that_tell_nothing_are_noted() -> None:
    assert "grouping factor one has one level" in made("y ~ (1 | one)").notes[0]
    assert "a level for each row" in made("y ~ (1 | own)").notes[0]
    assert made("y ~ (1 | own)", "count").notes == ()


@pytest.mark.parametrize(
    "text", ["(1 | g) + (x | g)", "(0 | g)", "offset(g)", "offset(poly(x, 2))"]
)
def test_predictors_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(FormulaError):
        made(f"y ~ {text}")


def test_the_columns_of_new_data_are_those_that_were_kept() -> None:
    builder = made("y ~ x + I(2*x) + z").builder
    assert builder is not None
    new = builder.at({"x": [3.0], "z": [5.0]}).predictors["mu"].population
    assert new.names == ("x", "z")
    assert new.values == pytest.approx(np.array([[3.0, 5.0]]))


def test_a_pair_of_levels_without_rows_is_left_out() -> None:
    frame = {"y": [1.0, 2, 4, 3, 5, 7], "f": list("aabbab"), "g": list("uuuvuv")}
    frame["g"][2] = "v"  # no row of a and v
    design = design_of("y ~ f * g", frame, "real")
    assert design.predictors["mu"].population.names == ("f[b]",)
    assert len(design.notes) == 2
    assert all("combination of the intercept, f[b]" in note for note in design.notes)
    cells = design_of("y ~ 0 + f:g", frame, "real")
    assert cells.predictors["mu"].population.names == ("f[a]:g[u]", "f[b]:g[v]")
    assert set(cells.notes) == {
        f"{name} was left out: it is 0 in every row" for name in ("f[b]:g[u]", "f[a]:g[v]")
    }
