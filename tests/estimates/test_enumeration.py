"""A parameter with six values: the example of the article, and ties."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from scipy import stats

from bayeswrap.estimates.enumeration import Enumeration
from bayeswrap.record import RunRecord

RECORD = RunRecord(
    method="enumerate",
    program_name="six",
    program="",
    program_hash="",
    data_hash="",
    engine="",
    command="",
    seed=None,
    options={},
    seconds=0.0,
)
LIKELIHOOD = stats.binom.logpmf(3, 10, np.arange(1, 7) / 7)


def enumeration(prior, likelihood=LIKELIHOOD):
    with np.errstate(divide="ignore"):
        return Enumeration(
            log_likelihood=np.asarray(likelihood), log_prior=np.log(prior), record=RECORD
        )


def test_uniform_prior():
    found = enumeration(np.full(6, 1 / 6))

    assert found.mle == found.map == frozenset({2})
    np.testing.assert_allclose(
        found.posterior, [0.1862, 0.4157, 0.2942, 0.0931, 0.0106, 0.0001], atol=6e-5
    )
    assert "the same" in str(found)


def test_a_prior_that_moves_the_mode():
    found = enumeration(np.array([0.02, 0.03, 0.1, 0.25, 0.5, 0.1]))

    assert (found.mle, found.map) == (frozenset({2}), frozenset({3}))
    np.testing.assert_allclose(
        found.posterior, [0.0502, 0.1680, 0.3964, 0.3136, 0.0717, 0.0002], atol=6e-5
    )
    assert "MLE 2, MAP 3 (not the same: the prior decides)" in str(found)


def test_moments_and_evidence():
    found = enumeration(np.full(6, 2.0))  # a prior need not be normalised

    assert found.posterior.sum() == pytest.approx(1)
    assert found.log_marginal_likelihood == pytest.approx(np.log(np.exp(LIKELIHOOD).mean()))
    assert found.posterior_mean == pytest.approx(found.values @ found.posterior)
    spread = ((found.values - found.posterior_mean) ** 2) @ found.posterior
    assert found.posterior_sd == pytest.approx(np.sqrt(spread))


def test_ties_and_impossible_values():
    found = enumeration([0.5, 0.5, 0.0], [-1.0, -1.0, -0.5])

    assert found.mle == frozenset({3})
    assert found.map == frozenset({1, 2})
    table = found.to_frame()
    assert list(table.columns) == ["log_likelihood", "prior", "posterior", "mle", "map"]
    assert table.index.name == "value"
    assert table.loc[3, "posterior"] == 0


def test_pickle():
    found = enumeration(np.full(6, 1 / 6))

    assert str(pickle.loads(pickle.dumps(found))) == str(found)
