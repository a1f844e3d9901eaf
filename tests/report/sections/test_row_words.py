"""The recommendation of each row."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from bayeswrap.comparison.compare import compare
from bayeswrap.estimates.problem.estimand import Scale
from bayeswrap.report.sections.row_words import (
    Recommendation,
    derived_names,
    rough_names,
    row_words,
)


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


def test_a_row_is_rough_where_its_own_gap_is_beyond_the_small_limit(builder):
    made = builder(centres={"mu": -0.52, "sigma": 1.31, "ratio": -0.4})
    # 0.2 posterior sds of mu, 0.05 of sigma
    made.spreads = {"mu": 0.08, "sigma": 0.3, "ratio": 0.1}
    rough = compare(made.point(Scale.UNCONSTRAINED, shift=0.016), made.posterior())

    assert rough.verdict.point_is_enough is True
    words = row_words(rough)
    assert words["mu"] == Recommendation.ROUGH_MAP == "MAP is a rough summary"
    assert rough_names(rough) == {n for n, w in words.items() if w == Recommendation.ROUGH_MAP}


def test_elements_that_cannot_vary_are_no_derived_quantities(full):
    one = full.frame.loc["ratio"].copy()
    one[["posterior_mean", "posterior_sd"]] = 1.0, 0.0
    constant = replace(full, frame=pd.concat([full.frame.drop("ratio"), one.to_frame().T]))
    assert derived_names(full) == ["ratio"]
    assert derived_names(constant) == []
