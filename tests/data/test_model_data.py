# ruff: noqa: PD011 - `ModelData.values` is a mapping, nothing of pandas
from __future__ import annotations

import json
import pickle
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from bayeswrap.data.model_data import ModelData
from bayeswrap.errors import DataError, DataFileError
from bayeswrap.program.program import Program

if TYPE_CHECKING:
    from pathlib import Path

REGRESSION = """data {
  int<lower=0> N;
  int<lower=0> P;
  matrix[N, P] X;
  array[N] int<lower=0, upper=1> y;
}
parameters { vector[P] beta; }
model { y ~ bernoulli_logit(X * beta); }
"""


@pytest.fixture(scope="module")
def regression() -> Program:
    return Program.from_string(REGRESSION, name="regression")


@pytest.fixture
def wells() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "switched": [1, 0, 1, 1],
            "dist": [1.5, 2.5, 0.5, 1.0],
            "arsenic": [2, 1, 3, 4],
            "kind": ["a", "b", "a", "b"],
            "level": pd.Categorical(["lo", "hi", "lo", "hi"]),
            "safe": [True, False, True, True],
            "gap": [1.0, np.nan, 3.0, np.nan],
            "nullable": pd.array([1, 0, 1, 0], dtype="Int64"),
            "holes": pd.array([1, None, 1, 0], dtype="Int64"),
            "nones": [1, None, "x", 2],
            "day": pd.to_datetime(["2020-01-01"] * 4),
        },
        index=pd.Index(["w1", "w2", "w3", "w4"]),
    )


def build(program: Program, data: Any = None, **named: Any) -> ModelData:
    return ModelData.build(program, data, **named)


def test_columns_are_mapped_and_sizes_are_derived(regression: Program, wells: pd.DataFrame) -> None:
    data = build(regression, wells, y="switched", X=["1", "dist", "arsenic"])
    assert list(data.values) == ["N", "P", "X", "y"]
    assert (data.values["N"], data.values["P"], data.rows) == (4, 3, 4)
    np.testing.assert_array_equal(
        data.values["X"], [[1, 1.5, 2], [1, 2.5, 1], [1, 0.5, 3], [1, 1, 4]]
    )
    assert data.values["y"].dtype == np.int64
    assert data.labels == {"X": ("(Intercept)", "dist", "arsenic")}


def test_no_intercept_unless_it_is_listed(regression: Program, wells: pd.DataFrame) -> None:
    data = build(regression, wells, y="switched", X=["dist"])
    assert data.values["X"].shape == (4, 1)


@pytest.mark.parametrize("column", ["switched", "safe", "nullable"])
def test_whole_columns_fit_int(regression: Program, wells: pd.DataFrame, column: str) -> None:
    data = build(regression, wells, y=column, X=["dist"])
    np.testing.assert_array_equal(data.values["y"], wells[column].astype(int))


def test_columns_of_the_same_name_need_no_mapping(wells: pd.DataFrame) -> None:
    program = Program.from_string("data { int N; vector[N] dist; } model {}")
    np.testing.assert_array_equal(build(program, wells).values["dist"], wells["dist"])


def test_values_that_are_no_names_are_data_themselves(
    regression: Program, wells: pd.DataFrame
) -> None:
    data = build(regression, wells, y=[0, 1, 0, 1], X=["dist"], P=1)
    np.testing.assert_array_equal(data.values["y"], [0, 1, 0, 1])


