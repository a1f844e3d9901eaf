"""Malformed inputs, and what the message about each must name: variable, cell, line, remedy."""

from __future__ import annotations

import datetime as dt
import functools
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
import scipy.sparse

from bayeswrap.data.model_data import ModelData
from bayeswrap.errors import BayeswrapWarning, DataError, DataFileError, UsageError
from bayeswrap.program.program import Program

if TYPE_CHECKING:
    from pathlib import Path

CODE = """data {
  int<lower=0> N; int<lower=1> J;
  array[N] int<lower=1, upper=J> clinic;
  vector<lower=0>[N] dose;
  array[N] int<lower=0, upper=1> ill;
}
parameters { vector[J] u; }
model { ill ~ bernoulli_logit(u[clinic]); }
"""


@functools.cache
def program() -> Program:
    return Program.from_string(CODE, name="clinics")


def frame(**columns: Any) -> pd.DataFrame:
    usual = {"clinic": [1, 2, 2, 1], "dose": [0.5, 1.5, 2.0, 2.5], "ill": [0, 1, 0, 1]}
    return pd.DataFrame({**usual, **columns})


def table(**columns: Any) -> dict[str, Any]:
    usual = {"clinic": [1, 2, 2, 1], "dose": [0.5, 1.5, 2.0, 2.5], "ill": [0, 1, 0, 1]}
    return {**usual, **columns}


def message(data: Any, **named: Any) -> str:
    with pytest.raises((DataError, UsageError)) as caught:
        ModelData.build(program(), data, **named)
    return str(caught.value)


def test_the_usual_data_are_taken() -> None:
    assert ModelData.build(program(), frame()).hash == ModelData.build(program(), table()).hash


FRAMES = [
    ("text cell", {"dose": ["0.5", "1.5", "n/a!", "2.5"]}, ["'n/a!'", "'dose'", "row 3"]),
    (
        "two text cells",
        {
            "dose": [
                1,
                "x",
                2.5,
                "y",
            ][:4]
        },
        ["'dose'", "'x'"],
    ),
    ("thousands", {"dose": ["1,200.5", "1", "2", "3"]}, ["'1,200.5'", "row 1", "1200.5"]),
    ("only thousands", {"dose": ["1,200", "1,300", "1,1", "2,0"]}, ["'1,200'", "row", "1200"]),
    ("numbers as text", {"dose": ["1", "2", "3", "4"]}, ["'dose'", "pandas.to_numeric"]),
    ("text", {"dose": list("abca")}, ["'dose' holds no numbers", "'a', 'b'", "get_dummies"]),
    ("yes and no", {"ill": ["no", "yes", "no", "yes"]}, ["'ill'", "(frame['ill'] == 'yes')"]),
    ("nan", {"dose": [0.5, np.nan, 1, 1]}, ["'dose' has 1 missing", "row 2", 'missing="drop"']),
    ("None", {"dose": [0.5, None, None, 1]}, ["'dose' has 2 missing", "rows 2, 3"]),
    ("pd.NA", {"ill": pd.array([0, 1, None, 1], "Int64")}, ["'ill' has 1 missing", "row 3"]),
    ("missing level", {"clinic": ["a", None, "b", "b"]}, ["'clinic' has 1 missing", "row 2"]),
    ("float in int", {"ill": [0, 0.5, 0, 1]}, ["not whole", "0.5 at [2]", "'ill', row 2"]),
    ("lower bound", {"dose": [0.5, 1, -2, 1]}, ["-2 at [3]", "'dose', row 3", "lower=0"]),
    ("upper bound", {"ill": [0, 1, 2, 1]}, ["2 at [3]", "'ill', row 3", "upper=1"]),
    ("dates", {"dose": pd.to_datetime(["2020-01-01"] * 4)}, ["'dose'", "dt.days"]),
    ("date objects", {"dose": [dt.date(2020, 1, 1)] * 4}, ["'dose'", "dt.days"]),
    ("durations", {"dose": pd.to_timedelta([1, 2, 3, 4], "h")}, ["'dose'", "total_seconds"]),
    ("complex", {"dose": np.array([1, 2, 3, 4j])}, ["'dose'", "complex", ".real", ".imag"]),
    ("categorical", {"dose": pd.Categorical(list("aabc"))}, ["'dose'", "category"]),
    ("lists in cells", {"dose": [[1], [2], [3], [4]]}, ["'dose' holds no numbers"]),
    ("fraction of a level", {"clinic": [1, 1.5, 2, 2]}, ["missing: J"]),
    ("too many levels", {"clinic": list("abcd"), "J": 3}, ["4 levels, but J = 3", "'clinic'"]),
    ("0-based, level absent", {"clinic": [0, 1, 1, 1], "J": 3}, ["0 at [1]", "row 1", "add 1"]),
    ("beyond J", {"clinic": [1, 2, 5, 1], "J": 3}, ["5 at [3]", "'clinic', row 3", "upper=J = 3"]),
    ("text in numbers", {"clinic": ["1", "2", "l", "1"]}, ["'l'", "'clinic'", "row 3"]),
    ("too large", {"clinic": [1, 2, 10**12, 1], "J": 3}, ["'clinic', row 3"]),
    ("infinite int", {"ill": [0, 1, np.inf, 1]}, ["too large", "'ill', row 3"]),
]


