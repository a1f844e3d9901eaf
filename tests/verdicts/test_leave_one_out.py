"""Leave-one-out cross-validation of draws that carry their own log likelihood."""

from __future__ import annotations

import arviz_base
import arviz_stats
import pytest

from bayeswrap.errors import EstimandError
from bayeswrap.verdicts.leave_one_out import leave_one_out
from bayeswrap.verdicts.lineup import Lineup

MEANS = {"a": 0.0, "log_lik[1]": -1.0, "log_lik[2]": -1.5}
SDS = {"a": 1.0, "log_lik[1]": 0.2, "log_lik[2]": 0.1}


def test_the_score_is_arvizs(made):
    draws = made.posterior(MEANS, SDS, derived=("log_lik",))

    elpd = leave_one_out(Lineup((draws,)))

    groups = {"posterior": {"a": draws["a"]}, "log_likelihood": {"y": draws["log_lik"]}}
    expected = arviz_stats.loo(arviz_base.from_dict(groups), pointwise=True)
    assert elpd.elpd == pytest.approx(expected.elpd, rel=1e-12)
    assert elpd.n_data_points == 2


def test_draws_without_a_log_likelihood_need_their_data(made):
    with pytest.raises(EstimandError, match="a loaded result holds no data"):
        leave_one_out(Lineup((made.posterior({"a": 0.0}),)))


def test_without_a_posterior(made):
    with pytest.raises(EstimandError, match="no draws of a posterior"):
        leave_one_out(Lineup((made.mle({"a": 0.0}),)))


def test_a_constant_log_likelihood_is_refused_in_our_words(made):
    draws = made.posterior(MEANS, {**SDS, "log_lik[2]": 0.0}, derived=("log_lik",))

    with pytest.raises(EstimandError, match="cannot reweight these draws"):
        leave_one_out(Lineup((draws,)))
