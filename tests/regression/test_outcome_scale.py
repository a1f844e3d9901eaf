import numpy as np
import pytest
from fixtures.designs_by_hand import regression_of

from bayeswrap.regression.outcome_scale import outcome_scale, spread_of


@pytest.mark.parametrize(
    ("family", "link", "spread_is_one"),
    [
        ("gaussian", "identity", False),
        ("gaussian", "log", True),
        ("gamma", "inverse", False),
        ("poisson", "log", True),
        ("poisson", "sqrt", False),
        ("bernoulli", "identity", False),
        ("cumulative", "logit", True),
    ],
)
def test_a_link_without_a_unit_has_spread_one(family, link, spread_is_one):
    regression = regression_of(family, link)
    scale = outcome_scale(regression.family, regression.design.response)
    assert (scale.spread == 1.0) == spread_is_one
    assert np.isfinite(scale.location)


def test_numbers_that_do_not_vary_have_spread_one():
    assert spread_of(np.full(5, 0.1)) == 1.0
    assert spread_of(np.array([2.0])) == 1.0
