# ruff: noqa: PD011 - `ModelData.values` is a mapping, nothing of pandas
from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from bayeswrap.data.arrays import describe
from bayeswrap.data.model_data import ModelData
from bayeswrap.errors import DataError
from bayeswrap.program.program import Program


def build(declared: str, **values: Any) -> ModelData:
    return ModelData.build(Program.from_string(f"data {{ {declared} }} model {{}}"), values)


def message(declared: str, **values: Any) -> str:
    with pytest.raises(DataError) as caught:
        build(declared, **values)
    return str(caught.value)


@pytest.mark.parametrize(
    ("declared", "value", "shape"),
    [
        ("real x;", 3, ()),
        ("real x;", np.float32(2), ()),
        ("real x;", np.array(2.5), ()),
        ("int x;", 3.0, ()),
        ("int x;", True, ()),
        ("vector[2] x;", [1, 2], (2,)),
        ("vector[2] x;", (1, 2), (2,)),
        ("row_vector[2] x;", [1, 2], (2,)),
        ("array[2] real x;", pd.Series([1.5, 2.5], index=[7, 8]), (2,)),
        ("array[2] int x;", pd.Index([1, 2]), (2,)),
        ("array[2] int x;", pd.array([1, 2], dtype="Int64"), (2,)),
        ("array[2] int x;", pd.Series([1, 2], dtype="Int64"), (2,)),
        ("array[2] int x;", np.array([True, False]), (2,)),
        ("array[3] vector[2] x;", np.ones((3, 2)), (3, 2)),
        ("array[3] vector[2] x;", [np.ones(2), np.ones(2), np.ones(2)], (3, 2)),
        ("matrix[3, 2] x;", np.ones((3, 2)), (3, 2)),
        ("matrix[3, 2] x;", pd.DataFrame({"a": [1, 2, 3], "b": [4, 5, 6]}), (3, 2)),
        ("array[2] matrix[3, 2] x;", np.ones((2, 3, 2)), (2, 3, 2)),
        ("array[2, 3] int x;", np.ones((2, 3)), (2, 3)),
        ("vector[0] x;", [], (0,)),
        ("array[0] int x;", [], (0,)),
        ("matrix[0, 3] x;", [], (0, 3)),
        ("matrix[3, 0] x;", [[], [], []], (3, 0)),
        ("array[2] vector[0] x;", np.zeros((2, 0)), (2, 0)),
        ("real x;", np.inf, ()),
    ],
)
def test_values_of_the_declared_shape(declared: str, value: object, shape: tuple[int, ...]) -> None:
    array = build(declared, x=value).values["x"]
    assert array.shape == shape
    assert array.dtype == (np.int64 if "int x" in declared else np.float64)
    if shape and 0 not in shape:
        np.testing.assert_array_equal(array, np.array(value, dtype=float))


@pytest.mark.parametrize(
    ("declared", "value", "words"),
    [
        ("real x;", [1.0], ["wrong shape", "got: (1,)", "expected: a single number"]),
        ("vector[2] x;", 3, ["wrong shape", "got: a single number", "(2) = (2)"]),
        ("vector[2] x;", [[1, 2]], ["wrong shape", "(1, 2)"]),
        ("vector[2] x;", [1, 2, 3], ["wrong shape", "got: (3,)"]),
        ("vector[2] x;", [], ["wrong shape", "got: (0,)"]),
        ("matrix[3, 2] x;", np.ones((2, 3)), ["wrong shape", "(3, 2) = (3, 2)", "got: (2, 3)"]),
        ("matrix[3, 2] x;", [1, 2, 3], ["wrong shape", "pass a list of columns"]),
        ("array[2] vector[3] x;", np.ones(6), ["wrong shape", "array[2] vector[3]"]),
        ("matrix[2, 2] x;", [[1, 2], [3]], ["not an array of numbers", "rectangular"]),
        ("vector[2] x;", ["1", "2"], ["not an array of numbers", "['1', '2']"]),
        ("vector[2] x;", [1, "2"], ["not an array of numbers"]),
        ("vector[2] x;", "dist", ["not an array of numbers", "'dist'"]),
        ("vector[2] x;", {"a": 1}, ["not an array of numbers"]),
        ("vector[2] x;", pd.Categorical([1, 2]).astype(str), ["not an array of numbers"]),
        ("vector[1] x;", pd.to_datetime(["2020-01-01"]), ["not an array of numbers"]),
        ("vector[2] x;", [1j, 2], ["not an array of numbers"]),
        ("vector[2] x;", [1, np.nan], ["1 missing value (NaN)", "nan at [2]", "drop or impute"]),
        ("vector[2] x;", [None, None], ["2 missing values", "nan at [1]"]),
        ("matrix[2, 2] x;", [[1, 2], [pd.NA, 3]], ["missing", "nan at [2, 1]"]),
        ("array[2] int x;", pd.array([1, None], dtype="Int64"), ["missing", "nan at [2]"]),
        ("array[2] int x;", [1, np.nan], ["missing", "nan at [2]"]),
        ("int x;", np.nan, ["missing", "got: nan"]),
        ("int x;", 2.5, ["not whole numbers", "got: 2.5"]),
        ("array[2] int x;", [1, 2.5], ["not whole numbers", "2.5 at [2]", "as real"]),
        ("int x;", 2**31, ["too large", "2147483647"]),
        ("array[2] int x;", [1, -(10**12)], ["too large", "at [2]"]),
        ("int x;", np.inf, ["too large"]),
    ],
)
def test_values_that_do_not_fit(declared: str, value: object, words: list[str]) -> None:
    told = message(declared, x=value)
    for word in [*words, "data variable 'x'", "'model'"]:
        assert word in told