@pytest.mark.parametrize(
    ("columns", "words"), [row[1:] for row in FRAMES], ids=[row[0] for row in FRAMES]
)
def test_a_malformed_column(columns: dict[str, Any], words: list[str]) -> None:
    named = {"J": columns["J"]} if "J" in columns else {}
    text = message(frame(**{k: v for k, v in columns.items() if k != "J"}), **named)
    for word in words:
        assert word in text


MAPPINGS = [
    ("misspelt column", {"dose": "Dosee"}, ["no column 'Dosee'", "did you mean 'dose'?"]),
    ("misspelt variable", {"doze": "dose"}, ["no data variable 'doze'", "did you mean 'dose'?"]),
    ("misspelt option", {"enginee": "stanli"}, ["did you mean 'engine'?"]),
    ("unlike any column", {"dose": "weight"}, ["no column 'weight'", "one of clinic, dose, ill"]),
    ("list for a vector", {"dose": ["dose"]}, ["wrong shape", "(4, 1)", "without a list"]),
    ("another length", {"dose": [1.0, 2.0]}, ["wrong shape", "(2,)"]),
    ("unknown rule", {"missing": "skip"}, ["missing", "'error', 'drop'"]),
]


@pytest.mark.parametrize(
    ("named", "words"), [row[1:] for row in MAPPINGS], ids=[row[0] for row in MAPPINGS]
)
def test_a_malformed_mapping(named: dict[str, Any], words: list[str]) -> None:
    text = message(frame(), **named)
    for word in words:
        assert word in text


def test_labels_of_a_frame_are_shown_next_to_its_rows() -> None:
    odd = frame(dose=[0.5, -1.0, 2.0, 2.5]).set_index(pd.Index([10, 11, 12, 13]))
    assert "column 'dose', row 2 (index 11)" in message(odd)


def test_frames_that_are_no_tables() -> None:
    wide = frame()
    wide.columns = pd.MultiIndex.from_tuples([("a", "clinic"), ("a", "dose"), ("b", "ill")])
    assert '"_".join' in message(wide)
    twice = pd.concat([frame(), frame()[["dose"]]], axis=1)
    assert "2 columns named 'dose'" in message(twice)
    assert "empty" in message(frame().iloc[:0])


