"""Posteriors whose mean and sd a point estimate has exactly, and whose intervals it has not."""

from __future__ import annotations

import pytest

from bayeswrap.comparison.compare import compare
from bayeswrap.report.sections.row_words import row_words

RATE = "data { int N; array[N] int y; } parameters { real<lower=0> rate; } model { PRIOR LIK }"
SHARE = "data { int n; int y; } parameters { real<lower=0, upper=1> p; } model { PRIOR LIK }"
COUNTS = "y ~ poisson(rate);"


def judged(model, code, prior, likelihood, **data):
    bound = model(code.replace("PRIOR", prior).replace("LIK", likelihood), **data)
    return compare(bound.map(scale="unconstrained", seed=1), bound.sample(seed=1), starts=0).verdict


@pytest.mark.parametrize(
    ("code", "prior", "likelihood", "data"),
    [
        (RATE, "rate ~ gamma(0.5, 0.5);", COUNTS, {"N": 4, "y": [0, 0, 0, 0]}),
        (RATE, "rate ~ gamma(0.01, 0.01);", COUNTS, {"N": 4, "y": [0, 1, 0, 0]}),
        (SHARE, "p ~ beta(0.5, 0.5);", "y ~ binomial(n, p);", {"n": 9, "y": 0}),
    ],
    ids=["no event", "one event", "no success"],
)
def test_equal_mean_and_sd_are_no_agreement(model, code, prior, likelihood, data):
    verdict = judged(model, code, prior, likelihood, **data)

    assert verdict.point_is_enough is False
    assert "non_gaussian_posterior" in verdict.flags
    assert "of the posterior inside" in verdict.summary


def test_twenty_events_are_enough(model):
    verdict = judged(model, RATE, "rate ~ gamma(0.5, 0.5);", COUNTS, N=4, y=[5, 4, 6, 5])

    assert verdict.point_is_enough is True


def test_a_parameter_at_a_threshold_is_not_adequate_because_another_one_fails(model):
    """x separates y: by quadrature the gap of alpha is 0.315 sds and that of beta 0.427."""
    code = """data { int N; vector[N] x; array[N] int y; } parameters { real alpha; real beta; }
    model { alpha ~ normal(0, 2.5); beta ~ normal(0, 2.5); y ~ bernoulli_logit(alpha + beta * x); }
    """
    x = [-2.33, -0.313, -0.253, 0.677, 1.193, 1.305, 1.411, 2.506]
    bound = model(code, N=8, x=x, y=[0] * 5 + [1] * 3)

    judged = compare(bound.map(seed=1), bound.sample(seed=19), starts=0)

    assert judged.verdict.point_is_enough is False
    assert "alpha" not in [n for n, word in row_words(judged).items() if "adequate" in word]
