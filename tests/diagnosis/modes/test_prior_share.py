"""The share of the prior in the information, against conjugate algebra."""

from __future__ import annotations

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.diagnosis.modes.prior_share import prior_share


def share_of(code, data):
    return prior_share(
        bw.Model(bw.Program.from_string(code, name="t"), data, engine="stanli").map(seed=1)
    )


def test_normal_mean_of_known_variance():
    code = """
    data { vector[9] y; } parameters { real mu; }
    model { mu ~ normal(100, 5); y ~ normal(mu, 15); }"""
    share = share_of(code, {"y": np.full(9, 103.0)})

    # 1/25 from the prior, 9/225 from the data
    assert share.eigenvalues == pytest.approx([0.5])
    assert share.by_parameter["mu"] == pytest.approx(0.5)
    assert share.reason == ""


def test_two_scales_are_told_apart():
    code = """
    data { vector[2] y; } parameters { vector[2] b; }
    model { b ~ normal(0, 1); y[1] ~ normal(b[1], 1); y[2] ~ normal(b[2], 3); }"""
    share = share_of(code, {"y": np.zeros(2)})

    assert share.eigenvalues == pytest.approx([0.9, 0.5])
    assert dict(share.by_parameter) == pytest.approx({"b[1]": 0.5, "b[2]": 0.9})


def test_a_correlated_pair():
    """Two parameters of which the data see the sum alone: the prior supplies all of the rest."""
    code = """
    data { real y; } parameters { vector[2] b; }
    model { b ~ normal(0, 1); y ~ normal(b[1] + b[2], 0.1); }"""
    share = share_of(code, {"y": 1.0})

    assert share.eigenvalues == pytest.approx([1.0, 1 / 201])
    # half of the variance of each lies along the difference
    sd2, data2 = 0.5, 0.5 / 201
    assert share.by_parameter["b[1]"] == pytest.approx((sd2 + data2 / 201) / (sd2 + data2))


def test_a_flat_prior_supplies_nothing():
    code = "data { real y; } parameters { real mu; } model { y ~ normal(mu, 1); }"

    assert share_of(code, {"y": 1.0}).eigenvalues == pytest.approx([0.0], abs=1e-9)


def test_the_tail_of_a_cauchy_has_no_share():
    code = """
    data { real y; } parameters { real mu; }
    model { mu ~ cauchy(0, 1); y ~ normal(mu, 1); }"""
    share = share_of(code, {"y": 10.0})

    assert np.isnan(share.by_parameter["mu"])
    assert "not concave" in share.reason
