"""The profile beside its parabola, by the closed form of a binomial."""

from __future__ import annotations

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.errors import EstimandError
from bayeswrap.plots.profile_panels import plot_profile, profiled_estimate, wald_deviance
from bayeswrap.plots.sheet import COLOURS

CODE = """
data { int n; int y; }
parameters { real<lower=0, upper=1> p; }
model { p ~ beta(2, 2); y ~ binomial(n, p); }
"""


@pytest.fixture(scope="module")
def coin():
    program = bw.Program.from_string(CODE, name="coin")
    model = bw.Model(program, {"n": 10, "y": 2}, engine="stanli")
    return bw.compare(model.mle(seed=1), starts=0)


def test_the_curve_is_the_log_likelihood_and_the_parabola_its_curvature(coin):
    (axes,) = plot_profile(coin).axes
    curve = next(
        line
        for line in axes.lines
        if line.get_color() == COLOURS["mle"] and line.get_marker() == "None"
    )
    p, fall = (np.asarray(v) for v in curve.get_data())
    exact = 2 * np.log(p / 0.2) + 8 * np.log((1 - p) / 0.8)
    np.testing.assert_allclose(fall, exact, atol=1e-6)
    parabola = next(line for line in axes.lines if line.get_color() == COLOURS["laplace"])
    x, y = (np.asarray(v) for v in parabola.get_data())
    np.testing.assert_allclose(y, -((x - 0.2) ** 2) / (2 * 0.2 * 0.8 / 10), rtol=1e-4)
    assert axes.get_xlabel() == "p"


def test_limits_of_the_interval_stand_at_the_cut_off(coin):
    (axes,) = plot_profile(coin).axes
    found = coin.lineup.mle.profile("p")
    edges = sorted(
        float(line.get_xdata()[0])
        for line in axes.lines
        if line.get_color() == COLOURS["prior"] and line.get_xdata()[0] == line.get_xdata()[1]
    )
    assert edges == pytest.approx(sorted(found.interval))


def test_wald_deviance_is_the_squared_distance_in_standard_errors(coin):
    found = coin.lineup.mle.profile("p")
    assert wald_deviance(found, 0.1, np.array([found.estimate + 0.2]))[0] == pytest.approx(4.0)


def test_a_profile_needs_an_estimate(shapes):
    with pytest.raises(EstimandError, match=r"put mle\(\) or map\(\)"):
        profiled_estimate(shapes("only missing"))
