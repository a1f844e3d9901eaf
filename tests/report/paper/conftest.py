"""Models for tables: handmade comparisons, and regressions that ran."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import bayeswrap as bw


@pytest.fixture(scope="session")
def grouped_mle():
    """The marginal MLE of a logistic regression with two effects for each of five groups."""
    rng = np.random.default_rng(1)
    x, g = rng.normal(size=300), np.arange(300) % 5
    logit = np.array([-1.6, 1.2, 0.1, -0.4, 1.0])[g] + np.array([0.2, 2.0, 0.9, -0.3, 1.6])[g] * x
    y = (rng.uniform(size=300) < 1 / (1 + np.exp(-logit))).astype(int)
    frame = pd.DataFrame({"y": y, "x": x, "g": [f"school {k}" for k in g]})
    return bw.glm("y ~ x + (1 + x | g)", frame, family="bernoulli", engine="stanli").mle(seed=1)
