"""Views of a table of many parameters."""

from __future__ import annotations

import numpy as np
import pandas as pd

from bayeswrap.verdicts.table_views import by_variable, worst_first

FRAME = pd.DataFrame(
    {
        "label": ["beta[1]", "beta[dist]", "theta[1,2]", "tau"],
        "shape_gap_mean": [0.1, -0.5, 0.2, np.nan],
        "r_hat": [1.0, 1.02, 1.0, 1.0],
    },
    index=pd.Index(["beta[1]", "beta[2]", "theta[1,2]", "tau"], name="parameter"),
)


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