def test_columns_keyword_for_names_that_clash() -> None:
    program = Program.from_string("data { int N; vector[N] seed; } model {}")
    frame = pd.DataFrame({"x": [1.0, 2.0]})
    np.testing.assert_array_equal(
        build(program, frame, columns={"seed": "x"}).values["seed"], [1, 2]
    )


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ({"y": "switch", "X": ["dist"]}, ["no column 'switch'", "'y'", "switched, dist"]),
        ({"y": "switched", "X": ["dist", "far"]}, ["no column 'far'", "'X'"]),
        ({"y": "switched", "X": "dist"}, ["wrong shape", "pass a list", "(N, P) = (4, ?)"]),
        ({"y": ["switched"], "X": ["dist"]}, ["wrong shape", "(4, 1)", "'y'"]),
        ({"y": "switched", "X": ["gap"]}, ["'gap' has 2 missing values", "index w2", "'X'"]),
        ({"y": "holes", "X": ["dist"]}, ["'holes' has 1 missing value", "index w2"]),
        ({"y": "nones", "X": ["dist"]}, ["'nones' has 1 missing value", "index w2"]),
        (
            {"y": "kind", "X": ["dist"]},
            ["'kind' holds no numbers", "'a', 'b'", "(frame['kind'] == 'b').astype(int)"],
        ),
        ({"y": "switched", "X": ["level"]}, ["'level' holds no numbers", "category"]),
        ({"y": "switched", "X": ["day"]}, ["'day' holds no numbers", "datetime"]),
        ({"y": "dist", "X": ["dist"]}, ["not whole numbers", "1.5 at [1]"]),
        ({"y": "arsenic", "X": ["dist"]}, ["3 values outside", "2 at [1]", "upper=1"]),
        ({"y": "switched", "X": ["dist"], "N": 3}, ["wrong shape", "(4, 1)", "(N, P) = (3, 1)"]),
        ({"y": "switched", "X": ["dist"], "x": "dist"}, ["no data variable 'x'", "N, P, X, y"]),
        ({"y": "switched"}, ["missing: P (int), X (matrix[N, P])"]),
    ],
)
def test_a_frame_that_does_not_fit(
    regression: Program, wells: pd.DataFrame, named: dict[str, Any], words: list[str]
) -> None:
    with pytest.raises(DataError) as caught:
        build(regression, wells, **named)
    for word in words:
        assert word in str(caught.value)


def test_a_frame_without_mapping_names_near_columns(wells: pd.DataFrame) -> None:
    program = Program.from_string("data { int N; vector[N] Arsenic; } model {}")
    with pytest.raises(DataError, match="rename 'arsenic' to 'Arsenic'"):
        build(program, wells[["arsenic"]])


def test_a_row_number_is_written_plainly(regression: Program) -> None:
    frame = pd.DataFrame({"y": [0, 1, 1], "x": [1.0, 2.0, np.nan]}, index=[10, 11, 12])
    with pytest.raises(DataError, match=r"in row 3 \(index 12\), for"):
        build(regression, frame, X=["x"])


@pytest.mark.parametrize(
    "frame", [pd.DataFrame(), pd.DataFrame({"y": []}), pd.DataFrame(index=[1])]
)
def test_an_empty_frame_is_refused(regression: Program, frame: pd.DataFrame) -> None:
    with pytest.raises(DataError, match="the data frame is empty"):
        build(regression, frame, y="y", X=["x"])


def test_two_columns_of_one_name_are_refused(regression: Program) -> None:
    frame = pd.DataFrame([[1, 0.5, 0.5], [0, 1.5, 2.5]], columns=["y", "x", "x"])
    with pytest.raises(DataError, match="2 columns named 'x'"):
        build(regression, frame, X=["x"])


def test_a_dict_as_cmdstan_takes_it(regression: Program) -> None:
    given = {"N": 2, "P": 1, "X": [[1.5], [2]], "y": [0, 1], "unused": "anything"}
    data = build(regression, given)
    assert list(data.values) == ["N", "P", "X", "y"]
    assert (data.rows, dict(data.labels)) == (0, {})


def test_keywords_go_before_entries_of_a_dict(regression: Program) -> None:
    data = build(regression, {"X": [[1.5], [2]], "y": [0, 1]}, y=[1, 1])
    np.testing.assert_array_equal(data.values["y"], [1, 1])


@pytest.mark.parametrize("source", [[1, 2], 3, np.zeros(2)])
def test_data_of_an_unknown_kind(regression: Program, source: object) -> None:
    with pytest.raises(DataError, match="unknown kind"):
        build(regression, source)


def test_no_data_for_a_program_that_needs_none() -> None:
    program = Program.from_string("parameters { real m; } model { m ~ std_normal(); }")
    assert dict(build(program).values) == {}
    assert dict(build(program, {"unused": 1}).values) == {}
    with pytest.raises(DataError, match="no data at all"):
        build(program, None, y=1)