VALUES = [
    ("masked", {"dose": np.ma.masked_array([1.0, 2, 3, 4], [0, 0, 1, 0])}, ["nan at [3]"]),
    ("set", {"dose": {1, 2, 3, 4}}, ["'dose'", "no order", "list"]),
    ("ragged", {"dose": [[1, 2], [3]]}, ["'dose'", "different lengths", "2 in the first, 1 in"]),
    ("10**400", {"dose": [1, 2, 3, 10**400]}, ["'dose'", "too large"]),
    ("column vector", {"dose": np.ones((4, 1))}, ["'dose'", "(4, 1)", "(dose)[:, 0]"]),
    ("row", {"dose": np.ones((1, 4))}, ["'dose'", "(1, 4)", "(dose)[0]"]),
    ("list for an int", {"J": [3]}, ["'J'", "(1,)", "J[0]"]),
    ("number for a vector", {"dose": 2.5}, ["'dose'", "a single number", "pass a list"]),
    ("complex", {"dose": [1, 2, 3, 4j]}, ["'dose'", ".real", ".imag"]),
    ("dates", {"dose": [dt.date(2020, 1, 1)] * 4}, ["'dose'", "dt.days"]),
    ("datetime64", {"dose": pd.to_datetime(["2020-01-01"] * 4)}, ["'dose'", "dt.days"]),
    ("durations", {"dose": [dt.timedelta(1)] * 4}, ["'dose'", "total_seconds"]),
    ("numbers as text", {"dose": ["1", "2", "3", "4"]}, ["'dose'", "dtype=float"]),
    ("text", {"dose": [1, 2, "x", 4]}, ["'dose'", "'x' at [3]"]),
    ("one text", {"dose": "dose"}, ["'dose'", "not an array of numbers"]),
    ("bytes", {"dose": [b"1", b"2", b"3", b"4"]}, ["'dose'", "not an array of numbers"]),
    ("dict", {"dose": {"a": 1}}, ["'dose'", "not an array of numbers"]),
    ("dict by position", {"dose": {1: 2.5, 2: 3}}, ["'dose'", "list(value.values())"]),
    ("thousands", {"dose": ["1,200.5", "1", "2", "3"]}, ["'1,200.5' at [1]", 'replace(",", "")']),
    ("text with commas", {"dose": "a,b,c"}, ["'dose'", "text.split"]),
    ("structured", {"dose": np.zeros(4, [("a", float)])}, ["'dose'", "['a']"]),
    ("sparse", {"dose": scipy.sparse.csr_array(np.eye(4))}, ["'dose'", ".toarray()"]),
    ("number and list", {"dose": [1, [2, 3]]}, ["'dose'", "a single number in the first, 2 in"]),
    ("function", {"dose": len}, ["'dose'", "not an array of numbers"]),
    ("nan", {"dose": [1, np.nan, 3, 4]}, ["'dose'", "1 missing value", "nan at [2]"]),
    ("NaN as text", {"dose": [1, "NaN", 3, 4]}, ["'dose'", "1 missing value", "nan at [2]"]),
    ("None", {"ill": [0, None, 1, 1]}, ["'ill'", "1 missing value", "nan at [2]"]),
    ("missing level", {"clinic": [1, np.nan, 2, 1]}, ["'clinic'", "missing value", "[2]"]),
    ("missing text", {"clinic": ["b", None, "a", "b"]}, ["'clinic'", "1 missing value", "at [2]"]),
    ("polars text", {"dose": pl.Series(["1", "x", "2", "3"])}, ["'dose'", "'x' at [2]"]),
    ("misspelt key", {"dosis": [1, 2, 3, 4], "dose": ...}, ["rename 'dosis' to 'dose'"]),
    ("lengths", {"dose": [1, 2, 3]}, ["'dose'", "(3,)", "(N) = (4)"]),
    ("bound", {"dose": [1, 2, -3, 4]}, ["'dose'", "-3 at [3]", "lower=0"]),
    ("float in int", {"ill": [0, 1, 0.5, 1]}, ["'ill'", "0.5 at [3]"]),
    ("misspelt", {"dosis": [1, 2, 3, 4], "dose": None}, ["'dose'"]),
    ("negative size", {"N": -1}, ["'N'", "lower=0", "-1"]),
]


@pytest.mark.parametrize(
    ("values", "words"), [row[1:] for row in VALUES], ids=[row[0] for row in VALUES]
)
def test_a_malformed_value(values: dict[str, Any], words: list[str]) -> None:
    text = message({k: v for k, v in table(**values).items() if v is not ...})
    for word in words:
        assert word in text


