"""Tails whose mass is known by theory, finite or not."""

from __future__ import annotations

import numpy as np
import pytest
from fixtures.folders import program_text

from bayeswrap.diagnosis.propriety.open_intervals import unbounded_intervals
from bayeswrap.diagnosis.propriety.tail_mass import tails_of
from bayeswrap.diagnosis.propriety.tails import Mass

NORMAL = program_text("normal_sample")
LOGISTIC = (
    "data { int N; vector[N] x; array[N] int y; } parameters { real alpha; real beta; }"
    "model { PRIOR y ~ bernoulli_logit(alpha + beta * x); }"
)


def tails(model):
    found = model.map("unconstrained", seed=1, require_converged=False)
    return tails_of(found.problem, found.optimum.q)


def outcome(found, coordinate, sign):
    return next(t for t in found if (t.coordinate, t.sign) == (coordinate, sign)).outcome


@pytest.mark.parametrize(
    ("y", "improper"),
    [
        # the marginal of sigma is sigma^(1 - n) exp(-S / 2 sigma^2): finite from n = 3 on
        ([1.3], True),
        ([1.3, 2.1], True),
        ([1.3, 2.1, 0.4], False),
        ([1.3, 2.1, 0.4, 5.0], False),
        # with S = 0 it is sigma^(1 - n), infinite at 0
        ([2.0, 2.0, 2.0, 2.0], True),
    ],
)
def test_normal_with_flat_priors(model, y, improper):
    found = tails(model(NORMAL, N=len(y), y=y))

    assert found.improper is improper
    assert ("improper" in found.sentence) is improper
    assert improper or all(t.outcome is Mass.FINITE for t in found)


@pytest.mark.parametrize(
    ("y", "prior", "improper"),
    [
        ([0, 0, 0, 1, 1, 1], "", True),
        ([0, 0, 0, 1, 1, 1], "alpha ~ normal(0, 2); beta ~ normal(0, 2);", False),
        ([0, 1, 0, 1, 0, 1], "", False),
    ],
)
def test_logistic_regression(model, y, prior, improper):
    x = np.array([-2.0, -1, -0.5, 0.5, 1, 2.5])

    found = tails(model(LOGISTIC.replace("PRIOR", prior), N=6, x=x, y=y))

    assert found.improper is improper


@pytest.mark.parametrize("spare", [1, 2, 3])
def test_linear_regression_needs_two_spare_rows(regression, spare):
    """Integrating beta leaves sigma^(p - n) exp(-S / 2 sigma^2), finite from n - p = 2 on."""
    rng = np.random.default_rng(4)
    n = 3 + spare
    design = np.column_stack([np.ones(n), rng.normal(size=(n, 2))])

    found = tails(regression(design, rng.normal(size=n)))

    assert found.improper is (spare < 2)


@pytest.mark.parametrize("collinear", [True, False])
def test_collinear_regression(regression, collinear):
    rng = np.random.default_rng(5)
    x = rng.normal(size=12)
    other = 2 * x if collinear else rng.normal(size=12)

    found = tails(regression(np.column_stack([x, other]), x + rng.normal(size=12)))

    assert found.improper is collinear


@pytest.mark.parametrize(("prior", "improper"), [("", True), ("nu ~ gamma(2, 0.1);", False)])
def test_degrees_of_freedom(model, prior, improper):
    """A flat prior on them has a tail of constant height, towards the normal distribution."""
    code = (
        "data { int N; vector[N] y; } parameters { real mu; real<lower=0> s; real<lower=1> nu; }"
        f"model {{ {prior} y ~ student_t(nu, mu, s); }}"
    )
    y = np.random.default_rng(6).standard_t(4, size=40)

    found = tails(model(code, N=40, y=y))

    assert found.improper is improper
    assert {t.coordinate for t in found.of(Mass.INFINITE)} == ({"nu"} if improper else set())


def test_one_cauchy_observation(model):
    code = "data { real y; } parameters { real mu; } model { y ~ cauchy(mu, 1); }"

    found = tails(model(code, y=0.3))

    # the density is 1 / (1 + (mu - y)^2): at 30 units the exponent is 2 within 1/900
    assert [t.exponent for t in found] == pytest.approx([2, 2], abs=0.01)
    assert not found.improper


@pytest.mark.parametrize(
    ("groups", "prior", "improper"),
    [
        (8, "tau ~ cauchy(0, 5);", False),
        # with mu and tau flat the marginal of tau falls as tau^(1 - J) (BDA3, section 5.4)
        (2, "", True),
        (3, "", False),
        (8, "", False),
    ],
)
def test_hierarchical_scale(schools, groups, prior, improper):
    found = tails(schools(prior, groups))

    assert found.improper is improper
    if not prior:
        assert outcome(found, "tau", 1) is (Mass.INFINITE if improper else Mass.FINITE)


def test_an_infinite_tail_out_of_reach(model):
    code = (
        "data { int N; array[N] int y; } parameters { real<lower=0> m; real<lower=0> phi; }"
        "model { y ~ neg_binomial_2(m, phi); }"
    )
    y = np.random.default_rng(7).negative_binomial(1, 0.01, size=60)

    found = tails(model(code, N=60, y=y))

    upper = next(t for t in found if (t.coordinate, t.sign) == ("phi", 1))
    assert upper.outcome is Mass.INFINITE
    assert upper.depth > 300
    assert not found.improper
    assert "no sampler" in found.sentence


def test_a_budget_ends_the_walk(model):
    found = model(NORMAL, N=3, y=[1.3, 2.1, 0.4]).map("unconstrained", seed=1)

    tails = tails_of(found.problem, found.optimum.q, budget=5)

    assert {t.outcome for t in tails} == {Mass.NOT_DETERMINED}


def test_an_interval_without_an_end(model):
    code = (
        "data { int N; vector[N] x; vector[N] y; }"
        "parameters { real a; real<lower=0> k; }"
        "model { y ~ normal(a * (1 - exp(-k * x)), 1); }"
    )
    x = np.array([3.0, 4, 5, 6])
    levelling = model(code, N=4, x=x, y=[4.8, 5.1, 4.9, 5.2]).mle(seed=1, require_converged=False)
    clear = model(code, N=6, x=[0.1, 0.2, 0.4, 1, 2, 4], y=[8.0, 15, 27, 50, 65, 72]).mle(
        inits={"a": 75, "k": 1}, seed=1
    )

    assert unbounded_intervals(levelling.problem, levelling.optimum.q) == (("k", 1),)
    assert unbounded_intervals(clear.problem, clear.optimum.q) == ()


def test_what_is_not_identified_is_not_weakly_identified(model):
    code = "data { vector[2] y; } parameters { real a; real b; } model { y ~ normal(a + b, 1); }"
    flat = model(code, y=[1.0, 2]).mle(seed=1, require_converged=False)

    assert unbounded_intervals(flat.problem, flat.optimum.q) == ()
    # the flat direction itself, where both coordinates go to infinity
    assert tails_of(flat.problem, flat.optimum.q, directions=[np.array([1.0, -1])]).improper
