"""Statistics of the data among those of their replications."""

from __future__ import annotations

import numpy as np

from bayeswrap.report.sections.predictive_tables import predictive_tables
from bayeswrap.verdicts.predictive_checks import Prediction


def test_a_statistic_that_is_not_reproduced_stands_out():
    replicated = np.random.default_rng(1).normal(0, 1, (500, 40))
    data = Prediction(
        name="y_rep", outcome="y", observed=3 * replicated[0], posterior=replicated, prior=None
    )
    (table,) = predictive_tables((data,))
    tones = {row.name: row.cells[3].tone for row in table.rows}
    assert tones["sd"] == "bad"
    assert tones["mean"] == ""


def test_whole_observations_have_no_decimals():
    counts = np.random.default_rng(1).poisson(400, (300, 20)).astype(float)
    data = Prediction(name="n_rep", outcome="n", observed=counts[0], posterior=counts, prior=None)
    (table,) = predictive_tables((data,))
    texts = {row.name: row.cells[0].text for row in table.rows}
    assert texts["smallest"] == f"{counts[0].min():.0f}"
    assert "." in texts["mean"]
