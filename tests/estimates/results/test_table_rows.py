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


def _numbers(**sizes):
    names = [v if n == 1 else f"{v}[{i}]" for v, n in sizes.items() for i in range(1, n + 1)]
    return pd.DataFrame({"estimate": range(len(names))}, index=pd.Index(names, name="parameter"))


def test_long_vectors_are_named_where_a_table_is_longer_than_a_screen():
    lines = printed(_numbers(mu=1, r=60, beta=3), 4).splitlines()
    assert [line.split()[0] for line in lines[2:-1]] == ["mu", "beta[1]", "beta[2]", "beta[3]"]
    assert lines[-1] == "60 more rows, of r: to_frame() has all"


def test_of_one_long_vector_the_first_rows_are_printed():
    lines = printed(_numbers(r=60), 4).splitlines()
    assert (len(lines), lines[-1]) == (43, "20 more rows, of r: to_frame() has all")


def test_a_table_that_fits_on_a_screen_is_printed_whole():
    assert len(printed(_numbers(mu=1, r=30), 4).splitlines()) == 33
