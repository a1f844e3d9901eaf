"""Odds and rate ratios where the link is known."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.report.sections.ratio_tables import ratio_table
from bayeswrap.report.sections.recommended import recommended_estimates


def test_a_ratio_is_the_exponential_of_the_estimate_and_of_its_ends(hits):
    (row,) = ratio_table(hits, recommended_estimates(hits)).rows
    one = recommended_estimates(hits)["b"]
    centre = hits.frame.loc["b", "posterior_median"] if one.interval == "credible" else one.value
    assert row.name == "b"
    assert float(row.cells[0].text) == pytest.approx(np.exp(centre), rel=5e-3)
    low, high = (float(t) for t in row.cells[1].text.split(" to "))
    assert (low, high) == pytest.approx((np.exp(one.lower), np.exp(one.upper)), rel=5e-3)


def test_a_model_without_a_link_has_no_ratios(full):
    assert ratio_table(full, recommended_estimates(full)) is None
