"""Collapsed scales: exact fits, and boundaries that are none."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.estimates.optimization.exact_fit import collapsed_scales, is_exact_fit

NORMAL = (
    "data { int N; vector[N] y; } parameters { real mu; real<lower=0> sigma; }"
    "model { y ~ normal(mu, KNOWN); }"
)


@pytest.mark.parametrize(
    ("known", "y", "exact"),
    [
        ("sigma", [2.0, 2, 2, 2], True),
        # with more noise than there is spread the best sigma is 0, where the density is finite
        ("sqrt(1 + square(sigma))", [1.9, 2, 2, 2.1], False),
        # one observation is fitted exactly, but sigma has nothing else to shrink for
        ("sqrt(sigma)", [2.0], False),
    ],
)
def test_growth_tells_an_exact_fit_from_a_boundary(model, known, y, exact):
    made = model(NORMAL.replace("KNOWN", known), N=len(y), y=y)
    problem = made.mle(seed=1, require_converged=False).problem
    end = np.array([2.0, -36.0])

    assert list(collapsed_scales(problem, end)) == ["sigma"]
    assert is_exact_fit(problem, end) is exact
    assert not is_exact_fit(problem, np.array([2.0, 0.0]))
