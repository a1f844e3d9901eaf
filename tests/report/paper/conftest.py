"""Models for tables: handmade comparisons, and regressions that ran."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import bayeswrap as bw


@pytest.fixture(scope="module")
def grouped_mle():
    """The marginal MLE of a logistic regression with two effects for each of five groups."""
    rng = np.random.default_rng(4)
    x, g = rng.normal(size=100), np.arange(100) % 5
    y = (rng.uniform(size=100) < 1 / (1 + np.exp(-x + 0.8 * (g - 2)))).astype(int)
    frame = pd.DataFrame({"y": y, "x": x, "g": [f"school {k}" for k in g]})
    return bw.glm("y ~ x + (1 + x | g)", frame, family="bernoulli", engine="stanli").mle(seed=1)
