"""One bad start proves nothing: independent starts answer before a claim is made."""

from __future__ import annotations

import numpy as np
import pytest
from fixtures.folders import GOLD

import bayeswrap as bw
from bayeswrap.errors import ConvergenceError
from bayeswrap.estimates.results.status import Status

SLOPES = GOLD / "cases" / "integrated_random_slope"
NEGATIVE_BINOMIAL = """
data { int N; array[N] int y; }
parameters { real<lower=0> mu; real<lower=0> phi; }
model { y ~ neg_binomial_2(mu, phi); }
"""


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 5, 6])
def test_a_mixed_model_has_its_maximum_from_every_seed(seed: int) -> None:
    model = bw.Model(SLOPES / "program.stan", SLOPES / "data.json", engine="stanli")
    mle = model.mle(seed=seed)
    # an independent optimisation of the same likelihood
    assert mle.status is Status.CONVERGED
    assert mle.log_likelihood == pytest.approx(-542.48293848, abs=1e-7)
    assert mle["rho"] == pytest.approx(-0.60745, abs=1e-5)


def test_a_maximum_that_does_not_exist_is_denied_by_all_starts() -> None:
    program = bw.Program.from_string(NEGATIVE_BINOMIAL, name="underdispersed")
    model = bw.Model(program, {"N": 6, "y": [2, 2, 3, 3, 2, 3]}, engine="stanli")
    with pytest.raises(ConvergenceError) as caught:
        model.mle()
    estimate = caught.value.estimate
    assert estimate.status is Status.AT_INFINITY
    assert estimate.census.starts == 6
    assert not [b for b in estimate.census.basins if b.status is Status.CONVERGED]
    # the Poisson limit is where the mean is
    assert estimate["mu"] == pytest.approx(2.5, rel=1e-4)


def test_without_a_seed_a_mode_is_the_same_each_time() -> None:
    program = bw.Program.from_string(
        "data { vector[5] y; } parameters { real mu; real<lower=0> s; }"
        "model { y ~ normal(mu, s); }",
        name="sample",
    )
    model = bw.Model(program, {"y": [1.0, 2, 4, 4, 6]}, engine="stanli")
    first, second = model.mle(), model.mle()
    np.testing.assert_array_equal(first.values, second.values)
    assert first.record.seed == second.record.seed


def test_the_users_own_start_is_not_replaced() -> None:
    program = bw.Program.from_string(NEGATIVE_BINOMIAL, name="underdispersed")
    model = bw.Model(program, {"N": 6, "y": [2, 2, 3, 3, 2, 3]}, engine="stanli")
    estimate = model.mle(inits={"mu": 2.0, "phi": 5.0}, require_converged=False)
    assert estimate.census is None
