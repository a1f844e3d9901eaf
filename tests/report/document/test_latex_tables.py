"""Tables in LaTeX: rows, heads and rules as text."""

from __future__ import annotations

import re

from bayeswrap.report.document.latex_tables import longtables
from bayeswrap.report.document.parts import Cell, Column, Row, Table


def made(*columns, rows, **options):
    return longtables(
        Table(key="t", caption="50%", stub=Column("name"), columns=columns, rows=rows, **options)
    )


def test_a_table_has_the_rules_of_booktabs_and_a_head_on_each_page():
    text = made(Column("x"), rows=(Row("a", (Cell("1"),)),), notes=("a_b",))
    assert text.startswith("\\begin{longtable}{@{}lr@{}}\n")
    assert text.count(r"\toprule") == text.count(r"\midrule") == 2
    assert r"\endfirsthead" in text
    assert r"\tablecaption{50\%}" in text
    assert r"\relax a & 1\\" in text
    assert text.endswith("\\end{longtable}\n\\tablenote{a\\_\\allowbreak{}b}")


def test_groups_have_a_rule_each():
    columns = (Column("x"), Column("y", group="G"), Column("z", group="G"))
    text = made(*columns, rows=(Row("a", (Cell("1"), Cell("2"), Cell("3"))),))
    assert r"\multicolumn{2}{c}{G}" in text
    assert r"\cmidrule(lr){3-4}" in text


def test_what_is_flagged_is_bold_and_what_stands_below_is_stacked():
    text = made(Column("x"), rows=(Row("a", (Cell("1", "(2)", tone="bad"),), below="b"),))
    assert r"\textbf{\begin{tabular}[t]{@{}r@{}}1\\(2)\end{tabular}}\\[2pt]" in text
    assert r"\begin{tabular}[t]{@{}l@{}}a\\b\end{tabular}" in text


def test_sentences_wrap_in_columns_of_a_width():
    row = Row("a", (Cell("word " * 60, "below"),))
    text = made(Column("why", words=True), rows=(row,))
    assert re.search(r"\{@\{\}lP\{\d+\.\dpt\}@\{\}\}", text)
    assert r"\newline below" in text
