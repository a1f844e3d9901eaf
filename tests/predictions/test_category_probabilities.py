from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtr

from bayeswrap.predictions.category_probabilities import category_probabilities
from bayeswrap.regression.families import family_of


@pytest.mark.parametrize(
    ("link", "below"),
    [
        ("logit", lambda x: 1 / (1 + np.exp(-x))),
        ("probit", ndtr),
        ("cloglog", lambda x: 1 - np.exp(-np.exp(x))),
    ],
)
def test_probabilities_are_differences_of_the_inverse_link(link, below):
    parameters = {"mu": np.array([0.3, -1.0]), "cutpoints": np.array([-0.5, 1.0])}
    found = category_probabilities(family_of("cumulative", link), parameters)
    for row, mu in zip(found, parameters["mu"], strict=True):
        ends = [0, *below(parameters["cutpoints"] - mu), 1]
        np.testing.assert_allclose(row, np.diff(ends), rtol=1e-13)
    np.testing.assert_allclose(found.sum(axis=1), 1)
