"""Data files are read by their suffix, and messages name their lines."""

# ruff: noqa: PD011 - `FileContent.values` is nothing of pandas
from __future__ import annotations

import gzip
import io
import sys
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from bayeswrap.data.readers import read_file
from bayeswrap.errors import DataFileError

if TYPE_CHECKING:
    from pathlib import Path

TABLE = pd.DataFrame({"dose": [0.5, 1.5], "ill": [0, 1]})
TEXT = {
    "a.csv": b"dose,ill\n0.5,0\n1.5,1\n",
    "a.tsv": b"dose\till\n0.5\t0\n1.5\t1\n",
    "A.CSV": b"\xef\xbb\xbfdose , ill\r\n0.5,0\r\n1.5,1\r\n",
    "a.csv.gz": gzip.compress(b"dose,ill\n0.5,0\n1.5,1\n"),
    "a": b"dose,ill\n0.5,0\n1.5,1\n",
}


@pytest.mark.parametrize("name", TEXT)
def test_text_tables_of_the_usual_kind_need_no_note(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(TEXT[name])
    content = read_file(tmp_path / name)
    pd.testing.assert_frame_equal(pd.DataFrame(content.values), TABLE)
    assert content.notes == ()
    assert content.rows.name(1) == f"line 3 of {name}"


@pytest.mark.parametrize("name", ["a.json", "a.json.gz", "a"])
def test_json_is_a_dict(tmp_path: Path, name: str) -> None:
    content = b'{"N": 2, "hi": [1.5, "Inf"]}'
    (tmp_path / name).write_bytes(gzip.compress(content) if name.endswith("gz") else content)
    assert read_file(tmp_path / name).values == {"N": 2, "hi": [1.5, float("inf")]}


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT["a.csv"])))
    content = read_file("-")
    pd.testing.assert_frame_equal(pd.DataFrame(content.values), TABLE)
    assert content.rows.name(0) == "line 2 of standard input"


@pytest.mark.parametrize(
    ("suffix", "unit"), [("xlsx", "line 3"), ("parquet", "row 2"), ("feather", "row 2")]
)
def test_tables_of_other_packages(tmp_path: Path, suffix: str, unit: str) -> None:
    path = tmp_path / f"a.{suffix}"
    if suffix == "xlsx":
        TABLE.to_excel(path, index=False)
    else:
        getattr(TABLE, f"to_{suffix}")(path)
    content = read_file(path)
    pd.testing.assert_frame_equal(pd.DataFrame(content.values), TABLE)
    assert content.rows.name(1) == f"{unit} of a.{suffix}"


@pytest.mark.parametrize(("suffix", "package"), [("xlsx", "openpyxl"), ("parquet", "pyarrow")])
def test_a_package_that_is_absent_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, package: str
) -> None:
    def absent(_: object) -> pd.DataFrame:
        raise ImportError(package)

    monkeypatch.setitem(
        sys.modules["bayeswrap.data.readers"].__dict__["_TABLES"], f".{suffix}", (absent, package)
    )
    (tmp_path / f"a.{suffix}").write_bytes(b"content")
    with pytest.raises(DataFileError, match=f"pip install {package}"):
        read_file(tmp_path / f"a.{suffix}")
