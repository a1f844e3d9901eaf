"""Why a density has no start: the statement, Stan's words, and slopes by differences."""

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.errors import EngineRunError
from bayeswrap.estimates.problem.refusals import Refusal, refusal_of, refusal_sentence

SIGN = """data { vector[2] y; }
parameters { real mu; real<lower=0> sigma; }
model {
  mu ~ normal(0, 1);
  y ~ normal(mu, -sigma);
}
"""
# the density is finite where theta[2] is 0, and its gradient is 0 times infinity
CELL = """data { array[3] int<lower=0> y; }
parameters { real<lower=0, upper=1> p; }
transformed parameters { simplex[3] theta = [[1, 1], [0, 1], [-1, 1]] * [p, 0]' + [0, 0, 1]'; }
model {
  p ~ beta(2, 2);
  y ~ multinomial(theta);
}
"""
COUNTS = {"y": [24, 0, 56]}


def model(code, data):
    return bw.Model(bw.Program.from_string(code, "study"), data, engine="stanli")


def test_the_statement_that_stan_refuses_is_named_with_stans_words():
    with pytest.raises(EngineRunError) as info:
        model(SIGN, {"y": [1.0, 2.0]}).mle(seed=1)
    assert info.value.where == "line 5 of study.stan, `y ~ normal(mu, -sigma);`"
    assert "Scale parameter is -" in info.value.got


def test_a_sampler_without_a_start_says_the_same():
    with pytest.raises(EngineRunError) as info:
        model(SIGN, {"y": [1.0, 2.0]}).sample(seed=1, show_progress=False)
    assert "line 5 of study.stan" in info.value.where
    assert "Scale parameter is -" in info.value.got


def test_transformed_parameters_that_fail_are_named_by_stans_words():
    code = (
        "data { real y; } parameters { real a; }"
        "transformed parameters { real<upper=0> b = exp(a); } model { y ~ normal(b, 1); }"
    )
    with pytest.raises(EngineRunError, match=r"b is .*, but must be less than or equal to 0"):
        model(code, {"y": 1.0}).mle(seed=1)


def test_a_density_without_a_slope_is_climbed_by_differences():
    cells = model(CELL, COUNTS)
    problem = cells.bound.problem(seed=1)
    assert refusal_of(problem).kind == "slope"
    estimate = cells.mle(seed=1)
    # closed form: p = 24/80, se = sqrt(p (1 - p) / 80)
    assert estimate["p"] == pytest.approx(0.3, abs=1e-8)
    frame = estimate.to_frame()
    assert frame.loc["p", "se"] == pytest.approx(np.sqrt(0.3 * 0.7 / 80), rel=1e-5)
    assert any("line 6 of study.stan" in w and "differences" in w for w in estimate.warnings)


def test_nuts_without_a_slope_says_so():
    cells = model(CELL, COUNTS)
    for _ in range(2):
        with pytest.raises(EngineRunError, match="no starting point with a gradient") as info:
            cells.sample(seed=1, show_progress=False)
        assert "line 6 of study.stan" in info.value.where
        cells.map(seed=1)  # by differences from now on


def test_a_usable_density_has_no_refusal():
    code = "data { real y; } parameters { real a; } model { y ~ normal(a, 1); }"
    assert refusal_of(model(code, {"y": 1.0}).bound.problem(seed=1)) is None


@pytest.mark.parametrize("kind", ["error", "zero", "slope"])
def test_each_kind_has_a_sentence(kind):
    assert refusal_sentence(Refusal(kind, "x"))
