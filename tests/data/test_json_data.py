"""Stan's dialects of JSON."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from bayeswrap.data.json_data import read_json
from bayeswrap.data.model_data import ModelData
from bayeswrap.errors import DataError, DataFileError
from bayeswrap.program.program import Program

if TYPE_CHECKING:
    from pathlib import Path


def test_special_numbers_are_read_in_every_spelling() -> None:
    text = b'\xef\xbb\xbf{"x": ["Inf", "-Inf", "Infinity", Infinity, "+Inf"], "y": ["NaN", NaN]}'
    values = read_json(text, "a.json")
    assert values["x"] == [math.inf, -math.inf, math.inf, math.inf, math.inf]
    assert all(math.isnan(v) for v in values["y"])


def test_a_name_that_stands_twice_is_refused_at_any_depth() -> None:
    with pytest.raises(DataFileError, match="'a' stands 2 times"):
        read_json(b'{"t": {"a": 1, "a": 2}}', "a.json")


@pytest.mark.parametrize("spelling", ["Inf", "inf", "+inf", "INF", "Infinity", "+Infinity"])
def test_an_infinity_has_many_spellings(spelling: str) -> None:
    content = f'{{"x": ["{spelling}", "-{spelling.removeprefix("+")}"]}}'.encode()
    assert read_json(content, "a.json")["x"] == [math.inf, -math.inf]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_every_encoding_of_unicode_is_read(encoding: str) -> None:
    assert read_json('{"größe": 1}'.encode(encoding), "a.json") == {"größe": 1}


@pytest.mark.parametrize(
    ("content", "remedy"),
    [
        (b"", "empty"),
        (b'{"y": [1,]}', "correct the file at that line"),
        (b"{'y': [1]}", "correct the file at that line"),
        (b"N <- 3\ny <- c(1, 2)\n", "R's dump format"),
        (b"y\n1\n2\n", "pandas.read_csv"),
        (b'[{"y": 1}, {"y": 2}]', "pandas.read_json"),
        (b"[1, 2]", "one entry for each"),
        ('{"größe": 1}'.encode("latin-1"), "UTF-8"),
    ],
)
def test_what_is_no_object_of_json_has_a_remedy(content: bytes, remedy: str) -> None:
    with pytest.raises(DataFileError) as caught:
        read_json(content, "a.json")
    assert remedy in str(caught.value.do)


def test_numbers_of_r_are_in_lists_or_out_of_them_as_declared(tmp_path: Path) -> None:
    program = Program.from_string(
        "data { int N; real s; vector[N] y; array[N] int k; matrix[N, 2] X; }"
    )
    file = tmp_path / "r.json"
    file.write_text('{"N": [1], "s": [2.5], "y": 3.5, "k": 4, "X": [[1, 2]]}')
    values = ModelData.build(program, file).values
    assert values["s"] == 2.5
    assert values["y"].tolist() == [3.5]
    assert values["k"].tolist() == [4]
    file.write_text('{"N": 2, "s": 2.5, "y": 3.5, "k": [4, 4], "X": [[1, 2], [3, 4]]}')
    with pytest.raises(DataError, match="wrong shape"):
        ModelData.build(program, file)
