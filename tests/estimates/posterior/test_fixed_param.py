"""Programs without parameters are simulated: independent draws of the generated quantities."""

from __future__ import annotations

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.errors import EstimandError

CODE = """data { int N; }
generated quantities {
  vector[N] y;
  for (n in 1:N) y[n] = normal_rng(0, 1);
  real m = mean(y);
}
"""


def model(code=CODE, **data):
    return bw.Model(bw.Program.from_string(code, "noise"), data, engine="stanli")


def test_draws_are_standard_normals_and_follow_their_seed():
    draws = model(N=5).sample(seed=1, show_progress=False)
    assert draws["y"].shape == (4, 1000, 5)
    # 20,000 standard normals: mean within 4 / sqrt(20000), sd within 4 / sqrt(40000)
    assert abs(draws["y"].mean()) < 4 / np.sqrt(20_000)
    assert draws["y"].std() == pytest.approx(1, abs=4 / np.sqrt(40_000))
    assert draws["m"] == pytest.approx(draws["y"].mean(axis=-1))
    again = model(N=5).sample(seed=1, iter_sampling=100, chains=1, show_progress=False)
    other = model(N=5).sample(seed=2, iter_sampling=100, chains=1, show_progress=False)
    np.testing.assert_array_equal(again["m"][0], draws["m"][0, :100])
    assert not np.array_equal(again["m"], other["m"])


def test_the_table_shows_the_quantities():
    draws = model(N=2).sample(seed=1, iter_sampling=100, show_progress=False)
    assert list(draws.to_frame().index) == ["y[1]", "y[2]", "m"]
    assert draws.title == "simulation (no parameters)"
    assert set(draws.idata["posterior"].data_vars) == {"y", "m"}


def test_a_quantity_that_fails_at_some_draws_is_missing_there_alone():
    code = (
        "generated quantities { real z = normal_rng(0, 1);\n"
        "int y = poisson_log_rng(18.0 + 2 * normal_rng(0, 1)); }"
    )
    draws = model(code).sample(seed=1, iter_sampling=50, show_progress=False)
    assert np.isfinite(draws["z"]).all()
    lost = np.isnan(draws["y"]).mean()
    assert 0 < lost < 0.5  # P(18 + 2 Z > 20.79) = 0.08
    assert any("line 2" in w and "20.79" in w for w in draws.warnings)


def test_estimates_point_to_the_simulation():
    with pytest.raises(EstimandError, match=r"use sample\(\)"):
        model(N=2).mle()
    with pytest.raises(EstimandError, match="no continuous parameters"):
        model("data { int N; } model { }", N=2).sample()
