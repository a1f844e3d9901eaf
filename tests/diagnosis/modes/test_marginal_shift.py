"""The joint mode against the marginal one, where the algebra is exact."""

from __future__ import annotations

import numpy as np
import pytest
from fixtures.folders import program_text

import bayeswrap as bw
from bayeswrap.diagnosis.modes.marginal_shift import marginal_shift

FUNNEL = program_text("funnel")
KNOWN = """
data { int<lower=1> J; vector[J] y; }
parameters { real mu; vector[J] theta; }
model { mu ~ normal(0, 20); theta ~ normal(mu, 10); y ~ normal(theta, 12); }
"""


def mode_of(code, data=None):
    return bw.Model(bw.Program.from_string(code, name="t"), data, engine="stanli").map(
        "unconstrained", seed=1
    )


def test_funnel_moves_to_its_mean():
    # the joint mode is -9 * 9 / 2 = -40.5, the marginal one 0, the standard deviation 3
    assert marginal_shift(mode_of(FUNNEL)) == pytest.approx({"v": 40.5 / 3}, rel=1e-6)


def test_known_scale_stays():
    data = {"y": np.array([28.0, 8, -3, 7, -1, 1, 18, 12])}

    assert marginal_shift(mode_of(KNOWN, data)) == pytest.approx({"mu": 0.0}, abs=1e-9)


def test_no_effects_no_shift():
    code = (
        "data { real y; } parameters { real mu; } model { mu ~ std_normal(); y ~ normal(mu, 1); }"
    )

    assert marginal_shift(mode_of(code, {"y": 1.0})) is None
