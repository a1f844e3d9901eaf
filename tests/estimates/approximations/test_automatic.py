"""The climb from Laplace to NUTS: where it ends, what it tells, and what it may cost."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.errors import EstimationError, UsageError
from bayeswrap.estimates.approximations.approximation import Approximation
from bayeswrap.estimates.approximations.automatic import TimeBudget, first_adequate, seconds_of_nuts
from bayeswrap.estimates.posterior.draws import Posterior
from bayeswrap.estimates.posterior.nuts import SampleOptions
from bayeswrap.estimates.problem.log_density import Objective

NORMAL = "data { real y; } parameters { real mu; } model { mu ~ normal(0, 2); y ~ normal(mu, 1); }"
BETA = (
    "data { int n; int y; } parameters { real<lower=0, upper=1> theta; }"
    "model { theta ~ beta(2, 2); y ~ binomial(n, theta); }"
)
HEAVY = "parameters { vector[3] x; } model { x ~ student_t(3, 0, 1); }"
NO_MODE = "parameters { real<lower=0> s; real x; } model { s ~ exponential(1); x ~ normal(0, s); }"


def attempts(result):
    return [(attempt.method, attempt.good) for attempt in result.attempts]


def test_a_normal_posterior_ends_at_laplace(model):
    found = model(NORMAL, y=1.0).approximate(seed=1)

    assert isinstance(found, Approximation)
    assert attempts(found) == [("laplace", True)]
    assert found.proposal is None
    assert found.warnings == ()


def test_a_skewed_posterior_ends_at_importance_resampling(model):
    found = model(BETA, n=10, y=7).approximate(seed=2)

    assert attempts(found) == [("laplace", False), ("psis", True)]
    assert found.proposal is not None
    assert "means are off by up to 0.1" in found.attempts[0].reason
    assert str(found.attempts[1]) in str(found)
    row = found.to_frame().loc["theta"]
    assert abs(row["mean"] - 9 / 14) < 4 * row["mcse_mean"]


def test_heavy_tails_end_at_nuts(model):
    found = model(HEAVY).approximate(seed=1, show_progress=False)

    assert isinstance(found, Posterior)
    assert attempts(found) == [
        *(("laplace", False), ("psis", False), ("pathfinder", False), ("nuts", True)),
    ]
    assert "needs the compiled engine" in found.attempts[2].reason
    assert "no divergences" in found.attempts[3].reason
    assert found.warnings == ()
    assert found.attempts[3].seconds > 0


def test_what_does_not_exist_is_passed_over(model):
    found = model(NO_MODE).approximate(seed=1, show_progress=False)

    assert [attempt.method for attempt in found.attempts] == ["laplace", "pathfinder", "nuts"]
    assert found.attempts[0].reason.startswith("failed: no MAP")
    # a funnel without data: the sampler itself complains, and that is told
    assert not found.attempts[2].good
    assert "no method was good enough" in found.warnings[-1]


def test_a_budget_without_nuts_ends_with_the_best_that_is_left(model):
    heavy = model(HEAVY)

    found = first_adequate(
        lambda: heavy.laplace(draws=4000, seed=1),
        heavy.pathfinder,
        pytest.fail,
        TimeBudget(60),
        lambda: 1e4,
    )

    assert isinstance(found, Approximation)
    assert "needs about 1e+04 s" in found.attempts[-1].reason
    assert "best there is; nuts: not tried" in found.warnings[-1]


def test_the_mean_of_each_parameter_counts(model):
    # bounded weights of independent draws, and a scalar with the tails of a Cauchy
    laplace = model(BETA, n=10, y=7).laplace(draws=4000, seed=1)
    wild = np.random.default_rng(1).standard_cauchy(laplace.draws.shape)
    found = first_adequate(
        lambda: replace(laplace, draws=wild),
        lambda: laplace,
        pytest.fail,
        TimeBudget(60),
        lambda: 0.0,
    )

    assert attempts(found) == [("laplace", False), ("psis", False), ("pathfinder", True)]
    assert found.attempts[1].reason.startswith("Pareto k-hat of the mean of theta, ")


def test_the_smallest_k_hat_is_the_best(model):
    heavy = model(HEAVY).laplace(draws=4000, seed=1)
    few = model(HEAVY).laplace(draws=10, seed=1)

    found = first_adequate(lambda: heavy, lambda: few, pytest.fail, TimeBudget(60), lambda: 1e4)

    assert np.isnan(few.pareto_k)
    np.testing.assert_array_equal(found.draws, heavy.draws)


def test_a_spent_budget_is_told(model):
    with pytest.raises(EstimationError, match=r"laplace: not tried: the budget of 0 s is spent"):
        model(NORMAL, y=1.0).approximate(seconds=0, seed=1)


def test_time_of_nuts_comes_from_timed_gradients(model, monkeypatch):
    original = Objective.__call__

    def slow(self, q):
        time.sleep(0.002)
        return original(self, q)

    monkeypatch.setattr(Objective, "__call__", slow)
    problem = model(NORMAL, y=1.0).bound.problem(seed=1)
    options = SampleOptions(chains=3, iter_warmup=100, iter_sampling=100, parallel_chains=1)

    assert 15 * 600 * 0.002 <= seconds_of_nuts(problem, options) < 15 * 600 * 0.02


def test_without_a_budget_nothing_is_forbidden_and_nothing_is_timed():
    assert TimeBudget(None).forbids(pytest.fail) == ""
    assert TimeBudget(1e9).forbids(lambda: 1.0) == ""
    assert TimeBudget(10).left <= 10


def test_one_method_alone(model):
    assert model(NORMAL, y=1.0).approximate("laplace", draws=50, seed=1).draws.shape[1] == 50
    with pytest.raises(UsageError, match="'auto', 'laplace', 'pathfinder'"):
        model(NORMAL, y=1.0).approximate("vi")


def test_attempts_survive_storage_and_have_their_former_name(model, tmp_path):
    found = model(BETA, n=10, y=7).approximate(seed=2)

    with pytest.deprecated_call(match="attempts"):
        assert found.rungs == found.attempts

    assert bw.load(bw.save(found, tmp_path / "a.bw")).attempts == found.attempts
