"""Rows of tables: their labels, and the choice of some by name."""

from __future__ import annotations

import pandas as pd
import pytest

from bayeswrap.errors import UnknownNameError
from bayeswrap.estimates.problem.labels import Labels
from bayeswrap.estimates.results.table_rows import chosen, labelled, printed

ROWS = ["beta[1]", "beta[2]", "theta[1,2]", "tau"]
LABELS = Labels({"beta": (("age", "dist"),)})


@pytest.mark.parametrize(
    ("names", "rows"),
    [
        ("beta", ["beta[1]", "beta[2]"]),
        ("beta[dist]", ["beta[2]"]),
        ("beta[ 2 ]", ["beta[2]"]),
        (["tau", "beta[1]"], ["beta[1]", "tau"]),
        ("theta[*", ["theta[1,2]"]),
        ("beta[d*", ["beta[2]"]),
        ("t*", ["theta[1,2]", "tau"]),
    ],
)
def test_rows_are_chosen_in_their_own_order(names, rows):
    assert chosen(ROWS, names, LABELS) == rows


@pytest.mark.parametrize(
    ("name", "hint"),
    [("beta[dust]", "'beta[dist]'"), ("theta[1,3]", "'theta[1,2]'"), ("bta", "'beta'")],
)
def test_a_name_that_fits_nothing_gets_the_nearest_one(name, hint):
    with pytest.raises(UnknownNameError) as told:
        chosen(ROWS, ["tau", name], LABELS)
    assert f"{name!r}; did you mean {hint}?" in str(told.value)


def test_labels_stand_in_front_where_a_row_has_one_and_are_printed_in_place_of_names():
    frame = pd.DataFrame({"mean": [0.5, 2.0]}, index=pd.Index(["beta[2]", "tau"], name="parameter"))

    assert "label" not in labelled(frame.copy(), {"gamma[1]": "gamma[x]"})
    table = labelled(frame, LABELS)
    assert table["label"].tolist() == ["beta[dist]", "tau"]
    assert printed(table, 3).split() == ["mean", "parameter", "beta[dist]", "0.5", "tau", "2"]