def test_a_json_file(regression: Program, tmp_path: Path) -> None:
    path = tmp_path / "data.json"
    path.write_text(json.dumps({"N": 2, "P": 1, "X": [[1.5], [2]], "y": [0, 1]}))
    assert build(regression, str(path)).hash == build(regression, path).hash


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"y,x\n1,2\n", ["not JSON", "pandas.read_csv"]),
        (b"\xff\xfe", ["not JSON"]),
        (b"[1, 2]", ["no JSON object", "list"]),
        (b"3", ["no JSON object", "int"]),
    ],
)
def test_a_bad_json_file(
    regression: Program, tmp_path: Path, content: bytes, words: list[str]
) -> None:
    path = tmp_path / "data.json"
    path.write_bytes(content)
    with pytest.raises(DataFileError) as caught:
        build(regression, path)
    for word in [*words, "data.json"]:
        assert word in str(caught.value)


def test_a_missing_json_file(regression: Program, tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="cannot be read") as caught:
        build(regression, tmp_path / "gone.json")
    assert isinstance(caught.value, OSError)
    with pytest.raises(DataFileError, match="cannot be read"):
        build(regression, tmp_path)


def test_null_in_a_json_file_is_a_missing_value(regression: Program, tmp_path: Path) -> None:
    path = tmp_path / "data.json"
    path.write_text('{"X": [[1.5], [null]], "y": [0, 1]}')
    with pytest.raises(DataError, match=r"missing value[^$]*nan at \[2, 1\]"):
        build(regression, path)


def test_the_hash_does_not_depend_on_order_or_kind(regression: Program) -> None:
    one = build(regression, {"N": 2, "P": 1, "X": [[1.5], [2]], "y": [0, 1]})
    two = build(regression, {"y": np.array([0.0, 1.0]), "X": np.array([[1.5], [2]]), "extra": 0})
    assert one.hash == two.hash
    assert one.hash != build(regression, {"y": [0, 1], "X": [[1.5], [2.0000000001]]}).hash
    assert one.hash != build(regression, {"y": [1, 0], "X": [[1.5], [2]]}).hash


def test_json_holds_every_digit_and_what_is_added(regression: Program) -> None:
    data = build(regression, {"X": [[0.1 + 0.2], [1 / 3]], "y": [0, 1]})
    back = json.loads(data.json({"bw_prior": 1}))
    assert back["X"] == [[0.1 + 0.2], [1 / 3]]
    assert (back["bw_prior"], back["N"]) == (1, 2)
    assert all(isinstance(v, int) for v in back["y"])


def test_values_are_read_only_copies_also_after_a_pickle(regression: Program) -> None:
    x = np.array([[1.5], [2.0]])
    data = build(regression, {"X": x, "y": [0, 1]})
    x[0, 0] = 99
    again = pickle.loads(pickle.dumps(data))
    assert again.hash == data.hash
    assert data.values["X"][0, 0] == 1.5
    for made in (data, again):
        with pytest.raises(ValueError, match="read-only"):
            made.values["X"][0, 0] = 3
        with pytest.raises(TypeError):
            made.values["X"] = x  # type: ignore[index]
    with pytest.raises(AttributeError):
        data.rows = 3  # type: ignore[misc]


def test_complex_values_and_tuples_become_cmdstan_json() -> None:
    program = Program.from_string("data { complex z; tuple(int, array[2] real) t; } model {}")
    back = json.loads(build(program, {"z": 1 + 2j, "t": (3, np.array([0.5, 1.5]))}).json())
    assert back == {"z": [1.0, 2.0], "t": {"1": 3, "2": [0.5, 1.5]}}
    mapped = build(program, {"z": 1, "t": {"1": np.int64(3), "2": [np.float64(0.5), 1.5]}})
    assert json.loads(mapped.json())["t"] == {"1": 3, "2": [0.5, 1.5]}


def test_the_file_and_the_columns_are_known_without_their_folder(
    regression: Program, wells: pd.DataFrame, tmp_path: Path
) -> None:
    wells.to_csv(tmp_path / "wells.csv", index=False)
    data = build(regression, tmp_path / "wells.csv", y="switched", X=["dist", "arsenic"])
    assert data.file == "wells.csv"
    assert data.columns["y"] == "switched"
    assert "X" not in data.columns
    assert pickle.loads(pickle.dumps(data)).columns == data.columns
