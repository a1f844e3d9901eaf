"""Text, Markdown and CSV, read back."""

from __future__ import annotations

import csv

import pytest

from bayeswrap.report.paper.paper_table import Entry, Line, PaperTable
from bayeswrap.report.paper.table_as_text import as_csv, as_markdown, as_text

HOSTILE = 'a|b `c` *d* <b>_e_</b>, "f" \\ [g](h)'


@pytest.fixture
def table():
    return PaperTable(
        caption="Wells",
        spans=(("Model 1", 1), ("A model with a long name", 1)),
        heads=("", "MLE", "MAP"),
        body=(
            Line(Entry(HOSTILE, ("a",)), (Entry("−1.25", ("b",)), Entry("8.8×10⁻²⁷"))),  # noqa: RUF001 - as shown
            Line(Entry(), (Entry("(0.50)"), Entry("—"))),
        ),
        statistics=(Line(Entry("observations"), (Entry("30"), Entry("30"))),),
        footnotes=(("a", "on the edge"), ("b", "prior-sensitive")),
        notes=("A sentence.",),
    )


def test_csv_is_read_back_with_plain_numbers(table):
    rows = list(csv.reader(as_csv(table).splitlines()))

    assert rows[0] == ["", "Model 1: MLE", "A model with a long name: MAP", "footnotes"]
    assert rows[1] == [HOSTILE, "-1.25", "8.8e-27", "a b"]
    assert rows[2] == ["", "(0.50)", "—", ""]
    assert rows[3] == ["observations", "30", "30", ""]
    assert rows[4:] == [
        ["a", "on the edge", "", ""],
        ["b", "prior-sensitive", "", ""],
        ["note", "A sentence.", "", ""],
    ]


def test_csv_without_footnotes_has_no_column_for_them(table):
    plain = PaperTable(caption="", spans=(), heads=("", "MLE"), body=(), statistics=())
    assert as_csv(plain) == ",MLE\n"


def test_markdown_is_a_pipe_table_of_one_width(table):
    lines = as_markdown(table).splitlines()
    rows = [line for line in lines if line.startswith("|")]

    assert lines[0] == "**Wells**"
    assert len({len(row) for row in rows}) == 1
    assert rows[1].count(":") == 5  # labels to the left, numbers centred
    assert r"a\|b \`c\` \*d\* \<b\>\_e\_\</b\>" in rows[2]
    assert "−1.25ᵇ" in rows[2]  # noqa: RUF001 - as shown
    assert lines[-1] == "A sentence."


def test_text_sets_digits_below_digits(table):
    lines = as_text(table).splitlines()
    value = next(line for line in lines if "1.25" in line)
    spread = next(line for line in lines if "(0.50)" in line)

    assert value.index("1.25") == spread.index("0.50")
    assert "A model with a long name" in lines[2]
    assert sum(set(line) == {"-"} for line in lines) == 4
    assert "ᵃ on the edge" in lines


def test_wide_signs_take_two_columns():
    lines = [
        Line(Entry("身長"), (Entry("1.0"),)),
        Line(Entry("abcd"), (Entry("2.0"),)),
    ]
    table = PaperTable(caption="", spans=(), heads=("", "MLE"), body=tuple(lines), statistics=())
    wide, narrow = as_text(table).splitlines()[3:5]

    assert wide == "身長  1.0"
    assert narrow == "abcd  2.0"
