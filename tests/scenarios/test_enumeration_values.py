"""Enumeration through a program, evaluated in this process."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.errors import EstimandError

SIX = (
    "data { int K; int n; int y; vector[K] prior; } model { }"
    "generated quantities { vector[K] log_lik;"
    "for (k in 1 : K) log_lik[k] = binomial_lpmf(y | n, k / (K + 1.0)); }"
)


def test_the_prior_may_stand_in_the_data(model):
    found = model(SIX, K=6, n=10, y=3, prior=[0.02, 0.03, 0.1, 0.25, 0.5, 0.1]).enumerate()

    assert (found.mle, found.map) == (frozenset({2}), frozenset({3}))
    assert "stanli" in found.record.engine
    assert found.record.method == "enumerate"


def test_the_prior_may_be_a_generated_quantity(model):
    code = SIX.replace(
        "vector[K] log_lik;", "vector[K] log_lik; vector[K] lp = log(reverse(prior));"
    )

    found = model(code, K=6, n=10, y=3, prior=[0.1, 0.5, 0.25, 0.1, 0.03, 0.02]).enumerate(
        log_prior="lp"
    )

    assert found.map == frozenset({3})


def test_a_continuous_program_cannot_be_enumerated(bernoulli):
    with pytest.raises(EstimandError, match="continuous parameters"):
        bernoulli.enumerate()


@pytest.mark.parametrize("missing", [{"log_likelihood": "nothing"}, {"prior": "nothing"}])
def test_what_is_missing_is_named(model, missing):
    six = model(SIX, K=6, n=10, y=3, prior=np.full(6, 1 / 6))

    with pytest.raises(EstimandError, match="nothing"):
        six.enumerate(**missing)
