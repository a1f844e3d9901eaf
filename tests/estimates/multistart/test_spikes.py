"""Spikes: a scale that shrinks around one value of the data."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import gammaln

from bayeswrap.estimates.multistart.spikes import find_spike


@pytest.mark.parametrize("mean", [np.exp(-30.0), np.exp(10.0)])
def test_a_climb_out_of_a_depth_is_no_spike(mean):
    y = np.array([0.0, 2.0, 5.0])

    def counts(q):
        # a negative binomial whose mean is absurd, by its overdispersion
        phi = np.exp(q[1])
        ways = gammaln(y + phi) - gammaln(phi) - gammaln(y + 1)
        lost = y * np.log(mean) + phi * q[1] - (y + phi) * np.log(mean + phi)
        return float((ways + lost).sum()), q

    assert find_spike(counts, np.zeros(2), ["Identity", "Lower"], [y]) is None


def test_a_spike_needs_a_value_of_the_data():
    y = np.array([-1.0, 0.5, 2.0])

    def mixture(q):
        both = np.logaddexp(-0.5 * ((y - q[0]) * np.exp(-q[1])) ** 2 - q[1], -0.5 * (y / 2) ** 2)
        return float(both.sum()), np.zeros(2)

    kinds = ["Identity", "Lower"]
    spike = find_spike(mixture, np.zeros(2), kinds, [y])

    assert spike is not None
    assert spike[0] in y
    assert find_spike(mixture, np.zeros(2), kinds, [y + 0.1]) is None
    assert find_spike(mixture, np.zeros(2), ["Identity", "Identity"], [y]) is None
