"""The pieces of a report."""

from __future__ import annotations

from bayeswrap.report.document.parts import Cell, Column, Row, Table


def table(*columns: Column) -> Table:
    row = Row("a", tuple(Cell("1") for _ in columns))
    return Table(key="t", caption="T", stub=Column("name"), columns=columns, rows=(row,))


def test_neighbours_of_one_group_stand_under_one_head():
    made = table(Column("x"), Column("y", group="G"), Column("z", group="G"), Column("w"))
    assert made.groups == (("", 1), ("G", 2), ("", 1))
    assert made.starts == (True, True, False, True)


def test_columns_of_one_meaning_share_an_entry_of_the_legend():
    made = table(
        Column("x", meaning="M"), Column("y", meaning="N", title="long y"), Column("z", meaning="M")
    )
    assert made.legend == (("x and z", "M"), ("long y", "N"))