@pytest.mark.parametrize(
    ("declared", "values", "words"),
    [
        ("real<lower=0> x;", {"x": -1}, ["1 value outside", "got: -1", "lower=0"]),
        ("real<upper=1> x;", {"x": 2}, ["got: 2", "upper=1"]),
        ("vector<lower=0, upper=1>[3] x;", {"x": [0, 2, 3]}, ["2 values", "2 at [2]", "upper=1"]),
        ("int n; int<upper=n> x;", {"n": 3, "x": 4}, ["upper=n = 3", "got: 4"]),
        ("int n; int<upper=n + 1> x;", {"n": 3, "x": 5}, ["upper=n + 1 = 4"]),
        ("vector[2] u; vector<upper=u>[2] x;", {"u": [1, 5], "x": [0, 6]}, ["upper=u = 5", "[2]"]),
        ("array[2] real u; real<upper=u[2]> x;", {"u": [1, 5], "x": 6}, ["upper=u[2] = 5"]),
        (
            "vector[2] u; array[2] vector<lower=max(u)>[2] x;",
            {"u": [1, 5], "x": [[5, 5], [5, 4]]},
            ["lower=max(u) = 5", "4 at [2, 2]"],
        ),
        ("matrix<lower=0>[2, 2] x;", {"x": [[0, 1], [-2, 3]]}, ["-2 at [2, 1]"]),
        ("simplex[2] x;", {"x": [0.5, 0.6]}, ["not a simplex", "[0.5, 0.6]"]),
        ("simplex[2] x;", {"x": [-0.5, 1.5]}, ["not a simplex", ">= 0"]),
        ("array[2] simplex[2] x;", {"x": [[0.5, 0.5], [1, 1]]}, ["[1.0, 1.0] at [2]"]),
        ("ordered[3] x;", {"x": [1, 1, 2]}, ["not in order", "strictly increasing"]),
        ("positive_ordered[2] x;", {"x": [-1, 1]}, ["not positive and in order"]),
        ("unit_vector[2] x;", {"x": [1, 1]}, ["not a unit vector"]),
        ("sum_to_zero_vector[2] x;", {"x": [1, 1]}, ["does not sum to zero"]),
    ],
)
def test_values_outside_what_is_declared(
    declared: str, values: dict[str, Any], words: list[str]
) -> None:
    told = message(declared, **values)
    for word in [*words, "data variable 'x'"]:
        assert word in told


@pytest.mark.parametrize(
    ("declared", "values"),
    [
        ("real<lower=0, upper=1> x;", {"x": 0}),
        ("int n; array[2] int<upper=n> x;", {"n": 3, "x": [3, 3]}),
        ("vector[2] u; vector<upper=u>[2] x;", {"u": [1, 5], "x": [1, 5]}),
        ("simplex[3] x;", {"x": [0.1, 0.2, 0.7]}),
        ("array[2] ordered[2] x;", {"x": [[1, 2], [0, 5]]}),
        ("positive_ordered[2] x;", {"x": [0, 1]}),
        ("unit_vector[2] x;", {"x": [0.6, 0.8]}),
        ("sum_to_zero_vector[2] x;", {"x": [1, -1]}),
        ("real<lower=tgamma(0.5)> x;", {"x": 0}),
        ("int n; simplex[n] x;", {"n": 0, "x": []}),
    ],
)
def test_values_on_the_edge_and_what_only_stan_can_check(
    declared: str, values: dict[str, Any]
) -> None:
    np.testing.assert_array_equal(build(declared, **values).values["x"], values["x"])


