"""Separator, decimal sign and encoding are read off the content."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.data.text_tables import decode, read_table
from bayeswrap.errors import DataFileError


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"dose;ill\n0,5;0\n1,5;1\n", ["semicolons", "decimal commas"]),
        (b"dose;ill\n0.5;0\n1.5;1\n", ["semicolons"]),
        (b"dose\till\n0,5\t0\n1,5\t1\n", ["tabs", "decimal commas"]),
        (b'dose;ill;"a,b"\n0,5;0;"x;y"\n1,5;1;z\n', ["semicolons"]),
        ("dose;ill;ort\n0,5;0;Köln\n1,5;1;Ulm\n".encode("latin-1"), ["Latin-1", "semicolons"]),
        ("dose\till\n0,5\t0\n1,5\t1\n".encode("utf-16"), ["UTF-16", "tabs"]),
    ],
)
def test_tables_of_other_countries(content: bytes, words: list[str]) -> None:
    table = read_table(content, "a.csv")
    np.testing.assert_array_equal(table.frame["dose"], [0.5, 1.5])
    np.testing.assert_array_equal(table.frame["ill"], [0, 1])
    for word in words:
        assert word in " ".join(table.notes)


@pytest.mark.parametrize(
    ("content", "column", "values"),
    [
        (b"x\n1.5\n2\n", "x", [1.5, 2]),
        (b'text,x\n"a;b",1\n"c;d;e",2\n', "x", [1, 2]),
        (b'text,x\n"1,5",1\n"2,5",2\n', "x", [1, 2]),
        (b"a;x\n1.5;1\n2,5;2\n", "x", [1, 2]),
    ],
)
def test_signs_inside_cells_do_not_mislead(
    content: bytes, column: str, values: list[float]
) -> None:
    np.testing.assert_array_equal(read_table(content, "a.csv").frame[column], values)


def test_text_of_mixed_decimal_signs_stays_text() -> None:
    assert read_table(b"a;x\n1.5;1\n2,5;2\n", "a.csv").frame["a"].tolist() == ["1.5", "2,5"]


def test_latin_1_is_noted_and_binary_content_is_refused() -> None:
    assert decode("Köln".encode("cp1252"), "a")[0] == "Köln"
    assert decode("Köln".encode(), "a") == ("Köln", ())
    with pytest.raises(DataFileError, match="no text"):
        decode(b"\x00\x01", "a")
