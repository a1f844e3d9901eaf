# ruff: noqa: PD011 - `values` are fields, nothing of pandas
"""From a formula and a frame to a design, and to the design of new data."""

from __future__ import annotations

import pickle
import time
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bayeswrap.errors import DataError, FormulaError
from bayeswrap.formulas.design_builder import design_of

if TYPE_CHECKING:
    from pathlib import Path

RNG = np.random.default_rng(7)
ROWS = 30
FRAME = pd.DataFrame(
    {
        "y": RNG.normal(size=ROWS),
        "x": RNG.normal(size=ROWS),
        "z": RNG.uniform(1, 2, size=ROWS),
        "f": RNG.permutation(list("abc") * 10),
        "g": RNG.permutation([1, 2, 3, 4, 5] * 6),
        "Sepal.Length": RNG.normal(size=ROWS),
    }
)
FORMULA = "y ~ poly(x, 2) + bs(z, df=4) * f + scale(x):z + offset(log(z)) + (1 + x | g)"


def test_a_design_by_hand() -> None:
    frame = {"y": [1.0, 2, 4, 3, 5], "x": [1.0, 2, 3, 5, 0], "f": list("babca")}
    frame = {name: [*column, *column] for name, column in frame.items()}
    population = design_of("y ~ x * f", frame, "real").predictors["mu"].population
    assert population.names == ("x", "f[b]", "f[c]", "x:f[b]")  # x:f[c] has one row: f[c] again
    assert population.intercept
    rows = [[1, 1, 0, 1], [2, 0, 0, 0], [3, 1, 0, 3], [5, 0, 1, 0], [0, 0, 0, 0]]
    assert population.values.tolist() == rows * 2


def test_names_of_r_and_names_with_spaces_are_columns() -> None:
    frame = FRAME.assign(**{"my age": FRAME["x"] + FRAME["z"], "C": FRAME["z"] ** 2})
    design = design_of("y ~ `my age` + log(abs(Sepal.Length)) + C + C(f)", frame, "real")
    names = design.predictors["mu"].population.names
    assert names == ("my age", "log(abs(Sepal.Length))", "C", "C(f)[b]", "C(f)[c]")


def test_a_further_parameter_has_its_own_predictor() -> None:
    design = design_of("y ~ x, sigma ~ z", FRAME, "real", parameters=("sigma",))
    assert list(design.predictors) == ["mu", "sigma"]
    assert design.predictors["sigma"].population.names == ("z",)
    with pytest.raises(FormulaError, match="did you mean 'sigma'"):
        design_of("y ~ x, sgma ~ z", FRAME, "real", parameters=("sigma",))


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(ROWS)))
def test_other_orders_of_rows_are_other_orders_of_the_design(order: list[int]) -> None:
    one = design_of(FORMULA, FRAME, "real")
    other = design_of(FORMULA, FRAME.iloc[order].reset_index(drop=True), "real")
    mine, theirs = one.predictors["mu"], other.predictors["mu"]
    assert theirs.population.names == mine.population.names
    assert theirs.population.values == pytest.approx(mine.population.values[order], abs=1e-9)
    assert theirs.groups[0].index.tolist() == mine.groups[0].index[order].tolist()
    assert theirs.groups[0].levels == mine.groups[0].levels


def test_new_data_have_the_rows_of_the_fit() -> None:
    design = design_of(FORMULA, FRAME, "real")
    builder = pickle.loads(pickle.dumps(design.builder))
    new = builder.at(FRAME.iloc[[4, 2]].drop(columns="y"))
    population = design.predictors["mu"].population
    assert new.predictors["mu"].population.values == pytest.approx(population.values[[4, 2]])
    offset = design.predictors["mu"].offset
    assert offset is not None
    assert new.predictors["mu"].offset == pytest.approx(offset[[4, 2]])