SIZED = "int N; int K; matrix[N, K] X; vector[N] y;"


@pytest.mark.parametrize(
    ("values", "sizes"),
    [
        ({"X": np.ones((4, 2)), "y": np.ones(4)}, (4, 2)),
        ({"N": 4, "X": np.ones((4, 2)), "y": np.ones(4)}, (4, 2)),
        ({"X": [], "y": [], "K": 3}, (0, 3)),
        ({"X": np.zeros((0, 3)), "y": []}, (0, 3)),
        ({"X": np.zeros((2, 0)), "y": [1, 2]}, (2, 0)),
    ],
)
def test_sizes_are_read_off_arrays(values: dict[str, Any], sizes: tuple[int, int]) -> None:
    data = build(SIZED, **values)
    assert (data.values["N"], data.values["K"]) == sizes
    assert data.values["X"].shape == sizes
    assert data.values["N"].dtype == np.int64


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"X": np.ones((4, 2)), "y": np.ones(5)}, ["'y'", "got: (5,)", "(N) = (4)"]),
        ({"N": 3, "X": np.ones((4, 2)), "y": np.ones(4)}, ["'X'", "(N, K) = (3, 2)"]),
        ({"X": np.ones(4), "y": np.ones(4)}, ["'X'", "wrong shape", "(N, K) = (4, ?)"]),
        ({"X": np.ones((4, 2, 1)), "y": np.ones(4)}, ["'X'", "wrong shape", "(4, 2, 1)"]),
        ({"X": [[1, 2], [3]], "y": np.ones(2)}, ["'X'", "not an array of numbers"]),
        ({"X": [], "y": []}, ["missing: K (int)"]),
    ],
)
def test_sizes_that_contradict_or_cannot_be_read(values: dict[str, Any], words: list[str]) -> None:
    told = message(SIZED, **values)
    for word in words:
        assert word in told


def test_sizes_that_are_expressions() -> None:
    declared = "int N; vector[N + 1] x; array[2 * N, N - 1] int g;"
    data = build(declared, N=2, x=[1, 2, 3], g=np.ones((4, 1)))
    assert data.values["g"].shape == (4, 1)
    told = message(declared, N=2, x=[1, 2], g=np.ones((4, 1)))
    assert "(N + 1) = (3)" in told
    assert "missing: N (int)" in message(declared, x=[1, 2, 3], g=np.ones((4, 1)))


def test_sizes_that_are_elements_of_data() -> None:
    declared = "array[2] int n; vector[n[1]] a; vector[n[2]] b; vector[sum(n)] c;"
    assert build(declared, n=[1, 2], a=[1], b=[1, 2], c=[1, 2, 3]).values["c"].size == 3
    assert "(n[2]) = (2)" in message(declared, n=[1, 2], a=[1], b=[1], c=[1, 2, 3])


def test_a_negative_size_is_no_shape() -> None:
    assert "wrong shape" in message("int N; vector[N] x;", N=-1, x=[])


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, ["variables of program 'model' missing: N (int), y (vector[N])", "got: no data"]),
        ({"Y": [1]}, ["missing", "rename 'Y' to 'y'"]),
        ({"N": 1, "yy": [1]}, ["variable of program", "missing: y (vector[N])", "rename 'yy'"]),
        ({"n": 1, "y": [1, 2], "N": 1}, ["wrong shape"]),
    ],
)
def test_missing_and_misnamed_variables(values: dict[str, Any], words: list[str]) -> None:
    told = message("int N; vector[N] y;", **values)
    for word in words:
        assert word in told


def test_a_name_that_is_in_use_is_no_misspelling() -> None:
    told = message("vector[2] x1; vector[2] x2;", x1=[1, 2])
    assert "missing: x2" in told
    assert "rename" not in told


def test_complex_variables() -> None:
    values = build("complex x; complex_vector[2] z;", x=1, z=[1, 2j]).values
    assert values["x"] == 1
    np.testing.assert_array_equal(values["z"], [1, 2j])


@pytest.mark.parametrize(
    "text",
    ["int", "real", "vector[N]", "matrix[N, N + 1]", "array[N] int", "array[2, N] row_vector[N]"],
)
def test_declarations_are_written_as_stan_writes_them(text: str) -> None:
    program = Program.from_string(f"data {{ int N; {text} x; }} model {{}}")
    assert describe(program.variables["x"].declaration) == text