HEAD = b"clinic,dose,ill\n"
FILES = [
    ("text cell", "a.csv", HEAD + b"1,0.5,0\n1,zero,1\n2,1,1\n", ["'zero'", "line 3 of a.csv"]),
    ("missing", "a.csv", HEAD + b"1,0.5,0\n1,,1\n2,1,1\n", ["'dose'", "line 3 of a.csv"]),
    ("blank line", "a.csv", HEAD + b"1,0.5,0\n\n1,NA,1\n", ["'dose'", "line 4 of a.csv"]),
    ("bound", "a.csv", HEAD + b"1,0.5,0\n1,-1,1\n2,1,1\n", ["'dose', line 3 of a.csv"]),
    ("float in int", "a.tsv", b"clinic\tdose\till\n1\t1\t0.5\n", ["'ill', line 2 of a.tsv"]),
    ("a cell too many", "a.csv", HEAD + b"1,0.5,0\n1,2,3,4,5\n", ["line 3", "not CSV"]),
    ("quoted lines", "a.csv", HEAD + b'1,0.5,0\n"1\n",-1,1\n1,NA,1\n', ["line 5 of a.csv"]),
    ("header twice", "a.csv", b"clinic,dose,dose,ill\n1,1,1,0\n", ["2 columns named 'dose'"]),
    ("misspelt header", "a.csv", b"clinic,Dose,ill\n1,1,0\n", ["rename 'Dose' to 'dose'"]),
    ("header alone", "a.csv", HEAD, ["empty"]),
    ("nothing", "a.csv", b"", ["not CSV", "a.csv"]),
    ("binary", "a.csv", b"\x00\x01\x02", ["holds no text", "a.csv"]),
    ("not gzip", "a.csv.gz", HEAD, ["cannot be read", "a.csv.gz"]),
    ("unknown kind", "a.sav", b"$FL2", [".sav", ".parquet", "a.sav"]),
    ("not xlsx", "a.xlsx", b"PK", ["a.xlsx"]),
    ("not parquet", "a.parquet", b"PAR1", ["a.parquet"]),
    ("duplicate key", "a.json", b'{"dose": [1], "dose": [2]}', ["'dose' stands 2 times", "a.json"]),
    ("no JSON", "a.json", b'{"dose": [1, }', ["not JSON", "a.json"]),
    ("JSON list", "a.json", b"[1]", ["no JSON object", "list"]),
    ("null", "a.json", b'{"dose": [null], "clinic": [1], "ill": [1]}', ["'dose'", "missing"]),
    ("NaN", "a.json", b'{"dose": ["NaN"], "clinic": [1], "ill": [1]}', ["'dose'", "missing"]),
    ("text", "a.json", b'{"dose": ["x"], "clinic": [1], "ill": [1]}', ["'dose'", "'x'"]),
]


@pytest.mark.parametrize(
    ("name", "content", "words"), [row[1:] for row in FILES], ids=[row[0] for row in FILES]
)
def test_a_malformed_file(tmp_path: Path, name: str, content: bytes, words: list[str]) -> None:
    (tmp_path / name).write_bytes(content)
    text = message(tmp_path / name)
    for word in words:
        assert word in text


MATRIX = CODE.replace("vector<lower=0>[N] dose", "int K; matrix[N, K] dose")


@pytest.mark.parametrize("sizes", [{}, {"N": 4}, {"N": 4, "K": 2}])
def test_a_matrix_whose_dimensions_are_in_the_wrong_order(sizes: dict[str, int]) -> None:
    declared = Program.from_string(MATRIX, name="clinics")
    with pytest.raises(DataError) as caught:
        ModelData.build(declared, table(dose=np.ones((2, 4)), **sizes))
    for word in ("'dose'", "(N, K) = (4, 2)", "(2, 4)", "numpy.asarray(dose).T"):
        assert word in str(caught.value)


def test_all_columns_with_missing_values_are_named() -> None:
    text = message(frame(dose=[0.5, None, 2, 1], ill=[0, None, None, 1], weight=[None] * 4))
    assert "missing values by column: 'dose': 1, 'ill': 2\n" in text


def test_what_is_not_used_is_noted() -> None:
    assert ModelData.build(program(), frame(weight=1, age=2)).notes == (
        "not used: 'weight', 'age'",
    )
    assert ModelData.build(program(), table(weight=1)).notes == ("not used: 'weight'",)


def test_levels_without_rows_are_noted() -> None:
    levels = pd.Categorical(["x", "y", "y", "x"], categories=["x", "y", "z"])
    with pytest.warns(BayeswrapWarning):
        data = ModelData.build(program(), frame(clinic=levels))
    assert data.notes[-1] == "'clinic' has no rows of z"


def test_every_malformed_file_is_an_error_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps([1]))
    with pytest.raises(DataFileError):
        ModelData.build(program(), tmp_path / "a.json")


def test_the_table_is_long_enough() -> None:
    assert len(FRAMES) + len(MAPPINGS) + len(VALUES) + len(FILES) >= 80
