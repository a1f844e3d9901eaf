"""Rows are named by the file's lines, or counted from 1."""

from __future__ import annotations

import numpy as np
import pandas as pd

from bayeswrap.data.row_names import Origin, Rows, line_numbers


def test_rows_of_a_frame_are_counted_from_one() -> None:
    assert Rows.of_frame(pd.DataFrame({"x": [1, 2]})).name(1) == "row 2"
    labelled = pd.DataFrame({"x": [1, 2]}, index=["a", "b"])
    assert Rows.of_frame(labelled).name(1) == "row 2 (index b)"


def test_many_rows_are_cut_short() -> None:
    assert Rows().names([0, 2]) == "rows 1, 3"
    assert Rows().names(range(7)) == "rows 1, 2, 3, 4, 5 and 2 more"


def test_lines_count_blank_lines_and_lines_within_cells() -> None:
    text = 'a,b\n1,2\n\n"x\ny",3\n  \n4,5\n'
    assert line_numbers(text, ",") == [2, 4, 7]
    assert Rows(file="f.csv", unit="line", text=text).name(2) == "line 7 of f.csv"


def test_rows_that_were_kept_have_their_own_names() -> None:
    rows = Rows(file="f.csv", unit="line", text="a\n1\n2\n3\n4\n").keep(np.array([0, 2, 3]))
    assert rows.name(1) == "line 4 of f.csv"
    assert rows.keep(np.array([2])).name(0) == "line 5 of f.csv"


def test_a_place_has_column_and_row() -> None:
    origin = Origin(columns=("age", "dose"), rows=Rows())
    assert origin.place([2, 1]) == "column 'dose', row 3"
    assert Origin(columns=("age",), rows=Rows()).place([2]) == "column 'age', row 3"
