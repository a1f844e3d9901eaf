"""The modes that searches from many starts reached."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from bayeswrap.report.build import build_report
from bayeswrap.report.sections.search_tables import census_tables


def section(report, key):
    return next(s for s in report.every_section if s.key == key)


def test_each_search_has_a_table_of_its_ends(hits):
    tables = census_tables(hits)
    assert [t.caption for t in tables] == [
        "MLE: search from 3 starts",
        "MAP (constrained scale): search from 3 starts",
    ]
    (mode,) = tables[0].rows
    assert (mode.name, mode.cells[1].text) == ("mode 1", "3")
    # the digits that its uncertainty allows
    assert float(mode.cells[4].text) == pytest.approx(hits.to_frame().loc["b", "mle"], abs=0.005)
    assert mode.cells[3].text == "0.00"


def test_columns_are_explained_once_below_the_last_of_several_tables(hits):
    told = [len(t.legend) for t in census_tables(hits)]
    assert told == [0, 2]


def test_a_search_that_found_one_mode_is_folded_away(hits, hits_report):
    assert section(hits_report, "searches").folded
    census = hits.censuses["MLE"]
    twice = dataclasses.replace(census, basins=census.basins * 2)
    found = dataclasses.replace(hits, censuses={"MLE": twice})
    assert not section(build_report(found, pictures=False), "searches").folded


def test_a_constant_of_a_factor_of_correlations_has_no_column(hits):
    census = hits.censuses["MLE"]
    names = ("L_Omega[1,1]", *census.names)
    basins = tuple(dataclasses.replace(b, values=np.array([1.0, *b.values])) for b in census.basins)
    other = dataclasses.replace(census, names=names, basins=basins)
    (table,) = census_tables(dataclasses.replace(hits, censuses={"MLE": other}))
    assert [c.head for c in table.columns][3:] == ["a", "b"]
    assert [c.text for c in table.rows[0].cells][3:] == [
        c.text for c in census_tables(hits)[0].rows[0].cells
    ][3:]
