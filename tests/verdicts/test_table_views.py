"""Views of a table of many parameters."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import bayeswrap as bw
from bayeswrap.verdicts.table_views import by_variable, chosen, worst_first

FRAME = pd.DataFrame(
    {
        "label": ["beta[1]", "beta[dist]", "theta[1,2]", "tau"],
        "shape_gap_mean": [0.1, -0.5, 0.2, np.nan],
        "r_hat": [1.0, 1.02, 1.0, 1.0],
    },
    index=pd.Index(["beta[1]", "beta[2]", "theta[1,2]", "tau"], name="parameter"),
)


@pytest.mark.parametrize(
    ("names", "rows"),
    [
        ("beta", ["beta[1]", "beta[2]"]),
        ("beta[dist]", ["beta[2]"]),
        (["tau", "beta[1]"], ["beta[1]", "tau"]),
        ("theta[*", ["theta[1,2]"]),
        ("t*", ["theta[1,2]", "tau"]),
    ],
)
def test_rows_are_chosen_in_their_own_order(names, rows):
    assert list(chosen(FRAME, names).index) == rows


def test_a_name_that_fits_nothing():
    with pytest.raises(bw.BayeswrapError, match="'sigma'"):
        chosen(FRAME, ["tau", "sigma"])


def test_the_worst_first():
    # without a gap nothing is known: it leads
    assert list(worst_first(FRAME).index) == ["tau", "beta[2]", "theta[1,2]", "beta[1]"]


def test_one_row_a_variable():
    groups = by_variable(FRAME)

    assert list(groups.index) == ["beta", "theta", "tau"]
    assert groups.loc["beta", "worst"] == "beta[2]"
    assert groups.loc["beta", "largest_gap"] == 0.5
    assert groups.loc["beta", "scalars"] == 2
    assert groups["r_hat_max"].tolist() == [1.02, 1.0, 1.0]
