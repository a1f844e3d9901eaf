from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from fixtures.handmade_regressions import stan_scalars

from bayeswrap.predictions.parameter_points import ParameterPoints, Spread
from bayeswrap.predictions.uncertainty_tables import interval_kind, uncertainty_table

LAYOUT, _ = stan_scalars({"a": 1.0})


def points(root, name):
    return ParameterPoints(layout=LAYOUT, scalars=np.ones((1, 1)), root=root, spread_name=name)


@pytest.mark.parametrize(
    ("support", "kind"),
    [
        ((-np.inf, np.inf), "Wald"),
        ((0.0, np.inf), "Wald (log scale)"),
        ((0.0, 1.0), "Wald (logit scale)"),
    ],
)
def test_the_kind_of_an_interval_is_named(support, kind):
    assert interval_kind(points(np.ones((1, 1)), "se"), support) == kind
    assert interval_kind(points(None, "sd"), support) == "quantiles"


def test_the_column_of_the_spread_says_what_it_is():
    spread = Spread(value=np.array([1.0]), spread=np.array([0.5]))
    table = uncertainty_table(
        spread, points(np.ones((1, 1)), "sd_laplace"), pd.Index(["a"]), ci_prob=0.95
    )
    assert list(table.columns) == ["estimate", "sd_laplace", "ci_lower", "ci_upper", "interval"]
    assert table.ci_upper.iloc[0] == pytest.approx(1 + 0.5 * 1.959964, rel=1e-6)
