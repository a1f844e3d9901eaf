"""Sensitivity to prior and likelihood, in numbers and words."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd

from bayeswrap.report.sections.power_scaling_tables import sensitivity_table


def test_a_narrow_prior_against_the_data_is_prior_sensitive(hits):
    table = sensitivity_table(hits)
    words = {row.name: row.cells[-1].text for row in table.rows}
    assert "prior" in words["b"]
    assert words["a"] == "sensitive to the data"
    assert table.notes[0].startswith("1 of 2 parameters is prior-sensitive")


def test_a_long_table_of_sensitivities_shows_the_largest(shapes):
    comparison = shapes("thirty parameters")
    felt = np.arange(30) / 1000
    table = comparison.frame.assign(psense_prior=felt, psense_likelihood=0.2)
    found = sensitivity_table(dataclasses.replace(comparison, frame=table))
    assert [r.name for r in found.rows][:2] == ["beta[30]", "beta[29]"]
    assert len(found.rows) == 12
    assert "12 of 30" in found.notes[1]


def test_a_share_that_is_none_is_not_shown(hits):
    shares = pd.Series({"a": 2.0, "b": 0.25})
    table = hits.frame.assign(prior_share=shares.reindex(hits.frame.index))
    rows = sensitivity_table(dataclasses.replace(hits, frame=table)).rows
    assert [row.cells[0].text for row in rows] == ["\N{EM DASH}", "0.25"]
