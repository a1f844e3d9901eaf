"""The recommendation of each row."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from bayeswrap.report.sections.row_words import Recommendation, derived_names, row_words


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("edge", {"mu": Recommendation.MAP, "sigma": Recommendation.POSTERIOR}),
        ("points only", dict.fromkeys(("mu", "sigma"), Recommendation.NONE)),
        ("only missing", dict.fromkeys(("mu", "sigma"), Recommendation.POSTERIOR)),
    ],
)
def test_the_recommendation_of_a_row_follows_the_checks(shapes, case, words):
    assert row_words(shapes(case)) == words


def test_all_rows_may_keep_the_mode_when_the_verdict_says_so(full):
    assert full.verdict.point_is_enough is True
    assert set(row_words(full).values()) == {Recommendation.MAP}


def test_elements_that_cannot_vary_are_no_derived_quantities(full):
    one = full.frame.loc["ratio"].copy()
    one[["posterior_mean", "posterior_sd"]] = 1.0, 0.0
    constant = replace(full, frame=pd.concat([full.frame.drop("ratio"), one.to_frame().T]))
    assert derived_names(full) == ["ratio"]
    assert derived_names(constant) == []
