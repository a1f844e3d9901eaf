from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.predictions.value_supports import mean_support
from bayeswrap.regression.families import family_of


@pytest.mark.parametrize(
    ("family", "link", "ends"),
    [
        ("gaussian", None, (-np.inf, np.inf)),
        ("gaussian", "log", (0, np.inf)),
        ("bernoulli", "probit", (0, 1)),
        ("binomial", None, (0, np.inf)),
        ("negbinomial", None, (0, np.inf)),
        ("beta", None, (0, 1)),
        ("lognormal", None, (0, np.inf)),
        ("cumulative", None, (0, 1)),
    ],
)
def test_the_range_of_a_mean_follows_outcome_and_link(family, link, ends):
    assert mean_support(family_of(family, link)) == ends


def test_one_trial_has_a_probability():
    assert mean_support(family_of("binomial"), one_trial=True) == (0, 1)