def test_new_data_without_a_column_or_with_another_level_are_refused() -> None:
    builder = design_of("y ~ f + x", FRAME, "real").builder
    assert builder is not None
    with pytest.raises(DataError, match="no column 'f'"):
        builder.at({"x": [1.0]})
    with pytest.raises(DataError, match="level 'd'"):
        builder.at({"x": [1.0], "f": ["d"]})
    dropped = builder.at({"x": [1.0, np.nan], "f": ["a", "b"]}, missing="drop")
    assert (dropped.rows, dropped.kept.tolist()) == (1, [0])


def test_rows_are_named_as_the_file_has_them(tmp_path: Path) -> None:
    path = tmp_path / "my.csv"
    path.write_text("y;dose\n1,5;2\n\n2,5;\n4;0\n")
    with pytest.raises(DataError, match="line 4 of my"):
        design_of("y ~ dose", path, "real")
    with pytest.raises(DataError, match="line 5 of my"):
        design_of("y ~ log(dose)", path, "real", missing="drop")
    design = design_of("y ~ dose", path, "real", missing="drop")
    assert design.rows == 2
    assert design.kept is not None
    assert design.kept.tolist() == [0, 2]


def test_trials_of_new_data_are_read_where_they_are() -> None:
    frame = {"s": [1, 2, 0], "n": [3, 3, 4], "x": [1.0, 2, 4]}
    builder = design_of("s | trials(n) ~ x", frame, "binomial").builder
    assert builder is not None
    trials = builder.at({"x": [1.0], "n": [9]}).trials
    assert trials is not None
    assert trials.tolist() == [9]
    assert builder.at({"x": [1.0]}).trials is None


def test_an_outcome_among_predictors_and_a_power_of_a_column_are_noted() -> None:
    notes = design_of("y ~ x^2 + y", FRAME, "real").notes
    assert "the outcome y stands among its own predictors" in notes
    assert "x^2 is x itself, as in R; the power of numbers is I(x^2)" in notes


def test_a_column_called_intercept_is_a_column() -> None:
    population = design_of("y ~ 0 + Intercept", FRAME.assign(Intercept=FRAME["x"]), "real")
    assert not population.predictors["mu"].population.intercept
    assert population.predictors["mu"].population.names == ("Intercept",)


def test_new_data_without_group_terms_need_no_grouping_factor() -> None:
    builder = design_of("y ~ f + (x | g), sigma ~ z", FRAME, "real", parameters=("sigma",)).builder
    assert builder is not None
    new = builder.at({"f": "b", "z": 1.5}, groups=False)
    assert new.rows == 1
    assert new.predictors["mu"].groups == ()
    assert new.predictors["mu"].population.values.tolist() == [[1.0, 0.0]]
    with pytest.raises(DataError, match="no column 'x'"):
        builder.at({"f": "b", "z": 1.5, "g": 1})


def test_an_offset_that_was_passed_as_values_is_asked_for_by_name() -> None:
    builder = design_of("y ~ x", FRAME, "real", offset=FRAME["z"]).builder
    assert builder is not None
    with pytest.raises(DataError, match="add them as a column"):
        builder.at({"x": [1.0]})
    new = builder.at({"x": [1.0], "offset=": [2.0]}).predictors["mu"].offset
    assert new is not None
    assert new.tolist() == [2.0]


def test_a_hundred_thousand_rows_take_about_a_second() -> None:
    rows = 100_000
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({f"x{i}": rng.normal(size=rows) for i in range(7)})
    frame = frame.assign(y=rng.normal(size=rows), g=rng.integers(0, 500, rows))
    frame = frame.assign(f=rng.choice(list("abcdef"), rows), h=rng.choice(list("uv"), rows))
    begin = time.process_time()
    formula = "y ~ x0 + x1 + x2*x3 + poly(x4, 2) + bs(x5, df=5) + x6 + f*h + (1 + x0 | g)"
    design = design_of(formula, frame, "real")
    assert design.predictors["mu"].population.values.shape == (rows, 24)
    assert time.process_time() - begin < 3  # seconds; 0.6 on an idle core
