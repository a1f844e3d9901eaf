"""Tables in the width of a page: nothing is lost, and no panel is too wide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bayeswrap.report.document.parts import Cell, Column, Row, Table
from bayeswrap.report.document.table_layout import GAP, panels, wrapped


def table(columns, *rows):
    return Table(
        key="t", caption="T", stub=Column("name"), columns=tuple(columns), rows=rows, notes=("n",)
    )


def numbers(count, group=""):
    return [Column(f"h{i}", group=group) for i in range(count)]


def row(*texts, name="alpha"):
    return Row(name, tuple(Cell(t) for t in texts))


def test_a_table_that_fits_is_one_panel_as_it_is():
    made = table(numbers(2), row("1.23", "4.5"))
    (panel,) = panels(made, 80)
    assert panel.table is made
    assert panel.widths == (5, 4, 3)
    assert not any(panel.wraps)


def test_sentences_share_the_room_that_numbers_leave():
    words = [Column("x"), Column("why", words=True), Column("what", words=True)]
    (panel,) = panels(table(words, row("1.2345", "to be " * 30, "or not " * 20)), 60)
    assert sum(panel.widths) + 3 * GAP <= 60
    assert panel.widths[1] == 6
    assert panel.wraps == (False, False, True, True)
    assert panel.widths[2] > panel.widths[3] > 9


def test_a_wide_table_is_split_between_groups():
    columns = [*numbers(3, "A"), *numbers(3, "B"), *numbers(2, "C")]
    made = table(columns, row(*["123456"] * 8))
    first, second = panels(made, 60)
    assert [c.group for c in first.table.columns] == ["A"] * 3 + ["B"] * 3
    assert [c.group for c in second.table.columns] == ["C"] * 2
    assert second.table.rows[0].name == "alpha"
    assert (first.table.notes, second.table.notes) == ((), ("n",))
    assert (first.table.caption, second.table.caption) == ("T, part 1 of 2", "T, part 2 of 2")


def test_a_group_that_is_wider_than_the_page_is_split_inside():
    made = panels(table(numbers(12, "A"), row(*["123456"] * 12)), 60)
    assert [len(p.table.columns) for p in made] == [6, 6]


def test_no_word_of_a_head_over_columns_is_cut():
    columns = [*numbers(1, "Likelihood"), *numbers(2, "Approximations")]
    (panel,) = panels(table(columns, row("1", "2", "3")), 60)
    assert panel.widths[1] == len("Likelihood")
    assert sum(panel.widths[2:]) + GAP >= len("Approximations")


@given(
    st.lists(st.integers(1, 12), min_size=1, max_size=15), st.integers(1, 60), st.integers(40, 120)
)
def test_no_column_is_lost_and_no_panel_is_too_wide(sizes, name, room):
    made = table(numbers(len(sizes)), row(*("9" * s for s in sizes), name="n" * name))
    parts = panels(made, room)
    texts = [c.text for p in parts for c in p.table.rows[0].cells]
    assert texts == ["9" * s for s in sizes]
    assert all(sum(p.widths) + GAP * len(p.table.columns) <= room for p in parts)


@given(st.text(alphabet="ab _[", max_size=60), st.integers(1, 20))
def test_lines_hold_all_that_was_said(text, width):
    lines = wrapped(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(len(line) <= width for line in lines)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("estimate", ["estimate"]),
        ("a_very_long_name", ["a_very_", "long_name"]),
        ("abcdefghijklm", ["abcdefghij", "klm"]),
    ],
)
def test_long_names_break_after_an_underscore(text, lines):
    assert wrapped(text, 10) == lines
